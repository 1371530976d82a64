using MigrationGuard.Evidence.Content;
using MigrationGuard.Ledger.Attestations;

namespace MigrationGuard.Evidence.Gathering;

/// <summary>Leaves of what was gathered what is of the scope, and finds the entries that it rests on.</summary>
internal static class ScopeCut
{
    /// <param name="gathered">Everything, as of its moment.</param>
    /// <param name="runs">The entries of runs, by their ids.</param>
    /// <exception cref="EvidenceException">Nothing is left.</exception>
    public static EvidenceContent Of(EvidenceContent gathered, IReadOnlyDictionary<string, RunEntries> runs)
    {
        var cut = gathered with
        {
            Assets = [.. gathered.Assets.Where(asset => IsOf(asset, gathered))],
            Duties = [.. gathered.Duties.Where(duty => IsOf(duty, gathered))],
            Attestations = [.. gathered.Attestations.Where(attestation => IsOf(attestation, gathered))],
            Approvals = gathered.Scope is EvidenceScope.OfAsset ? [] : gathered.Approvals,
        };
        if (cut.Scope is EvidenceScope.OfAsset { Asset: var name } && cut.Assets.Count == 0)
            throw new EvidenceException($"--asset {name}", "there is no such asset in the ledger.", "See what is there with: migrationguard assets list --all");
        var entries = EntriesOf(cut, runs).Where(seq => seq <= cut.Chain.Size).Distinct().Order().ToList();
        return entries.Count > 0
            ? cut with { Entries = entries, Chain = cut.Chain with { First = entries[0], Last = entries[^1] } }
            : throw new EvidenceException(Place(cut.Scope), "the ledger holds nothing of it, and an empty pack would prove nothing.", "See what there is with: migrationguard runs list");
    }

    private static bool IsOf(AssetRecord asset, EvidenceContent gathered) =>
        gathered.Scope is not EvidenceScope.OfAsset { Asset: var name } || asset.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    // What falls due is of a period when it was open in it, however long before it was opened.
    private static bool IsOf(DutyRecord duty, EvidenceContent gathered) => gathered.Scope switch
    {
        EvidenceScope.OfAsset one => duty.Subject.Equals(one.Asset, StringComparison.OrdinalIgnoreCase),
        EvidenceScope.OfPeriod period => duty.DueAt < period.To && (duty.Closed is null || duty.Closed >= period.From),
        _ => true,
    };

    // Nobody knows any more what an erased one was about.
    private static bool IsOf(RecordedAttestation recorded, EvidenceContent gathered) => recorded.IsErased || gathered.Scope switch
    {
        EvidenceScope.OfRun => recorded.Attestation.Asset is null && (recorded.Attestation.Run is null || gathered.Runs.Any(run => run.Run == recorded.Attestation.Run)),
        EvidenceScope.OfAsset one => one.Asset.Equals(recorded.Attestation.Asset, StringComparison.OrdinalIgnoreCase),
        _ => true,
    };

    private static IEnumerable<long> EntriesOf(EvidenceContent cut, IReadOnlyDictionary<string, RunEntries> runs)
    {
        foreach (var run in cut.Runs)
        {
            yield return runs[run.Run].StartedSeq;
            if (runs[run.Run].FinishedSeq is { } finished)
                yield return finished;
        }
        foreach (var seq in cut.Approvals.Select(approval => approval.Seq).Concat(cut.Attestations.Select(attestation => attestation.Seq)))
            yield return seq;
        foreach (var asset in cut.Assets)
        {
            yield return asset.RegisteredSeq;
            if (asset.ClosedSeq is { } closed)
                yield return closed;
        }
        foreach (var duty in cut.Duties)
        {
            yield return duty.OpenedSeq;
            if (duty.ClosedSeq is { } closed)
                yield return closed;
        }
        if (cut.Qualification is { } qualification)
            yield return qualification.Seq;
    }

    private static string Place(EvidenceScope scope) => scope switch
    {
        EvidenceScope.OfRun one => $"--run {one.Run}",
        EvidenceScope.OfAsset one => $"--asset {one.Asset}",
        EvidenceScope.OfPeriod => "--from and --to",
        _ => "--all",
    };
}
