using System.Numerics;

namespace MigrationGuard.Retention.BackupHeaders;

/// <summary>What the first block, TAPE, says of the file as a medium: whose it is, and which stripe of which set.</summary>
/// <param name="BlockSize">The physical block in bytes, which says where everything else lies.</param>
internal readonly record struct MediaHeader(int BlockSize, bool HasPassword, Guid SetId, int FamilyCount, int FamilyNumber)
{
    /// <summary>The block's own bytes, before the physical block is filled up.</summary>
    public const int Bytes = 1024;

    private const int PasswordAlgorithmAt = 62;
    private const int BlockSizeAt = 64;
    private const int SoftwareAt = 80;

    // In the stream RAID, counted from its header.
    private const int SetIdAt = 22;
    private const int FamilyCountAt = 42;
    private const int FamilyNumberAt = 46;

    /// <summary>SQL Server stripes over no more devices.</summary>
    private const int MostFamilies = 64;

    private const int BlockSizeUnit = 512;
    private const int LargestBlock = 65536;

    public static ReadOnlySpan<byte> Type => "TAPE"u8;

    /// <summary>Where the first back-up set begins: behind this block and a filemark, each filled up to a physical block.</summary>
    public int FirstSetAt => Math.Max(Bytes, BlockSize) + BlockSize;

    /// <exception cref="UnreadHeaderException">The block is damaged, cut off, or other software's.</exception>
    public static MediaHeader Read(MtfBlock file)
    {
        var block = file.First(Bytes).Checked(Type);
        if (block.Text(SoftwareAt) is not "Microsoft SQL Server")
            throw UnreadHeaderException.NotABackup("It is an archive in Microsoft's tape format, but not SQL Server's.");

        var blockSize = block.U16(BlockSizeAt) * BlockSizeUnit;
        if (blockSize > LargestBlock || !BitOperations.IsPow2(blockSize))
            throw UnreadHeaderException.Damaged(block.Place + BlockSizeAt, "there is no such block size.");

        var raid = block.From(block.FirstStream);
        // A file that ends before the stream's name is cut off, and not one with another stream.
        if (!raid.Slice(0, "RAID"u8.Length).SequenceEqual("RAID"u8))
            throw UnreadHeaderException.Damaged(raid.Place, "the stream RAID, which names the media set, is not there.");
        int count = raid.U16(FamilyCountAt), number = raid.U16(FamilyNumberAt);
        if (count > MostFamilies || number < 1 || number > count)
            throw UnreadHeaderException.Damaged(raid.Place + FamilyCountAt, "no media set has such a stripe.");
        return new MediaHeader(blockSize, block.U16(PasswordAlgorithmAt) != 0, raid.Guid(SetIdAt), count, number);
    }
}
