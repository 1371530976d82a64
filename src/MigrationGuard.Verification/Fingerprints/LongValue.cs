using System.Security.Cryptography;

namespace MigrationGuard.Verification.Fingerprints;

/// <summary>Gathers a value that comes in parts: its bytes while they are few, their SHA-256 once they are many.</summary>
/// <remarks>
/// A value of 256 MB is never held. How it is cut into parts leaves no trace, so that two drivers that cut differently agree.
/// </remarks>
internal sealed class LongValue : IDisposable
{
    private readonly byte[] _gathered = new byte[CanonicalBytes.LongestWhole];
    private IncrementalHash? _hash;
    private int _count;
    private long _total;
    private long _spaces;
    private bool _isText;
    private bool _isTrimmed;
    private bool _isHashed;

    public void Begin(bool isText, bool isTrimmed)
    {
        // A reading that broke off within a long value leaves a hash begun.
        if (_isHashed)
            _hash!.GetHashAndReset();
        (_isText, _isTrimmed, _isHashed) = (isText, isTrimmed && isText, false);
        (_count, _total, _spaces) = (0, 0, 0);
    }

    public void Add(ReadOnlySpan<byte> part)
    {
        if (!_isTrimmed)
        {
            Take(part);
            return;
        }
        // Spaces are held back until something follows them: only those at the very end are left out.
        var kept = part.TrimEnd((byte)' ');
        if (kept.Length > 0)
        {
            TakeSpaces();
            Take(kept);
        }
        _spaces += part.Length - kept.Length;
    }

    public void End(RowBuffer row)
    {
        if (!_isHashed)
        {
            CanonicalBytes.Write(row, _isText ? Tag.Text : Tag.Binary, _gathered.AsSpan(0, _count));
            return;
        }
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _hash!.GetHashAndReset(hash);
        _isHashed = false;
        CanonicalBytes.WriteLong(row, _isText ? Tag.LongText : Tag.LongBinary, _total, hash);
    }

    public void Dispose() => _hash?.Dispose();

    private void TakeSpaces()
    {
        Span<byte> spaces = stackalloc byte[256];
        spaces.Fill((byte)' ');
        for (; _spaces > 0; _spaces -= Math.Min(_spaces, spaces.Length))
            Take(spaces[..(int)Math.Min(_spaces, spaces.Length)]);
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        _total += bytes.Length;
        if (!_isHashed && _total <= _gathered.Length)
        {
            bytes.CopyTo(_gathered.AsSpan(_count));
            _count += bytes.Length;
            return;
        }
        if (!_isHashed)
        {
            (_hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256)).AppendData(_gathered, 0, _count);
            _isHashed = true;
        }
        _hash!.AppendData(bytes);
    }
}
