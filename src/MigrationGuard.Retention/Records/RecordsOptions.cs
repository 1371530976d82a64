using System.ComponentModel;

namespace MigrationGuard.Retention.Records;

/// <summary>Which records are kept for how long, and where they are.</summary>
public sealed class RecordsOptions
{
    [Description("Files of retention codes that hold beside those below, such as retention-codes.json; relative to this file, or beside the program. What stands below under the same name counts in the place of theirs.")]
    public List<string> Presets { get; set; } = [];

    [Description("Retention codes, each under the name by which a commitment asks for it: retention:CODE.")]
    public Dictionary<string, RetentionCodeOptions> Codes { get; set; } = [];

    [Description("The records that codes are about, each kind under a name of your choice.")]
    public Dictionary<string, RetainedEntityOptions> Entities { get; set; } = [];
}

/// <summary>A code of a retention schedule: for how long its records are kept.</summary>
public sealed class RetentionCodeOptions
{
    [Description("What the code's records are, as the schedule calls them.")]
    public string? Title { get; set; }

    [Description("The promise in words, with the place that it was made in.")]
    public string? Promise { get; set; }

    [Description("For how many days, or unset where Months or Years says it.")]
    public int? Days { get; set; }

    [Description("For how many months of the calendar, or unset where Days or Years says it.")]
    public int? Months { get; set; }

    [Description("For how many years of the calendar, or unset where Days or Months says it.")]
    public int? Years { get; set; }

    [Description("Of records that no database holds, such as paper: what would show that they are kept for as long, and no longer. Such a code is no check: it stands among what a run leaves out.")]
    public string? NotVisible { get; set; }
}

/// <summary>Records of one kind: where they are, which rows they are, and from when their time counts.</summary>
public sealed class RetainedEntityOptions
{
    [Description("The retention code, by its name under Records:Codes.")]
    public string Code { get; set; } = "";

    [Description("The live database, by its name under Databases.")]
    public string Database { get; set; } = "";

    [Description("The frozen copy of it, by its name under Databases, for as long as there is one. Unset: nothing is known of records that were deleted too early, nor of drift.")]
    public string? Frozen { get; set; }

    [Description("The table or view of the records.")]
    public string Table { get; set; } = "";

    [Description("The table or view in the frozen copy, where it has another name there.")]
    public string? FrozenTable { get; set; }

    [Description("The columns that tell which record is which, of whole numbers, UUIDs or text, and of the same names on both sides. Unset: the primary key of the frozen copy's table.")]
    public List<string> Key { get; set; } = [];

    [Description("The column of dates that the period counts from.")]
    public string CountsFrom { get; set; } = "";

    [Description("Only the rows whose columns hold these values: a value or a list of them for each column, null for rows without a value. Unset: all rows.")]
    public Dictionary<string, FieldValues> Where { get; set; } = [];

    [Description("Whether records without a date are no matter; otherwise nothing is known of their time, and the check is not made whole.")]
    public bool UndatedAllowed { get; set; }

    [Description("Whether there may be no such record at all; otherwise Where or Table is taken for wrong, and the check is not made.")]
    public bool MayBeEmpty { get; set; }

    [Description("Days that deleting may take after the period, and by which it may come too early.")]
    public double ToleranceDays { get; set; } = 1;
}

/// <summary>The values that a column may hold, as the configuration spells them.</summary>
/// <param name="Values">Whole numbers by their digits; null for rows without a value.</param>
public sealed record FieldValues(IReadOnlyList<string?> Values);
