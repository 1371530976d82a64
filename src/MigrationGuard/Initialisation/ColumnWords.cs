namespace MigrationGuard.Initialisation;

/// <summary>Reads column names that may be written in any of the usual ways: <c>CreatedOn</c>, <c>created_on</c>, <c>Created On</c>.</summary>
internal static class ColumnWords
{
    /// <summary>The letters and digits of a name, in lower case.</summary>
    public static string Fold(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
