namespace MigrationGuard.Retention.BackupHeaders;

/// <summary>Reads what a SQL Server back-up file says of itself, with no server and a few small ranges of it.</summary>
/// <remarks>
/// Each range may be a request to a store that charges for it: one for a file's start, one more where the physical block is so large
/// that the back-up set begins elsewhere, and one for its end. Whatever the bytes are, reading ends after these.
/// </remarks>
public static class BackupHeaderReader
{
    /// <summary>Holds all of the header where the physical block has 512 or 4096 bytes.</summary>
    private const int HeadBytes = 16 * 1024;

    /// <summary>Holds what is needed of the blocks that a set begins with.</summary>
    private const int SetBytes = 6 * 1024;

    /// <summary>No zone sets its clocks back by more when summer ends.</summary>
    private static readonly TimeSpan MostSetBack = TimeSpan.FromHours(2);

    /// <summary>Reads the header of the file's first back-up.</summary>
    /// <returns>What it came to, whatever the bytes are.</returns>
    /// <exception cref="ContentChangedException">The content is gone, or no longer what was listed.</exception>
    /// <exception cref="IOException">The content could not be read.</exception>
    public static async Task<BackupHeaderOutcome> ReadAsync(IRangedContent content, CancellationToken cancellationToken = default)
    {
        using var reading = new RangeReading(content);
        try
        {
            var head = await reading.ReadAsync(0, HeadBytes, cancellationToken).ConfigureAwait(false);
            var isCompressed = FileStart.IsCompressed(head);
            var media = ReadMedia(head, isCompressed);

            if (media.FirstSetAt >= reading.Length)
                throw UnreadHeaderException.Truncated(reading.Length, "before its back-up begins");
            var set = media.FirstSetAt + SetBytes <= HeadBytes || head.EndsWithFile
                ? head.From(media.FirstSetAt)
                : await reading.ReadAsync(media.FirstSetAt, HeadBytes, cancellationToken).ConfigureAwait(false);
            var header = ReadSet(set, reading.Rent(HeadBytes).Span, media, isCompressed);

            var tail = head.EndsWithFile ? head : await ReadTailAsync(reading, media.BlockSize, cancellationToken).ConfigureAwait(false);
            return Finish(header, BackupSetEnd.Find(tail, media, isCompressed), reading.Length);
        }
        catch (UnreadHeaderException unread)
        {
            return unread.Outcome;
        }
    }

    private static ValueTask<FileRange> ReadTailAsync(RangeReading reading, int blockSize, CancellationToken cancellationToken)
    {
        var at = Math.Max(0, reading.Length - BackupSetEnd.TailBytes(blockSize));
        at -= at % MtfBlock.Alignment;
        return reading.ReadAsync(at, (int)(reading.Length - at), cancellationToken);
    }

    private static MediaHeader ReadMedia(FileRange head, bool isCompressed)
    {
        if (!isCompressed)
            return MediaHeader.Read(head.Block);
        Span<byte> room = stackalloc byte[MediaHeader.Bytes];
        if (head.Bytes.Length <= CompressedChunk.FirstAt)
            throw UnreadHeaderException.Truncated(head.FileLength, "before its header");
        return CompressedChunk.TryExpand(head.From(CompressedChunk.FirstAt), room, out var block) && block.Is(MediaHeader.Type)
            ? MediaHeader.Read(block)
            : throw UnreadHeaderException.Unreadable(
                "It is in SQL Server's compressed container, version 2, of which only the container could be read: what it holds is encrypted, compressed by another algorithm than MS_XPRESS, or damaged. "
                + "RESTORE HEADERONLY on a server that has the certificate shows which.");
    }

    private static BackupHeader ReadSet(FileRange set, Span<byte> room, MediaHeader media, bool isCompressed)
    {
        if (set.IsBlank(MtfBlock.Alignment))
            throw UnreadHeaderException.Truncated(set.FileLength, FormattableString.Invariant($"but nothing was written from byte {set.At} on"));
        var block = set.Block;
        if (isCompressed && !CompressedChunk.TryExpand(set, room, out block))
            throw UnreadHeaderException.Damaged(new Place(set.At), "the compressed chunk that begins the back-up is not there or does not expand.");
        return BackupSetStart.Read(block, media, isCompressed);
    }

    private static BackupHeaderOutcome Finish(BackupHeader header, BackupSetEnd? end, long length)
    {
        if (end is not { } found)
        {
            return new BackupHeaderOutcome.Truncated(header, FormattableString.Invariant(
                $"The file ends after {length} bytes without the blocks that close a back-up: the upload was cut off, or still goes on."));
        }
        if (found.Position > header.Position)
            return new BackupHeaderOutcome.Read(header with { HoldsMoreBackups = true });
        // Of a file that sets were appended to, it is not known how filemarks are counted.
        if (found.Contradiction is { } contradiction)
            return new BackupHeaderOutcome.Damaged($"{contradiction} The file is not as a server wrote it; restore from another copy.") { Header = header };
        var finished = new DateTimeOffset(found.Finished, header.Started.Offset);
        return header.Started - finished <= MostSetBack
            ? new BackupHeaderOutcome.Read(header with { Finished = finished })
            : new BackupHeaderOutcome.Damaged(FormattableString.Invariant(
                $"It says to have finished {(header.Started - finished).TotalHours:0.#} hours before it started, and no change of clocks explains that.")) { Header = header };
    }
}
