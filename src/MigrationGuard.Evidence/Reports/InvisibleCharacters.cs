using System.Globalization;
using System.Text.RegularExpressions;

namespace MigrationGuard.Evidence.Reports;

/// <summary>Makes characters visible that a reader of the report would not see, or that would reorder what is read.</summary>
/// <remarks>
/// Names and values come from databases and may hold any character. A control character is not allowed in HTML, and a
/// direction mark can make one value look like another, which evidence must not do.
/// </remarks>
internal static partial class InvisibleCharacters
{
    /// <summary>The page with such characters spelt out.</summary>
    /// <param name="html">A rendered page, in which every character beyond ASCII's printable ones is a numeric reference.</param>
    public static string Spelt(string html) => NumericReference().Replace(html, reference =>
    {
        var character = int.Parse(reference.Groups["code"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return IsInvisible(character)
            ? string.Create(CultureInfo.InvariantCulture, $"[U+{character:X4}]")
            : reference.Value;
    });

    private static bool IsInvisible(int character) => character switch
    {
        '\t' or '\n' or '\r' => false,
        < 0x20 or (>= 0x7F and <= 0x9F) => true,
        // Zero-width space and non-joiner, direction marks, embeddings and isolates; not the joiner, which emoji are made with.
        0x200B or 0x200C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x2069) or 0xFEFF => true,
        0xFFFE or 0xFFFF => true,
        _ => false,
    };

    [GeneratedRegex("&#x(?<code>[0-9A-Fa-f]{1,6});", RegexOptions.CultureInvariant)]
    private static partial Regex NumericReference();
}
