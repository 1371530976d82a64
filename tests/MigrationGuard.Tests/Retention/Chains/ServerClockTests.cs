using MigrationGuard.Retention.Chains;
using static MigrationGuard.Tests.Retention.Chains.Made;

namespace MigrationGuard.Tests.Retention.Chains;

/// <summary>Clocks are changed at <c>At(24)</c>, in UTC; headers have local time with the zone at the back-up's start.</summary>
public sealed class ServerClockTests
{
    private static readonly DateTimeOffset Change = At(24);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(-5, -6)]
    public void A_change_of_clocks_makes_no_gap_and_no_overlap(int hoursBefore, int hoursAfter)
    {
        BackupFile[] files = [Full(At(20)), .. HourlyLogs(At(19), At(30))];
        var chain = Chain(files.Select(file => ByServer(file, hoursBefore, hoursAfter)), At(31), 10, TimeSpan.FromMinutes(60));
        chain.Findings.ShouldBeEmpty();
        chain.Restorable.ShouldBe([new Period(At(20, 10, 1), At(30))]);
    }

    [Fact]
    public void An_hour_without_a_log_backup_is_found_though_local_time_does_not_show_it()
    {
        BackupFile[] files = [Full(At(20)), .. HourlyLogs(At(19), At(30)).Where(file => file.Header.Started != At(25))];
        var chain = Chain(files.Select(file => ByServer(file, 1, 0)), At(31), 10);
        chain.Findings.ShouldHaveSingleItem().ShouldBeOfType<ChainFinding.LsnBreak>().Break.Time.ShouldBe(new Period(At(24), At(26)));
    }

    [Fact]
    public void A_full_backup_that_ran_while_clocks_were_set_back_is_not_said_to_have_ended_before()
    {
        BackupFile[] files = [Full(At(23, 30), minutes: 75), .. HourlyLogs(At(23), At(30))];
        var inWinter = files.Select(file => ByServer(file, 1, 0)).ToList();
        inWinter[0].Header.Finished!.Value.ShouldBe(At(23, 45), "an hour too early, and yet after the start");
        Chain(inWinter, At(31)).Restorable.ShouldBe([new Period(At(24, 45, 1), At(30))]);
        Chain(files, At(31)).Restorable.ShouldBe([new Period(At(24, 45, 1), At(30))]);
    }

    [Fact]
    public void A_full_backup_that_seems_to_end_before_it_began_ended_an_hour_later_if_clocks_were_set_back()
    {
        BackupFile[] files = [Full(At(23, 30), minutes: 40), .. HourlyLogs(At(23), At(30))];
        var inWinter = files.Select(file => ByServer(file, 1, 0)).ToList();
        inWinter[0].Header.Finished!.Value.ShouldBeLessThan(inWinter[0].Header.Started);
        var chain = Chain(inWinter, At(31));
        chain.Findings.ShouldBeEmpty();
        chain.Restorable.ShouldBe([new Period(At(24, 10, 1), At(30))]);
    }

    [Fact]
    public void An_end_before_the_start_that_no_change_of_clocks_explains_is_a_finding_and_claims_no_moment()
    {
        var odd = Full(At(1)).With(header => header with { Finished = At(0, 30) });
        var chain = Chain([odd, .. HourlyLogs(At(0), At(5)), Full(At(3))], At(6));
        chain.Findings.ShouldHaveSingleItem().ShouldBeOfType<ChainFinding.UnreliableHeader>();
        chain.Restorable.ShouldBe([new Period(At(3, 10, 1), At(5))]);
        chain.Points.ShouldHaveSingleItem();
    }

    [Fact]
    public void Where_nothing_shows_the_zone_yet_the_end_may_be_an_hour_later_and_is_not_after_now()
    {
        BackupFile[] files = [Full(At(0)), Log(At(0), At(1))];
        Chain([.. files, Log(At(1), At(1, 10))], At(2)).Restorable.ShouldBe([new Period(At(0, 10, 1), At(1, 10))]);
        Chain([.. files, Log(At(1), At(1, 9))], At(2)).Restorable.ShouldBeEmpty();
        Chain([Full(At(0))], At(0, 40)).Points.ShouldHaveSingleItem().At.ShouldBe(At(0, 40));
    }

    [Fact]
    public void A_change_that_comes_long_after_the_end_does_not_move_it()
    {
        BackupFile[] files = [Full(At(21)), .. HourlyLogs(At(21), At(30))];
        Chain(files.Select(file => ByServer(file, 1, 0)), At(31)).Restorable.ShouldBe([new Period(At(21, 10, 1), At(30))]);
    }

    [Fact]
    public void A_backup_whose_server_did_not_know_its_zone_claims_no_moment_but_holds_its_log()
    {
        BackupFile[] files = [Full(At(0)), .. HourlyLogs(At(0), At(4))];
        var middle = Chain(files.Select(file => file.Header.Started == At(2) ? Unknown(file) : file), At(5));
        middle.Restorable.ShouldBe([new Period(At(0, 10, 1), At(4))]);
        middle.Findings.ShouldHaveSingleItem().ShouldBeOfType<ChainFinding.UnreliableHeader>();

        Chain(files.Select(file => file.Header.Started >= At(3) ? Unknown(file) : file), At(5)).Restorable.ShouldBe([new Period(At(0, 10, 1), At(2))]);
        Chain(files.Select(file => file.Header.Started == At(0) ? Unknown(file) : file), At(5)).Restorable.ShouldBeEmpty();

        static BackupFile Unknown(BackupFile file) => file.With(header => header with { IsZoneKnown = false });
    }

    /// <summary>The file as a server in such zones writes it.</summary>
    private static BackupFile ByServer(BackupFile file, int hoursBefore, int hoursAfter)
    {
        TimeSpan Zone(DateTimeOffset moment) => TimeSpan.FromHours(moment < Change ? hoursBefore : hoursAfter);
        return file.With(header => header with
        {
            Started = header.Started.ToOffset(Zone(header.Started)),
            Finished = new DateTimeOffset(header.Finished!.Value.ToOffset(Zone(header.Finished.Value)).DateTime, Zone(header.Started)),
        });
    }
}
