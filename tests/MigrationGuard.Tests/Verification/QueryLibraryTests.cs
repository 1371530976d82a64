using MigrationGuard.Databases;
using MigrationGuard.Verification.QueryPairs;

namespace MigrationGuard.Tests.Verification;

public sealed class QueryLibraryTests : IDisposable
{
    private readonly QueryFolder _own = new();
    private readonly QueryFolder _shipped = new();

    public void Dispose()
    {
        _own.Dispose();
        _shipped.Dispose();
    }

    [Fact]
    public void A_folder_is_all_the_files_below_it_in_the_order_of_their_names()
    {
        _own.WriteQuery("queries/b", "n", "SELECT 1 AS n");
        _own.Write("queries/deeper/x.sql", QueryFolder.Query("a", "n", "SELECT 1 AS n"));
        _own.Write("queries/readme.md", "no query");
        Find("queries").Select(query => (query.Name, query.Problem)).ShouldBe([("a", null), ("queries/b", null)]);
    }

    [Fact]
    public void A_file_is_found_by_itself() => Find(WriteNamed("one.sql", "one")).ShouldHaveSingleItem().Name.ShouldBe("one");

    [Fact]
    public void A_file_named_twice_is_one_query()
    {
        WriteNamed("queries/one.sql", "one");
        Find("queries", "queries/one.sql").ShouldHaveSingleItem().Problem.ShouldBeNull();
    }

    [Fact]
    public void What_is_not_beside_the_configuration_is_looked_for_among_the_shipped_ones()
    {
        _shipped.Write("queries/one.sql", QueryFolder.Query("shipped", "n", "SELECT 1 AS n"));
        Find("queries").ShouldHaveSingleItem().Name.ShouldBe("shipped");
        _own.Write("queries/one.sql", QueryFolder.Query("own", "n", "SELECT 1 AS n"));
        Find("queries").ShouldHaveSingleItem().Name.ShouldBe("own");
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("empty")]
    public void A_folder_without_query_files_is_a_query_with_a_problem(string folder)
    {
        Directory.CreateDirectory(Path.Combine(_own.Path, "empty"));
        var query = Find(folder).ShouldHaveSingleItem();
        query.Name.ShouldBe(folder);
        query.Problem.ShouldNotBeNull().ShouldContain("There is no query file at");
        query.For(Provider.Sqlite).ShouldBeNull();
    }

    [Fact]
    public void A_file_that_cannot_be_used_is_a_query_with_a_problem_and_the_others_are_not_lost()
    {
        WriteNamed("queries/good.sql", "good");
        _own.Write("queries/bad.sql", "SELECT 1");
        var found = Find("queries");
        found.Select(query => query.Name).ShouldBe(["bad", "good"]);
        found[0].Problem.ShouldNotBeNull().ShouldContain("cannot be used");
        found[1].Problem.ShouldBeNull();
    }

    [Fact]
    public void Two_files_of_one_name_for_one_engine_are_a_problem_that_names_both()
    {
        WriteNamed("queries/one.sql", "same");
        WriteNamed("queries/two.sql", "SAME");
        var problem = Find("queries").ShouldHaveSingleItem().Problem.ShouldNotBeNull();
        problem.ShouldContain("one.sql");
        problem.ShouldContain("two.sql");
    }

    [Fact]
    public void An_engines_own_text_wins_over_the_one_for_all()
    {
        _own.Write("queries/all.sql", QueryFolder.Query("same", "n", "SELECT 1 AS n"));
        _own.Write("queries/lite.sql", QueryFolder.Query("same", "n", "SELECT 2 AS n", "engine: sqlite"));
        var query = Find("queries").ShouldHaveSingleItem();
        query.Problem.ShouldBeNull();
        query.For(Provider.Sqlite)!.Sql.ShouldContain("SELECT 2");
        query.For(Provider.PostgreSql)!.Sql.ShouldContain("SELECT 1");
    }

    [Fact]
    public void An_engine_without_a_text_has_none()
    {
        _own.Write("queries/lite.sql", QueryFolder.Query("same", "n", "SELECT 2 AS n", "engine: sqlite"));
        Find("queries").Single().For(Provider.SqlServer).ShouldBeNull();
    }

    private string WriteNamed(string file, string name)
    {
        _own.Write(file, QueryFolder.Query(name, "n", "SELECT 1 AS n"));
        return file;
    }

    private IReadOnlyList<NamedQuery> Find(params string[] paths) => new QueryLibrary(_own.Path, _shipped.Path).Find(paths);
}
