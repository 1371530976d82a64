using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.BackupHistories;
using MigrationGuard.Retention.BackupPromises;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Retention.BackupPromises;

/// <summary><c>OffServer</c>, where the server's own record says what it wrote its back-ups to.</summary>
public sealed class OffServerTests : IDisposable
{
    private readonly RecordedFolder _folder = new(("off-server", new() { Kind = BackupPromiseKind.OffServer, Days = 1 }));

    [Fact]
    public async Task Back_ups_that_all_went_to_addresses_and_shares_of_others_are_off_the_server()
    {
        Written(-3, @"\\nas.example.org\sql\log.trn", "2");
        var result = await _folder.VerifyAsync("off-server", ExitCode.Done);
        result.ShouldMatch();
        result.Notes.ShouldContain(note => note.Contains("recorded files went to addresses and shares of other machines, by their names: ", StringComparison.Ordinal) && note.Contains(@"\\nas.example.org\sql", StringComparison.Ordinal));
        result.Narrowed.ShouldHaveSingleItem().ShouldStartWith("Whether a name that back-ups were written to is another name of the server itself is not visible from here.");
    }

    [Fact]
    public async Task One_that_went_to_a_disk_of_the_server_is_found()
    {
        Written(-3, @"D:\Backup\log.trn", "2");
        Written(-4, @"d:\backup\log2.trn", "2");
        var finding = (await _folder.VerifyAsync("off-server", ExitCode.NoGo)).ShouldMismatch().ShouldHaveSingleItem();
        (finding.Kind, finding.Count).ShouldBe((KeepingFindings.OnServer, 2));
        finding.Detail!.ShouldContain(@"wrote back-ups of Registration_MSCRM to ");
        finding.Detail!.ShouldContain("the last began 2026-03-20 09:00:00 UTC");
    }

    [Theory]
    [InlineData(@"\\{0}\d$\log.trn", "2")]
    [InlineData("s3://{0}:9000/backups/log.trn", "9")]
    [InlineData(@"\\{0}@SSL@443\DavWWWRoot\log.trn", "2")]
    [InlineData(@"\\CRM-SQL2\share\log.trn", "2")]
    public async Task A_share_or_an_address_of_the_server_itself_is_its_own_machine(string device, string type)
    {
        // A member of the same group, whatever it backs up to whom.
        _folder.Database.Servers.Add(@"CRM-SQL2\LIVE");
        var second = _folder.Exports["second.csv"] = _folder.Export(@"CRM-SQL2\LIVE");
        second.Backup(BackupFolder.Full(-30) with { Server = @"CRM-SQL2\LIVE", Machine = "CRM-SQL2", BackupSetId = new Guid(8, 8, 8, new byte[8]) });
        _folder.Database.History.Add(new BackupHistoryOptions { Export = "second.csv" });
        Written(-3, device.Replace("{0}", BackupFolder.Server.Split('\\')[0], StringComparison.Ordinal), type);
        (await _folder.VerifyAsync("off-server", ExitCode.NoGo)).ShouldMismatch().ShouldHaveSingleItem().Kind.ShouldBe(KeepingFindings.OnServer);
    }

    [Fact]
    public async Task An_account_of_a_cloud_that_has_the_machines_name_is_not_the_machine()
    {
        Written(-3, "https://crm-sql.blob.core.windows.net/bak/deep/log.trn", "9");
        (await _folder.VerifyAsync("off-server", ExitCode.Done)).Notes.ShouldContain(note => note.Contains(" https://crm-sql.blob.core.windows.net/bak", StringComparison.Ordinal) && !note.Contains("deep", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_from_before_the_promised_time_counts_no_more()
    {
        Written(-30, @"D:\Backup\log.trn", "2");
        (await _folder.VerifyAsync("off-server", ExitCode.Done)).ShouldMatch();
    }

    [Theory]
    [InlineData("7", "VDI_1", "another product, through a virtual device")]
    [InlineData("5", @"\\.\Tape0", "a tape")]
    [InlineData("105", @"\\.\Tape0", @"\\.")]
    [InlineData("105", "weekly", "weekly")]
    [InlineData("2", "/var/opt/mssql/data/log.trn", "/var/opt/mssql/data")]
    [InlineData("2", @"\\fe80--1.ipv6-literal.net\bak\log.trn", @"\\fe80--1.ipv6-literal.net\bak")]
    [InlineData("9", "https://crm-sql.example.org/bak/log.trn", "https://crm-sql.example.org/bak")]
    public async Task What_a_device_does_not_show_is_not_checked(string type, string device, string told)
    {
        Written(-3, device, type);
        (await _folder.NotCheckedAsync("off-server")).ShouldContain($"wrote 1 of its back-ups to {told}: whether that is on its own machine is not visible from here.");
    }

    [Fact]
    public async Task A_history_that_is_too_old_or_empty_is_no_pass()
    {
        _folder.Live.ExportedAt = _folder.Folder.Clock.Now.AddDays(-8);
        (await _folder.NotCheckedAsync("off-server")).ShouldContain("more than 7 days ago");
        _folder.Live.ExportedAt = _folder.Folder.Clock.Now;
        _folder.Live.Rows.Clear();
        (await _folder.NotCheckedAsync("off-server")).ShouldContain("has no record of any back-up");
    }

    [Fact]
    public async Task A_history_whose_rows_of_the_days_were_deleted_is_no_pass_though_another_databases_are_there()
    {
        _folder.Live.Rows.RemoveAll(row => row["record"] == "backup" && string.CompareOrdinal(row["backup_start_date"], RecordedFolder.Local(BackupFolder.At(-2))) < 0);
        _folder.Live.Backup(BackupFolder.Full(-40) with { Database = "Another", BackupSetId = new Guid(9, 9, 9, new byte[8]) });
        (await _folder.NotCheckedAsync("off-server")).ShouldContain("begins 2026-03-20 10:00:00 UTC, later than the promised time.");
    }

    [Fact]
    public async Task The_device_of_a_back_up_that_was_restored_on_the_server_too_may_be_the_one_that_it_was_read_from()
    {
        Written(-3, @"D:\Backup\log.trn", "2");
        _folder.Live.Restore(BackupFolder.Log(-3), BackupFolder.At(-1).DateTime, "Test", "L");
        (await _folder.NotCheckedAsync("off-server")).ShouldContain("1 of the back-ups were restored on");
        _folder.Live.Rows.RemoveAt(_folder.Live.Rows.Count - 1);
        await _folder.DetailsAsync("off-server");
    }

    [Theory]
    [InlineData(@"C:\a\b.bak", DeviceKind.Disk, nameof(DevicePlace.Where.OnServer))]
    [InlineData("b.bak", DeviceKind.Disk, nameof(DevicePlace.Where.OnServer))]
    [InlineData(@"\\?\D:\b.bak", DeviceKind.Disk, nameof(DevicePlace.Where.OnServer))]
    [InlineData(@"\\CRM-SQL\d$\b.bak", DeviceKind.Disk, nameof(DevicePlace.Where.OnServer))]
    [InlineData(@"\\crm-sql.example.org\backup\b.bak", DeviceKind.Disk, nameof(DevicePlace.Where.OnServer))]
    [InlineData(@"\\?\UNC\crm-sql\backup\b.bak", DeviceKind.Disk, nameof(DevicePlace.Where.OnServer))]
    [InlineData(@"\\localhost\backup\b.bak", DeviceKind.Disk, nameof(DevicePlace.Where.OnServer))]
    [InlineData(@"\\nas\backup\b.bak", DeviceKind.Disk, nameof(DevicePlace.Where.Elsewhere))]
    [InlineData(@"\\10.1.2.3\backup\b.bak", DeviceKind.Disk, nameof(DevicePlace.Where.NotVisible))]
    [InlineData("https://account.blob.core.windows.net/sql/b.bak", DeviceKind.Url, nameof(DevicePlace.Where.Elsewhere))]
    [InlineData("NUL", DeviceKind.Disk, nameof(DevicePlace.Where.Nowhere))]
    [InlineData("/dev/null", DeviceKind.Disk, nameof(DevicePlace.Where.Nowhere))]
    [InlineData(@"D:\Backup\b.bak", DeviceKind.Permanent, nameof(DevicePlace.Where.OnServer))]
    [InlineData(@"\\nas\backup\b.bak", DeviceKind.Permanent, nameof(DevicePlace.Where.Elsewhere))]
    [InlineData(@"\\.\Tape0", DeviceKind.Permanent, nameof(DevicePlace.Where.NotVisible))]
    [InlineData("NUL", DeviceKind.Permanent, nameof(DevicePlace.Where.Nowhere))]
    [InlineData(null, DeviceKind.Disk, nameof(DevicePlace.Where.NotVisible))]
    [InlineData("b.bak", DeviceKind.Unknown, nameof(DevicePlace.Where.NotVisible))]
    public void A_device_is_where_its_name_says(string? name, DeviceKind kind, string where) =>
        DevicePlace.Of(new RecordedDevice(1, kind, name), ["CRM-SQL", "localhost"]).Is.ToString().ShouldBe(where);

    public void Dispose() => _folder.Dispose();

    private void Written(int hour, string device, string type)
    {
        var row = _folder.Live.Of(BackupFolder.Log(hour).BackupSetId).Single();
        (row["physical_device_name"], row["device_type"]) = (device, type);
    }
}
