using MigrationGuard.Configuration;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Retention.FileStores;
using MigrationGuard.Tests.Commands;
using MigrationGuard.Tests.Decommissioning;

namespace MigrationGuard.Tests.Retention.FileStores;

/// <summary>A configuration with an old and a new folder of files, which the program is run with.</summary>
internal sealed class FilesFolder : IDisposable
{
    public FilesFolder()
    {
        Working.Time = new SetClock(FileTrees.Now);
        foreach (var store in new[] { "old", "new" })
        {
            Directory.CreateDirectory(Working.At(store));
            Options.Files.Stores[store] = new FileStoreOptions { Folder = store, Created = FileCreation.Modified };
        }
        Write("old/Doe-Jane.txt", "hers");
        Write("new/Doe-Jane.txt", "hers");
        Options.Files.Comparisons["moved"] = new FileComparisonOptions { Source = "old", Target = "new", Promise = "Letters arrive whole." };
        Options.Files.Retention["kept"] = new FileRetentionOptions { Store = "new", Years = 6 };
    }

    public WorkingFolder Working { get; } = new();

    public MigrationGuardOptions Options { get; } = new();

    public void Write(string path, string content, DateTimeOffset? made = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Working.At(path))!);
        File.WriteAllText(Working.At(path), content);
        File.SetLastWriteTimeUtc(Working.At(path), (made ?? FileTrees.Now.AddYears(-1)).UtcDateTime);
    }

    public async Task<CommandRun> RunAsync(params string[] args)
    {
        Working.Configure(Options);
        return await Working.RunAsync(args);
    }

    /// <summary>Verifies, and gives the run as it was shown.</summary>
    public async Task<RunDocument> VerifyAsync(ExitCode code) => (await RunAsync("files", "verify", "--format", "json")).ShouldExitWith(code).Document;

    public void Dispose() => Working.Dispose();
}
