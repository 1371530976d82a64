using MigrationGuard.Databases;
using MigrationGuard.Verification.QueryPairs;

namespace MigrationGuard.Tests.Verification;

public sealed class QueryFileTests
{
    private const string Complete = """
        -- name: cases-by-state
        -- title: Cases by state
        -- proves: DPIA 4.2: counts agree
        -- key: state, status
        -- tolerance: newest = 5
        -- Prose may follow: with colons, which mean nothing.
        SELECT state, status, count(*) AS newest FROM cases GROUP BY state, status
        -- name: not a header any more
        """;

    [Fact]
    public void A_complete_file_says_what_it_is()
    {
        var query = QueryFile.Parse("q.sql", Complete);
        query.Name.ShouldBe("cases-by-state");
        query.Title.ShouldBe("Cases by state");
        query.Proves.ShouldBe("DPIA 4.2: counts agree");
        query.Key.ShouldBe(["state", "status"]);
        query.Engine.ShouldBeNull();
        query.Tolerances.ShouldBe(new Dictionary<string, decimal> { ["newest"] = 5 });
        query.Sql.ShouldBe(Complete);
    }

    [Theory]
    [InlineData("sqlserver", Provider.SqlServer)]
    [InlineData("PostgreSql", Provider.PostgreSql)]
    [InlineData("SQLITE", Provider.Sqlite)]
    public void An_engine_is_named_in_any_case(string engine, Provider provider) =>
        QueryFile.Parse("q.sql", $"-- engine: {engine}\n{Complete}").Engine.ShouldBe(provider);

    [Fact]
    public void Columns_that_hold_codes_may_be_declared()
    {
        QueryFile.Parse("q.sql", Complete).Codes.ShouldBeEmpty();
        QueryFile.Parse("q.sql", "-- codes: state , newest\n" + Complete).Codes.ShouldBe(["state", "newest"]);
    }

    [Fact]
    public void Every_shipped_query_declares_its_key_and_never_the_largest_key_of_a_table()
    {
        var files = Directory.GetFiles(RepositoryRoot.At("queries"), "*.sql", SearchOption.AllDirectories);
        files.ShouldNotBeEmpty();
        foreach (var query in files.Select(file => QueryFile.Parse(file, File.ReadAllText(file))))
        {
            query.Key.ShouldBeSubsetOf(query.Codes, query.Path);
            query.Codes.ShouldNotContain("position", query.Path);
        }
    }

    [Fact]
    public void Line_ends_blank_lines_and_case_of_headers_do_not_matter() =>
        QueryFile.Parse("q.sql", "\r\n--NAME:x\r\n\r\n--   Title : T\r\n-- proves: P\r\n-- key: a\r\nSELECT 1 AS a\r\n").Name.ShouldBe("x");

    [Theory]
    [InlineData("-- name: cases-by-state", "", "has no line '-- name: …'")]
    [InlineData("-- title: Cases by state", "", "has no line '-- title: …'")]
    [InlineData("-- proves: DPIA 4.2: counts agree", "-- proves:", "has no line '-- proves: …'")]
    [InlineData("-- key: state, status", "", "has no line '-- key: …'")]
    [InlineData("-- key: state, status", "-- key: ,", "names no column")]
    [InlineData("-- key: state, status", "-- key: state\n-- keys: status", "write 'key'")]
    [InlineData("-- tolerance: newest = 5", "-- tolerance: newest", "has the tolerance 'newest'")]
    [InlineData("-- tolerance: newest = 5", "-- tolerance: newest = much", "has the tolerance")]
    [InlineData("-- tolerance: newest = 5", "-- tolerance: newest = -1", "has the tolerance")]
    [InlineData("-- tolerance: newest = 5", "-- tolerance: = 1", "has the tolerance")]
    [InlineData("-- tolerance: newest = 5", "-- tolerances: newest = 5", "write 'tolerance'")]
    [InlineData("-- tolerance: newest = 5", "-- codes: ,", "names no column")]
    [InlineData("-- tolerance: newest = 5", "-- code: state", "write 'codes'")]
    [InlineData("-- tolerance: newest = 5", "-- engine: oracle", "names the engine 'oracle'")]
    [InlineData("-- tolerance: newest = 5", "-- engines: sqlite", "write 'engine'")]
    public void A_header_that_is_incomplete_or_wrong_is_refused(string line, string instead, string problem)
    {
        var text = Complete.Replace(line, instead, StringComparison.Ordinal);
        Should.Throw<QueryFileException>(() => QueryFile.Parse("/somewhere/q.sql", text)).Problems.ShouldHaveSingleItem().ShouldContain(problem);
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once_with_the_file()
    {
        var error = Should.Throw<QueryFileException>(() => QueryFile.Parse("/somewhere/q.sql", "-- engine: oracle\nSELECT 1"));
        error.Problems.Count.ShouldBe(5);
        error.Message.ShouldContain("q.sql has no line '-- name: …'");
    }
}
