namespace MigrationGuard.Retention.BackupHeaders;

/// <summary>The end of a file's last back-up set: the block ESET, and the filemark behind it.</summary>
/// <param name="Finished">By the server's clock.</param>
/// <param name="Position">Which set of the file ends there, from 1 on.</param>
internal readonly record struct BackupSetEnd(DateTime Finished, int Position)
{
    /// <summary>How what the last filemark says is at odds with the file; null where it is not, or says nothing.</summary>
    public string? Contradiction { get; init; }

    private const int PositionAt = 78;
    private const int FinishedAt = 80;

    /// <summary>What of the block is looked at.</summary>
    private const int Bytes = 128;

    private static ReadOnlySpan<byte> Type => "ESET"u8;

    /// <summary>How much of a file's end holds it: filemark, two blocks ESET with a catalogue, filemark, each filled up to a physical block.</summary>
    public static int TailBytes(int blockSize) => Math.Max(16 * 1024, 4 * blockSize + 16 * MtfBlock.Alignment);

    /// <summary>The end, or null where the file does not end with both of them, whole.</summary>
    /// <param name="tail">The file's end, from a multiple of <see cref="MtfBlock.Alignment"/> on.</param>
    /// <exception cref="UnreadHeaderException">One of them is damaged.</exception>
    public static BackupSetEnd? Find(FileRange tail, MediaHeader media, bool isCompressed)
    {
        if (FilemarkAt(tail, media.BlockSize) is not { } filemarkAt)
            return null;
        var before = tail.First(filemarkAt);
        Span<byte> room = stackalloc byte[Bytes];
        BackupSetEnd? end = null;
        for (var at = filemarkAt - MtfBlock.Alignment; at >= 0; at -= MtfBlock.Alignment)
        {
            var range = before.From(at);
            scoped var block = range.Block;
            // Before the end stands the filemark after the data. Where none of the set's end was met, the file was cut there.
            if (block.IsValid(Filemarks.Type))
                return end is null ? null : Held(end.Value, tail, filemarkAt, media, range.At);
            if (isCompressed && !CompressedChunk.TryExpand(range, room, out block))
                continue;
            if (block.Is(Type))
                end ??= Read(block);
        }
        return end is null ? null : Held(end.Value, tail, filemarkAt, media, before: null);
    }

    private static BackupSetEnd Held(BackupSetEnd end, FileRange tail, int filemarkAt, MediaHeader media, long? before) =>
        end with { Contradiction = Filemarks.Contradiction(tail.From(filemarkAt).Block, media.FirstSetAt - media.BlockSize, before, tail.At) };

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
            if (!block.Is(Filemarks.Type))
                continue;
            if (at + blockSize > tail.Bytes.Length)
                return null;
            block.Checked(Filemarks.Type);
            return at;
        }
        return null;
    }
}
