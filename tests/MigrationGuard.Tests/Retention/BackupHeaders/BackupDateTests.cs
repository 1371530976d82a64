using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Tests.Retention.BackupHeaders;

/// <summary>Dates of a header: local to a server whose clocks may change, and possibly none at all.</summary>
public sealed class BackupDateTests
{
    private static readonly TimeSpan Summer = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(-720)]
    [InlineData(-480)]
    [InlineData(0)]
    [InlineData(345)]
    [InlineData(840)]
    public async Task The_zone_is_that_of_the_start(int minutes)
    {
        var zone = TimeSpan.FromMinutes(minutes);
        var header = SyntheticBackup.Usual with
        {
            Started = new DateTimeOffset(2024, 2, 29, 23, 59, 59, zone),
            Finished = new DateTimeOffset(2024, 3, 1, 0, 0, 0, zone),
        };
        (await ReadAsync(header)).ShouldBeOfType<BackupHeaderOutcome.Read>().Header.ShouldBe(header);
    }

    [Fact]
    public async Task A_zone_that_the_server_did_not_know_is_said_to_be_unknown()
    {
        var header = SyntheticBackup.Usual with
        {
            IsZoneKnown = false,
            Started = new DateTimeOffset(2025, 1, 1, 1, 0, 0, TimeSpan.Zero),
            Finished = new DateTimeOffset(2025, 1, 1, 2, 0, 0, TimeSpan.Zero),
        };
        (await ReadAsync(header)).ShouldBeOfType<BackupHeaderOutcome.Read>().Header.ShouldBe(header);
    }

    [Fact]
    public async Task A_zone_that_does_not_exist_is_damage() =>
        (await ReadAsync(SyntheticBackup.Usual, at: 0x600 + 95, value: 57)).ShouldBeOfType<BackupHeaderOutcome.Damaged>().Reason.ShouldContain("time zone");

    [Fact]
    public async Task A_finish_before_the_start_by_a_change_of_clocks_is_kept_and_told()
    {
        var header = SyntheticBackup.Usual with
        {
            Started = new DateTimeOffset(2025, 10, 26, 1, 50, 0, Summer),
            Finished = new DateTimeOffset(2025, 10, 26, 1, 5, 0, Summer),
        };
        var read = (await ReadAsync(header)).ShouldBeOfType<BackupHeaderOutcome.Read>().Header;
        read.ShouldBe(header);
        read.EndsBeforeItStarts.ShouldBeTrue();
        (await ReadAsync(SyntheticBackup.Usual)).HeaderIfAny!.EndsBeforeItStarts.ShouldBeFalse();
    }

    [Fact]
    public async Task A_finish_before_the_start_that_no_change_of_clocks_explains_is_damage()
    {
        var started = SyntheticBackup.Usual.Started;
        (await ReadAsync(SyntheticBackup.Usual with { Finished = started.AddHours(-2) })).ShouldBeOfType<BackupHeaderOutcome.Read>();
        (await ReadAsync(SyntheticBackup.Usual with { Finished = started.AddHours(-2).AddSeconds(-1) })).ShouldBeOfType<BackupHeaderOutcome.Damaged>();
    }

    [Theory]
    [InlineData(2025, 0, 1, 0, 0, 0)]
    [InlineData(2025, 13, 1, 0, 0, 0)]
    [InlineData(2025, 2, 29, 0, 0, 0)]
    [InlineData(2025, 1, 0, 0, 0, 0)]
    [InlineData(2025, 1, 1, 24, 0, 0)]
    [InlineData(2025, 1, 1, 0, 60, 0)]
    [InlineData(2025, 1, 1, 0, 0, 60)]
    [InlineData(0, 1, 1, 0, 0, 0)]
    [InlineData(16383, 1, 1, 0, 0, 0)]
    [InlineData(0, 0, 0, 0, 0, 0)]
    public async Task A_start_that_is_no_date_is_damage(int year, int month, int day, int hour, int minute, int second)
    {
        var bytes = new SyntheticBackup().Build();
        var date = new MtfBlockBuilder("SSET", 512, 100).RawDate(88, year, month, day, hour, minute, second).Seal();
        date.AsSpan(88, 5).CopyTo(bytes.AsSpan(0x600 + 88));
        (await BytesContent.ReadHeaderAsync(bytes)).ShouldBeOfType<BackupHeaderOutcome.Damaged>().Reason.ShouldStartWith("At byte 1624: the date there");
    }

    [Fact]
    public async Task A_database_whose_creation_is_left_out_is_still_read()
    {
        var header = SyntheticBackup.Usual with { DatabaseCreated = default };
        (await ReadAsync(header)).ShouldBeOfType<BackupHeaderOutcome.Read>().Header.ShouldBe(header);
    }

    [Fact]
    public async Task An_end_without_a_date_is_damage() =>
        (await ReadAsync(SyntheticBackup.Usual with { Finished = null })).ShouldBeOfType<BackupHeaderOutcome.Damaged>().Reason.ShouldContain("missing");

    private static Task<BackupHeaderOutcome> ReadAsync(BackupHeader header, int? at = null, byte value = 0)
    {
        var bytes = new SyntheticBackup { Header = header }.Build();
        if (at is { } offset)
            bytes[offset] = value;
        return BytesContent.ReadHeaderAsync(bytes);
    }
}
