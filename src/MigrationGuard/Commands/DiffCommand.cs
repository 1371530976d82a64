using System.CommandLine;
using System.Text.Json.Nodes;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Output;
using MigrationGuard.Runs;
using MigrationGuard.Verification;
using MigrationGuard.Verification.Planning;
using MigrationGuard.Verification.Running;

namespace MigrationGuard.Commands;

/// <summary><c>diff</c>: the rows of one entity that differ, side by side.</summary>
/// <remarks>
/// Keys are shown, since a difference that nobody can find is of no use; values only when they are asked for, and then the ledger
/// says by whom, when and of which entity before the first is on the screen. Of a table without a key every column is a value.
/// </remarks>
internal static class DiffCommand
{
    private static readonly Argument<string> Comparison = new("COMPARISON") { Description = "The comparison, by its name in the configuration." };

    private static readonly Argument<string> Entity = new("ENTITY") { Description = "The entity, by its name in the comparison." };

    private static readonly Option<int> Limit = new("--limit")
    {
        Description = "The most rows to show.",
        HelpName = "N",
        DefaultValueFactory = _ => 100,
    };

    private static readonly Option<bool> Reveal = new("--reveal")
    {
        Description = "Show values, NULL included, not only keys. The ledger records who asked, when and for which entity.",
    };

    private static readonly Option<DiffFormat> Format = Choice.Option<DiffFormat>("--format", "How to write it: text, json or csv. In csv an empty field is NULL, and empty text is \"\".");

    public static void AddDiff(this RootCommand root, ProgramContext context)
    {
        var command = new Command("diff", "Show the rows of one entity that differ, side by side.");
        command.Arguments.Add(Comparison);
        command.Arguments.Add(Entity);
        foreach (var option in new Option[] { Limit, Reveal, Format })
            command.Options.Add(option);
        command.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => RunAsync(parsed, context, cancellationToken)));
        root.Subcommands.Add(command);
    }

    private static async Task<ExitCode> RunAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        var limit = parsed.GetValue(Limit);
        if (limit < 1)
            throw new UsageException("--limit: at least one row has to be shown. Give 1 or more.");
        var configuration = Shared.LoadConfiguration(parsed, context);
        var (comparison, entity) = Find(configuration.Options.Comparisons, parsed.GetRequiredValue(Comparison), parsed.GetRequiredValue(Entity));
        await using var store = await LedgerStore.OpenAsync(configuration.Options.Store, configuration.Directory, context.Time, CancellationToken.None);
        var limits = configuration.Options.Verification;
        using var databases = new RunDatabases(configuration, store, context.Time);
        using var stop = new RunStop(context.Time.GetUtcNow() + TimeSpan.FromHours(limits.DeadlineHours), context.Time, cancellationToken);
        var selection = new Selection([comparison], [entity]) { Depth = Depth.Rows };
        databases.OpenAll(selection);
        var plan = (await databases.PlanAsync(selection, stop)).Single();
        var format = parsed.GetValue(Format);
        if (plan.Entities.FirstOrDefault(planned => planned.Rows is not null) is not { } planned)
            return await NotComparedAsync(format, comparison, entity, WhyNotPlanned(plan), context);
        if (!planned.Rows!.IsFrozen(context.Time.GetUtcNow()))
            await context.Error.WriteLineAsync(FormattableString.Invariant($"The source may be written to (no FrozenAt in the past): what differs is looked at again after {limits.SettleSeconds} s, more than once if need be."));
        var (rows, problem) = await new EntityDifferences(plan, limits, context.Time).ListAsync(planned, limit, stop.Token);
        if (rows is null)
            return await NotComparedAsync(format, comparison, entity, problem!, context);
        var shown = new ShownDifferences(comparison, entity, rows, parsed.GetValue(Reveal));
        if (shown.IsRevealed && rows.Rows.Count > 0)
            await RecordAsync(store, Shared.ActorOf(parsed), shown);
        await ShowAsync(shown, format, context);
        return rows.Rows.Count == 0 ? ExitCode.Done : ExitCode.NoGo;
    }

    private static string WhyNotPlanned(ComparisonPlan plan) =>
        string.Join(" ", plan.NotChecked.Select(result => (result.Outcome as CheckOutcome.NotChecked)?.Reason).OfType<string>().Distinct());

    private static async Task<ExitCode> NotComparedAsync(DiffFormat format, string comparison, string entity, string reason, ProgramContext context)
    {
        if (format == DiffFormat.Json)
            await DiffJson.WriteNotComparedAsync(comparison, entity, reason, context);
        await context.Error.WriteLineAsync("Not compared: " + reason);
        return ExitCode.Incomplete;
    }

    private static Task ShowAsync(ShownDifferences shown, DiffFormat format, ProgramContext context) => format switch
    {
        DiffFormat.Json => DiffJson.WriteAsync(shown, context),
        DiffFormat.Csv => DiffCsv.WriteAsync(shown, context),
        _ => DiffText.WriteAsync(shown, context),
    };

    // Before anything is shown: what cannot be recorded is not shown.
    private static Task RecordAsync(LedgerStore store, Actor actor, ShownDifferences shown) => store.AppendAsync(
        EntryKind.ValuesRevealed,
        "diff",
        new JsonObject { ["comparison"] = shown.Comparison, ["entity"] = shown.Entity, ["rows"] = shown.Rows.Rows.Count },
        actor,
        CancellationToken.None);

    private static (string Comparison, string Entity) Find(Dictionary<string, ComparisonOptions> comparisons, string comparison, string entity)
    {
        var (name, options) = comparisons.FirstOrDefault(pair => string.Equals(pair.Key, comparison, StringComparison.OrdinalIgnoreCase));
        if (options is null)
            throw new UsageException($"There is no comparison {comparison}. Configured: {string.Join(", ", comparisons.Keys)}.");
        var found = options.Entities.Keys.FirstOrDefault(key => string.Equals(key, entity, StringComparison.OrdinalIgnoreCase))
            ?? throw new UsageException($"{name} has no entity {entity}. Configured: {string.Join(", ", options.Entities.Keys)}.");
        return (name, found);
    }
}

/// <summary>How differing rows are written.</summary>
internal enum DiffFormat
{
    Text,
    Json,
    Csv,
}
