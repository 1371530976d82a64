namespace MigrationGuard.Ledger.Outcomes;

/// <summary>The kinds of difference the contract knows.</summary>
public static class FindingKinds
{
    /// <summary>Rows that only the source has.</summary>
    public const string MissingInTarget = "missing-in-target";

    /// <summary>Rows that only the target has.</summary>
    public const string ExtraInTarget = "extra-in-target";

    /// <summary>Rows that differ in exactly the named columns; in further sets of columns, which the detail sums up, where none are named.</summary>
    public const string Changed = "changed";

    /// <summary>Something other than rows that there is a number of on each side: keys that occur more than once, where rows of theirs differ.</summary>
    public const string CountDiffers = "count-differs";

    /// <summary>A group whose rows are not as many on both sides.</summary>
    public const string GroupDiffers = "group-differs";

    /// <summary>A newest moment that differs, or rows written after the freeze.</summary>
    public const string TimestampDiffers = "timestamp-differs";

    public const string SchemaDiffers = "schema-differs";

    /// <summary>A value that differs: of a query's result, or the fingerprint of parts of a table whose rows were too many to look at one by one.</summary>
    public const string ValueDiffers = "value-differs";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All =
        [MissingInTarget, ExtraInTarget, Changed, CountDiffers, GroupDiffers, TimestampDiffers, SchemaDiffers, ValueDiffers];
}

/// <summary>The kinds of finding about what is kept; they stand beside those of comparisons in the contract.</summary>
public static class KeepingFindings
{
    /// <summary>There for longer than was promised.</summary>
    public const string KeptTooLong = "kept-too-long";

    /// <summary>Kept, or protected, for less long than was promised.</summary>
    public const string KeptTooShort = "kept-too-short";

    /// <summary>Kept in a copy alone: deleted by policy from where it was copied from, so that there are more every day the copy is there.</summary>
    public const string Drift = "drift";

    /// <summary>Time without a back-up, or log that is in none.</summary>
    public const string Gap = "gap";

    /// <summary>A moment that was promised to be restorable and is not.</summary>
    public const string NotRestorable = "not-restorable";

    /// <summary>A file that restores nothing: cut off, damaged, one stripe of several, no back-up at all.</summary>
    public const string Unusable = "unusable";

    /// <summary>A back-up of something else than its name or its place says.</summary>
    public const string Misplaced = "misplaced";

    /// <summary>Back-ups on the server whose loss they are for.</summary>
    public const string OnServer = "on-server";

    /// <summary>Something that was to be tried within a time, and was not, or failed.</summary>
    public const string NotTested = "not-tested";

    /// <summary>A setting of a store that is not the promised one.</summary>
    public const string SettingDiffers = "setting-differs";
}

/// <summary>The kinds of finding about files that comparisons of databases do not know; they stand beside those in the contract.</summary>
public static class FileFindings
{
    /// <summary>The content is in the target under another name.</summary>
    public const string Renamed = "renamed";

    /// <summary>The name in the target differs by upper and lower case alone.</summary>
    public const string NameCaseDiffers = "name-case-differs";

    /// <summary>The name in the target looks the same and is encoded in another way: an accent within its character, or after it.</summary>
    public const string NameFormDiffers = "name-form-differs";

    /// <summary>Made at another moment in the target, from which retention would be counted; or made in the future.</summary>
    public const string CreatedDiffers = "created-differs";
}
