using System.CommandLine;
using System.Text.Json.Nodes;
using MigrationGuard.Files;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Output;
using MigrationGuard.Retention.FileStores;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Commands;

/// <summary><c>files</c>: whether files have arrived, and are kept for as long as was promised.</summary>
internal static class FilesCommand
{
    private static readonly Option<string?> Label = new("--label") { Description = "A name for this run.", HelpName = "TEXT" };

    private static readonly Option<string?> OutputDirectory = new("--output") { Description = "Write the report of the run into this directory.", HelpName = "DIR" };

    private static readonly Option<bool> Reveal = new("--reveal")
    {
        Description = "Show the paths of files that findings are about, at most 1,000 of each, after the text. The ledger records who asked, when and of what.",
    };

    private static readonly Option<OutputFormat> Format = Shared.Format();

    public static void AddFiles(this RootCommand root, ProgramContext context)
    {
        var verify = new Command("verify", "Hold files against what was promised of them, and give a verdict.") { Label, OutputDirectory, Reveal, Format };
        verify.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => VerifyAsync(parsed, context, cancellationToken)));
        root.Subcommands.Add(new Command("files", "Files in folders, shares, Azure Storage and exported lists.") { verify });
    }

    private static async Task<ExitCode> VerifyAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        var (format, reveal) = (parsed.GetValue(Format), parsed.GetValue(Reveal));
        if (reveal && format == OutputFormat.Json)
            throw new UsageException("--reveal: paths are shown as text, and are no part of a run's JSON, which is kept. Leave out --format json.");
        VerifyCommand.RequireWritable(parsed.GetValue(OutputDirectory), context);
        var configuration = Shared.LoadConfiguration(parsed, context);
        var options = FilePresets.Of(configuration).Whole;
        if (options.Comparisons.Count + options.Retention.Count + options.Empty.Count == 0)
            throw new UsageException("Files holds no promise, so there is nothing to hold files against. Add Comparisons, Retention or Empty; README says how.");
        await using var store = await LedgerStore.OpenAsync(configuration.Options.Store, configuration.Directory, context.Time, CancellationToken.None);
        try
        {
            var actor = Shared.ActorOf(parsed);
            var (run, files) = await new FileRun(configuration, options, store, context.Time).VerifyAsync(parsed.GetValue(Label), actor, scheduled: null, cancellationToken);
            await VerifyCommand.ShowAsync(run, format, context);
            if (reveal && files.Count > 0)
                await RevealAsync(run, files, store, actor, context);
            return await VerifyCommand.ReportAsync(run, parsed.GetValue(OutputDirectory), context);
        }
        catch (StoreAccessException e)
        {
            throw new UsageException(e.Message);
        }
    }

    // Recorded before anything is shown: what cannot be recorded is not shown.
    private static async Task RevealAsync(RunDocument run, IReadOnlyList<RevealedFile> files, LedgerStore store, Actor actor, ProgramContext context)
    {
        var checks = new JsonArray([.. files.Select(file => file.Check).Distinct().Select(check => (JsonNode)check)]);
        await store.AppendAsync(EntryKind.ValuesRevealed, "files", new JsonObject { ["run"] = run.Run, ["checks"] = checks, ["paths"] = files.Count }, actor, CancellationToken.None);
        foreach (var file in files)
            await context.Output.WriteLineAsync($"{file.Check}  {file.Kind}  {Line(file.Path)}{(file.Other is null ? "" : "  →  " + Line(file.Other))}");
    }

    // A line end in a name would make two lines of one, and the second could say anything.
    private static string Line(string path) => Printable.Of(path).Replace("\n", "[U+000A]", StringComparison.Ordinal);
}
