using System.Text.Json;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Ledger.Store;

public sealed partial class LedgerStore
{
    /// <summary>Said of a run that has no end: a ledger cannot tell a process that died from one that is still at work elsewhere.</summary>
    public const string NotFinished = "The process that ran it has not finished it: it died, or it is still at work.";

    private const string SelectRuns = StoredRun.Select;

    /// <summary>Begins a run: it is in the ledger when this returns.</summary>
    /// <param name="header">The run without results or verdict.</param>
    /// <exception cref="LedgerException">The run is not in the ledger.</exception>
    public Task BeginRunAsync(RunDocument header, Actor actor, CancellationToken cancellationToken) =>
        WriteAsync(ledger => ledger.BeginRunAsync(header, actor), cancellationToken);

    /// <summary>Adds results of a run; durable when it returns, all of them or none.</summary>
    /// <param name="results">Each with its place in the run. Results of one place keep the order they are given in.</param>
    /// <exception cref="LedgerException">The run is unknown or finished, or none of the results is in the ledger.</exception>
    public Task AddResultsAsync(string run, IReadOnlyList<(int Ordinal, CheckResult Result)> results, CancellationToken cancellationToken) =>
        WriteAsync(ledger => ledger.AddResultsAsync(run, results), cancellationToken);

    /// <summary>Ends a run, which is immutable from then on.</summary>
    /// <param name="final">The run as it ended; its results are those in the ledger, whatever it holds itself.</param>
    /// <exception cref="LedgerException">The run is unknown or finished, or its end is not in the ledger.</exception>
    /// <exception cref="ArgumentException">The verdict is not the one that the results in the ledger come to.</exception>
    public Task FinishRunAsync(RunDocument final, Actor actor, CancellationToken cancellationToken) =>
        WriteAsync(ledger => ledger.FinishRunAsync(final, actor), cancellationToken);

    /// <summary>The newest runs, newest first, without their results. One that has no end is INCOMPLETE, as <see cref="NotFinished"/> says.</summary>
    /// <exception cref="LedgerException">The store could not be read.</exception>
    public Task<IReadOnlyList<RunDocument>> ListRunsAsync(int limit, CancellationToken cancellationToken) => _connections.ReadAsync<IReadOnlyList<RunDocument>>(
        async session =>
        {
            var runs = new List<RunDocument>();
            await foreach (var run in session.StreamAsync<StoredRun>(SelectRuns + " ORDER BY started_seq DESC").Take(limit).WithCancellation(cancellationToken))
                runs.Add(Shown(run));
            return runs;
        },
        cancellationToken);

    /// <summary>A run with its results; null when there is none.</summary>
    /// <param name="name">Its id, the beginning of no other run's id, or <c>latest</c>.</param>
    /// <exception cref="LedgerException">More than one run's id begins so, or the store could not be read.</exception>
    public Task<RunDocument?> FindRunAsync(string name, CancellationToken cancellationToken) => _connections.ReadAsync(
        async session =>
        {
            if (await FindStoredAsync(session, name.Trim().ToLowerInvariant()) is not { } stored)
                return null;
            var results = await session.ListAsync<StoredResult>(StoredResult.Select, new { run = stored.Id });
            return WithResults(stored, [.. results.Select(result => result.Read())]);
        },
        cancellationToken);

    private static async Task<StoredRun?> FindStoredAsync(StoreSession session, string name)
    {
        if (name == "latest")
            return await session.FirstAsync<StoredRun>(SelectRuns + " WHERE started_seq = (SELECT MAX(started_seq) FROM run)");
        // Anything else could mean something to LIKE.
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            return null;
        var found = await session.ListAsync<StoredRun>(SelectRuns + " WHERE id LIKE @prefix ORDER BY id", new { prefix = name + "%" });
        if (found.Count <= 1 || found[0].Id == name)
            return found.FirstOrDefault();
        throw new LedgerException($"Run {name}", $"is the beginning of {string.Join(", ", found.Take(5).Select(run => run.Id))}{(found.Count > 5 ? ", …" : "")}.", "Give more of its id.");
    }

    private static RunDocument WithResults(StoredRun stored, IReadOnlyList<CheckResult> results)
    {
        var exposures = new Dictionary<ResultKey, Exposure>();
        foreach (var kept in Kept(stored).Exposures ?? [])
            exposures[kept.Key] = kept.Exposure;
        return Shown(stored) with
        {
            Results = exposures.Count == 0
                ? results
                : [.. results.Select(result => result.Outcome is CheckOutcome.Mismatch ? result with { Exposure = exposures.GetValueOrDefault(ResultKey.Of(result)) } : result)],
        };
    }

    private static RunDocument Kept(StoredRun stored) => JsonSerializer.Deserialize<RunDocument>(stored.Document, LedgerJson.Compact)!;

    private static RunDocument Shown(StoredRun stored)
    {
        var document = Kept(stored) with { Exposures = null, ErasedEnd = stored.ErasedEnd };
        return stored.FinishedSeq is null ? document with { Verdict = Verdict.Incomplete, Finished = null, Interrupted = NotFinished } : document;
    }
}

/// <summary>A run as the store has it.</summary>
internal sealed record StoredRun
{
    public const string Select = """
        SELECT id AS Id, finished_seq AS FinishedSeq, document AS Document,
          (SELECT p.seq FROM ledger_payload p WHERE p.seq = run.finished_seq AND p.payload IS NULL) AS ErasedEnd
        FROM run
        """;

    public string Id { get; init; } = "";

    public long StartedSeq { get; init; }

    public long? FinishedSeq { get; init; }

    public string Document { get; init; } = "";

    /// <summary>The entry that ended it, where what that said was erased.</summary>
    public long? ErasedEnd { get; init; }
}
