using System.Globalization;
using System.Text;

namespace MigrationGuard.Output;

/// <summary>Makes text from a database harmless to a terminal.</summary>
/// <remarks>An escape sequence in a group's name could repaint the verdict; a direction mark could turn a number round.</remarks>
internal static class Printable
{
    /// <summary>The text with control and direction characters spelt out, as in <c>[U+001B]</c>; line ends stay.</summary>
    public static string Of(string text)
    {
        if (!text.Any(IsUnseen))
            return text;
        var spelt = new StringBuilder();
        foreach (var c in text)
        {
            if (IsUnseen(c))
                spelt.Append(CultureInfo.InvariantCulture, $"[U+{(int)c:X4}]");
            else
                spelt.Append(c);
        }
        return spelt.ToString();
    }

    private static bool IsUnseen(char c) =>
        c != '\n' && (char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
