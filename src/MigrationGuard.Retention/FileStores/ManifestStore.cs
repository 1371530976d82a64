using System.Globalization;
using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.Exports;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.FileStores;

/// <summary>A CSV file that lists what a store holds which cannot be read from here, such as a SharePoint site.</summary>
/// <remarks>It says what was there when it was exported, and nothing of any later moment.</remarks>
internal sealed class ManifestStore(string name, FileStoreOptions options, string baseDirectory, TimeProvider time) : IFileStore
{
    private const int MostProblems = 10;

    private readonly string _path = Path.GetFullPath(options.Manifest!, baseDirectory);

    public string Name => name;

    public string? Blindness => "What recycle bins and earlier versions of the exported store hold is not in a manifest; whoever runs the store shows them.";

    private string Place => $"Store {name}, manifest {_path},";

    public Task<FileListing> ListAsync(CancellationToken cancellationToken)
    {
        var (reading, written) = Read();
        if (reading.Problems.Count > 0)
        {
            var more = reading.Problems.Count > MostProblems ? string.Create(CultureInfo.InvariantCulture, $" And {reading.Problems.Count - MostProblems} more lines.") : "";
            throw new StoreAccessException(Place, $"cannot be used. {string.Join(" ", reading.Problems.Take(MostProblems))}{more}", "Then run again; no line of it was used.");
        }
        var asOf = options.ExportedAt ?? written;
        var below = options.Prefix.LastIndexOf('/') + 1;
        return Task.FromResult(new FileListing(
            [.. reading.Files.Where(file => file.Path.StartsWith(options.Prefix, StringComparison.Ordinal)).Select(file => file with { Path = file.Path[below..] })], asOf)
        {
            Stale = time.GetUtcNow() - asOf <= TimeSpan.FromDays(options.ExportGoodForDays) ? null : string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: the manifest is of {asOf.UtcDateTime:yyyy-MM-dd HH:mm} UTC, more than {options.ExportGoodForDays:0.##} days ago, and does not say what is there now. Export it anew."),
            Narrowed = options.Created == FileCreation.Modified ? $"{name}: the last write of a file stands for the moment it was made." : null,
        });
    }

    public Task ReachAsync(CancellationToken cancellationToken) => ListAsync(cancellationToken);

    public IRangedContent Open(StoredFile file) => throw new InvalidOperationException("A manifest has no contents.");

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
