using Microsoft.Data.Sqlite;
using MigrationGuard.Demo;

namespace MigrationGuard.Tests.Demo;

/// <summary>The demo's databases, built once for the tests of a class; a test that changes them takes a copy.</summary>
public sealed class BuiltDemo : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();

    public string Directory => _directory.Path;

    public Task InitializeAsync() => DemoDatabases.BuildAsync(Directory, CancellationToken.None);

    public Task DisposeAsync()
    {
        _directory.Dispose();
        return Task.CompletedTask;
    }

    internal TemporaryDirectory Copy()
    {
        var copy = new TemporaryDirectory();
        foreach (var file in (string[])["old.sqlite", "new.sqlite"])
            File.Copy(Path.Combine(Directory, file), Path.Combine(copy.Path, file));
        return copy;
    }
}

/// <summary>A directory of a test's own, gone after it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = System.IO.Directory.CreateTempSubdirectory("migrationguard-demo-").FullName;

    public string At(string file) => System.IO.Path.Combine(Path, file);

    /// <summary>Runs a statement on one of the directory's databases; how many rows it changed.</summary>
    public int Execute(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={At(file)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    public void Dispose() => System.IO.Directory.Delete(Path, recursive: true);
}
