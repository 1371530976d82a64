using System.CommandLine;
using MigrationGuard.Configuration;
using MigrationGuard.Configuration.Overrides;
using MigrationGuard.Ledger.Chain;

namespace MigrationGuard.Commands;

/// <summary>The commands and the options they share.</summary>
public static class CommandLine
{
    public static async Task<int> RunAsync(IReadOnlyList<string> args, ProgramContext context, CancellationToken cancellationToken)
    {
        var root = new RootCommand("Verifies that migrated data is the same on both sides, and keeps evidence of it.");
        root.Options.Add(Shared.Config);
        root.Options.Add(Shared.OnBehalfOf);
        root.AddDemo(context);
        root.AddInit(context);
        root.AddCheckConfig(context);
        root.AddVerify(context);
        root.AddDiff(context);
        root.AddQualify(context);
        root.AddRuns(context);
        root.AddBackups(context);
        root.AddFiles(context);
        root.AddRecords(context);
        root.AddAttest(context);
        root.AddEvidence(context);
        root.AddLedger(context);
        root.AddAssets(context);
        root.AddReviews(context);
        root.AddObligations(context);
        root.AddNotifications(context);
        root.AddServe(context);
        var invocation = new InvocationConfiguration
        {
            Output = context.Output,
            Error = context.Error,
            // Signals are handled where the process begins, so that a run can be recorded before it ends.
            ProcessTerminationTimeout = null,
            EnableDefaultExceptionHandler = false,
        };
        return await root.Parse(args).InvokeAsync(invocation, cancellationToken);
    }
}

/// <summary>Options that several commands take.</summary>
internal static class Shared
{
    public static readonly Option<string> Config = new("--config")
    {
        Description = "The configuration file.",
        HelpName = "FILE",
        DefaultValueFactory = _ => "appsettings.json",
        Recursive = true,
    };

    public static readonly Option<string?> OnBehalfOf = new("--on-behalf-of")
    {
        Description = "Recorded as said; never counts as a second person.",
        HelpName = "NAME",
        Recursive = true,
    };

    /// <summary>The configuration, which must be usable as it is.</summary>
    /// <exception cref="ConfigurationException">It is not; carries all its problems.</exception>
    public static LoadedConfiguration LoadConfiguration(ParseResult parsed, ProgramContext context) =>
        ConfigurationFile.Load(context.FullPath(parsed.GetRequiredValue(Config)), context.Environment);

    /// <summary>The configuration, whose rules may be broken: old runs can be shown on a machine that has no passwords.</summary>
    /// <exception cref="ConfigurationException">It cannot be read; carries all its problems.</exception>
    public static LoadedConfiguration ReadConfiguration(ParseResult parsed, ProgramContext context) => ConfigurationFile.Read(
        context.FullPath(parsed.GetRequiredValue(Config)), context.Environment, UserSecrets.Location(context.Environment));

    /// <summary>Who does it: the account, and whom it says it acts for.</summary>
    public static Actor ActorOf(ParseResult parsed) => Actor.OfThisProcess(parsed.GetValue(OnBehalfOf));

    /// <summary>The reason that every decision needs.</summary>
    public static Option<string> Reason(string description) => new("--reason") { Description = description, HelpName = "TEXT", Required = true };

    public static Option<OutputFormat> Format() => Choice.Option<OutputFormat>("--format", "How results are written to standard output; text unless said otherwise.");
}

/// <summary>How results are written.</summary>
public enum OutputFormat
{
    Text,
    Json,
}
