namespace MigrationGuard.Retention.BackupHeaders;

/// <summary>Some bytes of a file, and where they lie in it.</summary>
internal readonly record struct FileRange(long At, ReadOnlyMemory<byte> Bytes, long FileLength)
{
    public bool EndsWithFile => At + Bytes.Length == FileLength;

    public ReadOnlySpan<byte> Span => Bytes.Span;

    public FileRange First(int count) => this with { Bytes = Bytes[..count] };

    public FileRange From(int offset) => this with { At = At + offset, Bytes = Bytes[offset..] };

    /// <summary>The bytes as they are, as a block that begins with the first of them.</summary>
    public MtfBlock Block => new(Span, new Place(At), EndsWithFile ? FileLength : null);

    /// <summary>Whether the range, up to the given number of bytes, holds nothing but zeros: storage that was reserved and never written.</summary>
    public bool IsBlank(int bytes) => Span[..Math.Min(bytes, Bytes.Length)].IndexOfAnyExcept((byte)0) < 0;
}
