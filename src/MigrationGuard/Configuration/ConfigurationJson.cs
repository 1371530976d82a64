using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationGuard.Configuration.Shapes;

namespace MigrationGuard.Configuration;

/// <summary>Writes options as a configuration file.</summary>
public static class ConfigurationJson
{
    // Names in other alphabets stay readable; the file is never put into HTML.
    internal static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A file that reads back as equal options; what is at its default is left out.</summary>
    /// <param name="schema">Where an editor finds the JSON Schema, relative to the file; null to leave that out.</param>
    public static string Write(MigrationGuardOptions options, string? schema = null)
    {
        var root = new JsonObject();
        if (schema is not null)
            root["$schema"] = schema;
        root[ConfigurationFile.Section] = OptionShapes.Root.Write(options);
        return root.ToJsonString(Readable) + "\n";
    }
}
