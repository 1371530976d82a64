using MigrationGuard.Databases;
using MigrationGuard.Databases.Values;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.Fingerprints;

/// <summary>Rules for text, uuids, JSON and XML.</summary>
internal static class TextRules
{
    /// <summary>The rule for two columns of what is spelt: text, JSON, XML, and UUIDs.</summary>
    /// <returns>Null for any other pair. One that is of this kind and has no common form has a rule that says so.</returns>
    public static ColumnRule? For(TypedPair pair)
    {
        if (pair.Either(CanonicalKind.Json) && pair.Both(IsSpelt))
            return ForJson(pair);
        if (pair.Either(CanonicalKind.Xml) && pair.Both(IsSpelt))
            return ForXml(pair);
        if (pair.Both(IsText))
            return ForText(pair);
        if (pair.Either(CanonicalKind.Uuid) && pair.Both(kind => kind == CanonicalKind.Uuid || IsText(kind)))
            return ForUuids(pair);
        return null;
    }

    private static bool IsText(CanonicalKind kind) => kind is CanonicalKind.Text or CanonicalKind.PaddedText;

    private static bool IsSpelt(CanonicalKind kind) => IsText(kind) || kind is CanonicalKind.Json or CanonicalKind.Xml;

    private static ColumnRule.Comparable ForText(TypedPair pair)
    {
        var pads = Sides.Both.Where(side => pair.On(side).Kind == CanonicalKind.PaddedText).ToList();
        return pads.Count == 0
            ? pair.Compared((_, row) => new ValueEncoder(row))
            : pair.Compared(
                (_, row) => new TrimmedTextEncoder(row),
                $"trailing spaces are left out, as {(pads.Count == 2 ? "both sides pad" : $"the {pads[0].Spelt()} pads")} to a fixed length");
    }

    private static ColumnRule.Comparable ForUuids(TypedPair pair)
    {
        var spelt = Sides.Both.Where(side => IsText(pair.On(side).Kind) || pair.Context.IsSqlite(side)).ToList();
        return spelt.Count == 0
            ? pair.Compared((_, row) => new ValueEncoder(row))
            : pair.Compared(
                (_, row) => new UuidTextEncoder(row),
                $"the {string.Join(" and the ", spelt.Select(side => side.Spelt()))}'s text is compared as the UUID it spells, without its case, hyphens, braces and trailing spaces");
    }

    // PostgreSQL's jsonb keeps no text: it orders members, drops repeated ones and spells the rest anew.
    private static ColumnRule ForJson(TypedPair pair)
    {
        var (source, target) = (IsRespeltJson(pair, Side.Source), IsRespeltJson(pair, Side.Target));
        return source != target
            ? pair.Incomparable("and PostgreSQL's binary JSON spells every document anew.")
            : pair.Either(CanonicalKind.PaddedText) ? ForText(pair) : pair.Compared((_, row) => new ValueEncoder(row));
    }

    private static bool IsRespeltJson(TypedPair pair, Side side) =>
        pair.Context.On(side) == Provider.PostgreSql && pair.On(side).Kind == CanonicalKind.Json && pair.StoreTypeOn(side) != "json";

    // SQL Server's xml keeps no text either: white space, quotes and empty elements come out in its own way.
    private static ColumnRule ForXml(TypedPair pair) =>
        IsRespeltXml(pair, Side.Target) && !IsRespeltXml(pair, Side.Source)
            ? pair.Incomparable("and SQL Server's xml spells every document anew.")
            : pair.Either(CanonicalKind.PaddedText) ? ForText(pair) : pair.Compared((_, row) => new ValueEncoder(row));

    private static bool IsRespeltXml(TypedPair pair, Side side) =>
        pair.Context.On(side) == Provider.SqlServer && pair.On(side).Kind == CanonicalKind.Xml;
}
