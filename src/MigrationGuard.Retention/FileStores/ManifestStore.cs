using System.Globalization;
using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.Exports;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.FileStores;

/// <summary>A CSV file that lists what a store holds which cannot be read from here, such as a SharePoint site.</summary>
/// <remarks>It says what was there when it was exported, and nothing of any later moment.</remarks>
internal sealed class ManifestStore(string name, FileStoreOptions options, string baseDirectory, TimeProvider time) : IFileStore
{
    private readonly string _path = Path.GetFullPath(options.Manifest!, baseDirectory);

    public string Name => name;

    public bool ShowsItself => options.ShowsItself();

    public string? Blindness => "What recycle bins and earlier versions of the exported store hold is not in a manifest; whoever runs the store shows them.";

    private string Place => $"Store {name}, manifest {_path},";

    public Task<FileListing> ListAsync(CancellationToken cancellationToken)
    {
        var (reading, written) = Read();
        if (reading.Problems is { } problems)
            throw new StoreAccessException(Place, $"cannot be used. {problems}", "Then run again; no line of it was used.");
        if (options.ExportedFiles is { } counted && counted != reading.Files.Count)
            throw new StoreAccessException(Place, $"cannot be used. It lists {FileTally.Files(reading.Files.Count)} where ExportedFiles says {counted.ToString("N0", CultureInfo.InvariantCulture)}: it was cut off, or is another.", "Export it again, and count the files anew.");
        var asOf = options.ExportedAt ?? written;
        var below = options.Prefix.LastIndexOf('/') + 1;
        return Task.FromResult(new FileListing(
            [.. reading.Files.Where(file => file.Path.StartsWith(options.Prefix, StringComparison.Ordinal)).Select(file => file with { Path = file.Path[below..] })], asOf)
        {
            Stale = time.GetUtcNow() - asOf <= TimeSpan.FromDays(options.ExportGoodForDays) ? null : string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: the manifest is of {asOf.UtcDateTime:yyyy-MM-dd HH:mm} UTC, more than {options.ExportGoodForDays:0.##} days ago, and does not say what is there now. Export it anew."),
            Narrowed = [.. Narrowed()],
        });
    }

    public Task ReachAsync(CancellationToken cancellationToken) => ListAsync(cancellationToken);

    public IRangedContent Open(StoredFile file) => throw new InvalidOperationException("A manifest has no contents.");

    private IEnumerable<string> Narrowed()
    {
        if (options.Created == FileCreation.Modified)
            yield return $"{name}: the last write of a file stands for the moment it was made.";
        // What ends where a line does looks like a whole file.
        if (options.ExportedFiles is null)
            yield return $"{name}: nothing shows that the manifest lists all that was there. Have whoever exports it count the files in the store too, and write that number as ExportedFiles.";
    }

    private (ManifestReading Reading, DateTimeOffset Written) Read()
    {
        try
        {
            var reading = CsvExport.Read(_path, nameof(FileStoreOptions.Manifest), "path", lines => ManifestReading.Of(lines, options.Created));
            return (reading, new DateTimeOffset(File.GetLastWriteTimeUtc(_path)));
        }
        catch (CsvExportException e)
        {
            throw new StoreAccessException(Place, e.Problem, e.Remedy, e);
        }
    }
}
