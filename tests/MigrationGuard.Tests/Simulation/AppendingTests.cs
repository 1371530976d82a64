using MigrationGuard.Databases;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Tests.Ledger;

namespace MigrationGuard.Tests.Simulation;

/// <summary>Many processes append to one ledger, and some of them are killed: the chain has no fork and loses nothing that was acknowledged.</summary>
public sealed class AppendingTests
{
    private const int Processes = 8;
    private const int EntriesEach = 25;
    private const int Kills = 6;

    [SkippableTheory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.PostgreSql)]
    public async Task Two_hundred_appends_from_eight_processes_make_one_unforked_chain(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        var processes = Enumerable.Range(0, Processes).Select(i => AppendingProcess.Start(engine, ledger.Database.ConnectionString, $"process-{i}", EntriesEach)).ToList();
        try
        {
            var acknowledged = await Task.WhenAll(processes.Select(process => process.RestAsync()));
            foreach (var process in processes)
                await process.ShouldEndWellAsync();
            acknowledged.SelectMany(entries => entries).Select(entry => entry.Seq).Order().ShouldBe(Enumerable.Range(2, Processes * EntriesEach).Select(seq => (long)seq));
            await ShouldHoldAllAsync(ledger, acknowledged.SelectMany(entries => entries), 1 + (Processes * EntriesEach));
        }
        finally
        {
            processes.ForEach(process => process.Dispose());
        }
    }

    [SkippableTheory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.PostgreSql)]
    public async Task What_processes_that_were_killed_had_acknowledged_is_there(Provider engine)
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        await using var ledger = await TestLedger.CreateAsync(engine);
        var acknowledged = new List<(long Seq, string Hash)>();
        var survivor = AppendingProcess.Start(engine, ledger.Database.ConnectionString, "survivor", -1);
        try
        {
            for (var kill = 0; kill < Kills; kill++)
            {
                using var process = AppendingProcess.Start(engine, ledger.Database.ConnectionString, $"killed-{kill}", -1);
                // Anywhere in an append: what it says it has done is read no further than to here.
                for (var left = random.Next(1, 40); left > 0; left--)
                    acknowledged.Add((await process.NextAsync()).ShouldNotBeNull($"seed {seed}"));
                process.Kill();
                acknowledged.AddRange(await process.RestAsync());
            }
            acknowledged.Add((await survivor.NextAsync()).ShouldNotBeNull($"seed {seed}"));
            survivor.Kill();
            acknowledged.AddRange(await survivor.RestAsync());
        }
        finally
        {
            survivor.Dispose();
        }
        await ShouldHoldAllAsync(ledger, acknowledged, null, $"seed {seed}");
        (await ledger.Store.AppendAsync(EntryKind.Approval, "afterwards", [], TestLedger.Engineer, CancellationToken.None)).Seq.ShouldBeGreaterThan(acknowledged.Max(entry => entry.Seq));
        (await ledger.Store.VerifyAsync(CancellationToken.None)).Problems.ShouldBeEmpty($"seed {seed}");
    }

    private static async Task ShouldHoldAllAsync(TestLedger ledger, IEnumerable<(long Seq, string Hash)> acknowledged, long? entries, string? message = null)
    {
        var report = await ledger.Store.VerifyAsync(CancellationToken.None);
        report.Problems.ShouldBeEmpty(message);
        if (entries is not null)
            report.Entries.ShouldBe(entries.Value);
        var kept = new Dictionary<long, string>();
        await ledger.Store.ReadEntriesAsync(1, long.MaxValue, entry => { kept.Add(entry.Line.Seq, entry.Line.Hash); return ValueTask.CompletedTask; }, CancellationToken.None);
        foreach (var (seq, hash) in acknowledged)
            kept.GetValueOrDefault(seq).ShouldBe(hash, message);
    }
}
