using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.BackupNames;
using MigrationGuard.Retention.Chains;
using static MigrationGuard.Tests.Retention.Chains.Made;

namespace MigrationGuard.Tests.Retention.Chains;

public sealed class LogChainTests
{
    private const int Days = 35;

    private static readonly DateTimeOffset Now = At((24 * Days) + 1);

    private static readonly TimeSpan Hourly = TimeSpan.FromMinutes(70);

    [Fact]
    public void Hourly_log_backups_of_35_days_with_a_full_one_a_day_restore_every_second_from_the_first_end_on()
    {
        var chain = FiveWeeks(WellKept());
        chain.Findings.ShouldBeEmpty();
        chain.Breaks.ShouldBeEmpty();
        chain.Restorable.ShouldHaveSingleItem().ShouldBe(new Period(At(0, 20, 1), Now));
        chain.Window.IsUnbroken.ShouldBeTrue();
        chain.Points.Count.ShouldBe(Days + 1);
    }

    [Fact]
    public void A_missing_hour_a_break_a_truncated_file_and_a_file_of_another_database_are_each_found_and_nothing_else()
    {
        var (missing, cut, elsewhere) = (At((24 * 3) + 5), At((24 * 20) + 12), At((24 * 25) + 9));
        var broken = At((24 * 10) + 7);
        var files = WellKept()
            .Where(file => !IsLog(file, missing))
            .Select(file => IsLog(file, cut) ? file with { IsComplete = false } : file)
            .Select(file => IsLog(file, broken) ? file.With(header => header with { FirstLsn = LsnAt(broken.AddMinutes(-25)) }) : file)
            .Append(Log(elsewhere.AddHours(-1), elsewhere).With(header => header with { Database = "hr", BackupSetId = new Guid(1, 2, 3, new byte[8]) }) with
            {
                Path = "SQL01/crm/LOG/SQL01_crm_LOG_20260130_090000.trn",
            })
            .ToList();

        var chains = BackupChains.Of(Shuffled(files), Promised, Now);
        chains.Select(chain => chain.Database).ShouldBe(["crm", "hr"]);
        var crm = chains[0];
        crm.Findings.Count.ShouldBe(3);
        crm.Findings[0].ShouldBeOfType<ChainFinding.LsnBreak>().Break.Time.ShouldBe(new Period(missing.AddHours(-1), missing.AddHours(1)));
        crm.Findings[0].Problem.ShouldBe(
            "lacks the log from LSN 40000000556000001 to 40000000562000001: 20260108-040000.Log ends before it and 20260108-060000.Log begins after it. " +
            "They began 02:00:00 apart, at 2026-01-08 04:00:00 UTC and 2026-01-08 06:00:00 UTC.");
        var gap = crm.Findings[1].ShouldBeOfType<ChainFinding.LsnBreak>().Break;
        (gap.Time, gap.From, gap.To).ShouldBe((new Period(broken.AddHours(-1), broken), LsnAt(broken.AddHours(-1)), LsnAt(broken.AddMinutes(-25))));
        crm.Findings[2].ShouldBeOfType<ChainFinding.IncompleteFile>().File.Header.Started.ShouldBe(cut);

        crm.Restorable.ShouldBe(
        [
            new Period(At(0, 20, 1), At((24 * 3) + 4)),
            new Period(At(24 * 4, 20, 1), At((24 * 10) + 6)),
            new Period(At(24 * 11, 20, 1), At((24 * 20) + 11)),
            new Period(At(24 * 21, 20, 1), Now),
        ]);
        crm.Window.NotRestorable.ShouldBe(
        [
            new Period(At((24 * 3) + 4), At(24 * 4, 20, 1)),
            new Period(At((24 * 10) + 6), At(24 * 11, 20, 1)),
            new Period(At((24 * 20) + 11), At(24 * 21, 20, 1)),
        ]);
        chains[1].Findings.OfType<ChainFinding.NoFullBackup>().ShouldHaveSingleItem().Database.ShouldBe("hr");
        chains[1].Restorable.ShouldBeEmpty();

        var names = new OlaHallengrenNames(["SQL01"], []);
        files.SelectMany(file => names.Read(file.Path) is NameReading.Understood read ? read.Name.Disagreements(file.Path, file.Header) : [])
            .ShouldHaveSingleItem().ShouldBeOfType<NameDisagreement.AnotherDatabase>().Actual.ShouldBe("hr");
    }

    [Fact]
    public void A_break_is_told_by_sequence_numbers_and_not_by_time()
    {
        List<BackupFile> late = [Full(At(0)), Log(At(0), At(1)), Log(At(1), At(4))];
        Chain(late, At(5)).Breaks.ShouldBeEmpty();
        Chain(late, At(5)).Restorable.ShouldBe([new Period(At(0, 10, 1), At(4))]);

        List<BackupFile> inTime = [Full(At(0)), Log(At(0), At(1)), Log(At(1, 30), At(2))];
        Chain(inTime, At(5)).Breaks.Count.ShouldBe(1);
        Chain(inTime, At(5)).Restorable.ShouldBe([new Period(At(0, 10, 1), At(1))]);
    }

    [Fact]
    public void Too_long_a_time_without_a_log_backup_is_found_though_no_log_is_missing()
    {
        List<BackupFile> files = [Full(At(0)), Log(At(0), At(1)), Log(At(1), At(4))];
        Chain(files, At(4, 30), logGap: TimeSpan.FromHours(2)).Findings.ShouldHaveSingleItem().ShouldBeOfType<ChainFinding.LogGap>().Length.ShouldBe(TimeSpan.FromHours(3));
        Chain(files, At(4, 30), logGap: TimeSpan.FromHours(3)).Findings.ShouldBeEmpty();
        Chain(files, At(7, 1), logGap: TimeSpan.FromHours(3)).Findings.ShouldHaveSingleItem().ShouldBeOfType<ChainFinding.LogGap>().Before.ShouldBeNull();
        Chain([Full(At(0))], At(2), logGap: TimeSpan.FromHours(3)).Findings.ShouldHaveSingleItem().ShouldBeOfType<ChainFinding.NoLogBackup>();
    }

    [Fact]
    public void Too_long_a_time_without_a_full_backup_is_found()
    {
        List<BackupFile> files = [Full(At(0)), Full(At(24)), Full(At(50), isCopyOnly: true)];
        Chain(files, At(60), 72, fullGap: TimeSpan.FromHours(26)).Findings.ShouldBeEmpty();
        var finding = Chain(files, At(60), 72, fullGap: TimeSpan.FromHours(25)).Findings.ShouldHaveSingleItem().ShouldBeOfType<ChainFinding.FullGap>();
        (finding.After.Started, finding.Before!.Started).ShouldBe((At(24), At(50)));
        Chain(files, At(77), 72, fullGap: TimeSpan.FromHours(26)).Findings.ShouldHaveSingleItem().ShouldBeOfType<ChainFinding.FullGap>().Before.ShouldBeNull();
        Chain([.. files.Take(2), files[2] with { IsComplete = false }], At(51), 72, fullGap: TimeSpan.FromHours(26))
            .Findings.Select(found => found.GetType()).ShouldBe([typeof(ChainFinding.FullGap), typeof(ChainFinding.IncompleteFile)]);
    }

    [Fact]
    public void A_break_from_before_the_window_is_kept_but_is_no_finding()
    {
        List<BackupFile> files = [Full(At(0)), .. HourlyLogs(At(0), At(3)), .. HourlyLogs(At(4), At(40)), Full(At(12))];
        var chain = Chain(files, At(41), 24, Hourly);
        chain.Breaks.Count.ShouldBe(1);
        chain.Findings.ShouldBeEmpty();
        Chain(files, At(41), 37, Hourly).Findings.ShouldHaveSingleItem().ShouldBeOfType<ChainFinding.LsnBreak>();
    }

    [Fact]
    public void An_idle_hour_is_restorable_by_the_log_backup_that_found_nothing()
    {
        var idle = Log(At(1), At(2)).With(header => header with { LastLsn = header.FirstLsn });
        var next = Log(At(1), At(3));
        Chain([Full(At(0)), Log(At(0), At(1)), idle], At(5)).Restorable.ShouldBe([new Period(At(0, 10, 1), At(2))]);
        Chain([Full(At(0)), Log(At(0), At(1)), idle, next], At(5)).Restorable.ShouldBe([new Period(At(0, 10, 1), At(3))]);
        Chain([Full(At(0)), Log(At(0), At(1)), idle, next], At(5)).Breaks.ShouldBeEmpty();
        Chain([Full(At(0)), idle], At(5)).Restorable.ShouldBeEmpty();
    }

    [Fact]
    public void A_log_backup_of_nothing_right_after_a_full_one_shows_that_nothing_happened()
    {
        var idle = Log(At(0, 10), At(1)).With(header => header with { LastLsn = header.FirstLsn });
        Chain([Full(At(0)), idle, Full(At(3))], At(5)).Restorable.ShouldBe([new Period(At(0, 10, 1), At(1))]);
        var later = Log(At(0, 11), At(1)).With(header => header with { LastLsn = header.FirstLsn });
        Chain([Full(At(0)), later, Full(At(3))], At(5)).Restorable.ShouldBeEmpty();
    }

    [Fact]
    public void A_copy_only_log_backup_is_another_way_over_the_same_log_and_makes_no_break()
    {
        var copy = Log(At(1), At(1, 30)).With(header => header with { IsCopyOnly = true });
        List<BackupFile> regular = [Full(At(0)), .. HourlyLogs(At(0), At(3))];
        Chain([.. regular, copy], At(5)).Breaks.ShouldBeEmpty();
        Chain([.. regular, copy], At(5)).Restorable.ShouldBe(Chain(regular, At(5)).Restorable);
        Chain([.. regular.Where(file => !IsLog(file, At(2))), copy], At(5)).Restorable.ShouldBe([new Period(At(0, 10, 1), At(1, 30))]);
    }

    private static ChainRules Promised => new()
    {
        Window = TimeSpan.FromDays(Days),
        AllowedLag = TimeSpan.FromHours(1.5),
        LongestLogGap = Hourly,
        LongestFullGap = TimeSpan.FromHours(25),
    };

    private static DatabaseChain FiveWeeks(IEnumerable<BackupFile> files) => BackupChains.Of(Shuffled(files), Promised, Now).ShouldHaveSingleItem();

    /// <summary>A full back-up at ten past midnight every day, which takes ten minutes, and a log back-up every hour.</summary>
    private static IEnumerable<BackupFile> WellKept() =>
        Enumerable.Range(0, Days + 1).Select(day => Full(At(24 * day, 10))).Concat(HourlyLogs(At(0), Now));

    private static List<BackupFile> Shuffled(IEnumerable<BackupFile> files)
    {
        var shuffled = files.ToArray();
        new Random(5).Shuffle(shuffled);
        return [.. shuffled];
    }

    private static bool IsLog(BackupFile file, DateTimeOffset started) => file.Header.Kind == BackupKind.Log && file.Header.Started == started;
}
