using System.Globalization;

namespace MigrationGuard.Databases.Sqlite;

/// <summary>What tells a SQLite file from another that is put in its place.</summary>
internal static class SqliteFile
{
    private const string NodeField = "ino:";

    /// <summary>The path, and what the file system knows the file by as long as it is there.</summary>
    /// <param name="path">The full path, links resolved.</param>
    /// <remarks>
    /// A SQLite file has no identity of its own. On Linux its inode is taken, which /proc tells of every open file: the time of
    /// creation that .NET gives there may be that of the last change. One file copied over another cannot be told apart.
    /// </remarks>
    public static string LastingIdentity(string path) => $"sqlite:{path}:{(OperatingSystem.IsLinux() ? Node(path) : Created(path))}";

    private static string Created(string path) => File.GetCreationTimeUtc(path).ToString("O", CultureInfo.InvariantCulture);

    private static string Node(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var about = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fdinfo/{file.DangerousGetHandle()}"));
            return about.FirstOrDefault(line => line.StartsWith(NodeField, StringComparison.Ordinal))?[NodeField.Length..].Trim() ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file in memory, or a system that does not tell: the path alone is known.
            return "";
        }
    }
}
