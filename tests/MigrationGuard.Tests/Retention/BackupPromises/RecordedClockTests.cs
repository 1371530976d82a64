using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.BackupHistories;
using MigrationGuard.Retention.BackupPromises;
using MigrationGuard.Tests.Retention.BackupHistories;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Retention.BackupPromises;

/// <summary>The night in which clocks are set back in London: 2026-10-25, when the hour from 01:00 occurs twice, and the second time in UTC.</summary>
public sealed class RecordedClockTests : IDisposable
{
    private const string Twice = "twice.trn";

    private static readonly DateTimeOffset InTheHour = new(2026, 10, 25, 1, 30, 0, TimeSpan.Zero);

    private readonly BackupFolder _folder = new(days: 0);
    private readonly HistoryExport _live = new(BackupFolder.Server, InTheHour.AddHours(23));

    public RecordedClockTests()
    {
        _folder.Clock.Now = InTheHour.AddHours(23);
        _folder.Options.Backups.Promises.Clear();
        _folder.Options.Backups.Promises["recorded"] = new() { Kind = BackupPromiseKind.Recorded, Days = 23.5 / 24 };
        _folder.Options.Backups.Databases["registration"].History.Add(new BackupHistoryOptions { Export = "live.csv", TimeZone = "Europe/London" });
        foreach (var hours in new[] { -40, -20, 3 })
            Take(InTheHour.AddHours(hours), $"{hours}.trn");
    }

    [Fact]
    public async Task A_back_up_of_the_hour_that_occurs_twice_is_of_the_moment_that_its_header_says()
    {
        Take(InTheHour, Twice)["time_zone"] = "127";
        var result = await VerifyAsync(ExitCode.Done);
        result.ShouldMatch();
        // It began half an hour after the promised time did, and had it been an hour earlier, would not count.
        result.Source!["recorded"].Number.ShouldBe(2);
    }

    [Fact]
    public async Task Without_its_file_it_is_not_decided_whether_it_falls_into_the_promised_time()
    {
        Take(InTheHour, Twice)["time_zone"] = "127";
        File.Delete(_folder.File(Twice));
        (await VerifyAsync(ExitCode.Incomplete)).ShouldNotBeChecked().ShouldContain("a log back-up begun 2026-10-25 01:30:00 by the server's clock (an hour that occurs twice or not at all as clocks are changed).");
    }

    [Fact]
    public async Task Where_both_moments_fall_into_it_the_gap_is_told_with_the_uncertainty()
    {
        _folder.Options.Backups.Promises["recorded"].Days = 1;
        Take(InTheHour, Twice)["time_zone"] = "127";
        File.Delete(_folder.File(Twice));
        (await VerifyAsync(ExitCode.NoGo)).ShouldMismatch().ShouldHaveSingleItem().Detail!.ShouldContain("began 2026-10-25 01:30:00 by the server's clock (an hour that occurs twice");
    }

    [Fact]
    public async Task With_the_zone_that_the_server_recorded_nothing_is_uncertain()
    {
        Take(InTheHour, Twice);
        File.Delete(_folder.File(Twice));
        (await VerifyAsync(ExitCode.NoGo)).ShouldMismatch().ShouldHaveSingleItem().Detail!.ShouldContain("began 2026-10-25 01:30:00 UTC");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A log back-up as the server takes it, in its file and in its record.</summary>
    private Dictionary<string, string?> Take(DateTimeOffset started, string file)
    {
        var london = TimeZoneInfo.FindSystemTimeZoneById("Europe/London").GetUtcOffset(started);
        var hour = (int)(started - InTheHour).TotalHours;
        var header = BackupFolder.Log(hour) with { Started = started.ToOffset(london), Finished = started.ToOffset(london).AddMinutes(1) };
        _folder.Write(file, header);
        return _live.Backup(header);
    }

    private async Task<CheckResult> VerifyAsync(ExitCode code)
    {
        _live.Write(_folder.Working.At("live.csv"));
        return BackupFolder.Result(await _folder.VerifyAsync(code), "recorded");
    }
}
