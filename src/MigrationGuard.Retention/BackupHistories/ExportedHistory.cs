using MigrationGuard.Retention.Exports;

namespace MigrationGuard.Retention.BackupHistories;

/// <summary>A history that somebody exported as CSV: of a server that cannot be reached from here, or that is gone.</summary>
/// <remarks>It says what was so when it was exported, by its own record of that moment and never by a date of the file.</remarks>
public sealed class ExportedHistory(BackupHistoryOptions options, string baseDirectory, TimeZoneInfo? zone, TimeProvider time) : IBackupHistory
{
    private readonly string _path = Path.GetFullPath(options.Export!, baseDirectory);

    public string Place => $"History in {_path}";

    public Task<HistoryOutcome> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Read());
    }

    private HistoryOutcome Read()
    {
        try
        {
            var rows = CsvExport.Read(_path, nameof(BackupHistoryOptions.Export), "name", Rows);
            if (rows.History is not { } history)
                return new HistoryOutcome.NotRead($"{Place} cannot be used. {rows.Problems}");
            return new HistoryOutcome.Read(Place, history)
            {
                Doubt = HistoryAge.Doubt(Place, history.AsOf, time.GetUtcNow(), TimeSpan.FromDays(options.ExportGoodForDays)),
            };
        }
        catch (CsvExportException e)
        {
            return new HistoryOutcome.NotRead($"{Place} {e.Message}");
        }
    }

    private HistoryRows Rows(IEnumerable<CsvLine> lines)
    {
        HistoryRows? rows = null;
        foreach (var line in lines)
        {
            if (rows is null)
                rows = new HistoryRows(line.Fields, zone);
            else if (line.Problem is { } problem)
                rows.Broken(line.Number, problem);
            else
                rows.Add(line.Number, line.Fields);
            if (!rows.HasColumns)
                break;
        }
        return rows!;
    }
}
