using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Ledger.Store;

public partial class LedgerReading
{
    /// <summary>A run as it began, without results, while it has no end; null when there is no such run, or it is finished.</summary>
    public async Task<RunDocument?> FindUnfinishedRunAsync(string run)
    {
        var stored = await FirstAsync<StoredRun>(StoredRun.Select + " WHERE id = @run AND finished_seq IS NULL", new { run });
        return stored is null ? null : JsonSerializer.Deserialize<RunDocument>(stored.Document, LedgerJson.Compact);
    }

    /// <summary>The results that a run has so far, by their places in it.</summary>
    public async Task<IReadOnlyDictionary<int, IReadOnlyList<CheckResult>>> ListResultsByPlaceAsync(string run) =>
        (await ListAsync<StoredResult>(StoredResult.Select, new { run }))
            .GroupBy(result => result.Ordinal)
            .ToDictionary(place => place.Key, place => (IReadOnlyList<CheckResult>)[.. place.Select(result => result.Read())]);

    /// <summary>The results that a run has so far, in the order in which they count.</summary>
    public async Task<IReadOnlyList<CheckResult>> ListResultsAsync(string run) =>
        [.. (await ListAsync<StoredResult>(StoredResult.Select, new { run })).Select(result => result.Read())];
}

public sealed partial class LedgerTransaction
{
    /// <summary>Begins a run.</summary>
    /// <param name="header">The run without results or verdict.</param>
    /// <returns>The entry that says so.</returns>
    public async Task<EntryLine> BeginRunAsync(RunDocument header, Actor actor)
    {
        var document = Serialise(header with { Results = [], Against = null, Verdict = Verdict.Incomplete, Finished = null });
        var payload = new JsonObject
        {
            ["scope"] = JsonSerializer.SerializeToNode(header.Scope, LedgerJson.Compact),
            ["documentSha256"] = RunDigest.Of(document),
        };
        var entry = await AppendAsync(new NewEntry(EntryKind.RunStarted, RunIds.Subject(header.Run), payload, actor));
        await ExecuteAsync(
            "INSERT INTO run (id, started_seq, finished_seq, document) VALUES (@Run, @Seq, NULL, @document)",
            new { header.Run, entry.Seq, document });
        return entry;
    }

    /// <summary>Takes up a run again whose process died.</summary>
    /// <returns>Every moment at which that was done, this one last.</returns>
    /// <exception cref="LedgerException">The run is unknown or finished.</exception>
    public async Task<IReadOnlyList<DateTimeOffset>> ResumeRunAsync(string run, Actor actor)
    {
        await RequireUnfinishedAsync(run);
        await AppendAsync(new NewEntry(EntryKind.RunResumed, RunIds.Subject(run), [], actor));
        var lines = await ListByKeysAsync<string>("SELECT e.line FROM ledger_payload p JOIN ledger_entry e ON e.seq = p.seq WHERE p.kind IN @keys", [EntryKind.RunResumed.Spelt()]);
        return
        [
            .. lines.Select(EntryLine.Parse).OfType<EntryLine>()
                .Where(entry => entry.Subject == RunIds.Subject(run))
                .OrderBy(entry => entry.Seq)
                .Select(entry => new DateTimeOffset(entry.Time)),
        ];
    }

    /// <summary>Adds results of a run.</summary>
    /// <param name="results">Each with its place in the run. Results of one place keep the order they are given in.</param>
    /// <exception cref="LedgerException">The run is unknown or finished.</exception>
    public async Task<int> AddResultsAsync(string run, IReadOnlyList<(int Ordinal, CheckResult Result)> results)
    {
        await RequireUnfinishedAsync(run);
        var rows = results
            .GroupBy(result => result.Ordinal)
            .SelectMany(place => place.Select((result, part) => new
            {
                run,
                result.Ordinal,
                part,
                document = JsonSerializer.Serialize(result.Result, LedgerJson.Compact),
            }))
            .ToList();
        return await ExecuteAsync("INSERT INTO run_result (run_id, ordinal, part, document) VALUES (@run, @Ordinal, @part, @document)", rows);
    }

    /// <summary>Ends a run, which is immutable from then on.</summary>
    /// <param name="final">The run as it ended; its results are those in the ledger, whatever it holds itself.</param>
    /// <returns>The entry that says so.</returns>
    /// <exception cref="LedgerException">The run is unknown or finished.</exception>
    /// <exception cref="ArgumentException">The verdict is not the one that the results in the ledger come to.</exception>
    public async Task<EntryLine> FinishRunAsync(RunDocument final, Actor actor)
    {
        await RequireUnfinishedAsync(final.Run);
        var (results, resultsSha256) = await ReadEndAsync(final);
        var exposures = await new ExposureHistory(Session).OfAsync(final, results);
        var document = Serialise(final with { Results = [], Against = null, Exposures = exposures.Count == 0 ? null : exposures });
        var payload = EndOfRun(final, results, resultsSha256, document);
        var entry = await AppendAsync(new NewEntry(EntryKind.RunFinished, RunIds.Subject(final.Run), payload, actor));
        await ExecuteAsync("UPDATE run SET finished_seq = @Seq, document = @document WHERE id = @Run", new { entry.Seq, document, final.Run });
        await RemoveSegmentsAsync(final.Run);
        return entry;
    }

    private async Task RequireUnfinishedAsync(string run)
    {
        var stored = await FirstAsync<StoredRun>(StoredRun.Select + " WHERE id = @run", new { run })
            ?? throw new LedgerException($"Run {run}", "is not in the ledger.", "Begin it first; migrationguard runs list shows those there are.");
        if (stored.FinishedSeq is not null)
            throw new LedgerException($"Run {run}", "is finished, and so never changes.", "Verify again in a new run.");
    }

    private async Task<(IReadOnlyList<CheckResult> Results, string Sha256)> ReadEndAsync(RunDocument final)
    {
        using var digest = new RunDigest();
        var results = new List<CheckResult>();
        await foreach (var stored in Session.StreamAsync<StoredResult>(StoredResult.Select, new { run = final.Run }))
        {
            digest.Add(stored);
            results.Add(stored.Read() with { Breakdown = null });
        }
        return (results, digest.Finish());
    }

    private static JsonObject EndOfRun(RunDocument final, IReadOnlyList<CheckResult> results, string resultsSha256, string document)
    {
        var verdict = Verdicts.Of(results, final.Scope, final.Uncovered.Count, interrupted: final.Interrupted is not null);
        if (verdict != final.Verdict)
            throw new ArgumentException($"The results in the ledger come to {verdict.Spelt()}, not to {final.Verdict.Spelt()}.", nameof(final));
        long Count(string outcome) => results.LongCount(result => result.Outcome.Name == outcome);
        return new JsonObject
        {
            ["verdict"] = verdict.Spelt(),
            ["scope"] = JsonSerializer.SerializeToNode(final.Scope, LedgerJson.Compact),
            ["outcomes"] = new JsonObject
            {
                ["match"] = Count("match"),
                ["mismatch"] = Count("mismatch"),
                ["accepted"] = Count("accepted"),
                ["not-checked"] = Count("not-checked"),
            },
            ["resultsSha256"] = resultsSha256,
            ["documentSha256"] = RunDigest.Of(document),
        };
    }

    private static string Serialise(RunDocument document) => JsonSerializer.Serialize(document, LedgerJson.Compact);
}
