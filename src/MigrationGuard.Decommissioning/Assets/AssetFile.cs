using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace MigrationGuard.Decommissioning.Assets;

/// <summary>Something wrong with a file.</summary>
/// <param name="line">The line it begins at, from 1; null for the file as a whole.</param>
/// <param name="column">The column's name; null for the line as a whole.</param>
internal delegate void FileProblem(int? line, string? column, string problem, string remedy);

/// <summary>A line of a file of assets: texts under the columns' names.</summary>
/// <param name="Line">The line it begins at, from 1.</param>
/// <param name="Values">By column; a column that the file does not have is empty.</param>
internal sealed record AssetRow(int Line, IReadOnlyDictionary<string, string> Values)
{
    public IEnumerable<string> Columns => Values.Keys;

    public string this[string column] => Values.GetValueOrDefault(column, "");
}

/// <summary>Assets as comma-separated or semicolon-separated values (RFC 4180), the first line naming the columns in any order and case.</summary>
/// <remarks>Every value is text as it stands, also what a spreadsheet would take for a formula: nothing here evaluates it.</remarks>
internal static class AssetFile
{
    public static readonly IReadOnlyList<string> Columns = ["name", "kind", "location", "holder", "ownerRole", "owner", "commitment", "holds", "goLive"];

    private static readonly string[] Needed = ["name", "kind", "location", "ownerRole"];

    // Tens of thousands of assets; what is larger is some other file.
    private const int MostBytes = 32 * 1024 * 1024;

    /// <summary>The lines that have the right shape; what is wrong with others is told.</summary>
    public static IReadOnlyList<AssetRow> Read(Stream content, FileProblem tell)
    {
        if (Text(content, tell) is not { } text)
            return [];
        // Spreadsheets write semicolons where the comma is the decimal separator.
        var head = text.AsSpan(0, Math.Max(text.IndexOfAny(['\r', '\n']), 0) is > 0 and var end ? end : text.Length);
        var delimiter = head.Contains(';') && !head.Contains(',') ? ";" : ",";
        var lineOfBadQuotes = new HashSet<int>();
        using var parser = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter,
            IgnoreBlankLines = false,
            TrimOptions = TrimOptions.Trim,
            BadDataFound = bad => lineOfBadQuotes.Add(bad.Context.Parser!.RawRow),
        });
        if (!parser.Read())
        {
            tell(null, null, "is empty.", $"Name the columns in the first line: {string.Join(", ", Columns)}.");
            return [];
        }
        if (Header(parser.Record!, tell) is not { } columns)
            return [];
        var rows = new List<AssetRow>();
        for (var line = parser.RawRow + 1; parser.Read(); line = parser.RawRow + 1)
        {
            var values = parser.Record!;
            if (lineOfBadQuotes.Count > 0)
            {
                lineOfBadQuotes.Clear();
                tell(line, null, "has a quotation mark in the middle of a value.", "Put the whole value in quotation marks, and double those within it.");
            }
            else if (values.All(string.IsNullOrEmpty))
                continue;
            else if (values.Length != columns.Count)
                tell(line, null, string.Create(CultureInfo.InvariantCulture, $"has {values.Length} values where the first line names {columns.Count} columns."), $"Put values that hold a {delimiter} in quotation marks.");
            else
                rows.Add(new AssetRow(line, columns.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal)));
        }
        if (rows.Count == 0)
            tell(null, null, "holds no asset that can be read.", "Write one line for each asset below the line that names the columns.");
        return rows;
    }

    private static string? Text(Stream content, FileProblem tell)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = content.Read(buffer)) > 0;)
        {
            if (bytes.Length + read > MostBytes)
            {
                tell(null, null, "is larger than 32 MB.", "Check that it is a list of assets; import a longer one in parts.");
                return null;
            }
            bytes.Write(buffer, 0, read);
        }
        try
        {
            var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
            return text.StartsWith('\uFEFF') ? text[1..] : text;
        }
        catch (DecoderFallbackException)
        {
            tell(null, null, "is not UTF-8.", "Save it as \"CSV UTF-8\".");
            return null;
        }
    }

    /// <summary>The columns in the order of the file, as this program spells them; null when they cannot be used.</summary>
    private static List<string>? Header(IReadOnlyList<string> names, FileProblem tell)
    {
        var columns = new List<string>();
        var usable = true;
        void Refuse(string? column, string problem, string remedy)
        {
            usable = false;
            tell(1, column, problem, remedy);
        }
        foreach (var name in names)
        {
            var known = Columns.FirstOrDefault(column => column.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (known is null)
                Refuse(null, "names a column that is not known.", $"Known are {string.Join(", ", Columns)}.");
            else if (columns.Contains(known))
                Refuse(known, "is there more than once.", "Keep one of the columns.");
            else
                columns.Add(known);
        }
        foreach (var needed in Needed.Where(needed => !columns.Contains(needed)))
            Refuse(needed, "is missing.", $"Name the columns in the first line: {string.Join(", ", Columns)}.");
        return usable ? columns : null;
    }
}
