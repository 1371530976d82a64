using System.Buffers;

namespace MigrationGuard.Retention.BackupHeaders;

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
