using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Verification.Fingerprints;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.Segments;

/// <summary>How the rows of one entity are compared, decided before either side is read.</summary>
/// <param name="Columns">The columns compared, each with its rule: those of the key first, in the key's order, then the others in the source's.</param>
/// <param name="KeyColumns">How many of them identify a row; 0 where nothing does, and rows are then compared as a multiset.</param>
/// <param name="CutBy">The column by whose ranges both sides can be read in parts; null where there is none.</param>
public sealed record RowComparison(IReadOnlyList<ComparedColumn> Columns, int KeyColumns, CutColumn? CutBy)
{
    /// <summary>Conditions in each engine's own SQL that rows have to meet; none when null.</summary>
    public string? SourceFilter { get; init; }

    public string? TargetFilter { get; init; }

    /// <summary>What is given up to make the two sides comparable, a sentence each.</summary>
    public IReadOnlyList<string> Narrowed { get; init; } = [];

    /// <summary>What is not compared, and other remarks, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Columns that the target lacks: what they hold is only known once the source was read.</summary>
    public IReadOnlyList<Column> SourceOnly { get; init; } = [];

    /// <summary>The same with dates and times cut where they are rounded here; null where that makes no difference.</summary>
    public RowComparison? Otherwise { get; init; }

    /// <summary>Whether the leaf of a row follows from its key, so that a changed row is in the same leaf on both sides.</summary>
    public bool CutFollowsKey => CutBy is null || Columns.Take(KeyColumns).Any(column => column.Pair == CutBy.Pair);

    /// <summary>The same for those rows alone that meet a condition on each side; all rows where it is null.</summary>
    public RowComparison Filtered(string? source, string? target) =>
        this with { SourceFilter = source, TargetFilter = target, Otherwise = Otherwise?.Filtered(source, target) };

    public string? Filter(Side side) => side == Side.Source ? SourceFilter : TargetFilter;
}

/// <summary>A pair of columns and the rule by which their values become bytes.</summary>
public sealed record ComparedColumn(ColumnRule.Comparable Rule)
{
    public ColumnPair Pair => Rule.Pair;
}

/// <summary>The column by whose ranges a table is cut.</summary>
/// <param name="Pair">The column on both sides; it holds no NULL on either.</param>
/// <param name="Order">How both sides order it.</param>
public sealed record CutColumn(ColumnPair Pair, KeyOrder Order);
