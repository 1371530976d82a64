using System.Globalization;
using System.Text;

namespace MigrationGuard.Output;

/// <summary>Two texts side by side that are not the same, and that a screen may show the same.</summary>
/// <remarks>An é is one code point or two, and a space may be one that does not break. Code points decide, and eyes do not see them.</remarks>
internal static class LookAlikes
{
    /// <summary>Both texts as they are; where only their code points tell them apart, with all but ASCII spelt out, as in <c>[U+00E9]</c>.</summary>
    public static (string? Source, string? Target) Apart(string? source, string? target) =>
        source is not null && target is not null && source != target && Folded(source) == Folded(target)
            ? (Spelt(source), Spelt(target))
            : (source, target);

    // A half of a surrogate pair has no normal form.
    private static string Folded(string text) => text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar) ? text : text.Normalize(NormalizationForm.FormKC);

    private static string Spelt(string text)
    {
        var spelt = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii)
                spelt.Append((char)rune.Value);
            else
                spelt.Append(CultureInfo.InvariantCulture, $"[U+{rune.Value:X4}]");
        }
        return spelt.ToString();
    }
}
