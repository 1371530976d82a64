using System.Globalization;

namespace MigrationGuard.Databases.Values;

/// <summary>One value read from a database, in the form in which the two sides are compared.</summary>
/// <remarks>A closed set: a driver's value that is none of these is an error, never a string that happens to look alike.</remarks>
public abstract record CanonicalValue
{
    private CanonicalValue() { }

    public sealed record Null : CanonicalValue;

    /// <summary>An integer or an exact decimal; 1, 1.0 and 1.00 are the same number.</summary>
    public sealed record Number(decimal Value) : CanonicalValue;

    /// <summary>An exact number beyond <see cref="decimal"/>, in canonical digits: no leading or trailing zeros.</summary>
    public sealed record BigNumber(string Digits) : CanonicalValue;

    public sealed record Float(double Value) : CanonicalValue;

    public sealed record Boolean(bool Value) : CanonicalValue;

    public sealed record Text(string Value) : CanonicalValue;

    public sealed record Uuid(Guid Value) : CanonicalValue;

    public sealed record Moment(Timestamp Value) : CanonicalValue;

    /// <summary>A time of day or a duration.</summary>
    public sealed record TimeOfDay(TimeSpan Value) : CanonicalValue;

    /// <summary>Bytes as upper-case hexadecimal digits.</summary>
    public sealed record Binary(string Hex) : CanonicalValue;

    /// <summary>The value as text, the same on every machine; null for NULL.</summary>
    public string? Display => this switch
    {
        Null => null,
        Number n => Normalise(n.Value).ToString(CultureInfo.InvariantCulture),
        BigNumber n => n.Digits,
        Float f => f.Value.ToString("R", CultureInfo.InvariantCulture),
        Boolean b => b.Value ? "true" : "false",
        Text t => t.Value,
        Uuid u => u.Value.ToString("D"),
        Moment m => m.Value.ToString(),
        TimeOfDay t => t.Value.ToString("c", CultureInfo.InvariantCulture),
        Binary b => "0x" + b.Hex,
        _ => throw new InvalidOperationException("A canonical value of a kind that does not exist."),
    };

    /// <summary>
    /// The canonical value of what a driver returned.
    /// </summary>
    /// <exception cref="DatabaseException">The driver's type has no canonical form.</exception>
    public static CanonicalValue From(object? value) => value switch
    {
        null or DBNull => new Null(),
        CanonicalValue canonical => canonical,
        long v => new Number(v),
        int v => new Number(v),
        short v => new Number(v),
        byte v => new Number(v),
        sbyte v => new Number(v),
        uint v => new Number(v),
        ulong v => new Number(v),
        decimal v => new Number(v),
        double v => new Float(v),
        float v => new Float(v),
        bool v => new Boolean(v),
        string v => new Text(v),
        char v => new Text(v.ToString()),
        Guid v => new Uuid(v),
        DateTimeOffset v => new Moment(Timestamp.FromUtc(v)),
        DateTime v => new Moment(Timestamp.FromTicks(v.Ticks, TimeResolution.HundredNanoseconds, v.Kind == DateTimeKind.Utc)),
        DateOnly v => new Moment(new Timestamp(v.DayNumber, TimeResolution.Day, IsUtc: false)),
        TimeOnly v => new TimeOfDay(v.ToTimeSpan()),
        TimeSpan v => new TimeOfDay(v),
        byte[] v => new Binary(Convert.ToHexString(v)),
        System.Numerics.BigInteger v => FromDigits(v.ToString(CultureInfo.InvariantCulture)),
        _ => throw new DatabaseException(
            "a result column", $"a value of type {value.GetType().Name} cannot be compared.", "Cast it in the query to a number, a text or a date."),
    };

    /// <summary>The number written with these digits (<c>-12.50</c>), as <see cref="Number"/> where it fits exactly, else as <see cref="BigNumber"/>.</summary>
    public static CanonicalValue FromDigits(string digits)
    {
        var canonical = CanonicalDigits(digits);
        return decimal.TryParse(canonical, NumberStyles.Number, CultureInfo.InvariantCulture, out var value)
            && Normalise(value).ToString(CultureInfo.InvariantCulture) == canonical
                ? new Number(value)
                : new BigNumber(canonical);
    }

    /// <summary>The decimal that is spelt like the shortest exact spelling of <paramref name="value"/>; null when there is none.</summary>
    /// <remarks>0.1 as a float and 0.1 as a decimal are one value to people who count by it.</remarks>
    public static decimal? FromFloat(double value) =>
        decimal.TryParse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
        && (double)exact == value
            ? exact
            : null;

    // Dividing by a one with 28 decimals drops the trailing zeros of a decimal without changing its value.
    internal static decimal Normalise(decimal value) => value == 0 ? 0m : value / 1.0000000000000000000000000000m;

    private static string CanonicalDigits(string digits)
    {
        var negative = digits.StartsWith('-');
        var unsigned = digits.TrimStart('-', '+');
        var point = unsigned.IndexOf('.', StringComparison.Ordinal);
        var whole = (point < 0 ? unsigned : unsigned[..point]).TrimStart('0');
        var fraction = point < 0 ? "" : unsigned[(point + 1)..].TrimEnd('0');
        var result = (whole.Length == 0 ? "0" : whole) + (fraction.Length == 0 ? "" : "." + fraction);
        return negative && result != "0" ? "-" + result : result;
    }
}
