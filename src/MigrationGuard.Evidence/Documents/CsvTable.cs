using System.Globalization;
using System.Text;
using MigrationGuard.Evidence.Reports;

namespace MigrationGuard.Evidence.Documents;

/// <summary>Lines of comma-separated values (RFC 4180) that no spreadsheet takes for anything but text and numbers.</summary>
internal static class CsvTable
{
    /// <summary>Adds a line.</summary>
    public static StringBuilder AppendLine(StringBuilder csv, IEnumerable<string> fields) => csv.AppendJoin(',', fields.Select(Field)).Append("\r\n");

    /// <summary>A field as it stands in such a file.</summary>
    /// <remarks>
    /// Spreadsheets take a field that begins with one of a few characters for a formula, quoted or not, and some look past blanks. An
    /// apostrophe before it makes it text.
    /// </remarks>
    public static string Field(string value)
    {
        var spelt = InvisibleCharacters.InText(value.ReplaceLineEndings(" "), breaksToo: true);
        if (spelt.TrimStart() is ['=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20' or '|' or '%', ..] && !IsNumber(spelt))
            spelt = "'" + spelt;
        return spelt.AsSpan().IndexOfAny(",\"\r\n;") < 0 && spelt == spelt.Trim() ? spelt : $"\"{spelt.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static bool IsNumber(string text) => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
}
