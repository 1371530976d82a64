using System.Globalization;
using MigrationGuard.Ledger.Checkpoints;

namespace MigrationGuard.Ledger.Chain;

/// <summary>Follows a chain entry by entry, and says what is wrong with each.</summary>
/// <remarks>What it keeps grows with the chain's logarithm. After a fault it goes on from what it was given, so that one fault is told once.</remarks>
/// <param name="sizes">Sizes at which the chain's Merkle root is wanted.</param>
internal sealed class ChainReplay(IReadOnlyCollection<long> sizes)
{
    private readonly MerklePass _merkle = new([], sizes);
    private string? _origin;
    private string _previous = EntryLine.NoPredecessor;
    private long _last;

    public long Erased { get; private set; }

    /// <summary>What the lines taken come to.</summary>
    public ChainTree Tree => new(_merkle.Size, _merkle.Root, _previous) { Origin = _origin, RootsAt = _merkle.RootsAt };

    /// <summary>Takes the next entry.</summary>
    /// <returns>The entry its line holds; null when the line is not an entry's.</returns>
    public EntryLine? Take(ExaminedEntry examined, ICollection<ChainProblem> problems)
    {
        var (stored, entry, hash) = (examined.Stored, examined.Entry, examined.Hash);
        void Report(string problem) => problems.Add(new ChainProblem(stored.Seq, problem));

        if (stored.Seq != _last + 1)
            Report(string.Create(CultureInfo.InvariantCulture, $"Entries are missing: this one follows {_last}."));
        if (entry is null)
            Report("The line is not an entry's.");
        else
        {
            if (entry.Seq != stored.Seq)
                Report(string.Create(CultureInfo.InvariantCulture, $"The line is that of entry {entry.Seq}."));
            if (entry.Previous != _previous)
                Report("The line does not follow from the one before it: one of the two was changed, or one between them was removed.");
            if ((entry.Kind == EntryKind.StoreCreated.Spelt()) != (stored.Seq == 1))
                Report("The first entry, and no other, records that the store was created.");
            TakePayload(examined, entry, Report);
        }
        if (stored.Hash != hash)
            Report("The line does not have the hash that was kept for it.");
        (_previous, _last) = (hash, stored.Seq);
        _origin ??= Checkpoint.OriginOf(hash);
        _merkle.AddHash(examined.Leaf);
        return entry;
    }

    private void TakePayload(ExaminedEntry examined, EntryLine entry, Action<string> report)
    {
        var stored = examined.Stored;
        if (stored.PayloadKind is null)
        {
            report("The payload was removed, not erased.");
            return;
        }
        if (stored.PayloadKind != entry.Kind)
            report($"The payload is kept as that of a {stored.PayloadKind} entry.");
        if (stored.IsErased)
            Erased++;
        else if (!examined.HasPayload)
            report("The payload or its salt was changed.");
        else if (!examined.IsJson)
            report("The payload is not JSON, which every entry's is.");
    }
}
