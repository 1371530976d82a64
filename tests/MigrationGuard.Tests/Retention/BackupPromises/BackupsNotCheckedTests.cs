using MigrationGuard.Ledger.Runs;
using MigrationGuard.Retention.BackupPromises;
using MigrationGuard.Retention.Inventory;
using MigrationGuard.Tests.Retention.BackupHeaders;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Retention.BackupPromises;

/// <summary><c>backups verify</c> where something could not be looked at: never a pass, and no more of a breach than it is.</summary>
public sealed class BackupsNotCheckedTests
{
    [Fact]
    public async Task A_store_that_is_not_there_leaves_every_promise_unchecked()
    {
        using var folder = new BackupFolder();
        Directory.Move(folder.Working.At("backups"), folder.Working.At("elsewhere"));
        var run = await folder.VerifyAsync(ExitCode.Incomplete);
        run.Verdict.ShouldBe(Verdict.Incomplete);
        run.Results.ShouldAllBe(result => result.ShouldNotBeChecked().Contains("does not exist, or may not be seen by this account."));
        (await folder.RunAsync("backups", "list")).ShouldExitWith(ExitCode.Incomplete).Error.ShouldContain("does not exist");
    }

    [Fact]
    public async Task What_may_only_seem_broken_while_a_store_cannot_be_read_is_not_checked_and_the_rest_is_told()
    {
        using var folder = new BackupFolder();
        folder.WriteFull(-24 * 9);
        folder.Write("other.bak", BackupFolder.Full(-24 * 30) with { Database = "Somebody_elses" });
        folder.Options.Backups.Stores["gone"] = new ContentStoreOptions { Folder = "gone" };
        folder.Options.Backups.Databases["registration"].Stores.Add("gone");
        var run = await folder.VerifyAsync(ExitCode.NoGo);
        BackupFolder.Result(run, "kept-6-days").ShouldNotBeChecked().ShouldContain("folder " + folder.Working.At("gone"));
        BackupFolder.Result(run, "log-every-hour").ShouldNotBeChecked();
        BackupFolder.Result(run, "kept-6-days", "share").ShouldMismatch();
    }

    [Fact]
    public async Task An_empty_store_restores_nothing_and_is_not_believed()
    {
        using var folder = new BackupFolder(days: 0);
        var run = await folder.VerifyAsync(ExitCode.NoGo);
        foreach (var promise in new[] { "present", "restorable-5-days", "log-every-hour", "full-every-day" })
            BackupFolder.Details(run, promise).ShouldHaveSingleItem().ShouldContain("There is no back-up of registration (Registration_MSCRM on CRM-SQL\\LIVE) in share.");
        BackupFolder.Result(run, "kept-6-days").ShouldNotBeChecked().ShouldContain("which is what a share that is not mounted");
        BackupFolder.Result(run, "genuine", "share").ShouldNotBeChecked();
    }

    [Fact]
    public async Task What_a_folder_does_not_say_is_not_visible_and_not_checked()
    {
        using var folder = new BackupFolder();
        folder.Options.Backups.Promises.Clear();
        folder.Options.Backups.Promises["soft-delete"] = new() { Kind = BackupPromiseKind.SoftDelete, AtLeastDays = 0, AtMostDays = 1 };
        folder.Options.Backups.Promises["private"] = new() { Kind = BackupPromiseKind.NoPublicAccess };
        folder.Options.Backups.Promises["encrypted"] = new() { Kind = BackupPromiseKind.Encrypted };
        folder.Options.Backups.Promises["off-server"] = new() { Kind = BackupPromiseKind.OffServer };
        var run = await folder.VerifyAsync(ExitCode.Incomplete);
        run.Results.Count.ShouldBe(4);
        run.Results.ShouldAllBe(result => result.ShouldNotBeChecked().Contains("from here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_only_the_server_can_read_leaves_open_what_is_missing()
    {
        using var folder = new BackupFolder();
        await File.WriteAllBytesAsync(folder.File(BackupFolder.LogName(-3)), new SyntheticBackup { Header = BackupFolder.Log(-3), TypeLetter = 'P' }.Build());
        var run = await folder.VerifyAsync(ExitCode.Incomplete);
        foreach (var promise in new[] { "log-every-hour", "restorable-5-days", "kept-6-days" })
            BackupFolder.Result(run, promise).ShouldNotBeChecked().ShouldContain("1 header could not be read");
        BackupFolder.Result(run, "genuine", "share").ShouldNotBeChecked();
    }
}
