using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Output;
using Spectre.Console;

namespace MigrationGuard.Commands;

/// <summary><c>runs</c>: what the ledger knows of earlier runs.</summary>
internal static class RunsCommand
{
    private static readonly Argument<string> Run = new("RUN") { Description = "A run's id, an unambiguous beginning of it, or 'latest'." };

    private static readonly Option<int> Limit = new("--limit")
    {
        Description = "The most runs to list, the newest first.",
        HelpName = "N",
        DefaultValueFactory = _ => 50,
    };

    private static readonly Option<string?> OutputDirectory = new("--output")
    {
        Description = "Write the report of the run into this directory.",
        HelpName = "DIR",
    };

    private static readonly Option<string?> Against = EarlierRuns.Against("Show first what is new against that run, then what is known, then what is gone.");

    private static readonly Option<OutputFormat> ListFormat = Shared.Format();

    private static readonly Option<OutputFormat> ShowFormat = Shared.Format();

    public static void AddRuns(this RootCommand root, ProgramContext context)
    {
        var list = new Command("list", "List runs, the newest first.");
        list.Options.Add(Limit);
        list.Options.Add(ListFormat);
        list.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => ListAsync(parsed, context, cancellationToken)));
        var show = new Command("show", "Show a run as it was shown when it finished; exits as verify did, but never with 0 where what the run came to was erased from the ledger.");
        show.Arguments.Add(Run);
        show.Options.Add(Against);
        show.Options.Add(OutputDirectory);
        show.Options.Add(ShowFormat);
        show.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => ShowAsync(parsed, context, cancellationToken)));
        root.Subcommands.Add(new Command("runs", "Earlier runs.") { list, show });
    }

    private static async Task<ExitCode> ListAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        await using var store = await OpenAsync(parsed, context, cancellationToken);
        var runs = await store.ListRunsAsync(parsed.GetValue(Limit), cancellationToken);
        if (parsed.GetValue(ListFormat) == OutputFormat.Json)
        {
            await context.Output.WriteLineAsync(JsonSerializer.Serialize(new { schema = "migrationguard.runs/1", runs }, LedgerJson.Readable));
            return ExitCode.Done;
        }
        if (runs.Count == 0)
        {
            await context.Output.WriteLineAsync("No run yet. Begin with: migrationguard verify");
            return ExitCode.Done;
        }
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("Run").NoWrap()).AddColumns("Started (UTC)", "Duration", "Verdict", "Scope", "Label");
        foreach (var run in runs)
        {
            table.AddRow(
                new Text(run.Run),
                new Text(run.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
                new Text(run.Finished is { } finished ? (finished - run.Started).ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture) : "not finished"),
                new Text(run.ShownVerdict),
                new Text(run.Scope.ToString().ToLowerInvariant() + (run.Kind is null ? "" : ", " + run.Kind)),
                new Text(run.Label ?? ""));
        }
        Terminal.On(context.Output, context, context.OutputIsTerminal).Write(table);
        return ExitCode.Done;
    }

    private static async Task<ExitCode> ShowAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        await using var store = await OpenAsync(parsed, context, cancellationToken);
        var wanted = parsed.GetRequiredValue(Run);
        var run = await store.FindRunAsync(wanted, cancellationToken)
            ?? throw new UsageException($"There is no run '{wanted}'. List them with: migrationguard runs list");
        run = EarlierRuns.Held(run, await EarlierRuns.FindAgainstAsync(store, parsed.GetValue(Against), cancellationToken));
        await VerifyCommand.ShowAsync(run, parsed.GetValue(ShowFormat), context);
        return await VerifyCommand.ReportAsync(run, parsed.GetValue(OutputDirectory), context);
    }

    private static Task<LedgerStore> OpenAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        var configuration = Shared.ReadConfiguration(parsed, context);
        return LedgerStore.OpenExistingAsync(configuration.Options.Store, configuration.Directory, context.Time, cancellationToken);
    }
}
