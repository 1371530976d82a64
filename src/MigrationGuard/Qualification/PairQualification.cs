using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification;
using MigrationGuard.Verification.Planning;
using MigrationGuard.Verification.QueryPairs;
using MigrationGuard.Verification.Running;

namespace MigrationGuard.Qualification;

/// <summary>Plants every corruption that two engines can hold, and verifies before and after.</summary>
/// <remarks>
/// Before, each target table is the undamaged twin of what it will be: the same table, read by the same program. So the only thing
/// that can make the two verifications differ is what was planted in between.
/// </remarks>
/// <param name="name">The pair's name.</param>
/// <param name="key">What rows are digested under.</param>
internal sealed class PairQualification(string name, ScratchSite source, ScratchSite target, long seed, byte[] key, TimeProvider time)
{
    /// <summary>Columns that the verification is told to leave out, to see that a damage it cannot see is reported as not found.</summary>
    public IReadOnlyList<string> IgnoreColumns { get; init; } = [];

    /// <exception cref="DatabaseException">A site refused to be written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<(QualifiedEngines Engines, IReadOnlyList<QualifiedCorruption> Corruptions)> RunAsync(IReadOnlyList<Corruption> catalogue, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var plantings = catalogue.Where(corruption => corruption.IsOn(source.Dialect) && corruption.IsOn(target.Dialect))
            .Select((corruption, i) => new Planting(FormattableString.Invariant($"{name}_{i:000}"), corruption, corruption.Plant(seed)))
            .ToList();
        await source.CreateAsync(plantings.Select(planting => (source.Name(planting.SourceTable), planting.Rows.Before)), cancellationToken);
        await target.CreateAsync(plantings.Select(planting => (target.Name(planting.TargetTable), planting.Rows.Before)), cancellationToken);
        var (twins, servers) = await VerifyAsync(plantings, cancellationToken);
        await target.ReplaceAsync(plantings.Select(planting => (target.Name(planting.TargetTable), planting.Rows.After)), cancellationToken);
        var (found, _) = await VerifyAsync(plantings, cancellationToken);
        var corruptions = plantings.Select(planting => Judge(planting, twins[planting.Table].ToList(), found[planting.Table].ToList())).ToList();
        return (new QualifiedEngines(name, servers.Source, servers.Target, time.GetElapsedTime(started).TotalSeconds), corruptions);
    }

    private async Task<(ILookup<string, CheckResult> Results, (string Source, string Target) Servers)> VerifyAsync(IReadOnlyList<Planting> plantings, CancellationToken cancellationToken)
    {
        // Nobody else writes to what was made for this, so that nothing has to settle.
        var limits = new VerificationOptions { SettleSeconds = 0 };
        // Opened anew each time, as by another run: the moment that one shares must not last into the next.
        using var old = new Database(name + "-source", source.Options, time);
        using var current = new Database(name + "-target", target.Options, time);
        using var stop = new RunStop(time.GetUtcNow() + TimeSpan.FromHours(limits.DeadlineHours), time, cancellationToken);
        var planner = new Planner(limits, new QueryLibrary(Path.GetTempPath(), Path.GetTempPath()), key);
        var plan = await planner.PlanAsync(name, Comparison(plantings), old, current, Selection.Everything, stop);
        var runner = new VerificationRunner(limits, time, (_, _) => Task.CompletedTask, new Unobserved());
        var outcome = await runner.RunAsync([plan], stop);
        cancellationToken.ThrowIfCancellationRequested();
        var servers = plan.Servers.ToDictionary(server => server.Side, server => $"{server.Product} {server.Version}");
        return (outcome.Results.Where(result => result.Entity is not null).ToLookup(result => result.Entity!), (servers.GetValueOrDefault("source", ""), servers.GetValueOrDefault("target", "")));
    }

    private ComparisonOptions Comparison(IReadOnlyList<Planting> plantings)
    {
        var options = new ComparisonOptions { Depth = Depth.Rows, AllowSameDatabase = true };
        foreach (var planting in plantings)
        {
            options.Entities[planting.Table] = new EntityOptions
            {
                Source = source.Name(planting.SourceTable).ToString(),
                Target = target.Name(planting.TargetTable).ToString(),
                Key = planting.Corruption.Key.IsConfigured ? [.. planting.Corruption.Key.Columns.Select(column => column.Name)] : [],
                BreakdownBy = [new BreakdownColumns([ScratchRows.Category])],
                IgnoreColumns = [.. IgnoreColumns],
            };
        }
        return options;
    }

    private QualifiedCorruption Judge(Planting planting, IReadOnlyList<CheckResult> twin, IReadOnlyList<CheckResult> results)
    {
        var (expected, found) = (Expectation.Of(planting.Rows.Before, planting.Rows.After), Observation.Of(results));
        var reasons = twin.Concat(results).Select(result => (result.Outcome as CheckOutcome.NotChecked)?.Reason).OfType<string>().Distinct().ToList();
        return new QualifiedCorruption
        {
            Id = planting.Corruption.Id,
            Pair = name,
            Kind = planting.Corruption.Damage.Kind,
            Type = planting.Corruption.Type.Name,
            Key = planting.Corruption.Key.Name,
            Expected = ObservationDocument.Of(expected),
            Found = ObservationDocument.Of(found),
            // A corruption that changes nothing would be found by finding nothing.
            IsFound = expected.Findings.Count > 0 && expected.IsSameAs(found) && results.All(result => result.Outcome is not CheckOutcome.NotChecked),
            Twin = TwinOf(twin),
            Reason = reasons.Count == 0 ? null : string.Join(" ", reasons),
        };
    }

    private static string TwinOf(IReadOnlyList<CheckResult> results)
    {
        var others = results.Where(result => result.Outcome is not CheckOutcome.Match).Select(result => $"{result.Check} {result.Outcome.Name}").ToList();
        return results.Count == 0 ? "not-checked" : others.Count == 0 ? "match" : string.Join(", ", others);
    }

    /// <summary>A corruption and its two tables.</summary>
    private sealed record Planting(string Table, Corruption Corruption, (ScratchRows Before, ScratchRows After) Rows)
    {
        public string SourceTable => Table + "_source";

        public string TargetTable => Table + "_target";
    }

    private sealed class Unobserved : IRunObserver
    {
        public void Planned(int readings, long approximateRows) { }

        public void Started(string reading) { }

        public void Finished(string reading, IReadOnlyList<CheckResult> results, long approximateRows) { }
    }
}
