using MigrationGuard.Ledger.Chain;

namespace MigrationGuard.Ledger.Store.Verification;

/// <summary>Holds payloads that are gone against the entries that record their erasure: one without the other is tampering.</summary>
/// <remarks>Memory grows with what was ever erased. An erasure always comes after what it erases.</remarks>
internal sealed class ErasureVerification(VerificationFindings findings)
{
    // The entries without a payload, and whether their erasure has been come by.
    private readonly Dictionary<long, bool> _gone = [];

    public void Take(ReplayedEntry entry)
    {
        if (entry.IsErased)
            _gone[entry.Seq] = false;
        if (!entry.Is(EntryKind.PayloadErased))
            return;
        if (RecordedErasure.SeqOf(entry.Subject) is not { } seq || seq >= entry.Seq)
            findings.Report(entry.Seq, $"The entry records an erasure, but {entry.Subject} is no entry before it.");
        else if (!_gone.TryGetValue(seq, out var recorded))
            findings.Report(seq, FormattableString.Invariant($"The payload was erased by entry {entry.Seq}, and is there."));
        else if (recorded)
            findings.Report(entry.Seq, FormattableString.Invariant($"The entry records an erasure of entry {seq}, which had been erased before."));
        else
            _gone[seq] = true;
    }

    /// <summary>Suspects every payload that is gone and whose erasure has not been come by: it may have been recorded meanwhile.</summary>
    public void Finish()
    {
        foreach (var (seq, _) in _gone.Where(gone => !gone.Value))
            findings.Suspect(RecordedErasure.SubjectOf(seq), seq, "The payload is gone, and no entry records that it was erased.");
    }
}
