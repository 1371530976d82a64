using MigrationGuard.Evidence.Content;
using MigrationGuard.Ledger.Attestations;
using MigrationGuard.Ledger.Chain;

namespace MigrationGuard.Evidence.Gathering;

/// <summary>Leaves of what was gathered what is of the scope, and finds the entries that it rests on.</summary>
internal static class ScopeCut
{
    /// <summary>What is of the scope; null when the ledger holds nothing of it.</summary>
    /// <param name="gathered">Everything, as of its moment.</param>
    /// <exception cref="EvidenceException">There is no such asset.</exception>
    public static EvidenceContent? Of(EvidenceContent gathered, RecordedEntries recorded)
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
        var entries = EntriesOf(cut, recorded).Where(seq => seq <= cut.Chain.Size).ToHashSet();
        if (entries.Count == 0)
            return null;
        var (first, last) = (entries.Min(), LastWithErasures(entries.Min(), entries.Max(), recorded.Erasures));
        var erasures = recorded.Erasures.Where(erasure => erasure.Entry >= first && erasure.Entry <= last).ToList();
        entries.UnionWith(erasures.Select(erasure => erasure.Line.Seq));
        return cut with { Entries = [.. entries.Order()], Erasures = erasures, Chain = cut.Chain with { First = first, Last = last } };
    }

    public static string Place(EvidenceScope scope) => scope switch
    {
        EvidenceScope.OfRun one => $"--run {one.Run}",
        EvidenceScope.OfAsset one => $"--asset {one.Asset}",
        EvidenceScope.OfPeriod => "--from and --to",
        _ => "--all",
    };

    // Who erased something in the segment is said by an entry that may lie beyond its end; what lies in between is then in the segment too,
    // and may have been erased later still. Taken in the order of the chain, an erasure only ever lengthens what those after it are held against.
    private static long LastWithErasures(long first, long last, IReadOnlyList<RecordedErasure> erasures) => erasures
        .Aggregate(last, (end, erasure) => erasure.Entry >= first && erasure.Entry <= end ? Math.Max(end, erasure.Line.Seq) : end);

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

    private static IEnumerable<long> EntriesOf(EvidenceContent cut, RecordedEntries recorded)
    {
        foreach (var run in cut.Runs.Select(run => recorded.Runs[run.Run]))
        {
            yield return run.StartedSeq;
            if (run.FinishedSeq is { } finished)
                yield return finished;
        }
        // Nobody knows any more which difference an erased one accepted.
        if (cut.Scope is not EvidenceScope.OfAsset)
        {
            foreach (var seq in recorded.ErasedApprovals)
                yield return seq;
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
}
