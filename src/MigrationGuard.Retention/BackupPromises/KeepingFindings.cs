namespace MigrationGuard.Retention.BackupPromises;

/// <summary>The kinds of finding about what is kept; they stand beside those of comparisons in the contract.</summary>
public static class KeepingFindings
{
    /// <summary>There for longer than was promised.</summary>
    public const string KeptTooLong = "kept-too-long";

    /// <summary>Kept, or protected, for less long than was promised.</summary>
    public const string KeptTooShort = "kept-too-short";

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

    /// <summary>A setting of a store that is not the promised one.</summary>
    public const string SettingDiffers = "setting-differs";
}
