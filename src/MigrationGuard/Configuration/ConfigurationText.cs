using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MigrationGuard.Configuration;

/// <summary>Reads a JSON file into nodes.</summary>
internal static class ConfigurationText
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The file's nodes; null when it cannot be read or is not JSON, which is then among the problems.</summary>
    /// <param name="origin">What values are said to come from; null for the configuration file itself.</param>
    public static ConfigurationNode? Read(string path, string? origin, ICollection<ConfigurationProblem> problems)
    {
        if (Bytes(path, problems) is not { } bytes)
            return null;
        var text = bytes.AsMemory();
        if (text.Span.StartsWith(Encoding.UTF8.Preamble))
            text = text[Encoding.UTF8.Preamble.Length..];
        try
        {
            using var document = JsonDocument.Parse(text, Lenient);
            return Node(document.RootElement, origin, "", problems);
        }
        catch (JsonException e)
        {
            // The exception's own message quotes the file, which may hold a password.
            problems.Add(new ConfigurationProblem(path, $"is not JSON: {Position(e, text.Span)}.", "Look there, or just before, for a missing comma, quote or bracket."));
            return null;
        }
    }

    private static byte[]? Bytes(string path, ICollection<ConfigurationProblem> problems)
    {
        if (Directory.Exists(path))
        {
            problems.Add(new ConfigurationProblem(path, "is a folder.", "Name the configuration file in it with --config FILE."));
            return null;
        }
        try
        {
            var bytes = File.ReadAllBytes(path);
            if (bytes.AsSpan().StartsWith(Encoding.Unicode.Preamble) || bytes.AsSpan().StartsWith(Encoding.BigEndianUnicode.Preamble))
            {
                problems.Add(new ConfigurationProblem(path, "is UTF-16.", "Save it as UTF-8."));
                return null;
            }
            return bytes;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            problems.Add(new ConfigurationProblem(path.Length == 0 ? "--config" : path, "does not exist.", "Write one with migrationguard init, or name yours with --config FILE."));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new ConfigurationProblem(path, "cannot be read.", "Let this account read it, or name another with --config FILE."));
            return null;
        }
    }

    private static ConfigurationNode? Node(JsonElement element, string? origin, string place, ICollection<ConfigurationProblem> problems)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var group = new ConfigurationNode.Group(isList: false);
                foreach (var property in element.EnumerateObject())
                {
                    if (Text(() => property.Name, place, problems) is { } name
                        && Node(property.Value, origin, ConfigurationPlace.Below(place, name), problems) is { } child)
                        group.Add(name, child);
                }
                return group;
            case JsonValueKind.Array:
                var list = new ConfigurationNode.Group(isList: true);
                foreach (var item in element.EnumerateArray())
                {
                    var index = list.Children.Count.ToString(CultureInfo.InvariantCulture);
                    if (Node(item, origin, ConfigurationPlace.Below(place, index), problems) is { } child)
                        list.Add(index, child);
                }
                return list;
            case JsonValueKind.String:
                return Text(element.GetString, place, problems) is { } text ? new ConfigurationNode.Leaf(JsonValueKind.String, text, origin) : null;
            default:
                return new ConfigurationNode.Leaf(element.ValueKind, element.GetRawText(), origin);
        }
    }

    // Half a surrogate pair, or bytes that are not UTF-8, come to light only when the text is decoded.
    private static string? Text(Func<string?> decoded, string place, ICollection<ConfigurationProblem> problems)
    {
        try
        {
            return decoded();
        }
        catch (InvalidOperationException)
        {
            problems.Add(new ConfigurationProblem(place.Length == 0 ? "The file" : place, "holds characters that are not valid text.", "Save the file as UTF-8, and write characters beyond U+FFFF plainly or as both of their \\u escapes."));
            return null;
        }
    }

    private static string Position(JsonException exception, ReadOnlySpan<byte> text)
    {
        for (var line = exception.LineNumber ?? 0; line > 0; line--)
            text = text[(text.IndexOf((byte)'\n') + 1)..];
        var before = text[..(int)Math.Min(exception.BytePositionInLine ?? 0, text.Length)];
        return string.Create(CultureInfo.InvariantCulture, $"line {(exception.LineNumber ?? 0) + 1}, column {Encoding.UTF8.GetCharCount(before) + 1}");
    }
}
