using MigrationGuard.Evidence.Content;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Evidence.Gathering;

/// <summary>The runs of a scope, as many of them with their results as a pack can hold; those without an end are told, and prove nothing.</summary>
/// <param name="Runs">The oldest first.</param>
/// <param name="InBrief">The ids of those that are there without their results.</param>
internal sealed record GatheredRuns(IReadOnlyList<RunDocument> Runs, IReadOnlySet<string> InBrief)
{
    /// <summary>The most results that a pack holds. Nightly runs of years have millions; of those each run can have a pack of its own.</summary>
    public const int MostResults = 20_000;

    public static readonly GatheredRuns None = new([], new HashSet<string>());

    /// <exception cref="EvidenceException">A run that was named is not there, or has no end.</exception>
    /// <param name="isKnown">Whether a run was there at the moment that is spoken of.</param>
    public static async Task<GatheredRuns> OfAsync(LedgerStore store, EvidenceScope scope, Predicate<RunDocument> isKnown, CancellationToken cancellationToken) => scope switch
    {
        EvidenceScope.OfRun one => new GatheredRuns([await OneAsync(store, one.Run, cancellationToken)], new HashSet<string>()),
        EvidenceScope.OfAsset => None,
        EvidenceScope.OfPeriod period => await ManyAsync(store, run => isKnown(run) && (run.Finished ?? run.Started) >= period.From && (run.Finished ?? run.Started) < period.To, cancellationToken),
        _ => await ManyAsync(store, isKnown, cancellationToken),
    };

    private static async Task<RunDocument> OneAsync(LedgerStore store, string name, CancellationToken cancellationToken)
    {
        var run = await store.FindRunAsync(name, cancellationToken)
            ?? throw new EvidenceException($"--run {name}", "there is no such run.", "List them with: migrationguard runs list");
        return run.Finished is not null
            ? run
            : throw new EvidenceException($"--run {name}", "the run has no end, so nothing in it is final.", $"Go on with it: migrationguard verify --resume {run.Run}");
    }

    private static async Task<GatheredRuns> ManyAsync(LedgerStore store, Predicate<RunDocument> isWanted, CancellationToken cancellationToken)
    {
        var wanted = (await store.ListRunsAsync(int.MaxValue, cancellationToken)).Where(run => isWanted(run)).ToList();
        var finished = wanted.Where(run => run.Finished is not null).ToList();
        // What speaks for everything, and the newest, are there however large they are: without them nothing would be shown.
        var telling = finished.Where(run => run.Scope == Scope.Full).Take(1).Concat(finished.Take(1)).Select(run => run.Run).ToHashSet(StringComparer.Ordinal);
        var results = new Dictionary<string, RunDocument>(StringComparer.Ordinal);
        var room = MostResults;
        foreach (var run in ByWeight(finished, telling))
        {
            var whole = (await store.FindRunAsync(run.Run, cancellationToken))!;
            room -= whole.Results.Count;
            if (room < 0 && !telling.Contains(run.Run))
                break;
            results.Add(run.Run, whole);
        }
        return new GatheredRuns(
            [.. wanted.OrderBy(run => run.Finished ?? run.Started).ThenBy(run => run.Run, StringComparer.Ordinal).Select(run => results.GetValueOrDefault(run.Run, run))],
            wanted.Select(run => run.Run).Where(run => !results.ContainsKey(run)).ToHashSet(StringComparer.Ordinal));
    }

    // Newest first, but what people gave a name before the rest.
    private static IEnumerable<RunDocument> ByWeight(IReadOnlyList<RunDocument> newestFirst, HashSet<string> telling) => newestFirst.Where(run => telling.Contains(run.Run))
        .Concat(newestFirst.Where(run => run.Label is not null)).Concat(newestFirst).DistinctBy(run => run.Run);
}
