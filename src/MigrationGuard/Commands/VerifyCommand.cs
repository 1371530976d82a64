using System.CommandLine;
using MigrationGuard.Evidence.Reports;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Output;
using MigrationGuard.Runs;
using MigrationGuard.Verification;
using MigrationGuard.Verification.Planning;

namespace MigrationGuard.Commands;

/// <summary><c>verify</c>: compares and gives a verdict.</summary>
internal static class VerifyCommand
{
    private static readonly Option<string[]> Comparison = new("--comparison")
    {
        Description = "Only this comparison; may be repeated. Makes the scope partial.",
        HelpName = "NAME",
    };

    private static readonly Option<string[]> Entity = new("--entity")
    {
        Description = "Only this entity; may be repeated. Makes the scope partial.",
        HelpName = "NAME",
    };

    private static readonly Option<Depth?> DepthOption = Choice.Option<Depth?>(
        "--depth", "How deep to look. Less than what is configured makes the scope partial.", ("counts", Depth.Counts), ("rows", Depth.Rows));

    private static readonly Option<RowStrategy> Strategy = Choice.Option<RowStrategy>(
        "--strategy", "How rows are compared: stream, which is the default, reads and digests them here. Digests made inside the database are not in this version.");

    private static readonly Option<string?> Label = new("--label")
    {
        Description = "A name for this run, such as dry-run-2.",
        HelpName = "TEXT",
    };

    private static readonly Option<string?> Resume = new("--resume")
    {
        Description = "Go on with a run whose process died, with the results and the parts of tables that it has. Refused when what it was to do has changed.",
        HelpName = "RUN",
    };

    private static readonly Option<string?> SinceRun = new("--since-run")
    {
        Description = "Only what was neither a match nor accepted in that run. Makes the scope partial.",
        HelpName = "RUN",
    };

    private static readonly Option<string?> Window = new("--window")
    {
        Description = "How long the run may take, such as 90m, 6h or 06:30:00; what is left then is not checked.",
        HelpName = "DURATION",
    };

    private static readonly Option<string?> OutputDirectory = new("--output")
    {
        Description = "Write the report of the run into this directory.",
        HelpName = "DIR",
    };

    private static readonly Option<string?> Against = EarlierRuns.Against("Show first what is new against that run, then what is known, then what is gone, and forecast the end from its durations.");

    private static readonly Option<OutputFormat> Format = Shared.Format();

    public static void AddVerify(this RootCommand root, ProgramContext context)
    {
        var command = new Command("verify", "Compare source and target as configured, and give a verdict.");
        foreach (var option in new Option[] { Comparison, Entity, DepthOption, Strategy, Label, Resume, SinceRun, Against, Window, OutputDirectory, Format })
            command.Options.Add(option);
        command.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => RunAsync(parsed, context, cancellationToken)));
        root.Subcommands.Add(command);
    }

    private static async Task<ExitCode> RunAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        RequireStream(parsed);
        RequireNoMoreThanResume(parsed);
        var window = parsed.GetValue(Window) is { } duration ? Durations.Parse("--window", duration) : (TimeSpan?)null;
        RequireWritable(parsed.GetValue(OutputDirectory), context);
        var configuration = Shared.LoadConfiguration(parsed, context);
        var selection = new Selection(parsed.GetValue(Comparison) ?? [], parsed.GetValue(Entity) ?? []) { Depth = parsed.GetValue(DepthOption) };
        await using var store = await LedgerStore.OpenAsync(configuration.Options.Store, configuration.Directory, context.Time, CancellationToken.None);
        if (parsed.GetValue(SinceRun) is { } since)
            selection = Runs.SinceRun.Of(await EarlierRuns.FindAsync(store, "--since-run", since, cancellationToken), selection, configuration.Options);
        var earlier = await EarlierRuns.FindAgainstAsync(store, parsed.GetValue(Against), cancellationToken);
        var conductor = new RunConductor(configuration, store, context.Time, Shared.ActorOf(parsed));
        RunDocument run;
        using (var progress = Progress.For(context))
        {
            var request = new RunRequest(selection, parsed.GetValue(Label), window) { Against = earlier, Forecasting = progress.Expect };
            run = parsed.GetValue(Resume) is { } resumed
                ? await conductor.ResumeAsync(resumed, request, progress, cancellationToken)
                : await conductor.ConductAsync(request, progress, cancellationToken);
        }
        run = EarlierRuns.Held(run, earlier);
        await ShowAsync(run, parsed.GetValue(Format), context);
        return await ReportAsync(run, parsed.GetValue(OutputDirectory), context);
    }

    // Reading rows all the same would not be what was asked for.
    private static void RequireStream(ParseResult parsed)
    {
        if (parsed.GetValue(Strategy) != RowStrategy.Stream)
            throw new UsageException("--strategy database: this version reads rows as a stream and has no hashing inside the database. Leave it out, or give --strategy stream.");
    }

    // What a run selects and is called was said when it began.
    private static void RequireNoMoreThanResume(ParseResult parsed)
    {
        if (parsed.GetValue(Resume) is not { } resumed)
            return;
        Option[] others = [Comparison, Entity, DepthOption, Label, SinceRun];
        if (others.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } other)
            throw new UsageException($"--resume {resumed} goes on with what the run was begun with. Leave out {other.Name}.");
    }

    /// <summary>Writes the report where one is wanted; one that cannot be written does not change what the run came to, but is no success.</summary>
    internal static async Task<ExitCode> ReportAsync(RunDocument run, string? directory, ProgramContext context)
    {
        var code = ExitCodes.Of(run);
        if (directory is null)
            return code;
        try
        {
            // The run has ended: its report is written even when the run was interrupted.
            await context.Error.WriteLineAsync("Report: " + await RunReport.WriteAsync(run, context.FullPath(directory), CancellationToken.None));
            return code;
        }
        catch (ReportException e)
        {
            await context.Error.WriteLineAsync(e.Message);
            return ExitCodes.Graver(code, ExitCode.Incomplete);
        }
    }

    /// <summary>Makes the report's directory, before anything is read: nobody wants to learn after six hours that the report has no place.</summary>
    /// <param name="directory">Null where no report is wanted.</param>
    /// <exception cref="UsageException">It cannot be made.</exception>
    internal static void RequireWritable(string? directory, ProgramContext context)
    {
        try
        {
            if (directory is not null)
                Directory.CreateDirectory(context.FullPath(directory));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--output {directory}: the directory cannot be made: {e.Message} Name another.");
        }
    }

    internal static async Task ShowAsync(RunDocument run, OutputFormat format, ProgramContext context)
    {
        if (format == OutputFormat.Json)
            await context.Output.WriteLineAsync(System.Text.Json.JsonSerializer.Serialize(run, LedgerJson.Readable));
        else
            RunText.Write(run, context);
    }
}

/// <summary>Where the digests of rows are made.</summary>
internal enum RowStrategy
{
    /// <summary>Here, from a stream of the rows.</summary>
    Stream,

    /// <summary>Inside the database; refused by this version.</summary>
    Database,
}
