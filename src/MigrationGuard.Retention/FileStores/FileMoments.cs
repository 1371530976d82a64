using System.Globalization;

namespace MigrationGuard.Retention.FileStores;

/// <summary>Moments as manifests and metadata write them: ISO 8601, with an offset.</summary>
internal static class FileMoments
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mmK",
    ];

    /// <summary>Null where it is no moment, or none that everybody understands alike: without an offset it is of an unknown zone.</summary>
    public static DateTimeOffset? Parse(string text)
    {
        text = text.Trim();
        var hasOffset = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');
        return hasOffset && DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var moment) ? moment : null;
    }
}
