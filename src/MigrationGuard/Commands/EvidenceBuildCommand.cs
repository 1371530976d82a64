using System.CommandLine;
using System.Globalization;
using MigrationGuard.Configuration;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Output;
using MigrationGuard.Packing;

namespace MigrationGuard.Commands;

/// <summary><c>evidence build</c>: a pack of a run, an asset, a time or the whole project.</summary>
internal static class EvidenceBuildCommand
{
    private static readonly Option<string?> Run = new("--run") { Description = "Evidence of one run: its id, an unambiguous beginning of it, or 'latest'.", HelpName = "RUN" };

    private static readonly Option<string?> Asset = new("--asset") { Description = "Evidence of one asset, from its registration on.", HelpName = "ASSET" };

    private static readonly Option<string?> From = new("--from") { Description = "Evidence of a time: its first day, such as 2026-03-01, in the project's time zone. What counts is when the ledger recorded something, a run when it finished; not when it happened.", HelpName = "DATE" };

    private static readonly Option<string?> To = new("--to") { Description = "The last day of that time, itself included.", HelpName = "DATE" };

    private static readonly Option<bool> All = new("--all") { Description = "Evidence of the whole project." };

    private static readonly Option<bool> Zip = new("--zip") { Description = "One ZIP file instead of a folder." };

    private static readonly Option<string> OutputDirectory = new("--output") { Description = "The folder that the pack is put into.", HelpName = "DIR", Required = true };

    private static readonly Option<OutputFormat> Format = Shared.Format();

    public static Command Build(ProgramContext context)
    {
        var command = new Command("build", "Build a signed pack of what the ledger holds.") { Run, Asset, From, To, All, Zip, OutputDirectory, Format };
        command.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => BuildAsync(parsed, context, cancellationToken)));
        return command;
    }

    private static async Task<ExitCode> BuildAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        var configuration = Shared.ReadConfiguration(parsed, context);
        var asked = ScopeOf(parsed, configuration.Options.Project);
        await using var store = await LedgerStore.OpenExistingAsync(configuration.Options.Store, configuration.Directory, context.Time, cancellationToken);
        var scope = await WithWholeNameAsync(asked, store, cancellationToken);
        var building = new EvidenceBuilding(configuration, store, Shared.ActorOf(parsed), context.Time);
        var pack = await building.BuildAsync(scope, context.FullPath(parsed.GetRequiredValue(OutputDirectory)), parsed.GetValue(Zip), cancellationToken);
        foreach (var warning in pack.Warnings)
            await context.Error.WriteLineAsync(warning);
        if (parsed.GetValue(Format) == OutputFormat.Json)
            await BuiltPackText.WriteJsonAsync(pack, context);
        else
            await BuiltPackText.WriteAsync(pack, context);
        return ExitCodes.Of(pack);
    }

    private static EvidenceScope ScopeOf(ParseResult parsed, ProjectOptions project)
    {
        var (run, asset, from, to, all) = (parsed.GetValue(Run), parsed.GetValue(Asset), parsed.GetValue(From), parsed.GetValue(To), parsed.GetValue(All));
        var named = new[] { run is not null, asset is not null, from is not null || to is not null, all }.Count(isNamed => isNamed);
        if (named != 1)
            throw new UsageException("evidence build: say what it is evidence of, and one thing only: --run RUN, --asset ASSET, --from DATE --to DATE, or --all.");
        if (run is not null)
            return new EvidenceScope.OfRun(run);
        if (asset is not null)
            return new EvidenceScope.OfAsset(asset);
        if (all)
            return new EvidenceScope.OfProject();
        if (from is null || to is null)
            throw new UsageException($"evidence build: a time has two ends; {(from is null ? "--from" : "--to")} is missing.");
        var (first, last) = (Day("--from", from), Day("--to", to));
        if (last < first)
            throw new UsageException($"--to {to}: lies before --from {from}.");
        return new EvidenceScope.OfPeriod(Start(first, project), Start(last.AddDays(1), project));
    }

    private static async Task<EvidenceScope> WithWholeNameAsync(EvidenceScope asked, LedgerStore store, CancellationToken cancellationToken) =>
        asked is EvidenceScope.OfRun one ? new EvidenceScope.OfRun((await EarlierRuns.FindAnyAsync(store, "--run", one.Run, cancellationToken)).Run) : asked;

    private static DateOnly Day(string option, string text) => DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day
        : throw new UsageException($"{option} {text}: is no day. Write it like 2026-03-01.");

    private static DateTimeOffset Start(DateOnly day, ProjectOptions project)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(project.TimeZone);
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        // Where the clocks skip midnight, the day begins when they go on.
        while (zone.IsInvalidTime(midnight))
            midnight = midnight.AddMinutes(15);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
