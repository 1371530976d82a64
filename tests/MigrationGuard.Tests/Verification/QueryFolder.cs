namespace MigrationGuard.Tests.Verification;

/// <summary>A temporary folder of query files.</summary>
internal sealed class QueryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("migrationguard-queries-").FullName;

    /// <summary>Writes a file as it stands; returns its path.</summary>
    public string Write(string file, string text)
    {
        var path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Writes a complete query file.</summary>
    public string WriteQuery(string name, string key, string sql, params string[] headers) =>
        Write(name + ".sql", Query(name, key, sql, headers));

    /// <summary>The text of a complete query file.</summary>
    public static string Query(string name, string key, string sql, params string[] headers) => string.Join(
        '\n', [$"-- name: {name}", "-- title: A title", "-- proves: DPIA 4.2", $"-- key: {key}", .. headers.Select(header => "-- " + header), sql]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
