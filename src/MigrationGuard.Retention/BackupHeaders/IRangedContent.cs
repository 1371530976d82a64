namespace MigrationGuard.Retention.BackupHeaders;

/// <summary>Bytes that are read by ranges: a file, or a blob where each range is a request.</summary>
public interface IRangedContent
{
    /// <summary>How many bytes there are, as of when it was opened or listed.</summary>
    long Length { get; }

    /// <summary>Fills <paramref name="destination"/> with the bytes from <paramref name="offset"/> on.</summary>
    /// <param name="offset">From 0; together with the destination's length at most <see cref="Length"/>.</param>
    /// <exception cref="ContentChangedException">It is gone, or shorter than <see cref="Length"/> says.</exception>
    /// <exception cref="IOException">It could not be read, which says nothing about what it is.</exception>
    ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken);
}
