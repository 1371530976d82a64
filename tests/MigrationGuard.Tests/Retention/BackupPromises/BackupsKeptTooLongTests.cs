using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Tests.Retention.BackupHeaders;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Retention.BackupPromises;

/// <summary><c>backups verify</c> of what is there for longer than was promised.</summary>
public sealed class BackupsKeptTooLongTests
{
    [Fact]
    public async Task What_is_older_than_promised_is_a_breach_unless_the_window_needs_it()
    {
        using var folder = new BackupFolder();
        folder.WriteFull(-24 * 9);
        folder.WriteLog(-24 * 9);
        var details = BackupFolder.Details(await folder.VerifyAsync(ExitCode.NoGo), "kept-6-days");
        details.Count.ShouldBe(2);
        details.ShouldAllBe(detail => detail.Contains("6 days were promised, and restoring to the promised days does not need it.", StringComparison.Ordinal));
        details.ShouldContain(detail => detail.Contains(BackupFolder.FullName(-24 * 9), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_base_of_the_window_may_be_older_than_what_is_kept()
    {
        using var folder = new BackupFolder(days: 9);
        // Full back-ups of the last eight days are gone: everything rests on the one before, and on all logs since.
        for (var day = -8; day < 0; day++)
            File.Delete(folder.File(BackupFolder.FullName(24 * day)));
        // It began before that one, which holds all of it.
        File.Delete(folder.File(BackupFolder.LogName(-24 * 9)));
        folder.Options.Backups.Promises.Remove("full-every-day");
        var run = await folder.VerifyAsync(ExitCode.Done);
        BackupFolder.Result(run, "kept-6-days").ShouldMatch();
        BackupFolder.Result(run, "restorable-5-days").ShouldMatch();
    }

    [Fact]
    public async Task Old_files_that_are_no_back_ups_or_of_nobody_are_kept_too_long_too()
    {
        using var folder = new BackupFolder();
        await File.WriteAllTextAsync(folder.File("export.csv"), "case,name");
        File.SetLastWriteTimeUtc(folder.File("export.csv"), BackupFolder.At(-24 * 30).UtcDateTime);
        File.SetCreationTimeUtc(folder.File("export.csv"), BackupFolder.At(-24 * 30).UtcDateTime);
        folder.Write("other.bak", BackupFolder.Full(-24 * 30) with { Database = "Somebody_elses" });
        var run = await folder.VerifyAsync(ExitCode.NoGo);
        var details = BackupFolder.Details(run, "kept-6-days", "share");
        details.ShouldContain(detail => detail.Contains("other.bak", StringComparison.Ordinal));
        BackupFolder.Details(run, "genuine", "share").ShouldHaveSingleItem().ShouldContain("is a back-up of Somebody_elses");
    }

    [Fact]
    public async Task Old_back_ups_that_no_moment_of_the_window_rests_on_are_kept_too_long_be_they_all_there_is()
    {
        using var folder = new BackupFolder();
        folder.Clock.Now = BackupFolder.At(24 * 30);
        var run = await folder.VerifyAsync(ExitCode.NoGo);
        BackupFolder.Result(run, "restorable-5-days").ShouldMismatch();
        var details = BackupFolder.Details(run, "kept-6-days");
        details.Count.ShouldBe((24 * 6) + 6);
        details.ShouldContain(detail => detail.Contains("Nothing newer can be restored: take a back-up first, then delete it.", StringComparison.Ordinal));
        details.ShouldContain(detail => detail.Contains("Have it deleted, and see why it was not.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_back_up_that_is_damaged_in_its_middle_is_as_old_as_its_header_says_and_is_named()
    {
        using var folder = new BackupFolder();
        var old = new SyntheticBackup { Header = BackupFolder.Full(-24 * 40) with { BackupSetId = new Guid(4, 4, 4, new byte[8]) }, DataBytes = 60_000 }.Build();
        await File.WriteAllBytesAsync(folder.File("again.bak"), [.. old[..20480], .. old[40960..]]);
        var run = await folder.VerifyAsync(ExitCode.NoGo);
        BackupFolder.Details(run, "kept-6-days").ShouldHaveSingleItem().ShouldContain("again.bak is of ");
        BackupFolder.Result(run, "genuine", "share").ShouldMismatch().Single(finding => finding.Kind == KeepingFindings.Unusable).Detail!.ShouldContain("bytes between were taken out");
    }
}
