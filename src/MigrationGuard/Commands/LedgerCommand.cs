using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Commands;

/// <summary><c>ledger</c>: the append-only chain of what was claimed and decided.</summary>
internal static class LedgerCommand
{
    private static readonly Option<OutputFormat> Format = Shared.Format();

    public static void AddLedger(this RootCommand root, ProgramContext context)
    {
        var verify = new Command("verify", "Replay the chain and hold everything stored against it.");
        verify.Options.Add(Format);
        verify.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => VerifyAsync(parsed, context, cancellationToken)));
        root.Subcommands.Add(new Command("ledger", "The ledger's chain of entries.") { verify });
    }

    private static async Task<ExitCode> VerifyAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        var configuration = Shared.ReadConfiguration(parsed, context);
        await using var store = await LedgerStore.OpenExistingAsync(configuration.Options.Store, configuration.Directory, context.Time, cancellationToken);
        var report = await store.VerifyAsync(cancellationToken);
        if (parsed.GetValue(Format) == OutputFormat.Json)
        {
            await context.Output.WriteLineAsync(JsonSerializer.Serialize(
                new { schema = "migrationguard.ledger/1", intact = report.Problems.Count == 0, entries = report.Entries, head = report.Head, erased = report.Erased, unprovenRuns = report.UnprovenRuns, unproven = report.Unproven, problems = report.Problems },
                LedgerJson.Readable));
        }
        else
        {
            foreach (var problem in report.Problems)
                await context.Output.WriteLineAsync(problem.Seq is { } entry ? string.Create(CultureInfo.InvariantCulture, $"Entry {entry}: {problem.Problem}") : problem.Problem);
            await context.Output.WriteLineAsync(report.Problems.Count == 0
                ? string.Create(CultureInfo.InvariantCulture, $"The ledger is intact: {report.Entries} entries, the last {report.Head}.")
                : string.Create(CultureInfo.InvariantCulture, $"The ledger is NOT intact: {report.Problems.Count} problems in {report.Entries} entries."));
            if (report.Erased > 0)
                await context.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Payloads erased: {report.Erased}."));
            foreach (var run in report.UnprovenRuns)
                await context.Output.WriteLineAsync($"Run {run} is unproven: what its results were held against was erased.");
            foreach (var subject in report.Unproven)
                await context.Output.WriteLineAsync($"{subject} is unproven: what it was held against was erased.");
        }
        return report.Problems.Count > 0 ? ExitCode.NoGo : report.UnprovenRuns.Count + report.Unproven.Count > 0 ? ExitCode.Incomplete : ExitCode.Done;
    }
}
