using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Tests.Retention.BackupHeaders;

/// <summary>A file in memory that counts what is read of it; it may be gone, or shorter than it says.</summary>
internal sealed class BytesContent(byte[] bytes, long? length = null) : IRangedContent
{
    public long Length { get; } = length ?? bytes.Length;

    public bool IsGone { get; init; }

    public int Reads { get; private set; }

    public long BytesRead { get; private set; }

    public ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        Reads++;
        BytesRead += destination.Length;
        if (offset < 0 || offset + destination.Length > Length)
            throw new ArgumentOutOfRangeException(nameof(offset), "A range outside of the content.");
        if (IsGone)
            throw ContentChangedException.Gone("backups/a.bak");
        if (offset + destination.Length > bytes.Length)
            throw ContentChangedException.Shorter("backups/a.bak", Length);
        bytes.AsMemory((int)offset, destination.Length).CopyTo(destination);
        return ValueTask.CompletedTask;
    }

    public static async Task<BackupHeaderOutcome> ReadHeaderAsync(byte[] bytes) => await BackupHeaderReader.ReadAsync(new BytesContent(bytes));
}
