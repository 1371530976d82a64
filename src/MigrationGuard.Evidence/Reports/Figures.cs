using System.Globalization;
using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Evidence.Reports;

/// <summary>Numbers, moments and durations as the report spells them, the same for every reader's locale.</summary>
internal static class Figures
{
    private const string Minus = "\u2212";

    /// <summary>A count with thousands separators.</summary>
    public static string Count(long number) => (number < 0 ? Minus : "") + Math.Abs((decimal)number).ToString("#,##0", CultureInfo.InvariantCulture);

    /// <summary>A count and what is counted, in the singular or the plural.</summary>
    public static string Count(long number, string one, string many) => Count(number) + " " + (number == 1 ? one : many);

    /// <summary>A measured value: numbers with thousands separators, the rest as it is.</summary>
    public static string Measured(Scalar value)
    {
        if (!IsNumber(value, out var number))
            return value.ToString();
        var text = value.ToString();
        var point = text.IndexOf('.', StringComparison.Ordinal);
        // Only the whole part is rewritten: the decimals are shown as the ledger holds them.
        var sign = number < 0 ? Minus : "";
        return sign + decimal.Truncate(Math.Abs(number)).ToString("#,##0", CultureInfo.InvariantCulture) + (point < 0 ? "" : text[point..]);
    }

    /// <summary>A moment as ISO 8601 in UTC, to the second.</summary>
    public static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The largest two units that say how long something took or how far two moments are apart.</summary>
    public static string Duration(TimeSpan duration)
    {
        var length = duration.Duration();
        return length switch
        {
            { TotalDays: >= 1 } => Two(length.Days, "d", length.Hours, "h"),
            { TotalHours: >= 1 } => Two(length.Hours, "h", length.Minutes, "min"),
            { TotalMinutes: >= 1 } => Two(length.Minutes, "min", length.Seconds, "s"),
            _ => Seconds(length.TotalSeconds),
        };
    }

    /// <summary>Seconds, with as many decimals as matter.</summary>
    public static string Seconds(double seconds) => seconds.ToString("0.#######", CultureInfo.InvariantCulture) + " s";

    /// <summary>What the target holds less what the source holds, for a reader; empty when one of them was not measured.</summary>
    public static string Difference(Scalar? source, Scalar? target)
    {
        if (source is null || target is null)
            return "";
        if (IsNumber(source, out var old) && IsNumber(target, out var current))
            return SignedDifference(current - old);
        if (source == target)
            return "none";
        return TryReadMoment(source, out var before) && TryReadMoment(target, out var after) && IsUtc(source) == IsUtc(target)
            ? (after == before ? "none" : Duration(after - before) + (after < before ? " earlier" : " later"))
            : "differs";
    }

    private static string SignedDifference(decimal difference) => difference switch
    {
        0 => "0",
        > 0 => "+" + difference.ToString("#,##0.############################", CultureInfo.InvariantCulture),
        _ => Minus + (-difference).ToString("#,##0.############################", CultureInfo.InvariantCulture),
    };

    private static string Two(int large, string largeUnit, int small, string smallUnit) => small == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{large} {largeUnit}")
        : string.Create(CultureInfo.InvariantCulture, $"{large} {largeUnit} {small} {smallUnit}");

    private static bool IsNumber(Scalar value, out decimal number)
    {
        number = 0;
        return !value.IsNull && value.Text is null
            && decimal.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    private static bool IsUtc(Scalar value) => value.Text?.EndsWith('Z') == true;

    private static bool TryReadMoment(Scalar value, out DateTime moment)
    {
        moment = default;
        string[] formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd"];
        return value.Text is { } text
            && DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out moment);
    }
}
