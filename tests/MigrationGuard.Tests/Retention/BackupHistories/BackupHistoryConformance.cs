using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.BackupHistories;
using MigrationGuard.Tests.Decommissioning;
using MigrationGuard.Tests.Retention.BackupHeaders;

namespace MigrationGuard.Tests.Retention.BackupHistories;

/// <summary>What a server's history says, however it reaches the program.</summary>
public abstract class BackupHistoryConformance : IDisposable
{
    private static readonly DateTimeOffset Now = new(2025, 3, 10, 12, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("mgtest_");

    private readonly HistoryExport _export = new(SyntheticBackup.Usual.Server, Now);

    protected string At(string name) => Path.Combine(_directory.FullName, name);

    private protected abstract IBackupHistory Open(HistoryExport export, TimeZoneInfo? zone, TimeProvider time);

    public void Dispose()
    {
        _directory.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_back_up_is_read_with_everything_that_its_row_says()
    {
        var header = SyntheticBackup.Usual;
        _export.Backup(header);
        var read = await ReadAsync();
        read.Doubt.ShouldBeNull();
        (read.History.Server, read.History.Machine, read.History.AsOf).ShouldBe((header.Server, "CRM-SQL", Now));
        var backup = read.History.Backups.ShouldHaveSingleItem();
        (backup.Id, backup.Server, backup.Machine, backup.Database, backup.Kind, backup.Family).ShouldBe((header.BackupSetId, header.Server, header.Machine, header.Database, header.Kind, HistoryExport.Family));
        (backup.FirstLsn, backup.LastLsn, backup.CheckpointLsn, backup.DatabaseBackupLsn).ShouldBe((header.FirstLsn, header.LastLsn, header.CheckpointLsn, header.DatabaseBackupLsn));
        (backup.Started!.Value.Earliest, backup.Started.Value.IsExact).ShouldBe((header.Started, true));
        backup.Finished!.Value.Latest.ShouldBe(header.Finished!.Value);
        (backup.IsCopyOnly, backup.IsDamaged, backup.HasIncompleteMetadata).ShouldBe((false, false, false));
        backup.Devices.ShouldBe([new RecordedDevice(1, DeviceKind.Url, "https://account.blob.core.windows.net/sql/1.bak")]);
    }

    [Fact]
    public async Task Marks_that_are_set_are_read()
    {
        var row = _export.Backup(SyntheticBackup.Usual);
        row["is_copy_only"] = row["is_damaged"] = row["has_incomplete_metadata"] = "1";
        var backup = (await ReadAsync()).History.Backups.ShouldHaveSingleItem();
        (backup.IsCopyOnly, backup.IsDamaged, backup.HasIncompleteMetadata, backup.KindWord).ShouldBe((true, true, true, "copy-only full"));
    }

    [Fact]
    public async Task Stripes_and_their_mirrors_are_the_devices_of_one_back_up()
    {
        _export.Backup(SyntheticBackup.Usual, @"D:\a, first.bak", 2);
        var second = _export.Backup(SyntheticBackup.Usual, @"\\nas\b ""2"".bak", 102);
        second["family_sequence_number"] = "2";
        var mirror = _export.Backup(SyntheticBackup.Usual, @"\\nas\mirror.bak", 2);
        mirror["mirror"] = "1";
        var backup = (await ReadAsync()).History.Backups.ShouldHaveSingleItem();
        backup.Devices.ShouldBe([new(1, DeviceKind.Disk, @"D:\a, first.bak"), new(1, DeviceKind.Disk, @"\\nas\mirror.bak"), new(2, DeviceKind.Disk, @"\\nas\b ""2"".bak")]);
    }

    [Theory]
    [InlineData("2", DeviceKind.Disk)]
    [InlineData("5", DeviceKind.Tape)]
    [InlineData("102", DeviceKind.Disk)]
    [InlineData("105", DeviceKind.Permanent)]
    [InlineData("7", DeviceKind.Virtual)]
    [InlineData("9", DeviceKind.Url)]
    [InlineData("6", DeviceKind.Unknown)]
    [InlineData(null, DeviceKind.Unknown)]
    public async Task A_device_is_of_its_documented_kind(string? type, DeviceKind kind)
    {
        _export.Backup(SyntheticBackup.Usual)["device_type"] = type;
        (await ReadAsync()).History.Backups.ShouldHaveSingleItem().Devices.ShouldHaveSingleItem().Kind.ShouldBe(kind);
    }

    [Fact]
    public async Task What_is_NULL_is_not_known()
    {
        var row = _export.Backup(SyntheticBackup.Usual);
        foreach (var column in new[] { "machine_name", "family_guid", "first_lsn", "last_lsn", "backup_start_date", "backup_finish_date", "family_sequence_number" })
            row[column] = null;
        var backup = (await ReadAsync()).History.Backups.ShouldHaveSingleItem();
        (backup.Machine, backup.Family, backup.FirstLsn, backup.LastLsn, backup.Started, backup.Finished).ShouldBe((null, null, null, null, null, null));
        backup.Devices.ShouldBeEmpty();
    }

    [Fact]
    public async Task Restores_are_read_the_oldest_first_with_the_back_up_that_they_brought()
    {
        var header = SyntheticBackup.Usual;
        _export.Restore(header with { Kind = BackupKind.Log }, new DateTime(2025, 3, 10, 9, 5, 0), "Test", "L");
        _export.Restore(header, new DateTime(2025, 3, 10, 9, 0, 0), "Test", recovery: "0");
        var restores = (await ReadAsync()).History.Restores;
        restores.Select(restore => restore.Type).ShouldBe(["D", "L"]);
        var first = restores[0];
        (first.Destination, first.Backup, first.Server, first.Database, first.Family, first.Recovers).ShouldBe(("Test", header.BackupSetId, header.Server, header.Database, HistoryExport.Family, false));
        first.BackupStarted!.Value.Earliest.ShouldBe(header.Started);
        first.At!.Value.IsExact.ShouldBeFalse();
        (await ReadAsync("Europe/London")).History.Restores[0].At!.Value.Earliest.ShouldBe(new DateTimeOffset(2025, 3, 10, 9, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task Databases_are_read_with_their_families_and_those_that_are_not_shown_without()
    {
        _export.Database("Registration_MSCRM", HistoryExport.Family);
        _export.Database("Offline", null);
        var families = (await ReadAsync()).History.Families;
        families["registration_mscrm"].ShouldBe(HistoryExport.Family);
        families["Offline"].ShouldBeNull();
        families.ContainsKey("Other").ShouldBeFalse();
        (await ReadAsync()).History.Created["registration_mscrm"].ShouldBe(new DateTime(2016, 2, 29, 12, 30, 0));
    }

    [Fact]
    public async Task A_zone_that_the_server_did_not_know_leaves_the_moment_open_unless_it_is_configured()
    {
        _export.Backup(SyntheticBackup.Usual)["time_zone"] = "127";
        var open = (await ReadAsync()).History.Backups.ShouldHaveSingleItem().Started!.Value;
        (open.Latest - open.Earliest).ShouldBe(TimeSpan.FromHours(26));
        (await ReadAsync("Europe/Berlin")).History.Backups.ShouldHaveSingleItem().Started!.Value.Earliest.ShouldBe(SyntheticBackup.Usual.Started);
    }

    [Fact]
    public async Task Without_the_servers_own_record_nothing_counts()
    {
        _export.Backup(SyntheticBackup.Usual);
        _export.ExportedAt = null;
        (await NotReadAsync()).ShouldContain("no record of the server itself");
    }

    [Theory]
    [InlineData("backup_set_uuid", "none", "has a backup_set_uuid that is not an identifier.")]
    [InlineData("backup_set_uuid", null, "has no backup_set_uuid.")]
    [InlineData("server_name", null, "has no server_name.")]
    [InlineData("last_lsn", "99999999999999999999999999", "has a last_lsn that is not a log sequence number.")]
    [InlineData("backup_start_date", "09/03/2025 22:00:05", "has a backup_start_date that is not a date")]
    [InlineData("is_damaged", "perhaps", "has a is_damaged that is not 0 or 1.")]
    [InlineData("record", "back-up", "is of no kind of record that there is.")]
    public async Task A_row_that_is_not_understood_leaves_the_whole_history_unread(string column, string? value, string told)
    {
        _export.Backup(SyntheticBackup.Usual with { BackupSetId = Guid.NewGuid() });
        _export.Backup(SyntheticBackup.Usual)[column] = value;
        (await NotReadAsync()).ShouldContain(told);
    }

    [Fact]
    public async Task Rows_with_the_same_problem_are_one_sentence()
    {
        foreach (var _ in Enumerable.Range(0, 5))
            _export.Backup(SyntheticBackup.Usual with { BackupSetId = Guid.NewGuid() })["record"] = "back-up";
        var reason = await NotReadAsync();
        reason.ShouldContain("and 2 more are of no kind of record that there is. Take the statement backup-history.sql as it is.");
        reason.Split("of no kind").Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_column_that_is_missing_leaves_the_history_unread_and_one_too_many_does_no_harm()
    {
        _export.Backup(SyntheticBackup.Usual);
        _export.Columns.Add("description");
        (await ReadAsync()).History.Backups.Count.ShouldBe(1);
        _export.Columns.Remove("is_damaged");
        (await NotReadAsync()).ShouldContain("no column is_damaged");
    }

    [Theory]
    [InlineData("2", null)]
    [InlineData("3", "It has 2 of 3 rows: the export broke off or still goes on")]
    [InlineData("1", "It has 2 of 1 rows")]
    [InlineData("", "has no row_count.")]
    public async Task An_answer_counts_only_where_it_has_as_many_rows_as_it_says(string rows, string? told)
    {
        _export.Backup(SyntheticBackup.Usual);
        _export.RowCount = rows;
        if (told is null)
            (await ReadAsync()).History.Backups.Count.ShouldBe(1);
        else
            (await NotReadAsync()).ShouldContain(told);
    }

    [Fact]
    public async Task A_history_that_is_yet_to_come_is_doubted()
    {
        _export.ExportedAt = Now.AddHours(1);
        (await ReadAsync()).Doubt!.ShouldContain("One of the two is wrong");
    }

    private async Task<HistoryOutcome.Read> ReadAsync(string? zone = null) => (await OutcomeAsync(zone)).ShouldBeOfType<HistoryOutcome.Read>();

    private async Task<string> NotReadAsync() => (await OutcomeAsync(null)).ShouldBeOfType<HistoryOutcome.NotRead>().Reason;

    private Task<HistoryOutcome> OutcomeAsync(string? zone) =>
        Open(_export, zone is null ? null : TimeZoneInfo.FindSystemTimeZoneById(zone), new SetClock(Now)).ReadAsync(CancellationToken.None);
}
