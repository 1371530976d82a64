using System.Text.Json;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Verification.Running;

namespace MigrationGuard.Runs.Joined;

/// <summary>An entity or a query pair of a joined run, as the ledger keeps it until the run is finished and after.</summary>
internal sealed record JoinedItem
{
    private const string Select = "SELECT run_id AS Run, ordinal AS Ordinal, comparison AS Comparison, entity AS Entity, query AS Query, weight AS Weight, unread AS Unread FROM run_item";

    public string Run { get; init; } = "";

    /// <summary>Where the first of its results stands among all results of the run.</summary>
    public int Ordinal { get; init; }

    public string Comparison { get; init; } = "";

    /// <summary>The entity's name; null for a query pair.</summary>
    public string? Entity { get; init; }

    /// <summary>The query pair's name; null for an entity.</summary>
    public string? Query { get; init; }

    /// <summary>Rows by metadata; what has more is begun before what has fewer.</summary>
    public long Weight { get; init; }

    /// <summary>Its results as they are while nobody has read it, as JSON.</summary>
    public string Unread { get; init; } = "";

    /// <summary>What it is, for a reader of the log.</summary>
    public string Name => $"{Comparison} / {Entity ?? CheckNames.Query(Query!)}";

    /// <summary>The item while its run is unfinished and it is not done; null otherwise.</summary>
    public static Task<JoinedItem?> FindUndoneAsync(LedgerReading ledger, string run, int ordinal) =>
        ledger.FirstAsync<JoinedItem>(Select + " WHERE run_id = @run AND ordinal = @ordinal AND done_at IS NULL", new { run, ordinal });

    /// <summary>What is still to be done of a run, in the order of its results.</summary>
    public static Task<IReadOnlyList<JoinedItem>> ListUndoneAsync(LedgerReading ledger, string run) =>
        ledger.ListAsync<JoinedItem>(Select + " WHERE run_id = @run AND done_at IS NULL ORDER BY ordinal", new { run });

    /// <summary>How much is still to be done of a run.</summary>
    public static Task<int> CountUndoneAsync(LedgerReading ledger, string run) =>
        ledger.FirstAsync<int>("SELECT COUNT(*) FROM run_item WHERE run_id = @run AND done_at IS NULL", new { run });

    /// <summary>Puts the readings of a plan down as the items of a run that begins.</summary>
    public static Task InsertAsync(LedgerTransaction ledger, string run, RunPlan plan) => ledger.InsertAsync(
        "run_item",
        ["run_id", "ordinal", "comparison", "entity", "query", "weight", "unread"],
        plan.Readings.Select(reading => (object?[])
        [
            run, reading.Ordinal, reading.Comparison.Name, reading.Entity, reading.Query, reading.ApproximateRows,
            JsonSerializer.Serialize(reading.NotChecked(""), LedgerJson.Compact),
        ]));

    /// <summary>Writes its results and that it is done. Whoever comes second is dropped.</summary>
    /// <returns>Whether it was not done before.</returns>
    public async Task<bool> CompleteAsync(LedgerTransaction ledger, IReadOnlyList<CheckResult> results, string worker)
    {
        var written = await ledger.ExecuteAsync(
            "UPDATE run_item SET done_at = @now, done_by = @worker WHERE run_id = @Run AND ordinal = @Ordinal AND done_at IS NULL",
            new { now = Moments.Text(ledger.Now), worker, Run, Ordinal });
        if (written == 0)
            return false;
        await ledger.AddResultsAsync(Run, [.. results.Select(result => (Ordinal, result))]);
        return true;
    }

    /// <summary>Its results when it was not read.</summary>
    public IReadOnlyList<CheckResult> NotChecked(string reason) =>
        [.. Results().Select(result => result with { Outcome = new CheckOutcome.NotChecked(reason) })];

    /// <summary>The results it was begun with, each with what it came to.</summary>
    /// <param name="read">What reading it brought.</param>
    /// <param name="plan">The plan it was read by: what changed since the run began may keep a check from being made.</param>
    public IReadOnlyList<CheckResult> Completed(IReadOnlyList<CheckResult> read, RunPlan plan) =>
    [
        .. Results().Select(result => read.Concat(plan.NotChecked).FirstOrDefault(other => IsSame(result, other)) ?? result with
        {
            Outcome = new CheckOutcome.NotChecked("What this is configured to compare changed while the run went on. Verify again."),
        }),
    ];

    private static bool IsSame(CheckResult one, CheckResult other) =>
        one.Comparison == other.Comparison && one.Entity == other.Entity && one.Check == other.Check
        && (one.By ?? []).SequenceEqual(other.By ?? [], StringComparer.Ordinal);

    private List<CheckResult> Results() => JsonSerializer.Deserialize<List<CheckResult>>(Unread, LedgerJson.Compact)!;
}
