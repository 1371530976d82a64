using System.Text.Json.Nodes;
using MigrationGuard.Configuration.Shapes;

namespace MigrationGuard.Configuration;

/// <summary>The JSON Schema of the configuration file, which lets an editor complete it and mark mistakes.</summary>
public static class ConfigurationSchema
{
    /// <summary>The name it is written under, beside the configuration that refers to it.</summary>
    public const string FileName = "appsettings.schema.json";

    /// <summary>The schema as it was reviewed and shipped, to be written beside a configuration.</summary>
    public static string Shipped()
    {
        using var stream = typeof(ConfigurationSchema).Assembly.GetManifestResourceStream(FileName)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The schema of the option types as they are now (draft 2020-12).</summary>
    public static string Generate()
    {
        var definitions = new SchemaDefinitions();
        var section = OptionShapes.Root.Describe(definitions);
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "MigrationGuard configuration",
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["$schema"] = new JsonObject { ["type"] = "string" },
                [ConfigurationFile.Section] = section,
                ["Serilog"] = true,
                ["Logging"] = true,
            },
            ["required"] = new JsonArray(ConfigurationFile.Section),
            ["additionalProperties"] = false,
            ["$defs"] = definitions.ToJson(),
        };
        return schema.ToJsonString(ConfigurationJson.Readable) + "\n";
    }
}
