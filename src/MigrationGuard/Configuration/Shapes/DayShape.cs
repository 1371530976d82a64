using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MigrationGuard.Configuration.Shapes;

/// <summary>A day of the calendar, yyyy-MM-dd.</summary>
internal sealed class DayShape : ScalarShape
{
    private const string Format = "yyyy-MM-dd";

    public override string Expected => "a date";

    public override string Hint => "it as \"2026-12-31\"";

    public override JsonNode Write(object value) => JsonValue.Create(((DateOnly)value).ToString(Format, CultureInfo.InvariantCulture));

    public override JsonObject Describe(SchemaDefinitions definitions) => new() { ["type"] = "string", ["format"] = "date" };

    protected override object? Parse(ConfigurationNode.Leaf leaf) =>
        leaf.Kind == JsonValueKind.String && DateOnly.TryParseExact(leaf.Text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;
}
