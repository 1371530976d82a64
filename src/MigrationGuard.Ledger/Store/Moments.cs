using System.Globalization;

namespace MigrationGuard.Ledger.Store;

/// <summary>Moments as the store's tables hold them: ISO 8601 in UTC at a fixed width, so that they sort as text on every engine.</summary>
public static class Moments
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Reads what may be anything.</summary>
    /// <returns>Whether it is what <see cref="Text"/> writes.</returns>
    public static bool TryRead(string? text, out DateTimeOffset moment) =>
        DateTimeOffset.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out moment);

    /// <exception cref="FormatException">The text is not what <see cref="Text"/> writes.</exception>
    public static DateTimeOffset Read(string text) =>
        DateTimeOffset.ParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
