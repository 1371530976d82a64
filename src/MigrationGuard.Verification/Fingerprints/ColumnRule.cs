using MigrationGuard.Databases.Rows;
using MigrationGuard.Databases.Values;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.Fingerprints;

/// <summary>How the values of a column pair are compared: decided by the two types, before anything is read.</summary>
/// <remarks>A rule never fails on a value. One that does not fit its column differs from all that do.</remarks>
public abstract record ColumnRule
{
    private ColumnRule() { }

    /// <summary>The values are brought to a common form.</summary>
    public sealed record Comparable : ColumnRule
    {
        internal Comparable(ColumnPair pair, Func<Side, RowBuffer, ValueEncoder> encoder) => (Pair, Encoding) = (pair, encoder);

        public ColumnPair Pair { get; }

        /// <summary>What is given up to compare the two sides, a sentence that names the column; null for nothing.</summary>
        public string? Narrowing { get; init; }

        /// <summary>Whether <see cref="RuleContext.Rounding"/> makes a difference.</summary>
        public bool DependsOnRounding { get; init; }

        internal Func<Side, RowBuffer, ValueEncoder> Encoding { get; }

        internal bool IsAsText { get; init; }

        // SQLite's declared types bind no value: what a value is read as may be the other side's to say.
        internal CanonicalType? SourceReadAs { get; init; }

        internal CanonicalType? TargetReadAs { get; init; }

        /// <summary>The column as it has to be read.</summary>
        public RowColumn Read(Side side)
        {
            var column = Pair.On(side);
            var type = side == Side.Source ? SourceReadAs : TargetReadAs;
            return new RowColumn(type is null ? column : column with { Type = type }, IsAsText);
        }

        /// <summary>What writes one side's values into <paramref name="row"/>, the same bytes for the same value on both sides.</summary>
        public ValueEncoder Encoder(Side side, RowBuffer row) => Encoding(side, row);
    }

    /// <summary>The values are never compared, and that is no gap.</summary>
    /// <param name="Note">Why, a sentence that names the column.</param>
    public sealed record LeftOut(string Note) : ColumnRule;

    /// <summary>The values cannot be compared, so the entity is not checked unless the column is ignored.</summary>
    /// <param name="Reason">Why, and what to do, naming the column.</param>
    public sealed record Incomparable(string Reason) : ColumnRule;

    /// <summary>The rule for a pair of columns.</summary>
    public static ColumnRule For(ColumnPair pair, RuleContext context)
    {
        if (pair.Source.Type.Kind == CanonicalKind.RowVersion || pair.Target.Type.Kind == CanonicalKind.RowVersion)
            return new LeftOut($"{pair.Name} is not compared: a row version is given anew by every update and every restore.");
        if (AreStoredAlike(pair, context))
            return AsStored(pair);
        var typed = TypedPair.Of(pair, context);
        var rule = NumberRules.For(typed) ?? TextRules.For(typed) ?? MomentRules.For(typed) ?? PlainRules.For(typed);
        return rule is Comparable comparable ? comparable with { SourceReadAs = typed.SourceReadAs, TargetReadAs = typed.TargetReadAs } : rule;
    }

    // SQLite keeps with each value what it is. Two columns of one declared type are compared by that, so that nothing that
    // its reading as a date or a number would even out is lost.
    private static bool AreStoredAlike(ColumnPair pair, RuleContext context) =>
        context.IsSqlite(Side.Source) && context.IsSqlite(Side.Target)
        && pair.Source.Type.Kind == pair.Target.Type.Kind
        && (pair.Source.Type.Kind == CanonicalKind.Untyped || string.Equals(pair.Source.StoreType, pair.Target.StoreType, StringComparison.OrdinalIgnoreCase));

    private static Comparable AsStored(ColumnPair pair)
    {
        var untyped = new CanonicalType(CanonicalKind.Untyped);
        return new Comparable(pair, static (_, row) => new ValueEncoder(row)) { SourceReadAs = untyped, TargetReadAs = untyped };
    }
}
