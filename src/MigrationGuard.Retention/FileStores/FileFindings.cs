namespace MigrationGuard.Retention.FileStores;

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
