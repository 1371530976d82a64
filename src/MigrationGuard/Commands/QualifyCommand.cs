using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Output;
using MigrationGuard.Qualification;

namespace MigrationGuard.Commands;

/// <summary><c>qualify</c>: plants known corruptions in databases made for it, and shows that the verification finds each.</summary>
/// <remarks>It needs no configuration. Where there is one, the ledger records what came of it.</remarks>
internal static class QualifyCommand
{
    private static readonly Option<string?> OutputFile = new("--output")
    {
        Description = "Write the result into this file.",
        HelpName = "FILE",
    };

    private static readonly Option<long?> Seed = new("--seed")
    {
        Description = "What the rows and the damage to them follow from; drawn anew, and recorded, when left out.",
        HelpName = "N",
    };

    private static readonly Option<OutputFormat> Format = Shared.Format();

    public static void AddQualify(this RootCommand root, ProgramContext context)
    {
        var command = new Command("qualify", "Plant known corruptions in scratch databases, and show that the verification finds every one.") { OutputFile, Seed, Format };
        command.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => RunAsync(parsed, context, cancellationToken)));
        root.Subcommands.Add(command);
    }

    private static async Task<ExitCode> RunAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        var file = parsed.GetValue(OutputFile);
        var configuration = Configured(parsed, context);
        // Before the work, so that nobody learns after it that its result has no place.
        RequirePlace(file, context);
        await using var store = configuration is null
            ? null
            : await LedgerStore.OpenAsync(configuration.Options.Store, configuration.Directory, context.Time, cancellationToken);
        var (server, leftOut) = ServerOf(configuration);
        if (leftOut is not null)
            await context.Error.WriteLineAsync(leftOut);
        var run = new QualificationRun(parsed.GetValue(Seed) ?? RandomNumberGenerator.GetInt32(int.MaxValue), context.Time)
        {
            Server = server,
            LeftOut = leftOut,
            Telling = pair => context.Error.WriteLine($"Planting and verifying: {pair} …"),
        };
        var document = await run.RunAsync(cancellationToken);
        // What is hashed is what is written, to the byte, wherever it is written.
        var text = JsonSerializer.Serialize(document, LedgerJson.Readable).ReplaceLineEndings("\n") + "\n";
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        if (file is not null)
            await WriteAsync(file, text, context);
        if (store is not null)
            await RecordAsync(store, document, text, sha256, Shared.ActorOf(parsed));
        if (parsed.GetValue(Format) == OutputFormat.Json)
            await context.Output.WriteAsync(text);
        else
            await QualificationText.WriteAsync(document, file, sha256, context);
        return ExitCodes.Of(document);
    }

    // A file that is named has to be there; the one that is looked for without being named may be missing.
    private static LoadedConfiguration? Configured(ParseResult parsed, ProgramContext context)
    {
        var isNamed = parsed.GetResult(Shared.Config) is { Implicit: false };
        return isNamed || File.Exists(context.FullPath(parsed.GetRequiredValue(Shared.Config))) ? Shared.LoadConfiguration(parsed, context) : null;
    }

    private static ((string Name, DatabaseOptions Options)? Server, string? LeftOut) ServerOf(LoadedConfiguration? configuration)
    {
        if (configuration?.Options.Qualify is not { Database: { } named } qualify)
            return (null, null);
        var (name, options) = configuration.Options.Databases.First(database => string.Equals(database.Key, named, StringComparison.OrdinalIgnoreCase));
        return qualify.AllowScratchSchema
            ? ((name, options), null)
            : (null, $"{name} was left out: Qualify:AllowScratchSchema does not say that a schema may be made there.");
    }

    private static void RequirePlace(string? file, ProgramContext context)
    {
        if (file is null)
            return;
        var full = context.FullPath(file);
        if (Directory.Exists(full))
            throw new UsageException($"--output {file}: is a directory. Name a file.");
        if (!Directory.Exists(Path.GetDirectoryName(full)))
            throw new UsageException($"--output {file}: its directory is not there. Make it, or name another file.");
    }

    private static async Task WriteAsync(string file, string text, ProgramContext context)
    {
        try
        {
            // Written whatever came in between: the work is done.
            await File.WriteAllTextAsync(context.FullPath(file), text, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--output {file}: the file cannot be written: {e.Message} Name another.");
        }
    }

    private static Task RecordAsync(LedgerStore store, QualificationDocument document, string text, string sha256, Actor actor) => store.AppendAsync(
        EntryKind.Qualified,
        "qualification",
        new JsonObject
        {
            ["sha256"] = sha256,
            ["seed"] = document.Seed,
            ["tool"] = document.Tool,
            ["engines"] = new JsonArray([.. document.Engines.Select(engines => JsonValue.Create(engines.Pair))]),
            ["planted"] = document.Planted,
            ["found"] = document.Found,
            ["twinsMatched"] = document.TwinsMatched,
            ["passed"] = document.Passed,
            // Whole, as a pack carries it: what was planted is the evidence, not that somebody counted it.
            ["document"] = text,
        },
        actor,
        CancellationToken.None);
}
