using System.ComponentModel;
using System.Text.Json.Serialization;

namespace MigrationGuard.Verification;

/// <summary>A source and a target, and what of them is compared.</summary>
public sealed class ComparisonOptions
{
    [Description("The database that is migrated from, by its name under Databases.")]
    public string Source { get; set; } = "";

    [Description("The database that is migrated to, by its name under Databases.")]
    public string Target { get; set; } = "";

    [Description("Tables and views to compare, each under a name of your choice.")]
    public Dictionary<string, EntityOptions> Entities { get; set; } = [];

    [Description("Source tables left out on purpose, with the reason: either { \"dbo.TraceLogBase\": \"diagnostic log\" }, or a list of { \"Table\": …, \"Reason\": … }, which any table name fits.")]
    public List<ExcludedTable> Excluded { get; set; } = [];

    [Description("Folders or files of query pairs, relative to the configuration file.")]
    public List<string> Queries { get; set; } = [];

    [Description("How deep to look: counts (record counts, breakdowns and last timestamps) or rows (the schema and every row too).")]
    public Depth Depth { get; set; } = Depth.Counts;

    [Description("When the source stopped being written to, with its offset, such as 2026-03-06T18:00:00+00:00. Rows newer than that are a mismatch.")]
    public DateTimeOffset? FrozenAt { get; set; }

    [Description("Whether the source and the target may be one and the same database. Only for trying things out: such a comparison proves nothing.")]
    public bool AllowSameDatabase { get; set; }

    [Description("Who outside relies on this data and has to be told when it differs. None when left out.")]
    public PartnerOptions? Partner { get; set; }

    [Description("Differences that are expected. Each is without effect until it has an approver and an expiry that has not passed.")]
    public List<ExpectedDifferenceOptions> ExpectedDifferences { get; set; } = [];
}

/// <summary>Somebody outside who relies on a comparison's data.</summary>
/// <remarks>
/// A regulator's reprimand found that partners had not been told of missing records for more than six months: "some
/// warning would be given to ensure that partner agencies were aware". Hence a clock.
/// </remarks>
public sealed class PartnerOptions
{
    [Description("The partner's name.")]
    public string Name { get; set; } = "";

    [Description("Whom to tell there, and how.")]
    public string Contact { get; set; } = "";

    [Description("The role that tells the partner, by its name under Roles.")]
    public string OwnerRole { get; set; } = "";

    [Description("Hours from the end of the run that found a mismatch until it must be resolved or the partner told.")]
    public double TellWithinHours { get; set; } = 72;

    [Description("The role that hears of it when neither has happened, by its name under Roles.")]
    public string EscalateTo { get; set; } = "";
}

/// <summary>How deep a comparison looks.</summary>
public enum Depth
{
    /// <summary>Record counts, breakdowns and last timestamps.</summary>
    [JsonStringEnumMemberName("counts")]
    Counts,

    /// <summary>These, and the schema and every row.</summary>
    [JsonStringEnumMemberName("rows")]
    Rows,
}

/// <summary>One table or view on both sides.</summary>
public sealed class EntityOptions
{
    [Description("The table or view on the source, with its schema where that is not the default one. Quote parts that hold dots: \"my.table\".")]
    public string Source { get; set; } = "";

    [Description("The table or view on the target; the source's name when left out.")]
    public string? Target { get; set; }

    [Description("The columns that identify a row.")]
    public List<string> Key { get; set; } = [];

    [Description("The column that holds when a row was made.")]
    public string? CreatedOn { get; set; }

    [Description("The column that holds when a row was last changed.")]
    public string? ModifiedOn { get; set; }

    [Description("Columns to count rows by, each alone; a list within the list is a combination: [\"StateCode\", [\"StateCode\", \"StatusCode\"]].")]
    public List<BreakdownColumns> BreakdownBy { get; set; } = [];

    [Description("Those columns under BreakdownBy whose text is a code, such as StatusName: evidence packs show their groups, and of other text only keyed digests. Whole numbers and truth values are codes without being listed.")]
    public List<string> CodeColumns { get; set; } = [];

    [Description("The columns whose values are compared, by their source names; all when left out.")]
    public List<string> Columns { get; set; } = [];

    [Description("Columns left out of the comparison, by their source names.")]
    public List<string> IgnoreColumns { get; set; } = [];

    [Description("Source columns whose target column has another name.")]
    public Dictionary<string, string> TargetColumns { get; set; } = [];

    [Description("Which rows of the source are compared: a condition in its SQL, such as StateCode = 0. All when left out.")]
    public string? SourceFilter { get; set; }

    [Description("Which rows of the target are compared: a condition in its SQL. All when left out.")]
    public string? TargetFilter { get; set; }
}

/// <summary>A column, or a combination of columns, that rows are counted by.</summary>
public sealed record BreakdownColumns(IReadOnlyList<string> Columns);

/// <summary>A source table left out on purpose.</summary>
public sealed record ExcludedTable(string Table, string Reason);

/// <summary>A difference that is expected, and who says so until when.</summary>
public sealed class ExpectedDifferenceOptions
{
    [Description("The entity concerned; leave out for a query pair.")]
    public string? Entity { get; set; }

    [Description("The check concerned: record-count, entity-breakdown, last-timestamp, schema, fingerprint or query:NAME.")]
    public string Check { get; set; } = "";

    [Description("The kind of finding concerned, such as extra-in-target.")]
    public string Kind { get; set; } = "";

    [Description("The columns a finding may name; \"*\" for any. Findings that name a column not listed are not covered. For an entity-breakdown, the columns broken down by, in their order.")]
    public List<string> Columns { get; set; } = [];

    [Description("The groups a finding may name, each the list of its values as text, null for NULL; [\"*\"] for any.")]
    public List<List<string?>> Groups { get; set; } = [];

    [Description("The most rows that all findings covered may concern together. Needed for every finding that counts rows.")]
    public long? AtMost { get; set; }

    [Description("Why the difference is expected.")]
    public string Reason { get; set; } = "";

    [Description("Who approved it; without a name it has no effect.")]
    public string? ApprovedBy { get; set; }

    [Description("The last day it holds, such as 2026-12-31; without one it has no effect.")]
    public DateOnly? Expires { get; set; }
}
