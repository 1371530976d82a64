using System.Numerics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using MigrationGuard.Databases.Rows;

namespace MigrationGuard.Verification.Fingerprints;

/// <summary>The bytes of one row at a time, after a prefix that stays.</summary>
/// <param name="prefix">What every row is digested after: a comparison's key, or nothing.</param>
/// <remarks>
/// One thread's, and reused for every row, so that nothing is allocated once it has grown to the largest row. The prefix lies in
/// it so that key and row are digested in one call.
/// </remarks>
public sealed class RowBuffer(ReadOnlySpan<byte> prefix) : IDisposable
{
    private readonly int _start = prefix.Length;
    private byte[] _bytes = Grown(prefix);
    private LongValue? _long;
    private IncrementalHash? _hash;

    public RowBuffer()
        : this([])
    {
    }

    /// <summary>Bytes written since <see cref="Clear"/>.</summary>
    public int Length { get; private set; }

    /// <summary>The row without the prefix.</summary>
    public ReadOnlySpan<byte> Row => _bytes.AsSpan(_start, Length);

    /// <summary>The prefix and the row.</summary>
    public ReadOnlySpan<byte> Keyed => _bytes.AsSpan(0, _start + Length);

    /// <summary>What a long value is gathered in; a row has one at a time.</summary>
    internal LongValue Long => _long ??= new LongValue();

    /// <summary>Kept with the buffer: making one for each row costs a third of the digest again.</summary>
    internal IncrementalHash Hash => _hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Begins the next row.</summary>
    public void Clear() => Length = 0;

    /// <summary>Room for at least this many bytes after what is written; <see cref="Advance"/> keeps what was written there.</summary>
    /// <exception cref="UnreadableRowsException">The row would be longer than an array can be, 2 GB.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Reserve(int bytes)
    {
        var end = _start + Length;
        if (_bytes.Length - end < bytes)
            Grow(bytes);
        return _bytes.AsSpan(end);
    }

    /// <summary>Makes the next bytes part of the row; they were written into what <see cref="Reserve"/> gave, which was at least as long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(int bytes) => Length += bytes;

    public void Dispose()
    {
        _long?.Dispose();
        _hash?.Dispose();
    }

    private void Grow(int bytes)
    {
        var needed = (long)_start + Length + bytes;
        if (needed > Array.MaxLength)
            throw new UnreadableRowsException("a row of more than 2 GB cannot be compared.", "Leave its longest columns out with IgnoreColumns.");
        Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, (long)BitOperations.RoundUpToPowerOf2((ulong)needed)));
    }

    private static byte[] Grown(ReadOnlySpan<byte> prefix)
    {
        var bytes = new byte[prefix.Length + 1024];
        prefix.CopyTo(bytes);
        return bytes;
    }
}
