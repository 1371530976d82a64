using System.Security.Cryptography;

namespace MigrationGuard.Evidence.Packs;

/// <summary>What was written of a file.</summary>
/// <param name="Sha512">In lower-case hex.</param>
internal readonly record struct FileDigest(string Sha512, long Bytes);

/// <summary>Passes on what is written, and digests it on the way.</summary>
/// <param name="inner">Where it goes.</param>
/// <param name="failure">What a failure to write is told as, so that it is never taken for one to read what is being copied.</param>
internal sealed class DigestingStream(Stream inner, Func<IOException, Exception> failure) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
    private long _bytes;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _bytes;
        set => throw new NotSupportedException();
    }

    /// <summary>The digest of everything written so far, and the end of writing.</summary>
    public FileDigest Finish() => new(Convert.ToHexStringLower(_hash.GetHashAndReset()), _bytes);

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _hash.AppendData(buffer);
        _bytes += buffer.Length;
        try
        {
            inner.Write(buffer);
        }
        catch (IOException e)
        {
            throw failure(e);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _hash.AppendData(buffer.Span);
        _bytes += buffer.Length;
        try
        {
            await inner.WriteAsync(buffer, cancellationToken);
        }
        catch (IOException e)
        {
            throw failure(e);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // What is written is flushed with its file, once.
    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _hash.Dispose();
        base.Dispose(disposing);
    }
}
