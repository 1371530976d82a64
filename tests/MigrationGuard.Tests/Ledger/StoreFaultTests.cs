using System.Data.Common;
using System.Diagnostics;
using System.Text.Json.Nodes;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Ledger;

/// <summary>A store that cannot be used says so, with the place, the problem and the remedy, and loses nothing.</summary>
public sealed class StoreFaultTests
{
    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_ledger_of_a_newer_version_is_refused(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        await ledger.Database.ExecuteAsync("INSERT INTO store_version (version, applied) VALUES (99, 'tomorrow')");
        var refusal = await Should.ThrowAsync<LedgerException>(() => ledger.OpenAsync());
        refusal.Place.ShouldStartWith("Store ");
        refusal.Problem.ShouldBe("the ledger is of version 99; this program knows versions up to 5.");
        refusal.Remedy.ShouldBe("Use the program that made it, or a newer one.");
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_ledger_that_another_process_does_not_release_is_reported_as_locked(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        var store = await ledger.OpenAsync(options => options.LockTimeoutSeconds = 1);
        await using (var other = ledger.Database.Connect())
        {
            await other.OpenAsync();
            await using var transaction = await other.BeginTransactionAsync();
            await LockAsync(engine, other, transaction);
            var fault = await Should.ThrowAsync<LedgerException>(() => AppendAsync(store));
            fault.Problem.ShouldBe("another process has been writing to it for too long.");
        }
        (await AppendAsync(store)).Seq.ShouldBe(2);
    }

    [SkippableFact]
    public async Task A_read_only_connection_reads_a_ledger_and_refuses_to_write_it()
    {
        await using var ledger = await TestLedger.CreateAsync(Provider.Sqlite);
        await ledger.RunAsync(TestLedger.Result("contact"));
        var store = await ledger.OpenAsync(options => options.ConnectionString += ";Mode=ReadOnly");
        (await store.ListRunsAsync(10, CancellationToken.None)).ShouldHaveSingleItem();
        var fault = await Should.ThrowAsync<LedgerException>(() => store.BeginRunAsync(TestLedger.Header(), TestLedger.Engineer, CancellationToken.None));
        fault.Problem.ShouldBe("it cannot be written.");
        fault.Remedy.ShouldContain("Let this account read and write the ledger");
        (await store.VerifyAsync(CancellationToken.None)).Entries.ShouldBe(3);
    }

    [SkippableFact]
    public async Task A_server_that_refuses_to_write_is_reported_as_read_only()
    {
        await using var ledger = await TestLedger.CreateAsync(Provider.PostgreSql);
        var store = await ledger.OpenAsync(options => options.ConnectionString += ";Options=-c default_transaction_read_only=on");
        var fault = await Should.ThrowAsync<LedgerException>(() => AppendAsync(store));
        fault.Remedy.ShouldContain("Let this account read and write the ledger");
    }

    [SkippableFact]
    public async Task A_file_that_may_not_be_written_is_reported_as_read_only()
    {
        Skip.If(Environment.UserName == "root", "root may write every file; run the tests as another user.");
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such mode for a folder.");
        var folder = Directory.CreateTempSubdirectory("mgtest_");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var fault = await Should.ThrowAsync<LedgerException>(() => OpenAsync("Data Source=ledger.db", folder.FullName));
        fault.Place.ShouldBe("Store " + Path.Combine(folder.FullName, "ledger.db"));
        fault.Remedy.ShouldContain("Let this account read and write the ledger");
    }

    [SkippableFact]
    public async Task A_full_disk_is_reported_and_what_was_acknowledged_stays()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.UserName == "root", "Only root can mount a file system that is small enough to fill.");
        var folder = Directory.CreateTempSubdirectory("mgtest_").FullName;
        Skip.IfNot(await RunAsync("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder), "This machine lets no file system be mounted.");
        try
        {
            await using var store = await OpenAsync("Data Source=ledger.db", folder);
            long acknowledged = 1;
            var payload = new JsonObject { ["what"] = new string('x', 20_000) };
            var fault = await Should.ThrowAsync<LedgerException>(async () =>
            {
                while (acknowledged < 1_000)
                    acknowledged = (await store.AppendAsync(EntryKind.Approval, "one", payload, TestLedger.Engineer, CancellationToken.None)).Seq;
            });
            fault.Remedy.ShouldStartWith("Make room where the ledger is kept");
            var report = await store.VerifyAsync(CancellationToken.None);
            report.Problems.ShouldBeEmpty();
            report.Entries.ShouldBe(acknowledged);
        }
        finally
        {
            await RunAsync("umount", folder);
        }
    }

    [Fact]
    public async Task The_drivers_word_for_a_full_file_is_understood()
    {
        await using var scratch = await TestEngine.For(Provider.Sqlite).CreateDatabaseAsync();
        await using var connection = scratch.Connect();
        await connection.OpenAsync();
        await ExecuteAsync("CREATE TABLE t (x)");
        await ExecuteAsync("PRAGMA max_page_count = 3");
        var full = await Should.ThrowAsync<DbException>(() => ExecuteAsync("INSERT INTO t VALUES (zeroblob(100000))"));
        Dialect.For(Provider.Sqlite).StoreFault(full).ShouldBe(StoreFault.Full);

        async Task ExecuteAsync(string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }
    }

    [Theory]
    [InlineData("Data Source=:memory:", "names no file")]
    [InlineData("Data Source=ledger.db;Mode=Memory", "names no file")]
    [InlineData("", "names no file")]
    [InlineData("Server=old;Password=secret-canary", "is not a SQLite connection string.")]
    public async Task A_connection_string_that_names_no_file_is_refused(string connectionString, string problem)
    {
        var fault = await Should.ThrowAsync<LedgerException>(() => OpenAsync(connectionString, Path.GetTempPath()));
        fault.Place.ShouldBe("Store:ConnectionString");
        fault.Problem.ShouldStartWith(problem);
        fault.ToString().ShouldNotContain("secret-canary");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_alone()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat("not a database ", 1000)));
        var before = await File.ReadAllBytesAsync(file);
        (await Should.ThrowAsync<LedgerException>(() => OpenAsync("Data Source=" + file, Path.GetTempPath()))).Problem.ShouldContain("not a SQLite database");
        (await File.ReadAllBytesAsync(file)).ShouldBe(before);
        File.Delete(file);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_reported()
    {
        var fault = await Should.ThrowAsync<LedgerException>(() => OpenAsync("Data Source=nowhere/ledger.db", Path.GetTempPath()));
        fault.Problem.ShouldBe("the file cannot be opened.");
    }

    [Fact]
    public async Task A_lock_timeout_of_nothing_is_refused()
    {
        var options = new StoreOptions { LockTimeoutSeconds = 0 };
        (await Should.ThrowAsync<LedgerException>(() => LedgerStore.OpenAsync(options, Path.GetTempPath(), TimeProvider.System, CancellationToken.None)))
            .Place.ShouldBe("Store:LockTimeoutSeconds");
    }

    [Fact]
    public async Task A_closed_ledger_is_all_in_its_one_file()
    {
        var folder = Directory.CreateTempSubdirectory("mgtest_");
        await using (var store = await OpenAsync("Data Source=ledger.db", folder.FullName))
            await AppendAsync(store);
        folder.GetFiles().ShouldHaveSingleItem().Name.ShouldBe("ledger.db");
        folder.Delete(recursive: true);
    }

    private static Task<LedgerStore> OpenAsync(string connectionString, string folder) =>
        LedgerStore.OpenAsync(new StoreOptions { ConnectionString = connectionString }, folder, TimeProvider.System, CancellationToken.None);

    private static Task<EntryLine> AppendAsync(LedgerStore store) =>
        store.AppendAsync(EntryKind.Approval, "one", [], TestLedger.Engineer, CancellationToken.None);

    // SQLite's transactions begin as the only writer; on servers a writer says that it is.
    private static async Task LockAsync(Provider engine, DbConnection connection, DbTransaction transaction)
    {
        if (Dialect.For(engine).SerialiseWriters("ledger_entry") is not { } serialise)
            return;
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = serialise;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
