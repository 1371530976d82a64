using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.BackupHistories;
using MigrationGuard.Retention.BackupPromises;
using MigrationGuard.Tests.Retention.BackupHistories;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Retention.BackupPromises;

/// <summary><c>Lineage</c>: the new side's database is the old one, backed up and restored, perhaps over hopping servers.</summary>
public sealed class LineageTests : IDisposable
{
    private static readonly DateTime Moved = BackupFolder.At(-20).DateTime;

    private readonly RecordedFolder _folder = new(("lineage", new() { Kind = BackupPromiseKind.Lineage, Databases = ["moved"], From = "registration" }));
    private readonly HistoryExport _new;

    public LineageTests()
    {
        _new = _folder.Exports["new.csv"] = _folder.Export("NEW");
        _new.Database("Registration", HistoryExport.Family);
        _folder.Folder.Options.Backups.Databases["moved"] = new BackedUpDatabaseOptions
        {
            Servers = ["NEW"], Database = "Registration", Stores = ["share"], Restores = [new BackupHistoryOptions { Export = "new.csv" }],
        };
    }

    [Fact]
    public async Task A_database_that_was_restored_from_a_kept_back_up_of_the_old_one_is_the_old_one()
    {
        _new.Restore(BackupFolder.Full(-24), Moved, "Registration", recovery: "0");
        _new.Restore(BackupFolder.Log(-21), Moved.AddMinutes(9), "Registration", "L");
        var result = await _folder.VerifyAsync("lineage", ExitCode.Done, "moved");
        result.ShouldMatch();
        (result.Source!["family"].Text, result.Source["steps"].Number).ShouldBe((HistoryExport.Family.ToString("N"), 1));
        result.Notes.ShouldHaveSingleItem().ShouldEndWith($@"from the back-up {BackupFolder.Full(-24).BackupSetId} of Registration_MSCRM on CRM-SQL\LIVE.");
    }

    [Fact]
    public async Task The_kept_back_ups_alone_show_it_where_the_old_servers_history_is_gone()
    {
        _folder.Database.History.Clear();
        _new.Restore(BackupFolder.Full(-24), Moved, "Registration");
        (await _folder.VerifyAsync("lineage", ExitCode.Done, "moved")).ShouldMatch();
    }

    [Fact]
    public async Task The_old_servers_history_alone_shows_it_where_the_back_up_is_no_longer_kept()
    {
        _new.Restore(BackupFolder.Full(-24), Moved, "Registration");
        File.Delete(_folder.Folder.File(BackupFolder.FullName(-24)));
        (await _folder.VerifyAsync("lineage", ExitCode.Done, "moved")).ShouldMatch();
        _folder.Live.Rows.RemoveAll(row => row["backup_set_uuid"] == BackupFolder.Full(-24).BackupSetId.ToString().ToUpperInvariant());
        (await _folder.NotCheckedAsync("lineage", "moved")).ShouldContain("is neither kept in a store of registration nor recorded in its history");
    }

    [Fact]
    public async Task A_database_of_another_family_is_another_database_whatever_its_name_is()
    {
        _new.Restore(BackupFolder.Full(-24), Moved, "Registration");
        _new.Rows[0]["family_guid"] = new Guid(6, 6, 6, new byte[8]).ToString();
        var finding = (await _folder.VerifyAsync("lineage", ExitCode.NoGo, "moved")).ShouldMismatch().ShouldHaveSingleItem();
        (finding.Kind, finding.Source!.Text, finding.Target!.Text).ShouldBe((FindingKinds.ValueDiffers, HistoryExport.Family.ToString("N"), new Guid(6, 6, 6, new byte[8]).ToString("N")));
        finding.Detail!.ShouldContain("is of another family than registration");
    }

    [Theory]
    [InlineData("family_guid", "00000006-0006-0006-0000-000000000000")]
    [InlineData("database_name", "Another")]
    [InlineData("server_name", "ELSEWHERE")]
    [InlineData("restore_date", "2026-03-21T09:00:00")]
    public async Task What_the_new_side_says_of_a_back_up_of_the_old_one_has_to_be_what_the_old_one_says(string column, string value)
    {
        _new.Restore(BackupFolder.Full(-24), Moved, "Registration");
        _new.Rows[^1][column] = value;
        if (column == "family_guid")
            _new.Rows[0][column] = value;
        var result = await _folder.VerifyAsync("lineage", column == "family_guid" ? ExitCode.NoGo : ExitCode.Incomplete, "moved");
        if (column == "family_guid")
            result.ShouldMismatch().ShouldHaveSingleItem().Detail!.ShouldContain("is of another family than registration");
        else
            result.ShouldNotBeChecked().ShouldContain(column == "restore_date" ? "which was yet to come when its history was read" : "one of them was changed. Find out which.");
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("database")]
    public async Task An_old_side_of_two_families_was_made_anew_and_may_be_either(string record)
    {
        _new.Restore(BackupFolder.Full(-24), Moved, "Registration");
        _folder.Live.Rows.First(row => row["record"] == record)["family_guid"] = new Guid(6, 6, 6, new byte[8]).ToString();
        (await _folder.NotCheckedAsync("lineage", "moved")).ShouldContain("2 families are recorded of registration");
    }

    [Fact]
    public async Task A_stub_that_was_made_on_the_old_server_afterwards_makes_the_right_database_no_other_one()
    {
        _new.Restore(BackupFolder.Full(-24), Moved, "Registration");
        _folder.Live.Rows.RemoveAll(row => row["record"] == "backup");
        _folder.Live.Rows.Single(row => row["record"] == "database")["family_guid"] = new Guid(6, 6, 6, new byte[8]).ToString();
        (await _folder.NotCheckedAsync("lineage", "moved")).ShouldContain("2 families are recorded of registration");
    }

    [Fact]
    public async Task One_that_was_created_anew_on_the_new_side_is_found_without_any_restore()
    {
        _new.Rows[0]["family_guid"] = new Guid(6, 6, 6, new byte[8]).ToString();
        await _folder.DetailsAsync("lineage", "moved");
    }

    [Fact]
    public async Task The_same_family_restored_from_who_knows_what_is_not_shown_to_be_the_old_one()
    {
        _new.Restore(BackupFolder.Full(-24) with { BackupSetId = new Guid(9, 9, 9, new byte[8]) }, Moved, "Registration");
        (await _folder.NotCheckedAsync("lineage", "moved")).ShouldContain("has no record of a restore to Registration_MSCRM before it");
    }

    [Fact]
    public async Task What_was_restored_last_counts_and_not_what_was_there_before()
    {
        _new.Restore(BackupFolder.Full(-24), Moved, "Registration");
        _new.Restore(BackupFolder.Full(-24) with { Server = "ELSEWHERE", BackupSetId = new Guid(9, 9, 9, new byte[8]) }, Moved.AddHours(1), "Registration");
        (await _folder.NotCheckedAsync("lineage", "moved")).ShouldContain("the history of ELSEWHERE is not given: name it under Backups:Databases.");
    }

    [Fact]
    public async Task Without_a_record_of_a_restore_nothing_leads_back()
    {
        (await _folder.NotCheckedAsync("lineage", "moved")).ShouldContain("NEW has no record of a restore to Registration: it was attached, seeded or renamed");
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(10, true)]
    [InlineData(11, false)]
    [InlineData(null, false)]
    public async Task A_database_that_took_its_name_after_the_restore_may_be_another(int? minutes, bool isSame)
    {
        _new.Restore(BackupFolder.Full(-24), Moved, "Registration");
        _new.Rows[0]["create_date"] = minutes is { } later ? RecordedFolder.Local(BackupFolder.At(-20).AddMinutes(later)) : null;
        if (isSame)
            (await _folder.VerifyAsync("lineage", ExitCode.Done, "moved")).ShouldMatch();
        else
            (await _folder.NotCheckedAsync("lineage", "moved")).ShouldContain("created or renamed");
    }

    [Fact]
    public async Task A_chain_over_hopping_servers_is_followed_to_its_beginning()
    {
        Hop("HOP1", BackupFolder.Full(-24), -23, out var first);
        Hop("HOP2", first, -22, out var second);
        _new.Restore(second, Moved, "Registration");
        var result = await _folder.VerifyAsync("lineage", ExitCode.Done, "moved");
        result.ShouldMatch();
        result.Source!["steps"].Number.ShouldBe(3);
        result.Notes.Select(note => note.Split(' ')[0]).ShouldBe(["NEW", "HOP2", "HOP1"]);
    }

    [Fact]
    public async Task A_chain_with_a_hop_that_nothing_is_known_of_is_not_followed()
    {
        Hop("HOP1", BackupFolder.Full(-24), -23, out var first);
        Hop("HOP2", first, -22, out var second);
        _new.Restore(second, Moved, "Registration");
        _folder.Folder.Options.Backups.Databases.Remove("HOP1");
        (await _folder.NotCheckedAsync("lineage", "moved")).ShouldContain("the history of HOP1 is not given");
    }

    [Fact]
    public async Task A_restore_to_a_hop_after_its_back_up_is_not_where_that_came_from()
    {
        Hop("HOP1", BackupFolder.Full(-24), -23, out var first);
        _new.Restore(first, Moved, "Registration");
        _folder.Exports["HOP1.csv"].Rows[0]["restore_date"] = RecordedFolder.Local(BackupFolder.At(-1));
        (await _folder.NotCheckedAsync("lineage", "moved")).ShouldContain("HOP1 has no record of a restore to Hop before it");
    }

    [Fact]
    public async Task Hops_that_lead_to_each_other_come_to_an_end()
    {
        var (one, two) = (new Guid(7, 1, 0, new byte[8]), new Guid(7, 2, 0, new byte[8]));
        Hop("HOP1", BackupFolder.Full(-24) with { Server = "HOP2", Database = "Hop", BackupSetId = two }, -23, out _);
        Hop("HOP2", BackupFolder.Full(-24) with { Server = "HOP1", Database = "Hop", BackupSetId = one }, -23, out _);
        foreach (var hop in new[] { "HOP1", "HOP2" })
            _folder.Exports[hop + ".csv"].Rows[0]["backup_start_date"] = RecordedFolder.Local(BackupFolder.At(-1));
        _new.Restore(BackupFolder.Full(-2) with { Server = "HOP1", Database = "Hop", BackupSetId = one }, Moved, "Registration");
        await _folder.NotCheckedAsync("lineage", "moved");
    }

    [Theory]
    [InlineData("no history", "No history of the server of moved is given")]
    [InlineData("gone", "does not exist")]
    [InlineData("old", "more than 7 days ago")]
    [InlineData("another server", "which is not among the Servers of moved")]
    [InlineData("not shown", "is offline, or is not shown to that login")]
    [InlineData("not there", "is offline, or is not shown to that login")]
    public async Task What_the_new_side_does_not_say_is_not_checked(string fault, string told)
    {
        _new.Restore(BackupFolder.Full(-24), Moved, "Registration");
        var moved = _folder.Folder.Options.Backups.Databases["moved"];
        switch (fault)
        {
            case "no history":
                moved.Restores.Clear();
                break;
            case "gone":
                moved.Restores[0].Export = "gone.csv";
                break;
            case "old":
                _new.ExportedAt = _folder.Folder.Clock.Now.AddDays(-8);
                break;
            case "another server":
                moved.Servers = ["NEWER"];
                break;
            case "not shown":
                _new.Rows[0]["family_guid"] = null;
                break;
            default:
                _new.Rows.RemoveAt(0);
                break;
        }
        (await _folder.NotCheckedAsync("lineage", "moved")).ShouldContain(told);
    }

    [Fact]
    public async Task A_store_that_cannot_be_listed_may_hold_what_was_restored()
    {
        _new.Restore(BackupFolder.Full(-24), Moved, "Registration");
        Directory.Move(_folder.Folder.Working.At("backups"), _folder.Folder.Working.At("elsewhere"));
        (await _folder.VerifyAsync("lineage", ExitCode.Done, "moved")).ShouldMatch();
        _folder.Database.History.Clear();
        (await _folder.NotCheckedAsync("lineage", "moved")).ShouldContain("does not exist, or may not be seen by this account.");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A hopping server: it restores a back-up, and takes one of what it has.</summary>
    private void Hop(string name, BackupHeader from, int hour, out BackupHeader taken)
    {
        var export = _folder.Exports[name + ".csv"] = _folder.Export(name);
        export.Restore(from, BackupFolder.At(hour).DateTime, "Hop");
        taken = BackupFolder.Full(hour) with { Server = name, Database = "Hop", BackupSetId = new Guid(8, (short)hour, (short)name.Length, [.. name.PadRight(8)[..8].Select(letter => (byte)letter)]) };
        export.Backup(taken);
        _folder.Folder.Options.Backups.Databases[name] = new BackedUpDatabaseOptions { Servers = [name], Database = "Hop", Stores = ["share"], Restores = [new BackupHistoryOptions { Export = name + ".csv" }] };
    }
}
