using System.Globalization;
using System.Text;
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

    /// <summary>Text with such characters spelt out, and with halves of surrogate pairs, which no encoding can hold.</summary>
    /// <param name="breaksToo">Whether ends of lines and tabs are spelt out as well.</param>
    public static string InText(string text, bool breaksToo = false)
    {
        if (text.All(character => character is >= ' ' and < '\u007F'))
            return text;
        var spelt = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            var isWhole = Rune.TryGetRuneAt(text, i, out var rune);
            var character = isWhole ? rune.Value : text[i];
            if (!isWhole || IsInvisible(character) || (breaksToo && character is ('\t' or '\n' or '\r')))
                spelt.Append(CultureInfo.InvariantCulture, $"[U+{character:X4}]");
            else
                spelt.Append(text, i, rune.Utf16SequenceLength);
            i += isWhole ? rune.Utf16SequenceLength - 1 : 0;
        }
        return spelt.ToString();
    }

    private static bool IsInvisible(int character) => character switch
    {
        '\t' or '\n' or '\r' => false,
        < 0x20 or (>= 0x7F and <= 0x9F) => true,
        // Soft hyphen and separators of lines; zero-width space and non-joiner, direction marks, embeddings and isolates; not the
        // joiner, which emoji are made with.
        0xAD or 0x61C or 0x180E or 0x2028 or 0x2029 => true,
        0x200B or 0x200C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x2069) or 0xFEFF => true,
        0xFFFE or 0xFFFF or (>= 0xE0000 and <= 0xE007F) => true,
        _ => false,
    };

    [GeneratedRegex("&#x(?<code>[0-9A-Fa-f]{1,6});", RegexOptions.CultureInvariant)]
    private static partial Regex NumericReference();
}
