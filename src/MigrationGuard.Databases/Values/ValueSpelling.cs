using System.Globalization;

namespace MigrationGuard.Databases.Values;

/// <summary>.NET values as every engine reads them in text: ISO dates, shortest round-trip numbers, hexadecimal bytes.</summary>
public static class ValueSpelling
{
    private const string Fraction = "FFFFFFF";

    /// <summary>The text of a value that is not null. Two values are the same when their texts are.</summary>
    public static string Of(object value) => value switch
    {
        string text => text,
        byte[] bytes => Convert.ToHexStringLower(bytes),
        bool truth => truth ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        Guid uuid => uuid.ToString("D"),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss." + Fraction, CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss." + Fraction, CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.ToString("yyyy-MM-dd HH:mm:ss." + Fraction + "zzz", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"A value of {value.GetType()} has no spelling.", nameof(value)),
    };
}
