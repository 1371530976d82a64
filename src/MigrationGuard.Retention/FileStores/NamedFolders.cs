namespace MigrationGuard.Retention.FileStores;

/// <summary>The folders that patterns name in plain letters: the parts before the first that holds a wildcard.</summary>
/// <remarks>Nothing under a name that does not exist is no news of the folder that was meant: whoever misspells it would find it empty.</remarks>
public static class NamedFolders
{
    private static readonly char[] Wildcards = ['*', '?'];

    /// <summary>Each once. A pattern without a wildcard is named as a whole, and one that begins with a wildcard names none.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> patterns) =>
        [.. patterns.Select(Named).Where(folder => folder.Length > 0).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether a path is one within a folder.</summary>
    public static bool Holds(string folder, string path, StringComparison comparison = StringComparison.Ordinal) =>
        path.Length > folder.Length && path[folder.Length] == '/' && path.StartsWith(folder, comparison);

    /// <summary>A path or pattern that somebody wrote, as stores write it: with <c>/</c> between its parts and none before the first.</summary>
    public static string Written(string path) => path.Replace('\\', '/').TrimStart('/');

    private static string Named(string pattern) =>
        string.Join('/', Written(pattern).Split('/').TakeWhile(part => part.IndexOfAny(Wildcards) < 0)).TrimEnd('/');
}
