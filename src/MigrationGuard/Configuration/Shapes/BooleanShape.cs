using System.Text.Json;
using System.Text.Json.Nodes;

namespace MigrationGuard.Configuration.Shapes;

/// <summary>True or false.</summary>
internal sealed class BooleanShape : ScalarShape
{
    public override string Expected => "true or false";

    public override string Hint => "true or false, without quotes";

    public override JsonNode Write(object value) => JsonValue.Create((bool)value);

    public override JsonObject Describe(SchemaDefinitions definitions) => new() { ["type"] = "boolean" };

    protected override object? Parse(ConfigurationNode.Leaf leaf) => leaf.Kind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ when leaf.TextMayBeAnything && bool.TryParse(leaf.Text, out var value) => value,
        _ => null,
    };
}
