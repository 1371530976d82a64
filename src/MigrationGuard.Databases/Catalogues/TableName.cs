using System.Text;

namespace MigrationGuard.Databases.Catalogues;

/// <summary>A table's schema and name, unquoted.</summary>
/// <param name="Schema">Null where a configuration leaves it to the database's default, and on SQLite, which has none.</param>
/// <param name="Name">The table's or view's own name; any characters.</param>
public sealed record TableName(string? Schema, string Name)
{
    /// <summary>
    /// Reads <c>name</c>, <c>schema.name</c> and the quoted forms <c>[schema].[na]]me]</c>, <c>"schema"."na""me"</c> and
    /// <c>`schema`.`name`</c>.
    /// </summary>
    /// <remarks>Never fails: what does not read as quoted parts is taken as one plain name, which the catalogue then has or has not.</remarks>
    public static TableName Parse(string text)
    {
        var parts = new List<string>();
        var position = 0;
        while (position <= text.Length)
        {
            if (ReadPart(text, ref position) is not { } part)
                return new TableName(null, text);
            parts.Add(part);
            if (position == text.Length)
                break;
            position++;
        }
        return parts.Count switch
        {
            1 => new TableName(null, parts[0]),
            2 => new TableName(parts[0], parts[1]),
            _ => new TableName(null, text),
        };
    }

    /// <summary>The name as a configuration would write it; quoted only where the plain form would not read back.</summary>
    public override string ToString() => Schema is null ? Part(Name) : Part(Schema) + "." + Part(Name);

    private static string Part(string name) =>
        // A name of nothing but spaces reads as none at all.
        string.IsNullOrWhiteSpace(name) || name.AsSpan().IndexOfAny(".[]\"`") >= 0
            ? "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\""
            : name;

    // Leaves position on the dot after the part, or at the end; null when the text is not a well-formed part.
    private static string? ReadPart(string text, ref int position)
    {
        if (position >= text.Length)
            return null;
        char? close = text[position] switch { '[' => ']', '"' => '"', '`' => '`', _ => null };
        if (close is null)
        {
            var dot = text.IndexOf('.', position);
            var end = dot < 0 ? text.Length : dot;
            var plain = text[position..end];
            position = end;
            return plain.Length == 0 ? null : plain;
        }
        var part = new StringBuilder();
        for (position++; position < text.Length; position++)
        {
            if (text[position] != close)
            {
                part.Append(text[position]);
                continue;
            }
            if (position + 1 < text.Length && text[position + 1] == close)
            {
                part.Append(close);
                position++;
                continue;
            }
            position++;
            return position == text.Length || text[position] == '.' ? part.ToString() : null;
        }
        return null;
    }
}
