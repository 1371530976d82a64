using MigrationGuard.Databases.Values;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.Fingerprints;

/// <summary>A column pair with the types its values are taken to have.</summary>
/// <param name="Columns">The pair.</param>
/// <param name="Context">The two sides.</param>
/// <param name="Source">The source's type: its column's, or the other's where SQLite declares none.</param>
/// <param name="Target">The target's.</param>
internal sealed record TypedPair(ColumnPair Columns, RuleContext Context, CanonicalType Source, CanonicalType Target)
{
    public string Name => Columns.Name;

    /// <summary>What the source's values have to be read as; null where that is the column's own type.</summary>
    public CanonicalType? SourceReadAs => Source == Columns.Source.Type ? null : Source;

    /// <inheritdoc cref="SourceReadAs"/>
    public CanonicalType? TargetReadAs => Target == Columns.Target.Type ? null : Target;

    public CanonicalType On(Side side) => side == Side.Source ? Source : Target;

    public string StoreTypeOn(Side side) => Columns.On(side).StoreType;

    /// <summary>Whether the source's kind and the target's are such, each by itself; they need not be the same.</summary>
    public bool Both(Func<CanonicalKind, bool> are) => are(Source.Kind) && are(Target.Kind);

    /// <summary>Whether at least one of the two is of this kind.</summary>
    public bool Either(CanonicalKind kind) => Source.Kind == kind || Target.Kind == kind;

    public ColumnRule.Comparable Compared(Func<Side, RowBuffer, ValueEncoder> encoder, string? narrowing = null) =>
        new(Columns, encoder) { Narrowing = narrowing is null ? null : $"{Name}: {narrowing}" };

    public ColumnRule.Incomparable Incomparable(string why) =>
        new($"{Name} is {Spelt(Side.Source)} on the source and {Spelt(Side.Target)} on the target, {why} List it in IgnoreColumns, or compare views that cast it.");

    public static TypedPair Of(ColumnPair pair, RuleContext context) => new(
        pair, context, Taken(pair, context, Side.Source, pair.Target.Type), Taken(pair, context, Side.Target, pair.Source.Type));

    private string Spelt(Side side) => StoreTypeOn(side).Length == 0 ? "of no declared type" : StoreTypeOn(side);

    // Programs keep dates and exact decimals in SQLite under any declared type: only the other side knows what a column holds.
    private static CanonicalType Taken(ColumnPair pair, RuleContext context, Side side, CanonicalType other)
    {
        var own = pair.On(side).Type;
        var takesOther = context.IsSqlite(side) && own.Kind switch
        {
            CanonicalKind.Untyped => true,
            CanonicalKind.Text => other.IsMoment || other.Kind is CanonicalKind.Time or CanonicalKind.Decimal,
            CanonicalKind.Integer or CanonicalKind.Decimal or CanonicalKind.Float => other.IsMoment,
            _ => false,
        };
        return takesOther ? new CanonicalType(other.Kind) : own;
    }
}
