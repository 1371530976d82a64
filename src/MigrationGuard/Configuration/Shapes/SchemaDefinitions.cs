using System.Text.Json.Nodes;

namespace MigrationGuard.Configuration.Shapes;

/// <summary>The groups of options a JSON Schema speaks of, each described once and referred to from wherever it may stand.</summary>
internal sealed class SchemaDefinitions
{
    private readonly SortedDictionary<string, JsonObject> _definitions = new(StringComparer.Ordinal);

    /// <summary>A reference to the description of a group, which is written at its first mention.</summary>
    public JsonObject Reference(ObjectShape shape)
    {
        var name = shape.Type.Name.EndsWith("Options", StringComparison.Ordinal) ? shape.Type.Name[..^"Options".Length] : shape.Type.Name;
        if (!_definitions.ContainsKey(name))
        {
            _definitions[name] = [];
            Describe(shape, _definitions[name]);
        }
        return new JsonObject { ["$ref"] = "#/$defs/" + name };
    }

    public JsonObject ToJson() => new(_definitions.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));

    private void Describe(ObjectShape shape, JsonObject schema)
    {
        var defaults = Activator.CreateInstance(shape.Type)!;
        var properties = new JsonObject();
        foreach (var member in shape.Members)
        {
            var property = new JsonObject();
            if (member.Description is { } description)
                property["description"] = description;
            foreach (var (keyword, value) in member.Value.Describe(this))
                property[keyword] = value?.DeepClone();
            if (!member.IsRequired && member.Value.Shape is ScalarShape && member.Property.GetValue(defaults) is { } standard and not "")
                property["default"] = member.Value.Write(standard);
            properties[member.Name] = property;
        }
        schema["type"] = "object";
        schema["properties"] = properties;
        var required = shape.Members.Where(member => member.IsRequired).Select(member => (JsonNode)member.Name).ToArray();
        if (required.Length > 0)
            schema["required"] = new JsonArray(required);
        schema["additionalProperties"] = false;
    }
}
