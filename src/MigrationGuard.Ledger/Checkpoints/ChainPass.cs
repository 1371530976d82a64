using System.Globalization;
using System.Text;
using MigrationGuard.Ledger.Chain;

namespace MigrationGuard.Ledger.Checkpoints;

/// <summary>Follows a chain's lines, and builds the Merkle tree over them on the way; no payload is looked at.</summary>
internal sealed class ChainPass(IEnumerable<long> sequences, IEnumerable<long> sizes)
{
    private const int MostProblems = 20;

    private readonly MerklePass _merkle = new(sequences.Select(seq => seq - 1), sizes);
    private readonly List<string> _problems = [];
    private string _head = EntryLine.NoPredecessor;
    private string? _origin;

    public void Take(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        var (seq, hash) = (_merkle.Size + 1, EntryLine.HashOf(bytes));
        var entry = EntryLine.Parse(line);
        if (entry is null)
            Report(seq, "is not what an entry's line is.");
        else if (entry.Seq != seq)
            Report(seq, string.Create(CultureInfo.InvariantCulture, $"is that of entry {entry.Seq}."));
        else if (entry.Previous != _head)
            Report(seq, "does not follow from the one before it.");
        _origin ??= Checkpoint.OriginOf(hash);
        _merkle.Add(bytes);
        _head = hash;
    }

    public ChainTree Finish() => new(_merkle.Size, _merkle.Root, _head)
    {
        Origin = _origin,
        Proofs = _merkle.Proofs().ToDictionary(proof => proof.Key + 1, proof => proof.Value),
        RootsAt = _merkle.RootsAt,
        Problems = _problems,
    };

    private void Report(long seq, string problem)
    {
        if (_problems.Count < MostProblems)
            _problems.Add(string.Create(CultureInfo.InvariantCulture, $"Line {seq} {problem}"));
    }
}
