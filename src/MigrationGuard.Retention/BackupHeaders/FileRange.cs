using System.Buffers;

namespace MigrationGuard.Retention.BackupHeaders;

/// <summary>Some bytes of a file, and where they lie in it.</summary>
internal readonly record struct FileRange(long At, ReadOnlyMemory<byte> Bytes, long FileLength)
{
    public bool EndsWithFile => At + Bytes.Length == FileLength;

    public ReadOnlySpan<byte> Span => Bytes.Span;

    public FileRange From(int offset) => this with { At = At + offset, Bytes = Bytes[offset..] };

    /// <summary>The bytes as they are, as a block that begins with the first of them.</summary>
    public MtfBlock Block => new(Span, new Place(At), EndsWithFile ? FileLength : null);

    /// <summary>Whether the range, up to the given number of bytes, holds nothing but zeros: storage that was reserved and never written.</summary>
    public bool IsBlank(int bytes) => Span[..Math.Min(bytes, Bytes.Length)].IndexOfAnyExcept((byte)0) < 0;
}

/// <summary>Reads ranges of one content into memory that is given back together.</summary>
/// <remarks>A million headers are read in one go: their buffers are used again, not left to be collected.</remarks>
internal sealed class RangeReading(IRangedContent content) : IDisposable
{
    private readonly List<byte[]> _rented = [];

    public long Length { get; } = content.Length;

    /// <summary>The bytes from an offset on, as many as asked for or as there are.</summary>
    public async ValueTask<FileRange> ReadAsync(long at, int count, CancellationToken cancellationToken)
    {
        var bytes = Rent((int)Math.Min(count, Length - at));
        await content.ReadAsync(at, bytes, cancellationToken).ConfigureAwait(false);
        return new FileRange(at, bytes, Length);
    }

    /// <summary>Memory for as long as this reading goes on; what is in it is of no meaning.</summary>
    public Memory<byte> Rent(int count)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(count);
        _rented.Add(bytes);
        return bytes.AsMemory(0, count);
    }

    public void Dispose()
    {
        foreach (var bytes in _rented)
            ArrayPool<byte>.Shared.Return(bytes);
    }
}
