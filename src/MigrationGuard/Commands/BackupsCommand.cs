using System.CommandLine;
using MigrationGuard.Backups;
using MigrationGuard.Configuration;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Output;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Commands;

/// <summary><c>backups</c>: what back-ups there are, and whether what was promised of them is kept.</summary>
internal static class BackupsCommand
{
    private static readonly Option<bool> ReadAll = new("--read-all") { Description = "Read every file's header anew, and trust none that was read before." };

    private static readonly Option<string?> Label = new("--label") { Description = "A name for this run.", HelpName = "TEXT" };

    private static readonly Option<string?> OutputDirectory = new("--output") { Description = "Write the report of the run into this directory.", HelpName = "DIR" };

    private static readonly Option<OutputFormat> ListFormat = Shared.Format();

    private static readonly Option<OutputFormat> VerifyFormat = Shared.Format();

    public static void AddBackups(this RootCommand root, ProgramContext context)
    {
        var list = new Command("list", "List what lies in the configured stores, by the files' own headers.") { ReadAll, ListFormat };
        list.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => ListAsync(parsed, context, cancellationToken)));
        var verify = new Command("verify", "Hold what lies there against what was promised, and give a verdict.") { ReadAll, Label, OutputDirectory, VerifyFormat };
        verify.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => VerifyAsync(parsed, context, cancellationToken)));
        root.Subcommands.Add(new Command("backups", "Back-ups of SQL Server in Azure Storage and in folders.") { list, verify });
    }

    private static async Task<ExitCode> ListAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        var configuration = Configured(parsed, context);
        await using var store = await LedgerStore.OpenAsync(configuration.Options.Store, configuration.Directory, context.Time, CancellationToken.None);
        try
        {
            var readings = new BackupRun(configuration, store, context.Time).Readings(parsed.GetValue(ReadAll));
            var notListed = parsed.GetValue(ListFormat) == OutputFormat.Json
                ? await BackupListing.WriteAsync(readings, context.Output, cancellationToken)
                : await BackupText.WriteAsync(readings, context, cancellationToken);
            foreach (var reason in notListed)
                await context.Error.WriteLineAsync(reason);
            return notListed.Count > 0 ? ExitCode.Incomplete : ExitCode.Done;
        }
        catch (StoreAccessException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private static async Task<ExitCode> VerifyAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        VerifyCommand.RequireWritable(parsed.GetValue(OutputDirectory), context);
        var configuration = Configured(parsed, context);
        if (configuration.Options.Backups.Promises.Count == 0)
            throw new UsageException("Backups:Promises is empty, so there is nothing to hold back-ups against. Add what was promised; README says how.");
        await using var store = await LedgerStore.OpenAsync(configuration.Options.Store, configuration.Directory, context.Time, CancellationToken.None);
        try
        {
            var run = await new BackupRun(configuration, store, context.Time).VerifyAsync(parsed.GetValue(ReadAll), parsed.GetValue(Label), Shared.ActorOf(parsed), scheduled: null, cancellationToken);
            await VerifyCommand.ShowAsync(run, parsed.GetValue(VerifyFormat), context);
            return await VerifyCommand.ReportAsync(run, parsed.GetValue(OutputDirectory), context);
        }
        catch (StoreAccessException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private static LoadedConfiguration Configured(ParseResult parsed, ProgramContext context)
    {
        var configuration = Shared.LoadConfiguration(parsed, context);
        return configuration.Options.Backups.Databases.Count > 0
            ? configuration
            : throw new UsageException("Backups:Databases is empty. Name the databases whose back-ups to look at, and the stores that they lie in; README says how.");
    }
}
