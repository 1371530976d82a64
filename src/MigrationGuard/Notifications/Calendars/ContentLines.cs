using System.Text;

namespace MigrationGuard.Notifications.Calendars;

/// <summary>Writes the content lines of an iCalendar object (RFC 5545, section 3.1).</summary>
internal sealed class ContentLines
{
    private const int MostOctets = 75;

    private readonly StringBuilder _lines = new();

    /// <summary>Adds a line whose value is written as it is.</summary>
    public void Add(string name, string value) => Fold($"{name}:{value}");

    /// <summary>Adds a line whose value is text.</summary>
    public void AddText(string name, string value) => Fold($"{name}:{Escaped(value)}");

    public override string ToString() => _lines.ToString();

    /// <summary>A parameter's value in quotes.</summary>
    /// <remarks>Nothing escapes a quotation mark in there, and a control character is not allowed at all (RFC 5545, section 3.2).</remarks>
    public static string Quoted(string value) => $"\"{WithoutControls(value.ReplaceLineEndings(" ")).Replace('"', '\'')}\"";

    // RFC 5545, section 3.3.11. A line ending within a text is written \n.
    private static string Escaped(string value) => WithoutControls(value.ReplaceLineEndings("\n"))
        .Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace(";", @"\;", StringComparison.Ordinal)
        .Replace(",", @"\,", StringComparison.Ordinal)
        .Replace("\n", @"\n", StringComparison.Ordinal);

    private static string WithoutControls(string value) =>
        string.Concat(value.EnumerateRunes().Where(rune => rune.Value is '\n' or '\t' || !Rune.IsControl(rune)).Select(rune => rune.ToString()));

    // A line of more than 75 octets goes on after a line break and a space. Folded between characters, so that a line is UTF-8 by itself.
    private void Fold(string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MostOctets)
            {
                _lines.Append("\r\n ");
                octets = 1;
            }
            _lines.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }
        _lines.Append("\r\n");
    }
}
