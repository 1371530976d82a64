using System.CommandLine;
using System.Text;
using MigrationGuard.Anchors;
using MigrationGuard.Configuration;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Output;

namespace MigrationGuard.Commands;

/// <summary><c>ledger</c>: the append-only chain of what was claimed and decided.</summary>
internal static class LedgerCommand
{
    private const int MostReasonCharacters = 2000;

    private static readonly Option<OutputFormat> Format = Shared.Format();

    private static readonly Option<string?> CheckpointFile = new("--checkpoint")
    {
        Description = "Also hold the chain against the checkpoint in this file, such as a mail that was saved.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Output = new("--output")
    {
        Description = "The file to write; standard output when left out.",
        HelpName = "FILE",
    };

    private static readonly Argument<long> Entry = new("ENTRY") { Description = "The entry's number in the chain." };

    private static readonly Option<string> Reason = Shared.Reason("Why; it stays in the ledger, so do not repeat what is erased.");

    public static void AddLedger(this RootCommand root, ProgramContext context)
    {
        var verify = new Command("verify", "Replay the chain and hold everything stored, and checkpoints kept elsewhere, against it.") { CheckpointFile, Format };
        verify.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => VerifyAsync(parsed, context, cancellationToken)));
        var export = new Command("export", "Write the chain's lines, which a shell loop with sha256sum can follow.") { Output };
        export.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => ExportAsync(parsed, context, cancellationToken)));
        var erase = new Command("erase", "Erase what an entry was about; the entry itself stays, and the chain still verifies. What rested on it is said, and nothing is asked. A run whose end is erased proves nothing any more.") { Entry, Reason };
        erase.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => EraseAsync(parsed, context, cancellationToken)));
        root.Subcommands.Add(new Command("ledger", "The ledger's chain of entries.") { verify, export, erase });
    }

    private static async Task<ExitCode> VerifyAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        var configuration = Shared.ReadConfiguration(parsed, context);
        await using var store = await OpenAsync(configuration, context, cancellationToken);
        var byHand = parsed.GetValue(CheckpointFile) is { } file ? CheckpointFiles.Read(context.FullPath(file)) : null;
        var held = await CheckpointComparison.ReadAsync(configuration, context, byHand, cancellationToken);
        var report = await store.VerifyAsync(held.Sizes, cancellationToken);
        var written = await store.ReadAsync(ledger => ledger.ListCheckpointsAsync(), cancellationToken);
        var outcome = held.Against(report.Tree, written);
        if (parsed.GetValue(Format) == OutputFormat.Json)
            await LedgerText.WriteJsonAsync(report, outcome, context.Output);
        else
            await LedgerText.WriteAsync(report, outcome, context.Output);
        if (report.Problems.Count + outcome.Findings.Count > 0)
            return ExitCode.NoGo;
        return report.UnprovenRuns.Count + report.Unproven.Count + outcome.NotHeld.Count > 0 ? ExitCode.Incomplete : ExitCode.Done;
    }

    private static async Task<ExitCode> ExportAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        var configuration = Shared.ReadConfiguration(parsed, context);
        await using var store = await OpenAsync(configuration, context, cancellationToken);
        if (parsed.GetValue(Output) is not { } output)
        {
            // Not as this machine ends lines: the bytes are what is hashed.
            await store.ReadLinesAsync(async line => await context.Output.WriteAsync(line + "\n"), cancellationToken);
            return ExitCode.Done;
        }
        var path = context.FullPath(output);
        var count = await ExportedFile.WriteAsync(
            path, file => store.ReadLinesAsync(async line => await file.WriteAsync(Encoding.ASCII.GetBytes(line + "\n"), cancellationToken), cancellationToken));
        await context.Output.WriteLineAsync(FormattableString.Invariant($"{path}: {count} lines."));
        return ExitCode.Done;
    }

    private static async Task<ExitCode> EraseAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        var configuration = Shared.ReadConfiguration(parsed, context);
        var (seq, reason) = (parsed.GetValue(Entry), parsed.GetRequiredValue(Reason));
        if (string.IsNullOrWhiteSpace(reason))
            throw new UsageException("--reason: is empty. Write why the entry is erased.");
        if (reason.Length > MostReasonCharacters)
            throw new UsageException(FormattableString.Invariant($"--reason: is longer than {MostReasonCharacters} characters. Shorten it."));
        await using var store = await OpenAsync(configuration, context, cancellationToken);
        var entry = await store.FindEntryAsync(seq, cancellationToken);
        var isLast = entry?.Line.Kind == EntryKind.ConfigurationChanged.Spelt()
            && (await store.ListEntriesAsync([EntryKind.ConfigurationChanged], cancellationToken))[^1].Line.Seq == seq;
        // Said before it is done, and not asked: a script has nobody to answer.
        if (entry is not null && ErasureText.Lost(entry) is { } lost)
            await context.Error.WriteLineAsync(lost);
        var erased = await store.EraseAsync(seq, reason.Trim(), Shared.ActorOf(parsed), cancellationToken);
        await context.Output.WriteLineAsync(FormattableString.Invariant($"Entry {seq} ({erased.Kind}, about {Printable.Of(erased.Subject)}) is erased; entry {erased.Erasure.Seq} says so."));
        if (erased.Unsent > 0)
            await context.Output.WriteLineAsync($"{Figures.Of(erased.Unsent)} messages of it had not been sent, and will not be.");
        if (entry is not null && ErasureText.RecordedAgain(entry, isLast, configuration.Options) is { } again)
            await context.Output.WriteLineAsync(again);
        await context.Output.WriteLineAsync("What the ledger's tables say of the same thing as it is now stays, and so do back-ups of the ledger, and messages and packs that have left it.");
        return ExitCode.Done;
    }

    private static Task<LedgerStore> OpenAsync(LoadedConfiguration configuration, ProgramContext context, CancellationToken cancellationToken) =>
        LedgerStore.OpenExistingAsync(configuration.Options.Store, configuration.Directory, context.Time, cancellationToken);
}
