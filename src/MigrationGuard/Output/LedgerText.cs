using System.Globalization;
using System.Text.Json;
using MigrationGuard.Anchors;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Output;

/// <summary>What verifying the ledger came to, as people and programs read it.</summary>
internal static class LedgerText
{
    public static Task WriteJsonAsync(ChainReport report, CheckpointOutcome checkpoints, TextWriter output) => output.WriteLineAsync(JsonSerializer.Serialize(
        new
        {
            schema = "migrationguard.ledger/1",
            intact = report.Problems.Count + checkpoints.Findings.Count == 0,
            entries = report.Entries,
            head = report.Head,
            origin = report.Tree.Origin,
            root = report.Tree.Root,
            erased = report.Erased,
            unprovenRuns = report.UnprovenRuns,
            unproven = report.Unproven,
            problems = report.Problems,
            checkpoints = checkpoints.Held.Select(held => new { place = held.Place, size = held.Checkpoint.Size, root = held.Checkpoint.Root }),
            checkpointProblems = checkpoints.Findings.Select(finding => new { place = finding.Place, problem = finding.Problem }),
            notHeldAgainst = checkpoints.NotHeld,
        },
        LedgerJson.Readable));

    public static async Task WriteAsync(ChainReport report, CheckpointOutcome checkpoints, TextWriter output)
    {
        foreach (var problem in report.Problems)
            await output.WriteLineAsync(problem.Seq is { } entry ? string.Create(CultureInfo.InvariantCulture, $"Entry {entry}: {problem.Problem}") : problem.Problem);
        foreach (var finding in checkpoints.Findings)
            await output.WriteLineAsync($"Checkpoint, {Printable.Of(finding.Place)}: {finding.Problem}");
        var problems = report.Problems.Count + checkpoints.Findings.Count;
        await output.WriteLineAsync(problems == 0
            ? string.Create(CultureInfo.InvariantCulture, $"The ledger is intact: {report.Entries} entries, the last {report.Head}.")
            : string.Create(CultureInfo.InvariantCulture, $"The ledger is NOT intact: {problems} problems in {report.Entries} entries."));
        foreach (var (place, checkpoint) in checkpoints.Held)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"It extends the checkpoint of {checkpoint.Size} entries in the {Printable.Of(place)}."));
        foreach (var reason in checkpoints.NotHeld)
            await output.WriteLineAsync($"NOT held against every checkpoint. {reason}");
        if (report.Erased > 0)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Payloads erased: {report.Erased}."));
        foreach (var run in report.UnprovenRuns)
            await output.WriteLineAsync($"Run {run} is unproven: what its results were held against was erased.");
        foreach (var subject in report.Unproven)
            await output.WriteLineAsync($"{subject} is unproven: what it was held against was erased.");
    }
}
