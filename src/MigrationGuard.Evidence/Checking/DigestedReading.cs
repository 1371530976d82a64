using System.Security.Cryptography;

namespace MigrationGuard.Evidence.Checking;

/// <summary>A file of a pack while it is understood, digested on the way: what was understood is what is held against the manifest.</summary>
/// <param name="inner">The file's content.</param>
/// <param name="finished">Told the SHA-512 and the length, once it was read to its end; never where it was not.</param>
internal sealed class DigestedReading(Stream inner, Action<byte[], long> finished) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
    private long _bytes;
    private bool _isFinished;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _bytes;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        _hash.AppendData(buffer[..read]);
        _bytes += read;
        if (read == 0 && buffer.Length > 0 && !_isFinished)
        {
            _isFinished = true;
            finished(_hash.GetHashAndReset(), _bytes);
        }
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            _hash.Dispose();
        }
        base.Dispose(disposing);
    }
}
