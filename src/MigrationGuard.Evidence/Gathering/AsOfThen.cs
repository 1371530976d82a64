using MigrationGuard.Evidence.Content;
using MigrationGuard.Ledger.Attestations;

namespace MigrationGuard.Evidence.Gathering;

/// <summary>What was gathered as it stood at its moment, and as far as the chain that was proven goes: what was done later was not done then.</summary>
internal static class AsOfThen
{
    public static EvidenceContent Of(EvidenceContent gathered) => gathered with
    {
        Assets = [.. gathered.Assets.Where(asset => !IsLater(asset.RegisteredSeq, asset.Registered, gathered)).Select(asset => Then(asset, gathered))],
        Duties = [.. gathered.Duties.Where(duty => !IsLater(duty.OpenedSeq, null, gathered)).Select(duty => Then(duty, gathered))],
        Attestations = [.. gathered.Attestations.Where(stated => !IsLater(stated.Seq, stated.Recorded, gathered)).Select(stated => Then(stated, gathered))],
    };

    private static bool IsLater(long? seq, DateTimeOffset? at, EvidenceContent gathered) => seq > gathered.Chain.Size || at > gathered.AsOf;

    private static AssetRecord Then(AssetRecord asset, EvidenceContent gathered) => IsLater(asset.ClosedSeq, asset.Closed, gathered)
        ? asset with { ClosedSeq = null, Closed = null, ClosedBecause = null }
        : asset;

    private static DutyRecord Then(DutyRecord duty, EvidenceContent gathered) => IsLater(duty.ClosedSeq, duty.Closed, gathered)
        ? duty with { ClosedSeq = null, Closed = null, Outcome = null, Reason = null }
        : duty;

    private static RecordedAttestation Then(RecordedAttestation stated, EvidenceContent gathered)
    {
        var correction = stated.CorrectedBy is null ? null : gathered.Attestations.FirstOrDefault(other => other.Attestation.Id == stated.CorrectedBy);
        return correction is not null && IsLater(correction.Seq, correction.Recorded, gathered) ? stated with { CorrectedBy = null } : stated;
    }
}
