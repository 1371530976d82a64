using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace MigrationGuard.Retention.Exports;

/// <summary>Reads a CSV file that somebody exported, in UTF-8 and by RFC 4180, and loses no line of it.</summary>
internal static class CsvExport
{
    /// <summary>Opens a file and reads it.</summary>
    /// <param name="option">The option that names it, for a remedy.</param>
    /// <param name="commaIn">What of a line may hold a comma, for a remedy.</param>
    /// <param name="read">Goes through the lines, of which the first, also of an empty file, is the one that names the columns.</param>
    /// <exception cref="CsvExportException">The file is not there, is no text, or cannot be read to its end.</exception>
    public static T Read<T>(string path, string option, string commaIn, Func<IEnumerable<CsvLine>, T> read)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            using var text = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            return read(Lines(text, commaIn));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CsvExportException("does not exist.", $"Correct {option}, or export it again.", e);
        }
        catch (DecoderFallbackException e)
        {
            throw new CsvExportException("is not UTF-8.", "Export it as UTF-8; names would be read wrongly otherwise.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CsvExportException("cannot be read.", "Let this account read it, and let whatever still writes it come to its end.", e);
        }
    }

    private static IEnumerable<CsvLine> Lines(TextReader text, string commaIn)
    {
        var broken = 0;
        using var csv = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = bad => broken = bad.Context.Parser!.RawRow });
        var columns = csv.Read() ? csv.Record! : [];
        yield return new CsvLine(1, columns);
        while (csv.Read())
        {
            var fields = csv.Record!;
            yield return new CsvLine(csv.RawRow, fields)
            {
                Problem = broken == csv.RawRow ? "has quotes in the middle of a field, or none at its end. Write a field that holds quotes in quotes, and its own quotes twice."
                    : fields.Length != columns.Length ? string.Create(CultureInfo.InvariantCulture, $"has {fields.Length} fields where the first line names {columns.Length}. Write a {commaIn} that holds a comma in quotes.")
                    : null,
            };
        }
    }
}

/// <summary>A line of an exported file.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Fields">As many as there are columns, unless there is a problem.</param>
internal sealed record CsvLine(int Number, string[] Fields)
{
    /// <summary>Why its fields cannot be told apart, and the remedy; null where they can. It repeats nothing of the line, which may be somebody's name.</summary>
    public string? Problem { get; init; }
}

/// <summary>An exported file cannot be read.</summary>
internal sealed class CsvExportException(string problem, string remedy, Exception inner) : Exception($"{problem} {remedy}", inner)
{
    public string Problem => problem;

    public string Remedy => remedy;
}
