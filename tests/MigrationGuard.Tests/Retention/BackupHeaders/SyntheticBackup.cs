using System.Buffers.Binary;
using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Tests.Retention.BackupHeaders;

/// <summary>Makes back-up files, block by block, whose header says what it is told to: as a server would write them, without the data.</summary>
internal sealed record SyntheticBackup
{
    public static readonly BackupHeader Usual = new()
    {
        Server = @"CRM-SQL\LIVE",
        Machine = "CRM-SQL",
        Database = "Registration_MSCRM",
        Kind = BackupKind.Full,
        BlockSize = 512,
        Started = new DateTimeOffset(2025, 3, 9, 22, 0, 5, TimeSpan.FromHours(1)),
        Finished = new DateTimeOffset(2025, 3, 9, 22, 41, 50, TimeSpan.FromHours(1)),
        DatabaseCreated = new DateTime(2016, 2, 29, 12, 30, 0),
        FirstLsn = new Lsn(34, 542, 37),
        LastLsn = new Lsn(34, 559, 1),
        CheckpointLsn = new Lsn(34, 542, 37),
        DatabaseBackupLsn = new Lsn(34, 439, 205),
        MediaSetId = new Guid("8c3f2b50-6f63-4c1b-9d1e-0a4f1c9f2d11"),
        FamilyCount = 1,
        FamilyNumber = 1,
        BackupSetId = new Guid("0f6d5a3e-7f0b-4a53-8a41-9b3e7c5d2e22"),
        BindingId = new Guid("d4b1a7c9-1c3d-4e5f-8a9b-2c4d6e8f0a33"),
        SetName = "Registration, full",
        SoftwareVersion = "13.0.1708",
        Size = 2_829_312,
    };

    public BackupHeader Header { get; init; } = Usual;

    /// <summary>Bytes of data between the header and the end.</summary>
    public int DataBytes { get; init; } = 3000;

    /// <summary>Whether filemarks say where those before them are, as SQL Server's do.</summary>
    public bool FilemarksRemember { get; init; } = true;

    /// <summary>Which set of the file its end belongs to: another where sets were appended.</summary>
    public int LastPosition { get; init; } = 1;

    public string Software { get; init; } = "Microsoft SQL Server\0\0";

    /// <summary>The type as the server writes it, where it is none that the header knows.</summary>
    public char? TypeLetter { get; init; }

    /// <summary>1 ANSI, 2 UTF-16.</summary>
    public byte StringType { get; init; } = 2;

    private int Block => Header.BlockSize;

    /// <summary>Where the back-up set begins.</summary>
    public int SetAt => Math.Max(1024, Block) + Block;

    public byte[] Build()
    {
        var file = new MemoryStream();
        var filemarks = new List<long>();
        if (Header.IsCompressed)
        {
            file.Write([.. "MSSQLBAK"u8, 2, 0, 0, 0, 3, 0, 0, 0]);
            file.SetLength(480);
            file.Position = 480;
        }
        Write(file, Tape());
        Fill(file);
        WriteFilemark(file, filemarks);
        Write(file, [.. Set(), .. Volume(), .. Database()]);
        var data = new byte[DataBytes];
        new Random(20250309).NextBytes(data);
        file.Write(data);
        Fill(file);
        WriteFilemark(file, filemarks);
        Write(file, [.. End(), .. new byte[1024], .. End()]);
        Fill(file);
        WriteFilemark(file, filemarks);
        return file.ToArray();
    }

    /// <summary>Blocks as they are, or as a compressed chunk.</summary>
    private void Write(MemoryStream file, byte[] blocks)
    {
        if (!Header.IsCompressed)
        {
            file.Write(blocks);
            return;
        }
        var stream = XpressCompressor.Compress(blocks);
        var chunk = new byte[28];
        chunk[0] = 0x21;
        chunk[1] = (byte)(blocks.Length / 512);
        BinaryPrimitives.WriteUInt16LittleEndian(chunk.AsSpan(2), (ushort)stream.Length);
        file.Write(chunk);
        file.Write(stream);
    }

    private void Fill(MemoryStream file)
    {
        var least = Math.Max(1024, file.Length);
        file.SetLength((least + Block - 1) / Block * Block);
        file.Position = file.Length;
    }

    private void WriteFilemark(MemoryStream file, List<long> earlier)
    {
        var block = new MtfBlockBuilder("SFMB", 512, 64).U16(8, 512);
        if (FilemarksRemember)
        {
            block.U32(52, 55).U32(56, (uint)earlier.Count).U32(60, 72);
            foreach (var (place, at) in earlier.AsEnumerable().Reverse().Index())
                block.U64(72 + 8 * place, (ulong)at);
        }
        earlier.Add(file.Position);
        file.Write(block.Seal());
        Fill(file);
    }

    private byte[] Tape()
    {
        var block = new MtfBlockBuilder("TAPE", 1024, 94)
            .U32(52, 0x06CEA8AE)
            .U16(62, Header.HasMediaPassword ? 5 : 0)
            .U16(64, Block / 512)
            .Text(80, Software)
            .U16(84, 1024)
            .Date(88, Header.Started.DateTime);
        var raid = block.StreamAt();
        return block.U16(8, raid)
            .Put(raid, "RAID"u8)
            .Guid(raid + 22, Header.MediaSetId)
            .U16(raid + 42, Header.FamilyCount)
            .U16(raid + 46, Header.FamilyNumber)
            .Seal();
    }

    private byte[] Set()
    {
        var attributes = (Header.Kind == BackupKind.Differential ? 8u : 4u) | (Header.IsCopyOnly ? 2u : 0u);
        var version = Version.Parse(Header.SoftwareVersion);
        return new MtfBlockBuilder("SSET", 1024, 122, StringType)
            .U32(52, attributes)
            .U16(62, Header.Position)
            .Text(64, Header.SetName)
            .Text(76, @"DOMAIN\sql-agent-ü")
            .Date(88, Header.Started.DateTime)
            .U8(93, version.Major)
            .U8(94, version.Minor)
            .U8(95, Header.IsZoneKnown ? (int)(Header.Started.Offset / TimeSpan.FromMinutes(15)) : 127)
            .Guid(100, Header.BackupSetId)
            .Seal();
    }

    private byte[] Volume() => new MtfBlockBuilder("VOLB", 1024, 73, StringType).Text(56, "C:").Text(60, "Disk").Text(64, Header.Machine).Seal();

    private byte[] Database()
    {
        const int stream = 56, scin = stream + 22, names = scin + 400;
        var version = Version.Parse(Header.SoftwareVersion);
        var block = new MtfBlockBuilder("MSCI", 2048, names, StringType)
            .U16(8, stream)
            .Put(stream, "MQCI"u8)
            .Put(scin, "SCIN"u8)
            .U16(scin + 24, version.Build).U8(scin + 26, version.Minor).U8(scin + 27, version.Major)
            .Date(scin + 77, Header.Started.DateTime)
            .U8(scin + 87, TypeLetter ?? Header.Kind switch { BackupKind.Full => 'D', BackupKind.Differential => 'I', _ => 'L' })
            .U64(scin + 96, (ulong)Header.Size)
            .Text(scin + 104, Header.Database, scin)
            .Text(scin + 108, Header.Server, scin)
            .Guid(scin + 124, Header.BindingId);
        if (Header.DatabaseCreated != default)
            block.Date(scin + 72, Header.DatabaseCreated);
        PutLsn(block, scin + 32, Header.FirstLsn);
        PutLsn(block, scin + 42, Header.LastLsn);
        PutLsn(block, scin + 52, Header.CheckpointLsn);
        PutLsn(block, scin + 62, Header.DatabaseBackupLsn);
        var end = block.StreamAt();
        return block.U32(scin + 4, (uint)(end - scin)).Put(end, "SFGI"u8).Seal();
    }

    private byte[] End()
    {
        var block = new MtfBlockBuilder("ESET", 1024, 88).U32(52, 4).U16(78, LastPosition);
        if (Header.Finished is { } finished)
            block.Date(80, finished.DateTime);
        return block.Seal();
    }

    private static void PutLsn(MtfBlockBuilder block, int at, Lsn lsn) => block.U32(at, lsn.File).U32(at + 4, lsn.Block).U16(at + 8, lsn.Slot);
}
