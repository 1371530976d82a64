using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.FileStores;
using MigrationGuard.Tests.Decommissioning;

namespace MigrationGuard.Tests.Retention.FileStores;

/// <summary>An old and a new tree of files, and manifests of either.</summary>
internal sealed class FileTrees : IDisposable
{
    public const string Moved = "moved";

    public static readonly DateTimeOffset Now = new(2026, 3, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    public FileTrees()
    {
        Directory.CreateDirectory(At("old"));
        Directory.CreateDirectory(At("new"));
        Options.Stores["old"] = new FileStoreOptions { Folder = "old", Created = FileCreation.Modified };
        Options.Stores["new"] = new FileStoreOptions { Folder = "new", Created = FileCreation.Modified };
        Options.Comparisons[Moved] = new FileComparisonOptions { Source = "old", Target = "new" };
    }

    public FilesOptions Options { get; } = new();

    public SetClock Clock { get; } = new(Now);

    public byte[] ProjectKey { get; set; } = new byte[32];

    public FileComparisonOptions Comparison => Options.Comparisons[Moved];

    public string At(string path) => _folder.At(path);

    /// <summary>Writes a file below the folder.</summary>
    /// <param name="made">When it was last written; a year ago where it is not said.</param>
    public void Write(string path, string content, DateTimeOffset? made = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), content);
        File.SetLastWriteTimeUtc(At(path), (made ?? Now.AddYears(-1)).UtcDateTime);
    }

    /// <summary>A file on both sides, alike.</summary>
    public void WriteBoth(string path, string content, DateTimeOffset? made = null)
    {
        Write("old/" + path, content, made);
        Write("new/" + path, content, made);
    }

    /// <summary>Takes a manifest as the store of a name.</summary>
    public FileStoreOptions Manifest(string store, params IEnumerable<string> lines)
    {
        File.WriteAllText(At(store + ".csv"), "path,bytes,hash,created,modified\n" + string.Join('\n', lines) + "\n");
        return Options.Stores[store] = new FileStoreOptions { Manifest = store + ".csv", ExportedAt = Clock.GetUtcNow() };
    }

    /// <summary>A line of a manifest.</summary>
    public static string Line(string path, string content, DateTimeOffset? made = null) => string.Create(
        CultureInfo.InvariantCulture,
        $"\"{path}\",{Encoding.UTF8.GetByteCount(content)},{Sha256(content)},{made ?? Now.AddYears(-1):yyyy-MM-dd'T'HH:mm:ss'Z'},");

    public static string Sha256(string content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    public FileVerification Verification() => new(Options, _folder.Path, ProjectKey, Clock);

    public Task<FileReport> VerifyAsync() => Verification().VerifyAsync(CancellationToken.None);

    /// <summary>The one result of a promise.</summary>
    public async Task<CheckResult> ResultAsync(string promise = Moved) => (await VerifyAsync()).Results.Single(result => result.Check == "files:" + promise);

    /// <summary>How many files each finding is about, by its kind.</summary>
    public async Task<IReadOnlyDictionary<string, long>> FoundAsync(string promise = Moved) =>
        (await ResultAsync(promise)).Outcome.AllFindings.ToDictionary(finding => finding.Columns is [var column] ? $"{finding.Kind} {column}" : finding.Kind, finding => finding.Count!.Value);

    public void Dispose() => _folder.Dispose();
}
