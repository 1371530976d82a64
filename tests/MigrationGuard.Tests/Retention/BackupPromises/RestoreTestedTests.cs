using System.Globalization;
using MigrationGuard.Decommissioning.Assets;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.BackupHistories;
using MigrationGuard.Retention.BackupPromises;
using MigrationGuard.Tests.Retention.BackupHistories;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Retention.BackupPromises;

/// <summary><c>RestoreTested</c>: a back-up was restored of late, by the test server's record or by somebody's word.</summary>
public sealed class RestoreTestedTests : IDisposable
{
    private static readonly DateTime Lately = new(2026, 3, 15, 9, 0, 0);
    private static readonly DateTime LongAgo = new(2026, 1, 15, 9, 0, 0);

    private readonly RecordedFolder _folder = new(("tested", new() { Kind = BackupPromiseKind.RestoreTested, Days = 30 }));
    private readonly HistoryExport _test;

    public RestoreTestedTests()
    {
        _test = _folder.Exports["test.csv"] = _folder.Export("TEST");
        _folder.Database.Restores.Add(new BackupHistoryOptions { Export = "test.csv", TimeZone = "Europe/London" });
    }

    [Fact]
    public async Task A_restore_that_the_test_server_recorded_lately_is_one()
    {
        _test.Restore(BackupFolder.Full(-48), Lately, "Registration_test");
        var result = await _folder.VerifyAsync("tested", ExitCode.Done);
        result.ShouldMatch();
        result.Source!["lastRestore"].Text.ShouldBe("2026-03-15T09:00:00Z");
        result.Notes.ShouldContain("TEST restored a back-up of Registration_MSCRM to Registration_test, 2026-03-15 09:00:00 UTC.");
        result.Notes.ShouldContain(note => note.Contains("DBCC CHECKDB", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_restore_of_long_ago_is_told_with_its_date()
    {
        _test.Restore(BackupFolder.Full(-48), LongAgo, "Registration_test");
        var finding = (await _folder.VerifyAsync("tested", ExitCode.NoGo)).ShouldMismatch().ShouldHaveSingleItem();
        finding.Kind.ShouldBe(KeepingFindings.NotTested);
        finding.Detail!.ShouldContain("was restored within 30 days. The last that is recorded was 2026-01-15 09:00:00 UTC on TEST.");
    }

    [Fact]
    public async Task A_server_that_restored_nothing_shows_that_none_was() =>
        (await _folder.DetailsAsync("tested")).ShouldHaveSingleItem().ShouldContain("None is recorded or attested at all.");

    [Fact]
    public async Task A_sequence_counts_from_the_log_that_brought_the_database_online()
    {
        _test.Restore(BackupFolder.Full(-48), Lately, "Registration_test", recovery: "0");
        (await _folder.NotCheckedAsync("tested")).ShouldContain("and its record does not say that it was brought online. Attest it: migrationguard attest restore-test --asset registration.");
        _test.Restore(BackupFolder.Log(-40), Lately.AddMinutes(5), "Registration_test", type: "L");
        (await _folder.VerifyAsync("tested", ExitCode.Done)).ShouldMatch();
    }

    [Fact]
    public async Task A_restore_of_long_ago_that_was_left_restoring_decides_nothing_of_late()
    {
        _test.Restore(BackupFolder.Full(-48), LongAgo, "Registration_test", recovery: "0");
        (await _folder.DetailsAsync("tested")).ShouldHaveSingleItem().ShouldContain("TEST recorded one to Registration_test, whose record does not say that it was brought online.");
    }

    [Theory]
    [InlineData("V")]
    [InlineData("F")]
    public async Task A_verification_and_a_part_restore_no_database(string type)
    {
        _test.Restore(BackupFolder.Full(-48), Lately, "Registration_test", type);
        await _folder.DetailsAsync("tested");
    }

    [Fact]
    public async Task A_restore_of_another_servers_database_of_that_name_is_none_of_this_one()
    {
        var other = BackupFolder.Full(-48) with { Server = "OTHER", BackupSetId = new Guid(9, 9, 9, new byte[8]) };
        _test.Restore(other, Lately, "Registration_test");
        await _folder.DetailsAsync("tested");
    }

    [Fact]
    public async Task A_back_up_that_lies_in_the_stores_is_known_whatever_the_record_calls_it()
    {
        _test.Restore(BackupFolder.Full(-48), Lately, "Registration_test")["server_name"] = null;
        (await _folder.VerifyAsync("tested", ExitCode.Done)).ShouldMatch();
    }

    [Fact]
    public async Task An_old_export_shows_a_restore_and_never_that_there_was_none()
    {
        _test.ExportedAt = _folder.Folder.Clock.Now.AddDays(-9);
        (await _folder.NotCheckedAsync("tested")).ShouldContain("more than 7 days ago");
        _test.Restore(BackupFolder.Full(-48), new DateTime(2026, 3, 1, 9, 0, 0), "Registration_test");
        (await _folder.VerifyAsync("tested", ExitCode.Done)).ShouldMatch();
    }

    [Fact]
    public async Task A_date_that_only_the_zone_would_put_within_the_time_is_not_decided()
    {
        _folder.Database.Restores[0].TimeZone = null;
        var floor = _folder.Folder.Clock.Now.AddDays(-30).DateTime;
        _test.Restore(BackupFolder.Full(-48), floor, "Registration_test");
        (await _folder.NotCheckedAsync("tested")).ShouldContain("whether that is within the promised time depends on the zone.");
        _test.Restore(BackupFolder.Full(-48), floor.AddHours(15), "Registration_test");
        (await _folder.VerifyAsync("tested", ExitCode.Done)).ShouldMatch();
    }

    [Fact]
    public async Task Without_a_server_and_without_a_word_nothing_is_known_and_it_says_what_would_show_it()
    {
        _folder.Database.Restores.Clear();
        var reason = await _folder.NotCheckedAsync("tested");
        reason.ShouldContain("named under Backups:Databases:registration:Restores");
        reason.ShouldContain("migrationguard attest restore-test --asset registration");
    }

    [Fact]
    public async Task A_history_that_cannot_be_read_is_not_one_without_restores()
    {
        _folder.Database.Restores[0].Export = "gone.csv";
        (await _folder.NotCheckedAsync("tested")).ShouldContain("does not exist");
    }

    [Fact]
    public async Task Somebodys_word_about_the_asset_counts_and_one_about_another_does_not()
    {
        _folder.Database.Restores.Clear();
        await AttestAsync("hopping-server", "passed");
        await _folder.NotCheckedAsync("tested");
        await AttestAsync("registration", "passed");
        (await _folder.VerifyAsync("tested", ExitCode.Done)).Notes.ShouldHaveSingleItem().ShouldContain("is attested as");
        _folder.Database.Asset = "hopping-server";
        (await _folder.VerifyAsync("tested", ExitCode.Done)).ShouldMatch();
    }

    [Fact]
    public async Task A_test_that_failed_after_a_restore_is_told_until_the_next_succeeds()
    {
        _test.Restore(BackupFolder.Full(-48), Lately, "Registration_test");
        await AttestAsync("registration", "failed");
        (await _folder.DetailsAsync("tested")).ShouldHaveSingleItem().ShouldContain("failed 2026-03-20");
        _folder.Folder.Clock.Now = _folder.Folder.Clock.Now.AddMinutes(5);
        await AttestAsync("registration", "passed");
        (await _folder.VerifyAsync("tested", ExitCode.Done)).ShouldMatch();
    }

    [Theory]
    [InlineData("2026-03-20T11:00", "Europe/London", 11)]
    [InlineData("2026-03-18T15:00", null, 10)]
    public async Task A_row_does_not_overrule_a_person_who_saw_it_fail_however_late_it_may_be(string failed, string? zone, int hour)
    {
        _folder.Database.Restores[0].TimeZone = zone;
        await AttestAsync("registration", "failed", failed);
        _test.Restore(BackupFolder.Full(-48), DateTime.Parse(failed, CultureInfo.InvariantCulture).Date.AddHours(hour).AddMinutes(30), "Registration_test");
        (await _folder.DetailsAsync("tested")).ShouldHaveSingleItem().ShouldContain("failed 2026-03-");
        await AttestAsync("registration", "passed", "2026-03-20T11:40");
        (await _folder.VerifyAsync("tested", ExitCode.Done)).ShouldMatch();
    }

    [Fact]
    public async Task A_word_that_has_grown_old_is_told_with_its_date()
    {
        _folder.Database.Restores.Clear();
        await AttestAsync("registration", "passed", "2026-01-10T09:00");
        (await _folder.DetailsAsync("tested")).ShouldHaveSingleItem().ShouldContain("The last that is attested was 2026-01-10 09:00:00 UTC");
    }

    [Fact]
    public void An_erased_word_lets_no_older_one_speak_in_its_place()
    {
        var now = _folder.Folder.Clock.Now;
        var backups = new DatabaseBackups("registration", _folder.Database, []);
        PromiseFinding Check(params StatedRestoreTest[] stated) => RestoreTest.Check(new() { Days = 30 }, backups, _folder.Database, new DatabaseHistories([], [], stated), now);
        var passed = new StatedRestoreTest("a", now.AddDays(-5), Passed: true);
        Check(passed).NotChecked.ShouldBeNull();
        Check(passed, new StatedRestoreTest("b", now.AddDays(-1), Passed: null)).NotChecked.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(-2, null, false)]
    [InlineData(-1, null, true)]
    [InlineData(0, null, true)]
    [InlineData(-2, true, false)]
    [InlineData(-2, false, true)]
    public void A_row_speaks_only_where_it_is_later_than_an_erased_word_and_no_failure_stands_before_that(int erasedDays, bool? before, bool isOpen)
    {
        var (now, restored) = (_folder.Folder.Clock.Now, _folder.Folder.Clock.Now.AddDays(-1));
        var row = new RecordedRestore { At = RecordedMoment.At(restored), Destination = "t", Type = "D", Recovers = true, Server = BackupFolder.Server, Database = BackupFolder.Database };
        var history = new HistoryOutcome.Read("there", new ServerHistory("TEST", null, now) { Restores = [row] });
        List<StatedRestoreTest> stated = [new("e", now.AddDays(erasedDays), Passed: null)];
        if (before is { } passed)
            stated.Add(new StatedRestoreTest("a", now.AddDays(-60), passed));
        var found = RestoreTest.Check(new() { Days = 30 }, new DatabaseBackups("registration", _folder.Database, []), _folder.Database, new DatabaseHistories([], [history], stated), now);
        found.Findings.ShouldBeEmpty();
        (found.NotChecked is not null).ShouldBe(isOpen);
    }

    [Fact]
    public async Task What_a_server_recorded_needs_no_store_and_a_back_up_that_only_a_file_would_show_does()
    {
        var row = _test.Restore(BackupFolder.Full(-48), Lately, "Registration_test");
        Directory.Move(_folder.Folder.Working.At("backups"), _folder.Folder.Working.At("elsewhere"));
        (await _folder.VerifyAsync("tested", ExitCode.Done)).ShouldMatch();
        row["server_name"] = null;
        (await _folder.NotCheckedAsync("tested")).ShouldContain("does not exist, or may not be seen by this account.");
    }

    public void Dispose() => _folder.Dispose();

    private async Task AttestAsync(string asset, string outcome, string? at = null)
    {
        _folder.Folder.Options.People["owner"] = new() { Name = "Asset owner" };
        _folder.Folder.Options.Roles["Information Asset Owner"] = new() { People = ["owner"] };
        foreach (var name in new[] { "registration", "hopping-server" })
            _folder.Folder.Options.Assets[name] = new AssetOptions { Kind = AssetKind.Database, Location = name, OwnerRole = "Information Asset Owner" };
        string[] moment = at is null ? [] : ["--at", at];
        (await _folder.RunAsync(["attest", "restore-test", "--outcome", outcome, "--statement", "Restored and looked at.", "--role", "DBA", "--asset", asset, .. moment])).ShouldExitWith(ExitCode.Done);
    }
}
