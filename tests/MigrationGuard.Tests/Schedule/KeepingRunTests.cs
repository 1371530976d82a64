using MigrationGuard.Ledger.Runs;
using MigrationGuard.Schedule;
using MigrationGuard.Tests.Retention.BackupPromises;
using MigrationGuard.Tests.Retention.FileStores;
using MigrationGuard.Tests.Retention.Records;

namespace MigrationGuard.Tests.Schedule;

/// <summary>Schedules of back-ups, files and records.</summary>
public sealed class KeepingRunTests
{
    [Fact]
    public async Task A_schedule_of_back_ups_makes_the_run_that_somebody_would_have_asked_for_and_tells_of_what_is_wrong()
    {
        using var backups = new BackupFolder(days: 1);
        await using var scheduled = await ScheduledMigration.CreateAsync();
        var options = scheduled.Migration.Options;
        options.Backups = backups.Options.Backups;
        options.Backups.Stores["share"].Folder = backups.Working.At("backups");
        options.Backups.Promises = new() { ["log-every-hour"] = backups.Options.Backups.Promises["log-every-hour"] };
        options.Schedules.Clear();
        options.Schedules["back-ups"] = new ScheduleOptions { Cron = "0 0 12 * * ?", What = ScheduledWork.Backups };
        await using var worker = scheduled.Start();
        await scheduled.SweptAsync(worker);
        scheduled.Clock.Now = backups.Clock.Now;
        var run = await scheduled.FinishedAsync(worker);
        (run.Kind, run.Verdict, run.Label).ShouldBe((RunKinds.Backups, Verdict.Go, "schedule:back-ups"));
        run.Results.ShouldHaveSingleItem().Check.ShouldBe("backup:log-every-hour");

        File.Delete(backups.File(BackupFolder.LogName(-3)));
        scheduled.Clock.Now = backups.Clock.Now.AddDays(1);
        (await scheduled.FinishedAsync(worker, runs: 2)).Verdict.ShouldBe(Verdict.NoGo);
        await scheduled.SweptAsync(worker);
        await worker.StopAsync();
        (await scheduled.OnLedgerAsync(store => store.ReadAsync(ledger => ledger.ListAsync<string>("SELECT due FROM scheduled_run WHERE run_id IS NOT NULL ORDER BY due"), CancellationToken.None)))
            .ShouldBe(["2026-03-20T12:00:00.0000000Z", "2026-03-21T12:00:00.0000000Z"]);
        (await scheduled.OnLedgerAsync(store => store.ReadAsync(ledger => ledger.FirstAsync<long>("SELECT COUNT(*) FROM notification WHERE topic = 'run-mismatch'"), CancellationToken.None))).ShouldBe(1);
    }

    [Fact]
    public async Task Schedules_of_files_and_of_records_make_runs_of_their_own_and_tell_of_what_is_wrong()
    {
        using var files = new FilesFolder();
        await using var records = await RecordsFolder.CreateAsync();
        await using var scheduled = await ScheduledMigration.CreateAsync();
        var options = scheduled.Migration.Options;
        options.Files = files.Options.Files;
        foreach (var store in new[] { "old", "new" })
            options.Files.Stores[store].Folder = files.Working.At(store);
        options.Records = records.Options.Records;
        (options.Records.Entities["completed"].Database, options.Records.Entities["completed"].Frozen) = ("live", "frozen");
        (options.Databases["live"], options.Databases["frozen"]) = (records.Live.Options, records.Frozen.Options);
        options.Schedules.Clear();
        options.Schedules["files"] = new ScheduleOptions { Cron = "0 0 12 * * ?", What = ScheduledWork.Files };
        options.Schedules["records"] = new ScheduleOptions { Cron = "0 0 12 * * ?", What = ScheduledWork.Records };
        await using var worker = scheduled.Start();
        await scheduled.SweptAsync(worker);
        scheduled.Clock.Now = new(RecordTables.Now);
        await scheduled.FinishedAsync(worker, runs: 2);
        Outline(await scheduled.RunsAsync()).ShouldBe([(RunKinds.Files, Verdict.Go, "schedule:files"), (RunKinds.Records, Verdict.Go, "schedule:records")], ignoreOrder: true);

        File.Delete(files.Working.At("new/Doe-Jane.txt"));
        await records.Live.ExecuteAsync("DELETE FROM cases WHERE number = 9");
        scheduled.Clock.Now = scheduled.Clock.Now.AddDays(1);
        await scheduled.FinishedAsync(worker, runs: 4);
        Outline((await scheduled.RunsAsync()).Take(2)).ShouldBe([(RunKinds.Files, Verdict.NoGo, "schedule:files"), (RunKinds.Records, Verdict.NoGo, "schedule:records")], ignoreOrder: true);
        await scheduled.SweptAsync(worker);
        await worker.StopAsync();
        (await scheduled.OnLedgerAsync(store => store.ReadAsync(ledger => ledger.FirstAsync<long>("SELECT COUNT(*) FROM notification WHERE topic = 'run-mismatch'"), CancellationToken.None))).ShouldBe(2);
    }

    private static IEnumerable<(string?, Verdict, string?)> Outline(IEnumerable<RunDocument> runs) => runs.Select(run => (run.Kind, run.Verdict, run.Label));
}
