using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MigrationGuard.Initialisation;

/// <summary>Writes JSON with <c>//</c> comments, a member a line, for people to read and edit.</summary>
/// <remarks>System.Text.Json writes <c>/* */</c> comments only, and breaks every short list over several lines.</remarks>
internal sealed class CommentedJson
{
    private const int WidestComment = 140;

    // Letters of all languages stay readable in an editor.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<string> _lines = ["{"];
    private readonly Stack<(int LastMember, string Close)> _outer = new();
    private int _lastMember = -1;
    private string _close = "}";

    /// <summary>A comment before the next member, broken into lines where it is long.</summary>
    public CommentedJson Comment(string text)
    {
        var line = new StringBuilder();
        foreach (var word in Visible(text).Split(' '))
        {
            if (line.Length > 0 && Indent().Length + line.Length + word.Length + 4 > WidestComment)
            {
                _lines.Add(Indent() + "// " + line);
                line.Clear();
            }
            line.Append(line.Length == 0 ? "" : " ").Append(word);
        }
        _lines.Add((Indent() + "// " + line).TrimEnd());
        return this;
    }

    /// <summary>A comment that keeps to one line, such as a member to be taken out of its comment.</summary>
    public CommentedJson CommentLine(string text)
    {
        _lines.Add(Indent() + "// " + Visible(text));
        return this;
    }

    public CommentedJson Blank()
    {
        _lines.Add("");
        return this;
    }

    /// <param name="json">The value as JSON, made by <see cref="Text"/>, <see cref="Record"/> and their like.</param>
    public CommentedJson Member(string key, string json) => Add(Text(key) + ": " + json);

    public CommentedJson Element(string json) => Add(json);

    public CommentedJson BeginObject(string key) => Begin(Text(key) + ": {", "}");

    public CommentedJson BeginList(string key) => Begin(Text(key) + ": [", "]");

    public CommentedJson End()
    {
        var close = _close;
        (_lastMember, _close) = _outer.Pop();
        _lines.Add(Indent() + close);
        // The comma after this member belongs behind its closing line.
        _lastMember = _lines.Count - 1;
        return this;
    }

    /// <summary>The whole text; everything begun has been ended.</summary>
    public override string ToString() => string.Join('\n', _lines) + "\n}\n";

    public static string Text(string? value) => JsonSerializer.Serialize(value, Readable);

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string List(IEnumerable<string> jsonElements) => "[" + string.Join(", ", jsonElements) + "]";

    public static string Texts(IEnumerable<string> values) => List(values.Select(Text));

    public static string Record(params IEnumerable<(string Key, string Json)> members) =>
        "{ " + string.Join(", ", members.Select(member => Text(member.Key) + ": " + member.Json)) + " }";

    private CommentedJson Begin(string line, string close)
    {
        Add(line);
        _outer.Push((_lastMember, _close));
        (_lastMember, _close) = (-1, close);
        return this;
    }

    private CommentedJson Add(string line)
    {
        if (_lastMember >= 0)
            _lines[_lastMember] += ",";
        _lines.Add(Indent() + line);
        _lastMember = _lines.Count - 1;
        return this;
    }

    private string Indent() => new(' ', 2 * (_outer.Count + 1));

    // A line break in a table's name would end the comment and let the rest of the name be read as configuration.
    private static string Visible(string text)
    {
        var visible = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsControl(c) || c is '\u2028' or '\u2029')
                visible.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                visible.Append(c);
        }
        return visible.ToString();
    }
}
