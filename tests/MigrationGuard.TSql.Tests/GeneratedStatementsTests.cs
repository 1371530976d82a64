using System.Reflection;
using System.Text;
using MigrationGuard.Databases.SqlServer;

namespace MigrationGuard.TSql.Tests;

public sealed class GeneratedStatementsTests
{
    public static TheoryData<string> Names => [.. GeneratedStatements.All.Keys];

    public static TheoryData<string> AggregateNames => [.. GeneratedStatements.Aggregates.Keys];

    public static TheoryData<string> RowNames => [.. GeneratedStatements.Rows.Keys];

    public static TheoryData<string> NamesSince2016 => [.. GeneratedStatements.Since2016.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_generated_statement_parses_on_every_supported_version_and_uses_nothing_newer_than_2012(string name) =>
        TransactSql.Review(GeneratedStatements.All[name], SqlServerLevel.Sql2012).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(AggregateNames))]
    public void A_generated_aggregate_is_one_query_whatever_the_names_in_it(string name) =>
        TransactSql.ReviewQuery(GeneratedStatements.Aggregates[name], SqlServerLevel.Sql2012).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(RowNames))]
    public void A_statement_that_reads_rows_is_one_query(string name) =>
        TransactSql.ReviewQuery(GeneratedStatements.Rows[name], SqlServerLevel.Sql2012).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(NamesSince2016))]
    public void A_statement_for_newer_servers_parses_on_them_and_would_be_found_where_it_claimed_more(string name)
    {
        TransactSql.ReviewQuery(GeneratedStatements.Since2016[name], SqlServerLevel.Sql2016).ShouldBeEmpty();
        TransactSql.ReviewQuery(GeneratedStatements.Since2016[name], SqlServerLevel.Sql2014).ShouldNotBeEmpty();
    }

    [Fact]
    public void A_name_that_was_not_quoted_would_be_found()
    {
        var quoted = GeneratedStatements.Aggregates["emoji and statements in names"];
        var unquoted = quoted.Replace("[😀; DROP TABLE x --]", "😀; DROP TABLE x --", StringComparison.Ordinal);

        unquoted.ShouldNotBe(quoted);
        TransactSql.ReviewQuery(unquoted, SqlServerLevel.Sql2012).ShouldNotBeEmpty();
    }

    [Fact]
    public void A_bracket_that_was_not_doubled_would_be_found()
    {
        var quoted = GeneratedStatements.Aggregates["brackets in names"];

        TransactSql.ReviewQuery(quoted.Replace("]]", "]", StringComparison.Ordinal), SqlServerLevel.Sql2012).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(typeof(SqlServerCatalogue))]
    [InlineData(typeof(SqlServerSecurity))]
    public void Every_statement_that_the_catalogue_holds_is_reviewed(Type holder)
    {
        var constants = holder
            .GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
            .Where(field => field.IsLiteral && field.Name.EndsWith("Sql", StringComparison.Ordinal))
            .Select(field => (string)field.GetRawConstantValue()!)
            .ToList();

        constants.ShouldNotBeEmpty();
        constants.ShouldBeSubsetOf(GeneratedStatements.All.Values.Concat(GeneratedStatements.Since2016.Values));
    }

    [Fact]
    public void Generated_aggregates_read_as_approved() => ShouldBeApproved(GeneratedStatements.Aggregates, "aggregates.sql");

    [Fact]
    public void Generated_readings_of_rows_read_as_approved() => ShouldBeApproved(GeneratedStatements.Rows, "rows.sql");

    private static void ShouldBeApproved(IReadOnlyDictionary<string, string> statements, string file)
    {
        var text = new StringBuilder();
        foreach (var (name, sql) in statements)
            text.Append("-- ").Append(name).Append('\n').Append(sql).Append("\n\n");

        (text.ToString().TrimEnd() + "\n").ShouldBeApproved("MigrationGuard.TSql.Tests/Approved/" + file);
    }
}
