using MigrationGuard.Retention.Chains;
using static MigrationGuard.Tests.Retention.Chains.Made;

namespace MigrationGuard.Tests.Retention.Chains;

public sealed class RestoreWindowTests
{
    private static readonly DateTimeOffset Now = At(72, 30);

    private static readonly List<BackupFile> ThreeDays = [Full(At(0, 10)), Full(At(24, 10)), Full(At(48, 10)), .. HourlyLogs(At(0), At(72))];

    [Fact]
    public void A_window_is_unbroken_from_its_length_before_now_to_the_allowed_lag_before_now()
    {
        var chain = Chain(ThreeDays, Now, 24);
        chain.Window.Promised.ShouldBe(new Period(At(48, 30), At(70, 30)));
        chain.Window.IsUnbroken.ShouldBeTrue();
        Chain(ThreeDays, Now.AddHours(2), 24).Window.NotRestorable.ShouldBe([new Period(At(72), At(72, 30))]);
    }

    [Fact]
    public void A_window_longer_than_what_was_kept_is_broken_at_its_start() =>
        Chain(ThreeDays, Now, 72.5).Window.NotRestorable.ShouldBe([new Period(At(0), At(0, 20, 1))]);

    [Fact]
    public void A_window_between_two_full_backups_without_logs_is_broken_throughout()
    {
        var window = Chain(ThreeDays.Take(3), Now, 24).Window;
        window.NotRestorable.ShouldBe([window.Promised]);
    }

    [Fact]
    public void What_leads_to_the_windows_first_moment_is_needed_and_what_is_older_is_not()
    {
        var chain = Chain(ThreeDays, Now, 30);
        chain.Window.Promised.From.ShouldBe(At(42, 30));
        chain.Needed.Paths().ShouldBe(
            ThreeDays.Where(file => file.Header.Started >= At(24, 10)).Paths().Order(StringComparer.Ordinal));
        chain.Unneeded.Paths().ShouldBe(
            ThreeDays.Where(file => file.Header.Started < At(24, 10)).Paths().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_full_backup_of_a_differential_is_needed_for_it_and_the_logs_between_them_are_not()
    {
        List<BackupFile> files = [Full(At(0, 10)), Differential(At(24, 10), At(0, 10)), Differential(At(48, 10), At(0, 10)), .. HourlyLogs(At(0), At(72))];
        var chain = Chain(files, Now, 30);
        chain.Needed.Paths().ShouldBe(
            files.Where(file => file.Header.Started >= At(24, 10)).Append(files[0]).Paths().Order(StringComparer.Ordinal));
        Chain(files.Where(file => file != files[1]), Now, 30).Unneeded.ShouldBeEmpty("without the differential every log leads to the window");
    }

    [Fact]
    public void The_newest_state_is_needed_however_old_it_is()
    {
        List<BackupFile> files = [Full(At(0)), Full(At(3)), .. HourlyLogs(At(0), At(6))];
        var chain = Chain(files, At(500), 24);
        chain.Window.NotRestorable.ShouldBe([chain.Window.Promised]);
        chain.Needed.Paths().ShouldBe(files.Where(file => file.Header.Started > At(3) || file == files[1]).Paths().Order(StringComparer.Ordinal));
        Chain(files.Take(1), At(500), 24).Unneeded.ShouldBeEmpty();
    }

    [Fact]
    public void What_restores_nothing_is_needed_by_nothing()
    {
        List<BackupFile> files = [.. ThreeDays, Differential(At(70), At(69)), Log(At(72), At(72, 20)) with { IsComplete = false }];
        Chain(files, Now, 72).Unneeded.Paths().ShouldBe(files[^2..].Paths().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_file_that_holds_more_than_was_read_is_never_said_to_be_unneeded()
    {
        var appended = ThreeDays[0].With(header => header with { HoldsMoreBackups = true, Finished = null });
        Chain(ThreeDays, Now, 30).Unneeded.ShouldContain(ThreeDays[0]);
        var chain = Chain([appended, .. ThreeDays.Skip(1)], Now, 30);
        chain.Unneeded.Paths().ShouldNotContain(appended.Path);
        chain.Undecided.ShouldBe([appended]);
        chain.Findings.ShouldHaveSingleItem().Problem.ShouldBe(
            "has a header that is not to be relied on: others were appended to it in the same file, so its own end was not read.");
    }

    [Fact]
    public void Rules_that_could_never_be_broken_are_refused()
    {
        var rules = Rules(24, TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        rules.Problem().ShouldBeNull();
        new ChainRules { Window = TimeSpan.Zero }.Problem().ShouldBeNull("no window was promised");
        ChainRules[] wrong =
        [
            rules with { Window = rules.AllowedLag },
            rules with { Window = TimeSpan.Zero },
            rules with { AllowedLag = TimeSpan.FromSeconds(-1) },
            rules with { LongestLogGap = TimeSpan.Zero },
            rules with { LongestFullGap = TimeSpan.Zero },
        ];
        wrong.ShouldAllBe(one => one.Problem() != null);
        Should.Throw<ArgumentException>(() => BackupChains.Of(ThreeDays, wrong[0], Now)).Message.ShouldContain("no longer than the lag of 02:00:00");
    }
}
