using System.Text.RegularExpressions;
using MigrationGuard.Databases;

namespace MigrationGuard.TSql.Tests;

public sealed partial class ShippedQueriesTests
{
    public static TheoryData<string> All => [.. ShippedQuery.Paths()];

    public static TheoryData<string> ForSqlServer => [.. ShippedQuery.Paths().Where(path => ShippedQuery.Read(path).IsTransactSql)];

    public static TheoryData<string> ForOneOtherEngine => [.. ShippedQuery.Paths().Where(path => !ShippedQuery.Read(path).IsTransactSql)];

    [Theory]
    [MemberData(nameof(All))]
    public void A_shipped_file_says_what_it_is_and_what_it_proves(string path)
    {
        var query = ShippedQuery.Read(path);

        query.File.Name.ShouldMatch("^[a-z0-9]+(-[a-z0-9]+)*$");
        query.File.Title.ShouldNotBeNullOrWhiteSpace();
        query.File.Proves.ShouldStartWith("DPIA ");
        query.File.Key.ShouldNotBeEmpty();
        query.File.Sql.ShouldMatch("(?m)^--$", "an empty comment line parts the header from the prose that explains it");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_shipped_file_is_one_query_by_the_programs_own_rules(string path)
    {
        var query = ShippedQuery.Read(path);
        var engines = query.File.Engine is { } engine ? [engine] : Enum.GetValues<Provider>();

        foreach (var provider in engines)
            SingleSelect.Problem(query.File.Sql, provider).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(ForSqlServer))]
    public void A_shipped_T_SQL_file_parses_on_every_version_it_claims_and_uses_nothing_newer(string path)
    {
        var query = ShippedQuery.Read(path);

        TransactSql.ReviewQuery(query.File.Sql, query.Claimed).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(ForSqlServer))]
    public void The_key_of_a_shipped_T_SQL_file_is_in_its_select_list(string path)
    {
        var query = ShippedQuery.Read(path);

        var columns = TransactSql.ResultColumns(query.File.Sql);

        columns.ShouldNotContain((string?)null, "every result column has a name");
        columns.ShouldBeUnique();
        query.File.Key.ShouldBeSubsetOf(columns!);
        columns.Count.ShouldBeGreaterThan(query.File.Key.Count, "a query that selects its key alone compares nothing");
    }

    [Theory]
    [MemberData(nameof(ForOneOtherEngine))]
    public void The_key_of_a_file_for_another_engine_is_among_the_names_it_gives(string path)
    {
        var query = ShippedQuery.Read(path);

        var names = GivenName().Matches(query.File.Sql).Select(match => match.Groups[1].Value)
            .Concat(SelectedColumn().Matches(query.File.Sql).Select(match => match.Groups[1].Value));

        query.File.Key.ShouldBeSubsetOf(names);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Only_a_file_for_SQL_Server_claims_versions_of_it_and_each_does(string path)
    {
        var query = ShippedQuery.Read(path);

        (query.Levels is not null).ShouldBe(query.File.Engine == Provider.SqlServer);
    }

    [Fact]
    public void No_two_shipped_files_have_one_name_and_engine()
    {
        var queries = ShippedQuery.Paths().Select(path => ShippedQuery.Read(path).File).ToList();

        queries.Select(query => (query.Name, query.Engine)).ShouldBeUnique();
        queries.GroupBy(query => query.Name).Where(group => group.Count() > 1).ShouldAllBe(
            group => group.Select(query => string.Join(',', query.Key)).Distinct().Count() == 1,
            "the texts of one name are matched by one key");
    }

    [Fact]
    public void The_list_in_the_readme_names_every_shipped_query()
    {
        var readme = File.ReadAllText(RepositoryRoot.At("queries", "README.md"));

        foreach (var name in ShippedQuery.Paths().Select(path => ShippedQuery.Read(path).File.Name).Distinct())
            readme.ShouldContain($"`{name}`");
    }

    [GeneratedRegex(@"\bAS (\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex GivenName();

    [GeneratedRegex(@"\bSELECT .*?\b\w\.(\w+),|, \w\.(\w+),", RegexOptions.CultureInvariant)]
    private static partial Regex SelectedColumn();
}
