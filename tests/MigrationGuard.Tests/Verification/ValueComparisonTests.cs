using MigrationGuard.Databases.Values;
using MigrationGuard.Verification.QueryPairs;

namespace MigrationGuard.Tests.Verification;

public sealed class ValueComparisonTests
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    public static TheoryData<object?, object?> Same => new()
    {
        { null, null },
        { 1, 1L },
        { 1.50m, 1.5m },
        { true, 1 },
        { 0, false },
        { 0.1, 0.1m },
        { 3.0, 3 },
        { "a", "a" },
        { Guid.Empty, "00000000-0000-0000-0000-000000000000" },
        { new byte[] { 1, 2 }, new byte[] { 1, 2 } },
        { new DateOnly(2025, 1, 2), "2025-01-02" },
        { new DateTime(2025, 1, 2, 3, 4, 5, DateTimeKind.Unspecified), "2025-01-02T03:04:05" },
        { new DateTime(2025, 1, 2, 3, 4, 5, DateTimeKind.Utc), new DateTimeOffset(2025, 1, 2, 4, 4, 5, TimeSpan.FromHours(1)) },
        { double.NaN, double.NaN },
        { 1e300, 1e300 },
    };

    public static TheoryData<object?, object?> Different => new()
    {
        { null, "" },
        { null, 0 },
        { 1, 2 },
        { "1", 1 },
        { "a", "A" },
        { "a", "a " },
        { true, 2 },
        { 0.1, 0.10000000000000002 },
        { decimal.MaxValue, decimal.MinValue },
        { Guid.Empty, "none" },
        { new byte[] { 1 }, new byte[] { 2 } },
        { new DateOnly(2025, 1, 2), "2025-01-03" },
        { new DateOnly(2025, 1, 2), "soon" },
        { double.NaN, 0.0 },
        { 1e300, 1e301 },
    };

    [Theory, MemberData(nameof(Same))]
    public void Two_drivers_values_of_one_value_are_the_same(object? source, object? target)
    {
        Compare(source, target).ShouldBe((true, null));
        Compare(target, source).ShouldBe((true, null));
    }

    [Theory, MemberData(nameof(Different))]
    public void Values_that_differ_are_different_in_both_directions(object? source, object? target)
    {
        Compare(source, target).Same.ShouldBeFalse();
        Compare(target, source).Same.ShouldBeFalse();
    }

    [Fact]
    public void Numbers_within_the_tolerance_are_the_same_and_that_is_recorded()
    {
        Compare(10, 15, tolerance: 5).ShouldBe((true, "numbers up to 5 apart are taken as the same"));
        Compare(15, 10.0, tolerance: 5).Same.ShouldBeTrue();
        Compare(10, 10, tolerance: 5).ShouldBe((true, null));
        Compare(10, 15.01m, tolerance: 5).Same.ShouldBeFalse();
        Compare(10, null, tolerance: 5).Same.ShouldBeFalse();
        Compare("10", "11", tolerance: 5).Same.ShouldBeFalse();
        Compare(decimal.MaxValue, decimal.MinValue, tolerance: 5).Same.ShouldBeFalse();
    }

    [Fact]
    public void Moments_of_two_steps_are_compared_at_the_coarser_and_that_is_recorded()
    {
        var fine = new DateTime(2025, 1, 2, 3, 4, 5, 700, DateTimeKind.Unspecified);
        Compare(fine, "2025-01-02 03:04:06").Narrowed.ShouldNotBeNull().ShouldContain("1 s");
        Compare(fine, "2025-01-02 03:04:05").Same.ShouldBeTrue();
        Compare(fine, "2025-01-02 03:04:07").Same.ShouldBeFalse();
    }

    [Fact]
    public void Readings_are_of_their_sides_zone()
    {
        var (summer, utc) = (new DateTime(2025, 7, 1, 12, 0, 0, DateTimeKind.Unspecified), new DateTime(2025, 7, 1, 11, 0, 0, DateTimeKind.Unspecified));
        ValueComparison.Same(CanonicalValue.From(summer), London, CanonicalValue.From(utc), TimeZoneInfo.Utc, 0, out _).ShouldBeTrue();
        ValueComparison.Same(CanonicalValue.From(summer), London, CanonicalValue.From(summer), TimeZoneInfo.Utc, 0, out _).ShouldBeFalse();
        ValueComparison.Same(CanonicalValue.From(summer), London, CanonicalValue.From(summer), London, 0, out _).ShouldBeTrue();
    }

    private static (bool Same, string? Narrowed) Compare(object? source, object? target, decimal tolerance = 0)
    {
        var same = ValueComparison.Same(CanonicalValue.From(source), TimeZoneInfo.Utc, CanonicalValue.From(target), TimeZoneInfo.Utc, tolerance, out var narrowed);
        return (same, narrowed);
    }
}
