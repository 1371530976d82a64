using MigrationGuard.Databases;

namespace MigrationGuard.Tests.Servers;

/// <summary>The tests' own ground: were it unsound, every suite on it would prove nothing.</summary>
public sealed class TestEngineTests
{
    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_scratch_database_is_written_and_read(Provider engine)
    {
        await using var scratch = await TestEngine.For(engine).CreateDatabaseAsync();
        await scratch.ExecuteAsync("CREATE TABLE thing (id int NOT NULL PRIMARY KEY, name varchar(20))");
        await scratch.ExecuteAsync("INSERT INTO thing (id, name) VALUES (1, 'one'), (2, NULL)");
        (await scratch.CountAsync("SELECT count(*) FROM thing")).ShouldBe(2);
        (await scratch.ScalarAsync("SELECT name FROM thing WHERE id = 2")).ShouldBeNull();
        (await ReadRowsAsync(scratch.Options, "SELECT id FROM thing")).ShouldBe(2);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_disposed_scratch_database_is_gone_although_it_was_read_through_a_pool(Provider engine)
    {
        ScratchDatabase scratch;
        await using (scratch = await TestEngine.For(engine).CreateDatabaseAsync())
        {
            (await ReadRowsAsync(scratch.Options, "SELECT 1")).ShouldBe(1);
        }
        var options = scratch.Options;
        options.Retries = 0;
        await Should.ThrowAsync<DatabaseException>(() => ReadRowsAsync(options, "SELECT 1"));
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Databases_created_at_the_same_time_do_not_hinder_or_know_each_other(Provider engine)
    {
        var created = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => TestEngine.For(engine).CreateDatabaseAsync()));
        foreach (var scratch in created)
            await scratch.ExecuteAsync("CREATE TABLE mine (id int)");
        created.Select(scratch => scratch.Name).Distinct().Count().ShouldBe(3);
        await Task.WhenAll(created.Select(scratch => scratch.DisposeAsync().AsTask()));
    }

    [SkippableFact]
    public async Task Whether_the_server_is_Babelfish_agrees_with_what_only_it_has()
    {
        var isBabelfish = await SqlServerTestEngine.Instance.IsBabelfish;
        await using var scratch = await SqlServerTestEngine.Instance.CreateDatabaseAsync();
        var own = await scratch.ScalarAsync("SELECT CAST(SERVERPROPERTY('Babelfish') AS int)");
        (own is 1).ShouldBe(isBabelfish);
    }

    [Fact]
    public void Every_pair_of_engines_is_among_the_pairs_in_both_directions() => EnginePairs.All.Count.ShouldBe(9);

    private static async Task<int> ReadRowsAsync(DatabaseOptions options, string sql)
    {
        using var database = new Database("scratch", options, TimeProvider.System);
        var rows = 0;
        await database.ReadAsync(
            async (session, token) =>
            {
                await session.QueryAsync(sql, _ => { }, _ => rows++, token);
                return rows;
            },
            CancellationToken.None);
        return rows;
    }
}
