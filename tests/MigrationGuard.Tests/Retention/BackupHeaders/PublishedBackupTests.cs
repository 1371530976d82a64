using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Retention.BackupHeaders;

/// <summary>A real back-up: TutorialDB.bak of Microsoft's SQL Server samples, compressed by SQL Server 2016.</summary>
public sealed class PublishedBackupTests
{
    [SkippableFact]
    public async Task Every_fact_of_a_real_compressed_back_up_is_read()
    {
        var zone = TimeSpan.FromHours(-8);
        var header = await ReadAsync(File.ReadAllBytes(Published()));
        var read = header.ShouldBeOfType<BackupHeaderOutcome.Read>().Header;
        read.Server.ShouldEndWith("LAPTOP");
        read.Machine.ShouldBe(read.Server);
        read.ShouldBe(new BackupHeader
        {
            // Whoever made the sample named the machine; nobody needs to read that here.
            Server = read.Server,
            Machine = read.Machine,
            Database = "TutorialDB",
            Kind = BackupKind.Full,
            IsCompressed = true,
            BlockSize = 512,
            Started = new DateTimeOffset(2016, 11, 9, 15, 27, 49, zone),
            Finished = new DateTimeOffset(2016, 11, 9, 15, 27, 49, zone),
            DatabaseCreated = new DateTime(2016, 11, 8, 20, 39, 5),
            FirstLsn = new Lsn(34, 542, 37),
            LastLsn = new Lsn(34, 559, 1),
            CheckpointLsn = new Lsn(34, 542, 37),
            DatabaseBackupLsn = new Lsn(34, 439, 205),
            MediaSetId = new Guid("3c88c9b5-515b-49ee-aed9-e22aff0a1708"),
            FamilyCount = 1,
            FamilyNumber = 1,
            BackupSetId = new Guid("41a43d77-6a7a-4403-983f-5ab7e68a087b"),
            BindingId = new Guid("1c14a979-5355-4cfd-8b7b-059e4527f001"),
            Position = 1,
            SetName = "TutorialDB-Full Database Backup",
            SoftwareVersion = "13.0.1708",
            Size = 2_826_752,
        });
        read.FirstLsn.ToString().ShouldBe("34000000054200037");
    }

    [SkippableFact]
    public async Task A_real_back_up_is_read_in_two_ranges_of_16_KiB_from_a_file()
    {
        using var file = FileContent.Open(Published());
        var fromFile = await BackupHeaderReader.ReadAsync(file);
        var content = new BytesContent(File.ReadAllBytes(Published()));
        (await BackupHeaderReader.ReadAsync(content)).ShouldBe(fromFile);
        content.Reads.ShouldBe(2);
        content.BytesRead.ShouldBe(2 * 16 * 1024);
    }

    [SkippableFact]
    public async Task A_real_back_up_cut_anywhere_is_truncated()
    {
        var whole = File.ReadAllBytes(Published());
        for (var length = 512; length < whole.Length; length += 512)
            (await ReadAsync(whole[..length])).ShouldBeOfType<BackupHeaderOutcome.Truncated>($"cut at {length}");
        (await ReadAsync(whole[..0x2000])).HeaderIfAny!.Database.ShouldBe("TutorialDB");
    }

    [SkippableFact]
    public async Task A_real_back_up_from_whose_middle_bytes_are_gone_is_damaged()
    {
        var whole = File.ReadAllBytes(Published());
        var cut = (await ReadAsync([.. whole[..131072], .. whole[262144..]])).ShouldBeOfType<BackupHeaderOutcome.Damaged>();
        cut.Reason.ShouldContain("says that the one before it is at byte 429056, and it is at byte 297984");
        cut.HeaderIfAny!.Database.ShouldBe("TutorialDB");
        (await ReadAsync([.. whole, .. whole])).ShouldBeOfType<BackupHeaderOutcome.Damaged>();
    }

    private static string Published() => RealInput.File("backups", "TutorialDB.bak");

    private static Task<BackupHeaderOutcome> ReadAsync(byte[] bytes) => BytesContent.ReadHeaderAsync(bytes);
}
