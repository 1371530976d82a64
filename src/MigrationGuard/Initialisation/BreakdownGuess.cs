using System.Text.RegularExpressions;
using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Initialisation;

/// <summary>Recognises columns that sort rows into a few kinds: states, types, categories, yes or no.</summary>
/// <remarks>
/// The values of a breakdown leave the database and stand in reports. So free text and whatever may say something about a
/// person are never guessed; an engineer who needs such a column adds it knowingly.
/// </remarks>
internal static partial class BreakdownGuess
{
    private const int MostSingles = 3;

    // Longer text is likelier to be written than chosen.
    private const int LongestText = 50;

    /// <summary>At most three columns by their source names, and the combination of state and status where there are both.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> For(TablePair tables, Dialect source, Dialect target)
    {
        var isAddress = tables.Source.Columns.Any(column => AddressPart().IsMatch(ColumnWords.Fold(column.Name)));
        var singles = tables.Columns
            .Where(pair => source.CanGroupBy(pair.Source) && target.CanGroupBy(pair.Target))
            .Where(pair => !tables.Source.PrimaryKey.Contains(pair.Source.Name))
            .Select(pair => (pair.Source.Name, Rank: Rank(pair, isAddress)))
            .Where(candidate => candidate.Rank is not null)
            .OrderBy(candidate => candidate.Rank)
            .Select(candidate => candidate.Name)
            .ToList();
        var state = singles.Find(name => ColumnWords.Fold(name) == "statecode");
        var status = singles.Find(name => ColumnWords.Fold(name) == "statuscode");
        if (state is null || status is null)
            return [.. singles.Take(MostSingles).Select(name => (IReadOnlyList<string>)[name])];
        // The combination shows what the status alone would.
        return [.. singles.Where(name => name != status).Take(MostSingles).Select(name => (IReadOnlyList<string>)[name]), [state, status]];
    }

    // The lower, the likelier to tell something; null for a column that is not counted by.
    private static int? Rank(NamePair<Column> pair, bool isAddress)
    {
        var (a, b) = (pair.Source.Type, pair.Target.Type);
        var areNumbers = IsNumber(a) && IsNumber(b);
        var name = ColumnWords.Fold(pair.Source.Name);
        if ((!areNumbers && !AreShortTexts(a, b)) || Personal().IsMatch(name))
            return null;
        if (areNumbers && IsFlag(pair))
            return 5;
        // The state of an address is a place.
        var isPlace = isAddress && !areNumbers && name.EndsWith("state", StringComparison.Ordinal);
        if (isPlace || Identifier().IsMatch(name))
            return null;
        return name switch
        {
            "statecode" => 0,
            "statuscode" => 1,
            _ when StateOrStatus().IsMatch(name) => 2,
            _ when name.Contains("type", StringComparison.Ordinal) => 3,
            _ when Category().IsMatch(name) => 4,
            _ => null,
        };
    }

    private static bool IsNumber(CanonicalType type) => type.Kind is CanonicalKind.Integer or CanonicalKind.Boolean;

    // Engines that declare no lengths leave it to the other side to say that the text is short.
    private static bool AreShortTexts(CanonicalType a, CanonicalType b) =>
        a.IsText && b.IsText && (a.Length ?? b.Length) <= LongestText && (b.Length ?? a.Length) <= LongestText;

    private static bool IsFlag(NamePair<Column> pair) =>
        pair.Source.Type.Kind == CanonicalKind.Boolean || pair.Target.Type.Kind == CanonicalKind.Boolean
            ? FlagOfBooleans().IsMatch(pair.Source.Name)
            : FlagOfIntegers().IsMatch(pair.Source.Name);

    [GeneratedRegex("(state|status)(code|id)?$", RegexOptions.CultureInvariant)]
    private static partial Regex StateOrStatus();

    [GeneratedRegex("category(code|id)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Category();

    // All lower case in engines that fold names; the type says enough.
    [GeneratedRegex("^(is|has)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex FlagOfBooleans();

    // Only with a clear boundary: issue_id and ISBN are no flags.
    [GeneratedRegex("^(is|has|IS|HAS)_|^(Is|Has|is|has)[A-Z]", RegexOptions.CultureInvariant)]
    private static partial Regex FlagOfIntegers();

    [GeneratedRegex("(city|town|postalcode|postcode|zip|zipcode|country|county|street)$", RegexOptions.CultureInvariant)]
    private static partial Regex AddressPart();

    // Numbers of a thing of its own, such as a type's version, sort nothing into kinds.
    [GeneratedRegex("(version|number|count|order|length|guid)$", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();

    [GeneratedRegex(
        "name|address|mail|phone|birth|title|subject|description|comment|note|text|reason|marital|family|health|medical|blood|religio|ethnic|race|gender|sex|nationality|citizen|immigration|residen|visa|crim|convict|disability|pregnan|education|income|tenure",
        RegexOptions.CultureInvariant)]
    private static partial Regex Personal();
}
