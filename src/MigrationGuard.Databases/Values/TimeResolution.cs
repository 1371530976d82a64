namespace MigrationGuard.Databases.Values;

/// <summary>The smallest step a date or time type can hold: <c>Seconds / PerSecond</c> of a second.</summary>
/// <param name="UnitsPerSecond">Units in a second; 1 for types whose unit is a second or longer.</param>
/// <param name="SecondsPerUnit">Seconds in a unit; 1 for types whose unit is a second or shorter.</param>
/// <remarks>
/// A rational, not a <see cref="TimeSpan"/>: SQL Server's <c>datetime</c> counts three-hundredths of a second, which is
/// no whole number of 100 ns ticks. Comparing its rounded text instead of its count is a known false mismatch, because
/// compatibility level 130 changed the rounding (0.0030000 before, 0.0033333 since).
/// </remarks>
public readonly record struct TimeResolution(long UnitsPerSecond, long SecondsPerUnit) : IComparable<TimeResolution>
{
    /// <summary>1/300 s: SQL Server <c>datetime</c>.</summary>
    public static readonly TimeResolution SqlDateTime = new(300, 1);

    /// <summary>100 ns: .NET, SQL Server <c>datetime2(7)</c>.</summary>
    public static readonly TimeResolution HundredNanoseconds = Fraction(7);

    /// <summary>1 µs: PostgreSQL.</summary>
    public static readonly TimeResolution Microsecond = Fraction(6);

    public static readonly TimeResolution Millisecond = Fraction(3);

    public static readonly TimeResolution Second = new(1, 1);

    /// <summary>One minute: SQL Server <c>smalldatetime</c>.</summary>
    public static readonly TimeResolution Minute = new(1, 60);

    public static readonly TimeResolution Day = new(1, 86_400);

    /// <summary>The resolution of a type with this many decimals of a second, 0 to 7.</summary>
    public static TimeResolution Fraction(int decimals)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decimals, 7);
        long unitsPerSecond = 1;
        for (var i = 0; i < decimals; i++)
            unitsPerSecond *= 10;
        return new TimeResolution(unitsPerSecond, 1);
    }

    /// <summary>Orders from fine to coarse: a day is greater than a second.</summary>
    public int CompareTo(TimeResolution other) =>
        (SecondsPerUnit * other.UnitsPerSecond).CompareTo(other.SecondsPerUnit * UnitsPerSecond);

    public static bool operator <(TimeResolution left, TimeResolution right) => left.CompareTo(right) < 0;

    public static bool operator >(TimeResolution left, TimeResolution right) => left.CompareTo(right) > 0;

    public static bool operator <=(TimeResolution left, TimeResolution right) => left.CompareTo(right) <= 0;

    public static bool operator >=(TimeResolution left, TimeResolution right) => left.CompareTo(right) >= 0;

    /// <summary>The coarser of two.</summary>
    public static TimeResolution Coarser(TimeResolution a, TimeResolution b) => a >= b ? a : b;

    public override string ToString() => (UnitsPerSecond, SecondsPerUnit) switch
    {
        (10_000_000, 1) => "100 ns",
        (1_000_000, 1) => "1 µs",
        (100_000, 1) => "10 µs",
        (10_000, 1) => "100 µs",
        (1_000, 1) => "1 ms",
        (100, 1) => "10 ms",
        (10, 1) => "100 ms",
        (1, 1) => "1 s",
        (1, 60) => "1 minute",
        (1, 86_400) => "1 day",
        (_, 1) => FormattableString.Invariant($"1/{UnitsPerSecond} s"),
        _ => FormattableString.Invariant($"{SecondsPerUnit} s"),
    };
}
