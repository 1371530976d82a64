using System.Data.Common;
using System.Text.RegularExpressions;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Ledger;

/// <summary>A store that the first version made, with runs in it, opened by this one.</summary>
public sealed partial class UpgradeTests
{
    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_ledger_of_the_first_version_is_upgraded_keeps_everything_and_verifies(Provider engine)
    {
        await using var original = await FilledAsync(engine);
        await using var old = await OfFirstVersionAsync(original);
        var store = await old.OpenAsync();
        (await old.Database.CountAsync("SELECT MAX(version) FROM store_version")).ShouldBe(5);

        var (before, after) = (await original.Store.VerifyAsync(CancellationToken.None), await store.VerifyAsync(CancellationToken.None));
        after.Problems.ShouldBeEmpty();
        (after.Entries, after.Head).ShouldBe((before.Entries, before.Head));
        (await old.LinesAsync()).ShouldBe(await original.LinesAsync());
        var runs = await store.ListRunsAsync(10, CancellationToken.None);
        runs.Select(run => run.Run).ShouldBe((await original.Store.ListRunsAsync(10, CancellationToken.None)).Select(run => run.Run));
        foreach (var run in runs)
            (await store.FindRunAsync(run.Run, CancellationToken.None))!.Results.Count.ShouldBe((await original.Store.FindRunAsync(run.Run, CancellationToken.None))!.Results.Count);
        await store.WriteAsync(ledger => ledger.ExecuteAsync("INSERT INTO mark (name, value) VALUES ('a', 'b')"), CancellationToken.None);
        await store.AppendAsync(EntryKind.Approval, "x", [], TestLedger.Engineer, CancellationToken.None);
        (await store.VerifyAsync(CancellationToken.None)).Problems.ShouldBeEmpty();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Several_that_open_a_ledger_of_the_first_version_at_once_upgrade_it_once(Provider engine)
    {
        await using var original = await FilledAsync(engine);
        await using var old = await OfFirstVersionAsync(original);
        var stores = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => old.OpenAsync())));
        (await old.Database.CountAsync("SELECT COUNT(*) FROM store_version")).ShouldBe(5);
        (await stores[^1].VerifyAsync(CancellationToken.None)).Problems.ShouldBeEmpty();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task What_was_changed_before_the_upgrade_is_found_after_it(Provider engine)
    {
        await using var original = await FilledAsync(engine);
        await using var old = await OfFirstVersionAsync(original, document => document.Replace("wave 1", "wave 2", StringComparison.Ordinal));
        var store = await old.OpenAsync();
        (await store.VerifyAsync(CancellationToken.None)).Problems.ShouldNotBeEmpty();
    }

    private static async Task<TestLedger> FilledAsync(Provider engine)
    {
        var ledger = await TestLedger.CreateAsync(engine);
        var mismatch = new CheckOutcome.Mismatch([new Finding(FindingKinds.MissingInTarget, 3, Source: new Scalar(1000), Target: new Scalar(997))]);
        await ledger.RunAsync(TestLedger.Result("account"), TestLedger.Result("contact", mismatch));
        await ledger.RunAsync(TestLedger.Result("contact"));
        await ledger.Store.BeginRunAsync(TestLedger.Header("unfinished"), TestLedger.Engineer, CancellationToken.None);
        await ledger.Store.AddResultsAsync("unfinished", [(0, TestLedger.Result("account"))], CancellationToken.None);
        return ledger;
    }

    /// <summary>A database with the first version's tables, and another ledger's rows in them.</summary>
    private static async Task<TestLedger> OfFirstVersionAsync(TestLedger original, Func<string, string>? change = null)
    {
        var old = await TestLedger.CreateEmptyAsync(original.Database.Provider);
        foreach (var script in new[] { "0000-versions.sql", "0001-ledger.sql" })
        {
            foreach (var batch in BatchSeparator().Split(await ReadAsync($"Schema/{old.Database.Provider.ToString().ToLowerInvariant()}/{script}")))
                await old.Database.ExecuteAsync(batch);
        }
        await old.Database.ExecuteAsync("INSERT INTO store_version (version, applied) VALUES (1, '2026-03-01T10:00:00.0000000+00:00')");
        foreach (var table in new[] { "ledger_entry", "ledger_payload", "actor" })
            await CopyAsync(original, old, table, "SELECT * FROM " + table);
        // A finished run takes no results: it is finished last, as it was.
        await CopyAsync(original, old, "run", "SELECT id, started_seq, document FROM run", change);
        await CopyAsync(original, old, "run_result", "SELECT * FROM run_result");
        foreach (var (run, seq) in await FinishedAsync(original))
            await old.Database.ExecuteAsync($"UPDATE run SET finished_seq = {seq} WHERE id = '{run}'");
        return old;
    }

    private static async Task CopyAsync(TestLedger from, TestLedger to, string table, string select, Func<string, string>? change = null)
    {
        await using var source = from.Database.Connect();
        await using var target = to.Database.Connect();
        await source.OpenAsync();
        await target.OpenAsync();
        await using var command = source.CreateCommand();
        command.CommandText = select;
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            await using var insert = target.CreateCommand();
            var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
            insert.CommandText = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, i) => "@p" + i))})";
            for (var i = 0; i < columns.Count; i++)
                Add(insert, "@p" + i, columns[i] == "document" && change is not null ? change(reader.GetString(i)) : reader.GetValue(i));
            await insert.ExecuteNonQueryAsync();
        }
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }

    private static async Task<IReadOnlyList<(string Run, long Seq)>> FinishedAsync(TestLedger ledger) => await ledger.Store.ReadAsync(
        async reading => (IReadOnlyList<(string, long)>)[.. (await reading.ListAsync<FinishedRun>("SELECT id AS Id, finished_seq AS Seq FROM run WHERE finished_seq IS NOT NULL")).Select(run => (run.Id, run.Seq))],
        CancellationToken.None);

    private static async Task<string> ReadAsync(string resource)
    {
        using var reader = new StreamReader(typeof(LedgerStore).Assembly.GetManifestResourceStream(resource)!);
        return await reader.ReadToEndAsync();
    }

    [GeneratedRegex(@"^GO\r?$", RegexOptions.Multiline)]
    private static partial Regex BatchSeparator();

    private sealed record FinishedRun
    {
        public string Id { get; init; } = "";

        public long Seq { get; init; }
    }
}
