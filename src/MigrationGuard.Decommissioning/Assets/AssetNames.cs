using System.Globalization;
using System.Text.RegularExpressions;

namespace MigrationGuard.Decommissioning.Assets;

/// <summary>What names, texts and days of assets may be, wherever they come from.</summary>
public static partial class AssetNames
{
    /// <summary>What to do about a name that cannot be one.</summary>
    public const string Remedy = "Use up to 100 letters, digits and . _ - only, a letter or digit first.";

    /// <summary>Whether this can name an asset or be a person's key: it becomes part of the ledger's lines.</summary>
    public static bool IsName(string text) => NameShape().IsMatch(text);

    /// <summary>Whether a text stands on one line and holds nothing that cannot be seen: it goes into messages' subjects and onto terminals.</summary>
    public static bool IsOneLine(string text) => !text.Any(IsUnseen);

    /// <summary>Whether a day can be one that months are counted from; a slip of the hand in the year is not.</summary>
    public static bool IsPlausible(DateOnly day) => day.Year is >= 1990 and <= 2199;

    private static bool IsUnseen(char c) => char.IsControl(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameShape();
}
