using System.Text.Json;
using System.Text.Json.Nodes;

namespace MigrationGuard.Configuration.Shapes;

/// <summary>A shape, and whether null may stand in its place.</summary>
internal sealed record OptionValue(OptionShape Shape, bool MayBeNull)
{
    /// <summary>Reads a value, null included; false when it is not of the shape, which is then among the problems.</summary>
    public bool TryRead(ConfigurationNode node, string place, ICollection<ConfigurationProblem> problems, out object? value)
    {
        value = null;
        if (MayBeNull && node is ConfigurationNode.Leaf { IsNull: true })
            return true;
        value = Shape.Read(node, place, problems);
        return value is not null;
    }

    public JsonNode? Write(object? value) => value is null ? null : Shape.Write(value);

    public JsonObject Describe(SchemaDefinitions definitions)
    {
        var schema = Shape.Describe(definitions);
        if (!MayBeNull)
            return schema;
        if (schema["type"]?.GetValueKind() == JsonValueKind.String)
        {
            schema["type"] = new JsonArray(schema["type"]!.DeepClone(), "null");
            return schema;
        }
        return new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
    }
}
