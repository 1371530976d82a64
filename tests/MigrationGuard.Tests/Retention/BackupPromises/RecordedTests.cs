using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.BackupHistories;
using MigrationGuard.Retention.BackupPromises;
using MigrationGuard.Tests.Retention.BackupHeaders;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Retention.BackupPromises;

/// <summary><c>Recorded</c>: what the server says it took, held against what lies in the stores.</summary>
public sealed class RecordedTests
{
    private static BackupPromiseOptions Promise => new() { Kind = BackupPromiseKind.Recorded, Days = 1 };

    [Fact]
    public async Task Nothing_that_is_recorded_of_the_promised_time_is_no_pass()
    {
        using var folder = new RecordedFolder(("recorded", new() { Kind = BackupPromiseKind.Recorded, Days = 1 }));
        folder.Folder.Clock.Now = folder.Folder.Clock.Now.AddDays(3);
        folder.Live.ExportedAt = folder.Folder.Clock.Now;
        (await folder.NotCheckedAsync("recorded")).ShouldContain("No back-up of registration is recorded since 2026-03-22 12:00:30 UTC, so nothing was compared.");
    }

    [Fact]
    public async Task Back_ups_that_lie_in_the_stores_as_they_were_recorded_are_as_promised()
    {
        using var folder = Recorded();
        var result = await folder.VerifyAsync("recorded", ExitCode.Done);
        result.ShouldMatch();
        // 23 hours of log, and the full back-up a day ago which began ten minutes after the day did.
        result.Source!["recorded"].Number.ShouldBe(24);
        result.Source["recordedFrom"].Text.ShouldBe("2026-03-18T12:00:00Z");
    }

    [Fact]
    public async Task A_back_up_that_was_recorded_and_lies_nowhere_is_a_gap_with_the_device_it_went_to()
    {
        using var folder = Recorded();
        folder.Live.Of(BackupFolder.Log(-3).BackupSetId).Single()["physical_device_name"] = @"E:\Elsewhere\log.trn";
        File.Delete(folder.Folder.File(BackupFolder.LogName(-3)));
        var finding = (await folder.VerifyAsync("recorded", ExitCode.NoGo)).ShouldMismatch().ShouldHaveSingleItem();
        finding.Kind.ShouldBe(KeepingFindings.Gap);
        var header = BackupFolder.Log(-3);
        finding.Detail.ShouldBe($@"The log back-up that CRM-SQL\LIVE began 2026-03-20 09:00:00 UTC, of LSN {header.FirstLsn} to {header.LastLsn}, was written to E:\Elsewhere\log.trn and lies in none of share. Find out where it is, and who may read it there.");
    }

    [Fact]
    public async Task A_copy_only_back_up_that_somebody_took_aside_is_found()
    {
        using var folder = Recorded();
        folder.Live.Backup(BackupFolder.Full(-2) with { IsCopyOnly = true, BackupSetId = new Guid(9, 9, 9, new byte[8]) }, @"D:\Temp\mine.bak", 2);
        (await folder.DetailsAsync("recorded")).ShouldHaveSingleItem().ShouldStartWith("The copy-only full back-up that CRM-SQL");
    }

    [Theory]
    [InlineData(60, false)]
    [InlineData(5, true)]
    public async Task A_back_up_need_not_be_there_before_its_time(int toleranceMinutes, bool isFound)
    {
        using var folder = new RecordedFolder(("recorded", new() { Kind = BackupPromiseKind.Recorded, Days = 1, ToleranceMinutes = toleranceMinutes }));
        folder.Folder.Clock.Now = BackupFolder.At(0).AddMinutes(10);
        folder.Live.ExportedAt = folder.Folder.Clock.Now;
        folder.Live.Backup(BackupFolder.Log(0));
        (await folder.VerifyAsync("recorded", isFound ? ExitCode.NoGo : ExitCode.Done)).Outcome.ShouldBeAssignableTo(isFound ? typeof(CheckOutcome.Mismatch) : typeof(CheckOutcome.Match));
    }

    [Fact]
    public async Task What_was_recorded_before_the_promised_time_may_be_gone()
    {
        using var folder = Recorded();
        File.Delete(folder.Folder.File(BackupFolder.LogName(-30)));
        (await folder.VerifyAsync("recorded", ExitCode.Done)).ShouldMatch();
    }

    [Theory]
    [InlineData("first_lsn", "first LSN")]
    [InlineData("last_lsn", "last LSN")]
    [InlineData("checkpoint_lsn", "checkpoint LSN")]
    [InlineData("database_backup_lsn", "database backup LSN")]
    public async Task A_file_with_another_LSN_than_was_recorded_is_not_what_was_taken(string column, string told)
    {
        using var folder = Recorded();
        folder.Live.Of(BackupFolder.Log(-3).BackupSetId).Single()[column] = "40000000999900001";
        var finding = (await folder.VerifyAsync("recorded", ExitCode.NoGo)).ShouldMismatch().ShouldHaveSingleItem();
        (finding.Kind, finding.Source!.Text).ShouldBe((FindingKinds.ValueDiffers, "40000000999900001"));
        finding.Detail!.ShouldContain($"has another {told} than");
    }

    [Fact]
    public async Task A_file_of_another_kind_than_was_recorded_is_not_what_was_taken()
    {
        using var folder = Recorded();
        folder.Live.Of(BackupFolder.Log(-3).BackupSetId).Single()["type"] = "I";
        (await folder.DetailsAsync("recorded")).ShouldHaveSingleItem().ShouldContain("has another kind than");
    }

    [Fact]
    public async Task A_back_up_that_was_recorded_as_damaged_is_unusable()
    {
        using var folder = Recorded();
        folder.Live.Of(BackupFolder.Log(-3).BackupSetId).Single()["is_damaged"] = "1";
        var finding = (await folder.VerifyAsync("recorded", ExitCode.NoGo)).ShouldMismatch().ShouldHaveSingleItem();
        finding.Kind.ShouldBe(KeepingFindings.Unusable);
        finding.Detail!.ShouldContain("is recorded as damaged");
    }

    [Fact]
    public async Task A_back_up_of_which_a_stripe_is_missing_does_not_lie_in_the_stores()
    {
        using var folder = Recorded();
        folder.Folder.Write(BackupFolder.LogName(-3), BackupFolder.Log(-3) with { FamilyCount = 2 });
        (await folder.DetailsAsync("recorded")).ShouldHaveSingleItem().ShouldContain("is there with 1 of 2 stripes");
        folder.Folder.Write("other-half.trn", BackupFolder.Log(-3) with { FamilyCount = 2, FamilyNumber = 2 });
        (await folder.VerifyAsync("recorded", ExitCode.Done)).ShouldMatch();
    }

    [Fact]
    public async Task A_file_that_the_server_does_not_know_is_found()
    {
        using var folder = Recorded();
        folder.Live.Rows.RemoveAll(row => row["backup_set_uuid"] == BackupFolder.Log(-3).BackupSetId.ToString().ToUpperInvariant());
        var finding = (await folder.VerifyAsync("recorded", ExitCode.NoGo)).ShouldMismatch().ShouldHaveSingleItem();
        finding.Kind.ShouldBe(KeepingFindings.Misplaced);
        finding.Detail!.ShouldContain(@"says that CRM-SQL\LIVE took it 2026-03-20 09:00:00 UTC, and CRM-SQL\LIVE, which knows of back-ups since 2026-03-18 12:00:00 UTC, has no record of it.");
    }

    [Fact]
    public async Task A_file_from_before_the_oldest_record_shows_only_that_the_record_begins_later()
    {
        using var folder = Recorded();
        Purge(folder, before: -12);
        var reason = await folder.NotCheckedAsync("recorded");
        reason.ShouldContain("begins 2026-03-20 00:00:00 UTC, later than the promised time.");
        reason.ShouldContain("the stores hold 12 back-ups of the promised time from before it.");
    }

    [Theory]
    [InlineData(9, true)]
    // It may have been created before the promised time, as far ahead of UTC as a clock may be.
    [InlineData(11, false)]
    public async Task A_database_that_is_younger_than_its_servers_history_is_known_from_its_beginning(int hours, bool isYounger)
    {
        using var folder = Recorded();
        Purge(folder, before: -12);
        foreach (var file in Enumerable.Range(-RecordedFolder.Hours, RecordedFolder.Hours - 12).SelectMany(hour => new[] { BackupFolder.LogName(hour), BackupFolder.FullName(hour) }))
            File.Delete(folder.Folder.File(file));
        CreatedBefore(folder, hours);
        await folder.NotCheckedAsync("recorded");
        folder.Live.Backup(BackupFolder.Full(-40) with { Database = "Another", BackupSetId = new Guid(9, 9, 9, new byte[8]) });
        if (isYounger)
            (await folder.VerifyAsync("recorded", ExitCode.Done)).ShouldMatch();
        else
            await folder.NotCheckedAsync("recorded");
    }

    [Fact]
    public async Task Another_databases_rows_do_not_vouch_for_one_whose_own_were_deleted()
    {
        using var folder = Recorded();
        Purge(folder, before: -12);
        foreach (var file in Enumerable.Range(-RecordedFolder.Hours, RecordedFolder.Hours - 12).SelectMany(hour => new[] { BackupFolder.LogName(hour), BackupFolder.FullName(hour) }))
            File.Delete(folder.Folder.File(file));
        folder.Live.Backup(BackupFolder.Full(-40) with { Database = "master", BackupSetId = new Guid(9, 9, 9, new byte[8]) });
        (await folder.NotCheckedAsync("recorded")).ShouldContain("begins 2026-03-20 00:00:00 UTC, later than the promised time.");
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(399, true)]
    public async Task Where_the_statement_itself_reads_no_further_it_is_named(int days, bool isNamed)
    {
        using var folder = new RecordedFolder(("recorded", new() { Kind = BackupPromiseKind.Recorded, Days = days }));
        (await folder.NotCheckedAsync("recorded")).Contains("backup-history.sql reads 400 days", StringComparison.Ordinal).ShouldBe(isNamed);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(119, false)]
    [InlineData(121, true)]
    public async Task A_file_needs_a_row_only_when_it_has_been_finished_for_a_while(int minutes, bool isFound)
    {
        using var folder = Recorded();
        var header = BackupFolder.Full(-1) with { Started = BackupFolder.At(-20), Finished = folder.Live.ExportedAt!.Value.AddMinutes(-minutes) };
        folder.Folder.Write("running.bak", header);
        (await folder.VerifyAsync("recorded", isFound ? ExitCode.NoGo : ExitCode.Done)).Outcome.ShouldBeAssignableTo(isFound ? typeof(CheckOutcome.Mismatch) : typeof(CheckOutcome.Match));
    }

    [Fact]
    public async Task A_file_that_is_still_written_needs_no_row()
    {
        using var folder = Recorded();
        var whole = new SyntheticBackup { Header = BackupFolder.Full(-1) with { Started = BackupFolder.At(-20) }, DataBytes = 600_000 }.Build();
        await File.WriteAllBytesAsync(folder.Folder.File("running.bak"), whole[..^100_000]);
        (await folder.VerifyAsync("recorded", ExitCode.Done)).ShouldMatch();
    }

    [Fact]
    public async Task A_back_up_to_the_null_device_is_a_gap_unless_it_is_copy_only()
    {
        using var folder = Recorded();
        var row = folder.Live.Backup(BackupFolder.Full(-2) with { BackupSetId = new Guid(9, 9, 9, new byte[8]) }, "NUL", 2);
        (await folder.DetailsAsync("recorded")).ShouldHaveSingleItem().ShouldContain("was written to the null device and is nowhere: later differentials rest on it");
        row["type"] = "L";
        (await folder.DetailsAsync("recorded")).ShouldHaveSingleItem().ShouldContain("its log is gone");
        (row["type"], row["is_copy_only"]) = ("D", "1");
        var result = await folder.VerifyAsync("recorded", ExitCode.Done);
        result.ShouldMatch();
        result.Notes.ShouldContain(note => note.Contains("was written to the null device, and nothing rests on it.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_said_since_when_nothing_is_recorded()
    {
        using var folder = Recorded();
        folder.Live.ExportedAt = folder.Folder.Clock.Now.AddHours(-30);
        (await folder.NotCheckedAsync("recorded")).ShouldContain("from before the promised time, and says nothing of what was backed up in it.");
        folder.Live.ExportedAt = folder.Folder.Clock.Now.AddHours(-10);
        (await folder.VerifyAsync("recorded", ExitCode.Done)).Narrowed.ShouldContain("What was backed up since 2026-03-20 02:00:30 UTC is not recorded here.");
    }

    [Fact]
    public async Task A_row_that_a_restore_brought_back_does_not_make_the_record_reach_further()
    {
        using var folder = Recorded();
        Purge(folder, before: -12);
        folder.Live.Backup(BackupFolder.Full(-48));
        folder.Live.Restore(BackupFolder.Full(-48), BackupFolder.At(-1).DateTime, "Test");
        (await folder.NotCheckedAsync("recorded")).ShouldContain("begins 2026-03-20 00:00:00 UTC, later than the promised time.");
    }

    [Fact]
    public async Task What_another_product_took_is_not_visible_from_here_and_no_pass()
    {
        using var folder = Recorded();
        var row = folder.Live.Of(BackupFolder.Log(-3).BackupSetId).Single();
        (row["device_type"], row["physical_device_name"]) = ("7", "{9F2B1C00-0000-0000-0000-000000000001}1");
        (await folder.VerifyAsync("recorded", ExitCode.Done)).ShouldMatch();
        File.Delete(folder.Folder.File(BackupFolder.LogName(-3)));
        var reason = await folder.NotCheckedAsync("recorded");
        reason.ShouldContain("1 of the recorded back-ups were handed to another product through a virtual device");
        reason.ShouldContain("not visible from here. 1 are of the log, which the chain in these stores lacks.");
    }

    [Fact]
    public async Task Another_recovery_fork_is_pointed_out()
    {
        using var folder = Recorded();
        folder.Live.Of(BackupFolder.Log(-3).BackupSetId).Single()["last_recovery_fork_guid"] = Guid.Empty.ToString();
        (await folder.VerifyAsync("recorded", ExitCode.Done)).Notes.ShouldContain(note => note.Contains("forked: 2 recovery forks are recorded", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_history_nothing_is_known_and_it_says_what_would_show_it()
    {
        using var folder = Recorded();
        folder.Database.History.Clear();
        (await folder.NotCheckedAsync("recorded")).ShouldContain("What would show it: msdb.dbo.backupset; name a Connection or an Export under Backups:Databases:registration:History.");
    }

    [Theory]
    [InlineData("old", "more than 7 days ago")]
    [InlineData("yet to come", "One of the two is wrong")]
    [InlineData("gone", "does not exist")]
    [InlineData("of another server", "which is not among the Servers of registration")]
    [InlineData("empty", "has no record of any back-up of Registration_MSCRM")]
    public async Task A_history_that_does_not_say_what_is_so_is_no_pass(string fault, string told)
    {
        using var folder = Recorded();
        switch (fault)
        {
            case "old":
                folder.Live.ExportedAt = folder.Folder.Clock.Now.AddDays(-8);
                break;
            case "yet to come":
                folder.Live.ExportedAt = folder.Folder.Clock.Now.AddMinutes(20);
                break;
            case "gone":
                folder.Database.History[0].Export = "gone.csv";
                break;
            case "of another server":
                folder.Exports[RecordedFolder.LiveExport] = folder.Export("ELSEWHERE");
                break;
            default:
                folder.Live.Rows.Clear();
                break;
        }
        (await folder.NotCheckedAsync("recorded")).ShouldContain(told);
    }

    [Fact]
    public async Task Of_an_availability_group_every_members_history_is_needed()
    {
        using var folder = Recorded();
        folder.Database.Servers.Add("SECOND");
        var second = folder.Exports["second.csv"] = folder.Export("SECOND");
        var row = folder.Live.Of(BackupFolder.Log(-3).BackupSetId).Single();
        folder.Live.Rows.Remove(row);
        foreach (var hour in new[] { -3, -40 })
        {
            folder.Folder.Write(BackupFolder.LogName(hour), BackupFolder.Log(hour) with { Server = "SECOND" });
            second.Backup(BackupFolder.Log(hour) with { Server = "SECOND" });
        }
        (await folder.NotCheckedAsync("recorded")).ShouldContain("What SECOND recorded is not given: each server has an msdb of its own.");
        folder.Database.History.Add(new BackupHistoryOptions { Export = "second.csv" });
        (await folder.VerifyAsync("recorded", ExitCode.Done)).ShouldMatch();
    }

    [Fact]
    public async Task What_is_missing_may_be_what_could_not_be_read_and_damage_is_damage_all_the_same()
    {
        using var folder = Recorded();
        await File.WriteAllBytesAsync(folder.Folder.File(BackupFolder.LogName(-3)), new SyntheticBackup { Header = BackupFolder.Log(-3), TypeLetter = 'P' }.Build());
        (await folder.NotCheckedAsync("recorded")).ShouldContain("1 header could not be read");
        folder.Live.Of(BackupFolder.Log(-5).BackupSetId).Single()["is_damaged"] = "1";
        (await folder.DetailsAsync("recorded")).ShouldHaveSingleItem().ShouldContain("is recorded as damaged");
    }

    private static RecordedFolder Recorded() => new(("recorded", Promise));

    // Every file that is there, as a database has it that was created so many hours before noon.
    private static void CreatedBefore(RecordedFolder folder, int hours)
    {
        for (var hour = -12; hour < 0; hour++)
            folder.Folder.Write(BackupFolder.LogName(hour), BackupFolder.Log(hour) with { DatabaseCreated = BackupFolder.At(0).AddHours(-hours).DateTime });
    }

    // As sp_delete_backuphistory does.
    private static void Purge(RecordedFolder folder, int before) =>
        folder.Live.Rows.RemoveAll(row => row["record"] == "backup" && string.CompareOrdinal(row["backup_start_date"], RecordedFolder.Local(BackupFolder.At(before))) < 0);
}
