using System.Text.Json;
using System.Text.Json.Nodes;

namespace MigrationGuard.Configuration.Shapes;

/// <summary>Any text.</summary>
internal sealed class TextShape : ScalarShape
{
    public override string Expected => "text";

    public override string Hint => "it in double quotes";

    public override JsonNode Write(object value) => JsonValue.Create((string)value);

    public override JsonObject Describe(SchemaDefinitions definitions) => new() { ["type"] = "string" };

    protected override object? Parse(ConfigurationNode.Leaf leaf) => leaf.Kind == JsonValueKind.String ? leaf.Text : null;
}
