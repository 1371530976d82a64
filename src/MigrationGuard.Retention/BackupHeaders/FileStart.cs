namespace MigrationGuard.Retention.BackupHeaders;

/// <summary>What a file's first bytes say it is.</summary>
internal static class FileStart
{
    private const int VersionAt = 8;

    /// <summary>The version that servers have written since 2014.</summary>
    private const uint KnownVersion = 2;

    /// <summary>With fewer bytes, how even they are says nothing.</summary>
    private const int EnoughToCount = 4096;

    /// <summary>Evenly distributed bytes exceed it once in a hundred thousand files.</summary>
    private const double MostChiSquare = 361;

    private static ReadOnlySpan<byte> CompressedMark => "MSSQLBAK"u8;

    /// <summary>Whether it is a compressed back-up; false for a plain one.</summary>
    /// <exception cref="UnreadHeaderException">It is neither.</exception>
    public static bool IsCompressed(FileRange head)
    {
        var bytes = head.Span;
        if (bytes.StartsWith(MediaHeader.Type))
            return false;
        if (bytes.StartsWith(CompressedMark))
            return IsKnownVersion(head);

        if (bytes.IsEmpty)
            throw UnreadHeaderException.NotABackup("It is empty: made, and never written to.");
        if (head.IsBlank(bytes.Length))
            throw UnreadHeaderException.NotABackup("It begins with nothing but zeros: storage was reserved for it, and never written.");
        if (LooksEncrypted(head))
        {
            throw UnreadHeaderException.Unreadable(
                "It begins as no container does that is known, and its bytes are as evenly spread as encrypted ones: no more can be read from outside. "
                + "If it is a back-up, RESTORE HEADERONLY on a server that has the certificate shows which.");
        }
        throw UnreadHeaderException.NotABackup("It begins neither as a plain nor as a compressed SQL Server back-up.");
    }

    private static bool IsKnownVersion(FileRange head)
    {
        if (head.Bytes.Length < VersionAt + sizeof(uint))
            throw UnreadHeaderException.Truncated(head.FileLength, "before its header");
        var version = head.Block.U32(VersionAt);
        return version == KnownVersion ? true : throw UnreadHeaderException.Unreadable(FormattableString.Invariant(
            $"It is in SQL Server's compressed container, of version {version}; only version {KnownVersion}, of SQL Server 2014 and later, is understood. RESTORE HEADERONLY shows what it holds."));
    }

    /// <summary>Pearson's test of the bytes against even ones, of files whose length is one of whole sectors.</summary>
    private static bool LooksEncrypted(FileRange head)
    {
        var bytes = head.Span;
        if (bytes.Length < EnoughToCount || head.FileLength % MtfBlock.Alignment != 0)
            return false;
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        foreach (var value in bytes)
            counts[value]++;
        var expected = bytes.Length / 256.0;
        var chiSquare = 0.0;
        foreach (var count in counts)
            chiSquare += (count - expected) * (count - expected) / expected;
        return chiSquare < MostChiSquare;
    }
}
