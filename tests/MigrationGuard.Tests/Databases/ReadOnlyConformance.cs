using MigrationGuard.Databases;
using MigrationGuard.Tests.Servers;
using Npgsql;

namespace MigrationGuard.Tests.Databases;

/// <summary>Nothing that is sent through a session changes a database, and a login that could is reported.</summary>
public sealed class ReadOnlyConformance
{
    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task What_is_written_through_a_session_is_refused_or_rolled_back(Provider engine)
    {
        await using var scratch = await TestEngine.For(engine).CreateDatabaseAsync();
        await scratch.ExecuteAsync("CREATE TABLE fee (id int)");
        string[] attempts = ["INSERT INTO fee (id) VALUES (1)", "CREATE TABLE another (id int)"];
        using var database = new Database("d", scratch.Options, TimeProvider.System);
        foreach (var attempt in attempts)
        {
            try
            {
                await RunAsync(database, attempt);
                engine.ShouldBe(Provider.SqlServer, "the other engines refuse to write");
            }
            catch (DatabaseException e)
            {
                e.Place.ShouldBe("d");
            }
        }
        (await scratch.CountAsync("SELECT count(*) FROM fee")).ShouldBe(0);
        (await database.ReadCatalogueAsync(CancellationToken.None)).Tables.Count.ShouldBe(1);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_session_reads_what_is_there(Provider engine)
    {
        await using var scratch = await TestEngine.For(engine).CreateDatabaseAsync();
        await scratch.ExecuteAsync("CREATE TABLE fee (id int)");
        await scratch.ExecuteAsync("INSERT INTO fee (id) VALUES (1), (2)");
        using var database = new Database("d", scratch.Options, TimeProvider.System);
        (await RunAsync(database, "SELECT id FROM fee")).ShouldBe(2);
    }

    [SkippableFact]
    public async Task A_session_cannot_be_made_to_write_by_a_setting_or_a_sequence_of_PostgreSQL()
    {
        await using var scratch = await TestEngine.For(Provider.PostgreSql).CreateDatabaseAsync();
        await scratch.ExecuteAsync("CREATE SEQUENCE numbers; CREATE TABLE fee (id int)");
        using var database = new Database("d", scratch.Options, TimeProvider.System);
        foreach (var sql in new[] { "SELECT nextval('numbers')", "SELECT set_config('transaction_read_only', 'off', false)", "SELECT id FROM fee FOR SHARE" })
            await Should.ThrowAsync<DatabaseException>(() => RunAsync(database, sql), sql);
    }

    [Fact]
    public async Task A_SQLite_file_that_is_not_there_is_an_error_and_is_not_made()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".sqlite");
        using var database = new Database("d", new DatabaseOptions { Provider = Provider.Sqlite, ConnectionString = "Data Source=" + file }, TimeProvider.System);
        (await Should.ThrowAsync<DatabaseException>(() => database.ReadCatalogueAsync(CancellationToken.None))).Problem.ShouldBe("the file cannot be opened.");
        File.Exists(file).ShouldBeFalse();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task An_owners_rights_beyond_reading_are_reported(Provider engine)
    {
        await using var scratch = await TestEngine.For(engine).CreateDatabaseAsync();
        await scratch.ExecuteAsync("CREATE TABLE fee (id int)");
        using var database = new Database("d", scratch.Options, TimeProvider.System);
        (await database.RightsBeyondReadingAsync(CancellationToken.None)).ShouldNotBeEmpty();
    }

    [SkippableFact]
    public async Task A_PostgreSQL_role_that_may_only_read_has_no_rights_beyond_until_it_is_given_one()
    {
        await using var scratch = await TestEngine.For(Provider.PostgreSql).CreateDatabaseAsync();
        var role = scratch.Name + "_reader";
        await scratch.ExecuteAsync($"CREATE TABLE fee (id int); CREATE ROLE {role} LOGIN PASSWORD 'reader'; GRANT SELECT ON fee TO {role}");
        try
        {
            var options = scratch.Options;
            options.ConnectionString = new NpgsqlConnectionStringBuilder(scratch.ConnectionString) { Username = role, Password = "reader" }.ConnectionString;
            using var database = new Database("d", options, TimeProvider.System);
            (await database.RightsBeyondReadingAsync(CancellationToken.None)).ShouldBeEmpty();
            await scratch.ExecuteAsync($"GRANT DELETE ON fee TO {role}");
            (await database.RightsBeyondReadingAsync(CancellationToken.None)).ShouldBe(["may write to 1 of its tables, fee among them"]);
        }
        finally
        {
            await scratch.ExecuteAsync($"DROP OWNED BY {role}; DROP ROLE {role}");
        }
    }

    [SkippableFact]
    public async Task A_SQLite_file_that_may_not_be_written_has_no_rights_beyond_reading()
    {
        Skip.If(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Permissions do not hold for this account. Run the tests as an ordinary user.");
        await using var scratch = await TestEngine.For(Provider.Sqlite).CreateDatabaseAsync();
        using var database = new Database("d", scratch.Options, TimeProvider.System);
        (await database.RightsBeyondReadingAsync(CancellationToken.None)).ShouldBe(["may write to the file"]);
        File.SetAttributes(new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(scratch.ConnectionString).DataSource, FileAttributes.ReadOnly);
        (await database.RightsBeyondReadingAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    private static Task<int> RunAsync(Database database, string sql) => database.ReadAsync(
        async (session, token) =>
        {
            var rows = 0;
            await session.QueryAsync(sql, _ => { }, _ => rows++, token);
            return rows;
        },
        CancellationToken.None);
}
