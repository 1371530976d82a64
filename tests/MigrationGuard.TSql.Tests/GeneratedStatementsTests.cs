using System.Reflection;
using System.Text;
using MigrationGuard.Databases.SqlServer;

namespace MigrationGuard.TSql.Tests;

public sealed class GeneratedStatementsTests
{
    public static TheoryData<string> Names => [.. GeneratedStatements.All.Keys];

    public static TheoryData<string> AggregateNames => [.. GeneratedStatements.Aggregates.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_generated_statement_parses_on_every_supported_version_and_uses_nothing_newer_than_2012(string name) =>
        TransactSql.Review(GeneratedStatements.All[name], SqlServerLevel.Sql2012).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(AggregateNames))]
    public void A_generated_aggregate_is_one_query_whatever_the_names_in_it(string name) =>
        TransactSql.ReviewQuery(GeneratedStatements.Aggregates[name], SqlServerLevel.Sql2012).ShouldBeEmpty();

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

    [Fact]
    public void Every_statement_that_the_catalogue_holds_is_reviewed()
    {
        var constants = typeof(SqlServerCatalogue)
            .GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
            .Where(field => field.IsLiteral && field.Name.EndsWith("Sql", StringComparison.Ordinal))
            .Select(field => (string)field.GetRawConstantValue()!)
            .ToList();

        constants.ShouldNotBeEmpty();
        constants.ShouldBeSubsetOf(GeneratedStatements.All.Values);
    }

    [Fact]
    public void Generated_aggregates_read_as_approved()
    {
        var text = new StringBuilder();
        foreach (var (name, sql) in GeneratedStatements.Aggregates)
            text.Append("-- ").Append(name).Append('\n').Append(sql).Append("\n\n");

        (text.ToString().TrimEnd() + "\n").ShouldBeApproved("MigrationGuard.TSql.Tests/Approved/aggregates.sql");
    }
}
