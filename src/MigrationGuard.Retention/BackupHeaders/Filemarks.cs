namespace MigrationGuard.Retention.BackupHeaders;

/// <summary>Where the earlier filemarks of a file are, as its last one remembers them: bytes that were taken out or put in since have moved them.</summary>
/// <remarks>
/// The Microsoft Tape Format (1.00a, "Soft Filemark Descriptor Block") gives every filemark the physical addresses of those before it, the
/// newest first. SQL Server writes them as 64-bit byte offsets after a further field that says where they begin; that was seen in a published
/// back-up and is documented nowhere. So nothing follows from it unless the oldest of them is, to the byte, where the file's first filemark is:
/// that one lies before all data, and shows that addresses are meant so.
/// </remarks>
internal static class Filemarks
{
    private const int RoomAt = 52;
    private const int UsedAt = 56;
    private const int BeginAt = 60;
    private const int Begin = 72;

    /// <summary>The block type of a filemark.</summary>
    public static ReadOnlySpan<byte> Type => "SFMB"u8;

    /// <summary>What contradicts the last filemark; null where nothing does, or where it does not say.</summary>
    /// <param name="last">The last filemark, valid.</param>
    /// <param name="first">Where the file's first filemark is.</param>
    /// <param name="before">Where the one before the last is; null where it is not among the bytes from <paramref name="from"/> on.</param>
    /// <param name="from">From where on bytes were looked at.</param>
    public static string? Contradiction(MtfBlock last, long first, long? before, long from)
    {
        if (last.U32(BeginAt) != Begin || last.U32(UsedAt) is not (> 1 and var used) || used > last.U32(RoomAt) || Begin + (long)used * sizeof(ulong) > MtfBlock.Alignment)
            return null;
        var (newest, oldest) = (last.U64(Begin), last.U64(Begin + ((int)used - 1) * sizeof(ulong)));
        if (oldest != (ulong)first || newest <= oldest || newest == (ulong?)before)
            return null;
        return before is { } there
            ? FormattableString.Invariant($"Its last filemark says that the one before it is at byte {newest}, and it is at byte {there}: bytes between were taken out, put in or written twice.")
            : newest >= (ulong)from
                ? FormattableString.Invariant($"Its last filemark says that the one before it is at byte {newest}, and there is none.")
                : null;
    }
}
