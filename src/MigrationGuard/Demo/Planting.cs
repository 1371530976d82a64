using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Demo;

/// <summary>One change to the demo's data, and every finding that it must lead to.</summary>
/// <param name="Story">What was done, for a reader.</param>
/// <param name="Into">Where the statement is run.</param>
/// <param name="Sql">The statement that plants it; it picks the same rows each time.</param>
/// <param name="Findings">All that the checks must report of it.</param>
internal sealed record Planting(string Story, PlantedInto Into, string Sql, IReadOnlyList<PlantedDefect> Findings);

/// <summary>The databases a planting changes.</summary>
internal enum PlantedInto
{
    /// <summary>The old one before it is copied: both have it.</summary>
    Both,

    /// <summary>The copy alone.</summary>
    New,
}

/// <summary>Phrases the findings of one planting on one entity.</summary>
internal sealed record PlantedFindings(string Entity, string Story, bool IsAccepted = false)
{
    public PlantedDefect Missing(long rowCount) => RecordCount(FindingKinds.MissingInTarget, rowCount);

    public PlantedDefect Extra(long rowCount) => RecordCount(FindingKinds.ExtraInTarget, rowCount);

    /// <summary>A group whose counts differ by <paramref name="rowCount"/>, either way.</summary>
    public PlantedDefect Group(IReadOnlyList<string> by, IReadOnlyList<Scalar> group, long rowCount) =>
        new(Entity, CheckNames.EntityBreakdown, by, FindingKinds.GroupDiffers, rowCount, Story) { Group = group, IsAccepted = IsAccepted };

    /// <summary>A column whose newest moment differs.</summary>
    public PlantedDefect Newest(string column) => Timestamp(column, null);

    /// <summary>A column in which so many rows of the source are newer than the freeze.</summary>
    public PlantedDefect AfterFreeze(string column, long rowCount) => Timestamp(column, rowCount);

    /// <summary>A column that the new database lacks, and the rows of the old one that hold a value in it.</summary>
    public PlantedDefect NoColumn(string column, long rowCount) =>
        new(Entity, CheckNames.Schema, null, FindingKinds.SchemaDiffers, rowCount, Story) { Columns = [column], IsAccepted = IsAccepted };

    /// <summary>Rows that are missing, extra, or changed in exactly these columns, as the comparison of rows says it.</summary>
    public PlantedDefect Rows(string kind, long rowCount, params string[] columns) =>
        new(Entity, CheckNames.Fingerprint, null, kind, rowCount, Story) { Columns = columns.Length == 0 ? null : columns, IsAccepted = IsAccepted };

    private PlantedDefect RecordCount(string kind, long rowCount) =>
        new(Entity, CheckNames.RecordCount, null, kind, rowCount, Story) { IsAccepted = IsAccepted };

    private PlantedDefect Timestamp(string column, long? rowCount) =>
        new(Entity, CheckNames.LastTimestamp, null, FindingKinds.TimestampDiffers, rowCount, Story) { Columns = [column], IsAccepted = IsAccepted };
}
