using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using MigrationGuard.Databases.Rows;

namespace MigrationGuard.Retention.Records;

/// <summary>A record's key: 128 bits of a digest of its values, which two different keys never share in practice.</summary>
/// <param name="Exact">Of the values.</param>
/// <param name="Loose">The same for all keys that some collation could take for one.</param>
internal readonly record struct RecordKey(UInt128 Exact, UInt128 Loose);

/// <summary>Reads the keys of rows, one after another.</summary>
internal sealed class KeyReading
{
    private readonly ArrayBufferWriter<byte> _exact = new();
    private readonly ArrayBufferWriter<byte> _loose = new();
    private readonly IReadOnlyList<KeySink> _sinks;
    private readonly bool _isLoose;

    /// <param name="kinds">What the key's columns are, which stand first in the rows.</param>
    public KeyReading(IReadOnlyList<KeyKind> kinds)
    {
        _sinks = [.. kinds.Select(kind => new KeySink(kind, _exact, _loose))];
        _isLoose = kinds.Any(KeyKinds.IsText);
    }

    /// <summary>The current row's key; null where a part of it cannot be compared.</summary>
    public RecordKey? Of(RowReader row)
    {
        _exact.ResetWrittenCount();
        _loose.ResetWrittenCount();
        for (var i = 0; i < _sinks.Count; i++)
        {
            _sinks[i].Begin();
            row.Value(i, _sinks[i]);
            if (_sinks[i].IsUnclear)
                return null;
        }
        var exact = Digest(_exact.WrittenSpan);
        return new RecordKey(exact, _isLoose ? Digest(_loose.WrittenSpan) : exact);
    }

    private static UInt128 Digest(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }
}
