using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

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
            using var stream = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read);
            using var text = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            var rows = Rows(text);
            if (rows.History is not { } history)
                return new HistoryOutcome.NotRead($"{Place} cannot be used. {rows.Problems}");
            return new HistoryOutcome.Read(Place, history)
            {
                Doubt = HistoryAge.Doubt(Place, history.AsOf, time.GetUtcNow(), TimeSpan.FromDays(options.ExportGoodForDays)),
            };
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new HistoryOutcome.NotRead($"{Place} does not exist. Correct Export, or export it again.");
        }
        catch (DecoderFallbackException)
        {
            return new HistoryOutcome.NotRead($"{Place} is not UTF-8. Export it as UTF-8; names would be read wrongly otherwise.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new HistoryOutcome.NotRead($"{Place} cannot be read. Let this account read it, and let whatever still writes it come to its end.");
        }
    }

    private HistoryRows Rows(TextReader text)
    {
        var broken = 0;
        using var csv = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = bad => broken = bad.Context.Parser!.RawRow });
        var rows = new HistoryRows(csv.Read() ? csv.Record! : [], zone);
        if (!rows.HasColumns)
            return rows;
        var columns = csv.Record!.Length;
        while (csv.Read())
        {
            var fields = csv.Record!;
            if (broken == csv.RawRow)
                rows.Broken(csv.RawRow, "has quotes in the middle of a field, or none at its end. Write a field that holds quotes in quotes, and its own quotes twice.");
            else if (fields.Length != columns)
                rows.Broken(csv.RawRow, string.Create(CultureInfo.InvariantCulture, $"has {fields.Length} fields where the first line names {columns}. Write a name that holds a comma in quotes."));
            else
                rows.Add(csv.RawRow, fields);
        }
        return rows;
    }
}
