using System.Buffers.Binary;

namespace MigrationGuard.Evidence.Checking;

/// <summary>Whether a ZIP is its entries one after the other and then their list, and nothing in front of them or in between.</summary>
/// <remarks>
/// What belongs to no entry is in no manifest: with a program in front of it, a ZIP is a program too. Layout: APPNOTE.TXT of PKWARE, sections
/// 4.3.7 (before a content), 4.3.9 (after one whose length was not known) and 4.3.12 (the list).
/// </remarks>
internal static class ZipLayout
{
    private const uint ListedSignature = 0x02014B50;
    private const int ListedBytes = 46;
    private const uint LocalSignature = 0x04034B50;
    private const int LocalBytes = 30;
    private const int HasDescriptor = 8;

    /// <param name="offset">Where the list begins.</param>
    /// <param name="bytes">How long it is.</param>
    public static bool IsWithoutGaps(Stream file, long offset, int bytes)
    {
        var list = new byte[bytes];
        file.Seek(offset, SeekOrigin.Begin);
        file.ReadExactly(list);
        if (Entries(list) is not { } entries)
            return false;
        var (at, mayBeDescribed) = (0L, false);
        var local = new byte[LocalBytes];
        foreach (var (begin, length, described) in entries.OrderBy(entry => entry.Begin))
        {
            if (!Meets(begin - at, mayBeDescribed) || begin + LocalBytes > offset)
                return false;
            file.Seek(begin, SeekOrigin.Begin);
            file.ReadExactly(local);
            if (BinaryPrimitives.ReadUInt32LittleEndian(local) != LocalSignature)
                return false;
            at = begin + LocalBytes + BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(26)) + BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(28)) + length;
            mayBeDescribed = described;
        }
        return Meets(offset - at, mayBeDescribed);
    }

    private static List<(long Begin, long Length, bool Described)>? Entries(ReadOnlySpan<byte> list)
    {
        var entries = new List<(long Begin, long Length, bool Described)>();
        while (list.Length > 0)
        {
            if (list.Length < ListedBytes || BinaryPrimitives.ReadUInt32LittleEndian(list) != ListedSignature)
                return null;
            entries.Add((BinaryPrimitives.ReadUInt32LittleEndian(list[42..]), BinaryPrimitives.ReadUInt32LittleEndian(list[20..]), (list[8] & HasDescriptor) != 0));
            var length = ListedBytes + BinaryPrimitives.ReadUInt16LittleEndian(list[28..]) + BinaryPrimitives.ReadUInt16LittleEndian(list[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(list[32..]);
            if (length > list.Length)
                return null;
            list = list[length..];
        }
        return entries;
    }

    // A check sum and two lengths of four or eight bytes, with a signature or without.
    private static bool Meets(long gap, bool mayBeDescribed) => gap == 0 || (mayBeDescribed && gap is 12 or 16 or 20 or 24);
}
