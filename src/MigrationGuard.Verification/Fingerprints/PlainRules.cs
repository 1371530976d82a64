using MigrationGuard.Databases.Values;

namespace MigrationGuard.Verification.Fingerprints;

/// <summary>Rules for truth values, bytes and types without a common form; whatever is left cannot be compared.</summary>
internal static class PlainRules
{
    /// <summary>The rule for a pair that no other rules are for.</summary>
    /// <returns>Never null: where nothing is left, that the two cannot be compared.</returns>
    public static ColumnRule For(TypedPair pair)
    {
        if (pair.Both(kind => kind == CanonicalKind.Boolean))
            return pair.Compared((_, row) => new BooleanEncoder(row));
        if (pair.Both(kind => kind is CanonicalKind.Binary or CanonicalKind.Untyped) && pair.Source.Kind == pair.Target.Kind)
            return pair.Compared((_, row) => new ValueEncoder(row));
        if (pair.Both(kind => kind == CanonicalKind.Unknown))
            return ForUnknown(pair);
        return pair.Incomparable("which have no values in common.");
    }

    private static ColumnRule ForUnknown(TypedPair pair) =>
        pair.Context.Source == pair.Context.Target
        && string.Equals(pair.Columns.Source.StoreType, pair.Columns.Target.StoreType, StringComparison.Ordinal)
        // Each value of a sql_variant has a type of its own, which its text does not tell.
        && pair.Columns.Source.StoreType != "sql_variant"
            ? pair.Compared((_, row) => new ValueEncoder(row), $"compared as the text in which both servers spell {pair.Columns.Source.StoreType}") with { IsAsText = true }
            : pair.Incomparable("for which there is no common form.");
}
