using MigrationGuard.Databases.Values;

namespace MigrationGuard.Tests.Databases;

public sealed class MomentTextTests
{
    [Theory]
    [InlineData("2024-02-29", "1 day", false, "2024-02-29")]
    [InlineData("2024-03-01 10:00", "1 s", false, "2024-03-01T10:00:00")]
    [InlineData("2024-03-01T10:00", "1 s", false, "2024-03-01T10:00:00")]
    [InlineData("2024-03-01 10:00:59", "1 s", false, "2024-03-01T10:00:59")]
    [InlineData("2024-03-01 10:00:00.5", "100 ms", false, "2024-03-01T10:00:00.5")]
    [InlineData("2024-03-01 10:00:00.123", "1 ms", false, "2024-03-01T10:00:00.123")]
    [InlineData("2024-03-01 10:00:00.1234567", "100 ns", false, "2024-03-01T10:00:00.1234567")]
    [InlineData("2024-03-01 10:00:00.123456789", "100 ns", false, "2024-03-01T10:00:00.1234567")]
    [InlineData("2024-03-01T10:00:00Z", "1 s", true, "2024-03-01T10:00:00Z")]
    [InlineData("2024-03-01T10:00:00z", "1 s", true, "2024-03-01T10:00:00Z")]
    [InlineData("2024-03-01T10:00:00+01:00", "1 s", true, "2024-03-01T09:00:00Z")]
    [InlineData("2024-03-01T10:00:00 -0530", "1 s", true, "2024-03-01T15:30:00Z")]
    [InlineData("2024-03-01T10:00:00+01", "1 s", true, "2024-03-01T09:00:00Z")]
    [InlineData("  2024-03-01 10:00:00  ", "1 s", false, "2024-03-01T10:00:00")]
    public void A_moment_is_read_at_the_step_of_its_digits(string text, string resolution, bool isUtc, string written)
    {
        MomentText.TryRead(text, out var moment).ShouldBeTrue();
        moment.Resolution.ToString().ShouldBe(resolution);
        moment.IsUtc.ShouldBe(isUtc);
        moment.ToString().ShouldBe(written);
    }

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("10:00:00")]
    [InlineData("2024-3-1")]
    [InlineData("01/03/2024")]
    [InlineData("20240301")]
    [InlineData("2023-02-29")]
    [InlineData("2024-13-01")]
    [InlineData("2024-00-10")]
    [InlineData("0000-01-01")]
    [InlineData("2024-03-01 24:00")]
    [InlineData("2024-03-01 10:60")]
    [InlineData("2024-03-01 10:00:60")]
    [InlineData("2024-03-01 10:00:00.")]
    [InlineData("2024-03-01 10:00:00 GMT")]
    [InlineData("2024-03-01T10:00:00+15:00")]
    [InlineData("2024-03-01T10:00:00+01:60")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("2024-03-01 10:00:00; DROP TABLE t")]
    [InlineData("٢٠٢٤-03-01")]
    public void What_names_no_moment_is_refused(string text) => MomentText.TryRead(text, out _).ShouldBeFalse();
}
