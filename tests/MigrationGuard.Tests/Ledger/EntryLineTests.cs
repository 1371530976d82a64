using MigrationGuard.Ledger.Chain;

namespace MigrationGuard.Tests.Ledger;

/// <summary>A line is an entry's in one spelling only.</summary>
public sealed class EntryLineTests
{
    private static readonly EntryLine Sample = new(
        4711, new DateTime(2026, 3, 1, 12, 34, 56, DateTimeKind.Utc).AddTicks(1_234_567), "approval", "actor-0123456789abcdef", "thing", new string('a', 64), new string('b', 64));

    [Fact]
    public void A_line_is_read_back_as_it_was_written()
    {
        var read = EntryLine.Parse(Sample.Text)!;
        read.ShouldBe(Sample);
        read.Time.Kind.ShouldBe(DateTimeKind.Utc);
        read.Text.ShouldBe(Sample.Text);
    }

    [Theory]
    [InlineData("2026-03-01T24:00:00.0000000Z")]
    [InlineData("2026-03-01T23:60:00.0000000Z")]
    [InlineData("2026-03-01T23:59:60.0000000Z")]
    [InlineData("2026-02-29T12:34:56.1234567Z")]
    [InlineData("2026-13-01T12:34:56.1234567Z")]
    [InlineData("0000-03-01T12:34:56.1234567Z")]
    [InlineData("2026-03-01Z12:34:56.1234567Z")]
    [InlineData("2026-03-01T12:34:56:1234567Z")]
    [InlineData("2026-03-01T12.34.56.1234567Z")]
    [InlineData("2026-03-01T12:34:56.1234567T")]
    [InlineData("2026-03-01T12:34:56.12345678")]
    [InlineData("2026-03-01T12:34:56.12-01:00")]
    [InlineData("2026-3-01T12:34:56.12345670Z")]
    public void A_line_with_another_time_than_one_of_the_calendar_in_that_format_is_none(string time) =>
        EntryLine.Parse(Sample.Text.Replace("2026-03-01T12:34:56.1234567Z", time, StringComparison.Ordinal)).ShouldBeNull();
}
