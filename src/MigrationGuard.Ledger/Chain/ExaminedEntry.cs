using System.Text;
using System.Text.Json;
using MigrationGuard.Ledger.Checkpoints;

namespace MigrationGuard.Ledger.Chain;

/// <summary>An entry as the store has it, and all that can be said of it without those before it.</summary>
/// <param name="Entry">What its line holds; null when the line is not an entry's.</param>
/// <param name="Hash">SHA-256 of its line, in lower-case hex.</param>
/// <param name="Leaf">Its line's hash in the Merkle tree.</param>
/// <param name="HasPayload">Whether its payload is there, and is the one that its line names.</param>
/// <param name="IsJson">Whether that payload is JSON; false where there is none.</param>
/// <remarks>Nearly all of a verification's work is here, and as no entry needs another's, it is done on every core there is.</remarks>
internal sealed record ExaminedEntry(StoredEntry Stored, EntryLine? Entry, string Hash, byte[] Leaf, bool HasPayload, bool IsJson)
{
    private const int MostOnStack = 1024;

    public static ExaminedEntry Of(StoredEntry stored)
    {
        var entry = EntryLine.Parse(stored.Line);
        var most = Encoding.UTF8.GetMaxByteCount(stored.Line.Length);
        Span<byte> line = most <= MostOnStack ? stackalloc byte[most] : new byte[most];
        line = line[..Encoding.UTF8.GetBytes(stored.Line, line)];
        var hasPayload = entry is not null && stored.Has(entry.Payload);
        return new ExaminedEntry(stored, entry, EntryLine.HashOf(line), MerkleHash.OfLeaf(line), hasPayload, hasPayload && Reads(stored.Payload));
    }

    // Looked through only: most kinds of entries have nothing that a verification reads, so no document is made of them here.
    private static bool Reads(byte[]? payload)
    {
        var reader = new Utf8JsonReader(payload);
        try
        {
            while (reader.Read())
            {
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
