using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.BackupPromises;
using MigrationGuard.Retention.Inventory;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Retention.BackupPromises;

/// <summary><c>backups verify</c> over folders of back-ups, each promise kept and, damaged, broken.</summary>
public sealed class BackupsCommandTests
{
    [Fact]
    public async Task A_report_without_a_place_is_refused_before_anything_is_read()
    {
        using var folder = new BackupFolder();
        await File.WriteAllTextAsync(folder.Working.At("taken"), "a file");
        (await folder.RunAsync("backups", "verify", "--output", "taken")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("--output taken: the directory cannot be made");
        File.Exists(folder.Working.At("migrationguard.db")).ShouldBeFalse();
        (await folder.RunAsync("backups", "verify", "--output", "made/below")).ShouldExitWith(ExitCode.Done);
        Directory.EnumerateFiles(folder.Working.At("made/below")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Back_ups_that_are_as_promised_are_GO_and_the_ledger_holds_the_run()
    {
        using var folder = new BackupFolder();
        var run = await folder.VerifyAsync(ExitCode.Done);
        (run.Verdict, run.Kind, run.Scope).ShouldBe((Verdict.Go, RunKinds.Backups, Scope.Full));
        run.Results.ShouldAllBe(result => result.Outcome is CheckOutcome.Match);
        BackupFolder.Result(run, "restorable-5-days").Source!["restorableTo"].Text.ShouldBe("2026-03-20T11:00:00Z");
        (await folder.RunAsync("runs", "list")).Output.ShouldContain(run.Run);
        (await folder.RunAsync("runs", "show", "latest")).ShouldExitWith(ExitCode.Done).Output.ShouldContain("All 8 checks found what was promised to be so.");
        (await folder.RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.Done);
    }

    [Fact]
    public async Task The_terminal_names_every_promise_that_is_kept_and_which_a_note_is_of()
    {
        using var folder = new BackupFolder();
        var text = (await folder.RunAsync("backups", "verify")).ShouldExitWith(ExitCode.Done).Output;
        foreach (var promise in folder.Options.Backups.Promises.Keys)
            text.ShouldContain("backup:" + promise);
        text.ShouldContain("share: backup:genuine – Of each file only the beginning and the end were read.");
    }

    [Fact]
    public async Task A_missing_hour_breaks_the_chain_and_the_window()
    {
        using var folder = new BackupFolder();
        File.Delete(folder.File(BackupFolder.LogName(-30)));
        var run = await folder.VerifyAsync(ExitCode.NoGo);
        BackupFolder.Details(run, "log-every-hour").ShouldHaveSingleItem().ShouldContain("lacks the log from LSN");
        // From the start of the last log back-up before the gap to the end of the next full back-up.
        BackupFolder.Details(run, "restorable-5-days").ShouldHaveSingleItem().ShouldContain("2026-03-19 05:00:00 UTC to 2026-03-19 12:20:01 UTC");
        BackupFolder.Result(run, "full-every-day").ShouldMatch();
    }

    [Fact]
    public async Task The_report_shows_the_log_chain_by_the_hour()
    {
        using var folder = new BackupFolder();
        File.Delete(folder.File(BackupFolder.LogName(-30)));
        var run = await folder.VerifyAsync(ExitCode.NoGo);
        var hours = BackupFolder.Result(run, "log-every-hour").Hours.ShouldNotBeNull();
        hours.States.Count(state => state == HourCoverage.Missing).ShouldBe(2);
        (await folder.RunAsync("backups", "verify", "--output", folder.Working.At("reports"))).ShouldExitWith(ExitCode.NoGo);
        var page = await File.ReadAllTextAsync(Directory.GetFiles(folder.Working.At("reports"), "*.html").ShouldHaveSingleItem());
        page.ShouldContain("hour-missed\" x=");
        page.ShouldContain("2 missing");
        page.ShouldContain("begins at 2026-03-19 05:00 UTC, the last at 2026-03-19 06:00 UTC.");
    }

    [Fact]
    public async Task Back_ups_that_stopped_are_told()
    {
        using var folder = new BackupFolder();
        folder.Clock.Now = BackupFolder.At(2);
        BackupFolder.Details(await folder.VerifyAsync(ExitCode.NoGo), "log-every-hour").ShouldHaveSingleItem().ShouldContain("had its last log back-up 03:00:00 ago");
    }

    [Theory]
    [InlineData("no back-up", "is no back-up, though its name ends like one.")]
    [InlineData("cut off", "is cut off, and restores nothing.")]
    [InlineData("another database", "is a back-up of Other on")]
    [InlineData("another kind", "names a log back-up, but holds a full one.")]
    [InlineData("a stripe", "is one of 2 stripes of a back-up")]
    public async Task What_is_not_what_it_looks_like_is_found(string damage, string told)
    {
        using var folder = new BackupFolder();
        var name = BackupFolder.LogName(-3);
        switch (damage)
        {
            case "no back-up":
                await File.WriteAllTextAsync(folder.File(name), "Access denied");
                break;
            case "cut off":
                var whole = await File.ReadAllBytesAsync(folder.File(name));
                await File.WriteAllBytesAsync(folder.File(name), whole[..^2048]);
                break;
            case "another database":
                folder.Write(name, BackupFolder.Log(-3) with { Database = "Other" });
                break;
            case "another kind":
                folder.Write(name, BackupFolder.Full(-3));
                break;
            default:
                folder.Write(name, BackupFolder.Log(-3) with { FamilyCount = 2 });
                break;
        }
        var run = await folder.VerifyAsync(ExitCode.NoGo);
        BackupFolder.Details(run, "genuine", "share").ShouldContain(detail => detail.Contains(told, StringComparison.Ordinal));
        BackupFolder.Result(run, "log-every-hour").ShouldMismatch();
        BackupFolder.Result(run, "restorable-5-days").ShouldMismatch();
    }

    [Fact]
    public async Task A_back_up_of_a_database_of_the_same_name_on_another_server_fills_no_gap()
    {
        using var folder = new BackupFolder();
        folder.Write(BackupFolder.LogName(-30), BackupFolder.Log(-30) with { Server = @"CRM-TEST\LIVE" });
        var run = await folder.VerifyAsync(ExitCode.NoGo);
        BackupFolder.Result(run, "log-every-hour").ShouldMismatch();
        BackupFolder.Result(run, "restorable-5-days").ShouldMismatch();
        // Of both servers only where somebody says that they take turns at one log.
        folder.Options.Backups.Databases["registration"].Servers.Add(@"CRM-TEST\LIVE");
        BackupFolder.Result(await folder.VerifyAsync(ExitCode.NoGo), "log-every-hour").ShouldMatch();
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public async Task Clocks_that_are_changed_make_no_gap_and_hide_none(int before, int after)
    {
        const int changed = -30;
        using var folder = new BackupFolder();
        folder.Options.Backups.Databases["registration"].Names = null;
        Rewrite(hour => hour < changed ? before : after);
        var run = await folder.VerifyAsync(ExitCode.Done);
        BackupFolder.Result(run, "log-every-hour").ShouldMatch();

        // In local time the log before this one seems to be an hour, or two, before the next, as any other.
        File.Delete(folder.File(BackupFolder.LogName(changed)));
        BackupFolder.Result(await folder.VerifyAsync(ExitCode.NoGo), "log-every-hour").ShouldMismatch();

        void Rewrite(Func<int, int> zone)
        {
            for (var hour = -24 * 6; hour < 0; hour++)
            {
                folder.Write(BackupFolder.LogName(hour), In(BackupFolder.Log(hour), zone(hour)));
                if (hour % 24 == 0)
                    folder.Write(BackupFolder.FullName(hour), In(BackupFolder.Full(hour), zone(hour)));
            }
        }

        BackupHeader In(BackupHeader header, int hours) => header with { Started = header.Started.ToOffset(TimeSpan.FromHours(hours)), Finished = header.Finished!.Value.ToOffset(TimeSpan.FromHours(hours)) };
    }

    [Fact]
    public async Task A_pack_says_of_back_ups_what_was_found_and_nothing_of_data()
    {
        using var folder = new BackupFolder();
        await folder.VerifyAsync(ExitCode.Done);
        (await folder.RunAsync("evidence", "build", "--run", "latest", "--output", "pack")).ShouldExitWith(ExitCode.Done);
        (await ClaimAsync(folder, "pack", "rec-10.hourly")).ShouldContain(",kept,");
        (await ClaimAsync(folder, "pack", "rec-10.hourly")).ShouldContain("is as promised");
        (await ClaimAsync(folder, "pack", "rec-4.same-data")).ShouldContain(",unproven,");
        var report = await File.ReadAllTextAsync(Directory.EnumerateFiles(folder.Working.At("pack"), "report.html", SearchOption.AllDirectories).Single());
        report.ShouldContain("Nothing was compared, so that nothing is known of the data.");
        report.ShouldContain("What is kept, and for how long");
        report.ShouldNotContain("was shown to be the same");

        File.Delete(folder.File(BackupFolder.LogName(-30)));
        folder.Clock.Now = folder.Clock.Now.AddMinutes(1);
        await folder.VerifyAsync(ExitCode.NoGo);
        (await folder.RunAsync("evidence", "build", "--all", "--output", "after")).ShouldExitWith(ExitCode.Done);
        (await ClaimAsync(folder, "after", "rec-10.hourly")).ShouldContain(",breached,");
        (await ClaimAsync(folder, "after", "rec-4.same-data")).ShouldContain(",unproven,");
    }

    [Fact]
    public async Task A_servers_name_that_is_not_the_headers_keeps_no_promise_and_says_what_lies_there()
    {
        using var folder = new BackupFolder(days: 1);
        folder.Options.Backups.Databases["registration"].Servers = ["CRM-SQL1"];
        folder.Options.Backups.Promises["kept-6-days"].Days = 5000;
        var run = await folder.VerifyAsync(ExitCode.NoGo);
        const string held = @"There is no back-up of registration (Registration_MSCRM on CRM-SQL1) in share. What lies there is of Registration_MSCRM on CRM-SQL\LIVE.";
        BackupFolder.Result(run, "kept-6-days").ShouldNotBeChecked().ShouldStartWith(held);
        BackupFolder.Details(run, "restorable-5-days").ShouldHaveSingleItem().ShouldBe(held);
    }

    [Fact]
    public async Task A_result_says_in_words_what_was_promised_whatever_the_promise_is_called()
    {
        using var folder = new BackupFolder(days: 1);
        folder.Options.Backups.Databases["another"] = new BackedUpDatabaseOptions { Servers = ["ELSEWHERE"], Database = "Another", Stores = ["share"] };
        folder.Options.Backups.Promises["kept-6-days"].Days = 5000;
        folder.Options.Backups.Promises["kept-6-days"].Databases = ["registration"];
        var proves = BackupFolder.Result(await folder.VerifyAsync(ExitCode.NoGo), "kept-6-days").Proves!;
        proves.ShouldStartWith("Nothing older than 5000 days is kept");
        proves.ShouldEndWith("Promised of registration, and not of another.");
    }

    [Fact]
    public async Task A_back_up_on_the_databases_own_machine_is_found()
    {
        using var folder = new BackupFolder(days: 1);
        folder.Options.Backups.Promises.Clear();
        folder.Options.Backups.Promises["off-server"] = new() { Kind = BackupPromiseKind.OffServer };
        folder.Write(BackupFolder.LogName(-1), BackupFolder.Log(-1) with { Machine = Environment.MachineName.ToUpperInvariant() });
        BackupFolder.Details(await folder.VerifyAsync(ExitCode.NoGo), "off-server").ShouldHaveSingleItem().ShouldContain("the database's own server");
    }

    [Fact]
    public async Task Secrets_of_stores_reach_neither_the_ledger_nor_a_message()
    {
        using var folder = new BackupFolder(days: 1);
        folder.Options.Backups.Stores["cloud"] = new ContentStoreOptions
        {
            Container = "http://127.0.0.1:9/account/container", Credential = StorageCredential.Sas, SharedAccessSignature = "sv=2023&sig=Canary4711%3D",
        };
        var shown = await folder.RunAsync("backups", "verify");
        (shown.Output + shown.Error).ShouldNotContain("Canary4711");
        folder.Working.FilesHolding("Canary4711").ShouldBe([folder.Working.At("appsettings.json")]);
    }

    [Fact]
    public async Task Without_databases_or_promises_there_is_nothing_to_do_and_it_says_so()
    {
        using var folder = new BackupFolder(days: 1);
        folder.Options.Backups.Promises.Clear();
        (await folder.RunAsync("backups", "verify")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("Backups:Promises is empty");
        folder.Options.Backups.Databases.Clear();
        (await folder.RunAsync("backups", "list")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("Backups:Databases is empty");
    }

    [Fact]
    public async Task A_run_over_back_ups_is_no_run_to_verify_since()
    {
        using var folder = new BackupFolder(days: 1);
        await folder.VerifyAsync(ExitCode.NoGo);
        (await folder.RunAsync("verify", "--since-run", "latest")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("looked at backups and compared no databases");
    }

    // The first of a commitment's rows says how it stands.
    private static async Task<string> ClaimAsync(BackupFolder folder, string pack, string commitment) =>
        (await File.ReadAllLinesAsync(Directory.EnumerateFiles(folder.Working.At(pack), "claims.csv", SearchOption.AllDirectories).Single()))
            .First(line => line.Contains($",{commitment},", StringComparison.Ordinal));
}
