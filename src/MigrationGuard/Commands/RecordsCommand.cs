using System.CommandLine;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Records;

namespace MigrationGuard.Commands;

/// <summary><c>records</c>: whether records are kept for as long as was promised, and no longer.</summary>
internal static class RecordsCommand
{
    private static readonly Option<string?> Label = new("--label") { Description = "A name for this run.", HelpName = "TEXT" };

    private static readonly Option<string?> OutputDirectory = new("--output") { Description = "Write the report of the run into this directory.", HelpName = "DIR" };

    private static readonly Option<OutputFormat> Format = Shared.Format();

    public static void AddRecords(this RootCommand root, ProgramContext context)
    {
        var verify = new Command("verify", "Hold records against the periods of their retention codes, and give a verdict.") { Label, OutputDirectory, Format };
        verify.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => VerifyAsync(parsed, context, cancellationToken)));
        root.Subcommands.Add(new Command("records", "Records in databases: how long they are kept, and what a frozen copy keeps alone.") { verify });
    }

    private static async Task<ExitCode> VerifyAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        VerifyCommand.RequireWritable(parsed.GetValue(OutputDirectory), context);
        var configuration = Shared.LoadConfiguration(parsed, context);
        var options = RecordPresets.Of(configuration).Whole;
        if (options.Entities.Count == 0)
            throw new UsageException("Records holds no entity, so there is nothing to hold against a period. Add Entities; README says how.");
        await using var store = await LedgerStore.OpenAsync(configuration.Options.Store, configuration.Directory, context.Time, CancellationToken.None);
        var run = await new RecordRun(configuration, options, store, context.Time).VerifyAsync(parsed.GetValue(Label), Shared.ActorOf(parsed), scheduled: null, cancellationToken);
        await VerifyCommand.ShowAsync(run, parsed.GetValue(Format), context);
        return await VerifyCommand.ReportAsync(run, parsed.GetValue(OutputDirectory), context);
    }
}
