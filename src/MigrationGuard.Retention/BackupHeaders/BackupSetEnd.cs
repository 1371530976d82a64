namespace MigrationGuard.Retention.BackupHeaders;

/// <summary>The end of a file's last back-up set: the block ESET, and the filemark behind it.</summary>
/// <param name="Finished">By the server's clock.</param>
/// <param name="Position">Which set of the file ends there, from 1 on.</param>
internal readonly record struct BackupSetEnd(DateTime Finished, int Position)
{
    private const int PositionAt = 78;
    private const int FinishedAt = 80;

    /// <summary>What of the block is looked at.</summary>
    private const int Bytes = 128;

    private static ReadOnlySpan<byte> FilemarkType => "SFMB"u8;

    private static ReadOnlySpan<byte> Type => "ESET"u8;

    /// <summary>How much of a file's end holds it: filemark, two blocks ESET with a catalogue, filemark, each filled up to a physical block.</summary>
    public static int TailBytes(int blockSize) => Math.Max(16 * 1024, 4 * blockSize + 16 * MtfBlock.Alignment);

    /// <summary>The end, or null where the file does not end with both of them, whole.</summary>
    /// <param name="tail">The file's end, from a multiple of <see cref="MtfBlock.Alignment"/> on.</param>
    /// <exception cref="UnreadHeaderException">One of them is damaged.</exception>
    public static BackupSetEnd? Find(FileRange tail, int blockSize, bool isCompressed)
    {
        if (FilemarkAt(tail, blockSize) is not { } filemarkAt)
            return null;
        var before = tail.First(filemarkAt);
        Span<byte> room = stackalloc byte[Bytes];
        for (var at = filemarkAt - MtfBlock.Alignment; at >= 0; at -= MtfBlock.Alignment)
        {
            var range = before.From(at);
            scoped var block = range.Block;
            // Another filemark stands between the data and their end: the file was cut there, and an end before it is another set's.
            if (block.IsValid(FilemarkType))
                return null;
            if (isCompressed && !CompressedChunk.TryExpand(range, room, out block))
                continue;
            if (block.Is(Type))
                return Read(block);
        }
        return null;
    }

    private static BackupSetEnd Read(MtfBlock block)
    {
        block.Checked(Type);
        return new BackupSetEnd(MtfDate.Require(block, FinishedAt), block.U16(PositionAt));
    }

    /// <summary>Where the last filemark begins. Behind it may only be what fills it up, and storage that was reserved and not used.</summary>
    private static int? FilemarkAt(FileRange tail, int blockSize)
    {
        var last = tail.Span.LastIndexOfAnyExcept((byte)0);
        for (var at = last - last % MtfBlock.Alignment; at >= 0 && at > last - blockSize; at -= MtfBlock.Alignment)
        {
            var block = tail.From(at).Block;
            if (!block.Is(FilemarkType))
                continue;
            if (at + blockSize > tail.Bytes.Length)
                return null;
            block.Checked(FilemarkType);
            return at;
        }
        return null;
    }
}
