using System.CommandLine;
using System.Globalization;
using MigrationGuard.Configuration;
using MigrationGuard.Demo;
using MigrationGuard.Evidence.Checking;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Reports;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Output;
using MigrationGuard.Packing;
using MigrationGuard.Runs;
using MigrationGuard.Verification.Planning;

namespace MigrationGuard.Commands;

/// <summary><c>demo</c>: builds an old and a new CRM with planted defects, verifies them, and holds what was found against what was planted.</summary>
internal static class DemoCommand
{
    private static readonly Option<string> Directory = new("--directory")
    {
        Description = "Where the demo's databases, configuration, ledger and report go.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "migrationguard-demo",
    };

    private static readonly Option<OutputFormat> Format = Shared.Format();

    public static void AddDemo(this RootCommand root, ProgramContext context)
    {
        var command = new Command("demo", "See it work: two CRM databases with planted defects, verified and explained. Asks nothing, needs no server.") { Directory, Format };
        command.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => RunAsync(parsed, context, cancellationToken)));
        root.Subcommands.Add(command);
    }

    private static async Task<ExitCode> RunAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        var directory = context.FullPath(parsed.GetRequiredValue(Directory));
        await context.Error.WriteLineAsync($"Building an old and a new CRM database in {directory} …");
        await DemoDatabases.BuildAsync(directory, cancellationToken);
        var settings = await DemoSettingsFile.WriteAsync(directory, cancellationToken);
        // The environment of whoever tries the demo is not part of it.
        var configuration = ConfigurationFile.Load(settings, new Dictionary<string, string>(), userSecrets: null);
        RunDocument run;
        FinishedPack pack;
        await using (var store = await LedgerStore.OpenAsync(configuration.Options.Store, configuration.Directory, context.Time, cancellationToken))
        {
            var actor = Actor.OfThisProcess();
            var conductor = new RunConductor(configuration, store, context.Time, actor);
            using (var progress = Progress.For(context))
                run = await conductor.ConductAsync(new RunRequest(Selection.Everything, "demo", Window: null), progress, cancellationToken);
            await context.Error.WriteLineAsync("Building a pack of evidence, and verifying it …");
            var building = new EvidenceBuilding(configuration, store, actor, context.Time);
            pack = await building.BuildAsync(new EvidenceScope.OfRun(run.Run), Path.Combine(directory, "evidence"), zip: false, cancellationToken);
        }
        var verified = await PackVerification.VerifyAsync(pack.Built.Path, PackTrust.Nobody, context.Time, cancellationToken);
        var format = parsed.GetValue(Format);
        await VerifyCommand.ShowAsync(run, format, context);
        // Beside a JSON document on standard output nothing else may stand there.
        var explanation = format == OutputFormat.Json ? context.Error : context.Output;
        var report = await RunReport.WriteAsync(run, directory, cancellationToken);
        var findings = DemoFindings.Compare(run);
        await ExplainAsync(findings, explanation);
        await PointOnAsync(explanation, directory, settings, report);
        await TellAsync(verified, explanation);
        return findings.IsExact && verified.Problems.Count == 0 ? ExitCode.Done : ExitCode.NoGo;
    }

    private static async Task ExplainAsync(DemoFindings findings, TextWriter output)
    {
        await output.WriteLineAsync();
        await output.WriteLineAsync("What was planted, and what was found:");
        foreach (var story in PlantedDefects.All.GroupBy(defect => defect.Story))
        {
            var found = story.All(findings.Found.Contains);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"  [{(found ? "found" : "MISSED")}] {story.First().Entity}: {story.Key} ({story.Count()} {(story.Count() == 1 ? "finding" : "findings")})"));
        }
        foreach (var unplanned in findings.Unplanned)
            await output.WriteLineAsync($"  [UNPLANNED] {unplanned.Result.Entity}: {unplanned.Result.Check}: {unplanned.Finding}");
        foreach (var sentence in findings.NotChecked)
            await output.WriteLineAsync("  [NOT CHECKED] " + sentence);
        await output.WriteLineAsync(findings.IsExact
            ? string.Create(CultureInfo.InvariantCulture, $"Exactly what was planted was found: {findings.Found.Count} findings, none missed, none invented. The verdict on this migration is rightly NO-GO.")
            : "What was found is NOT what was planted.");
    }

    private static async Task TellAsync(PackReport verified, TextWriter output)
    {
        await output.WriteLineAsync($"Evidence:      {verified.Path}");
        foreach (var problem in verified.Problems)
            await output.WriteLineAsync($"  [NOT INTACT] {problem}");
        if (verified.Problems.Count == 0)
            await output.WriteLineAsync("               Verified: every file is as it was signed. The certificate is one that this program made for itself, and proves nobody.");
    }

    private static async Task PointOnAsync(TextWriter output, string directory, string settings, string report)
    {
        await output.WriteLineAsync();
        await output.WriteLineAsync($"Report:        {report}");
        await output.WriteLineAsync($"Databases:     {Path.Combine(directory, "old.sqlite")} and new.sqlite");
        await output.WriteLineAsync($"Configuration: {settings}");
        await output.WriteLineAsync($"Go on by hand: migrationguard verify --config {settings}");
    }
}
