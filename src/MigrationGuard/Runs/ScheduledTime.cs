using System.Text.Json.Nodes;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Runs;

/// <summary>A time at which a schedule fell due; at most one run stands for it.</summary>
internal sealed record ScheduledTime(string Schedule, DateTimeOffset Due)
{
    /// <summary>Whether something was begun, or left, for it already.</summary>
    public async Task<bool> IsTakenAsync(LedgerReading ledger) =>
        await ledger.FirstAsync<int>("SELECT COUNT(*) FROM scheduled_run WHERE schedule = @schedule AND due = @due", new { schedule = Schedule, due = Moments.Text(Due) }) > 0;

    /// <summary>Records what was begun for it, in the transaction that begins it.</summary>
    /// <param name="run">The run, which is in the ledger; null where none is begun.</param>
    /// <param name="stillRunning">The run on whose account none is begun; null where one is.</param>
    public async Task WriteAsync(LedgerTransaction ledger, string? run, string? stillRunning, Actor actor)
    {
        await ledger.InsertAsync("scheduled_run", ["schedule", "due", "run_id"], [[Schedule, Moments.Text(Due), run]]);
        var payload = new JsonObject { ["schedule"] = Schedule, ["due"] = Moments.Text(Due), ["run"] = run, ["stillRunning"] = stillRunning };
        await ledger.AppendAsync(new NewEntry(EntryKind.ScheduledRun, run is null ? "schedule" : "run-" + run, payload, actor));
    }
}
