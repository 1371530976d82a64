using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationGuard.Retention.Records;

namespace MigrationGuard.Configuration.Shapes;

/// <summary>The values that a column may hold: one or a list of them, each a whole number, true or false, text, or null in a list.</summary>
/// <remarks>A number is kept by its digits: what it means, the column's type says.</remarks>
internal sealed class FieldValuesShape : OptionShape
{
    private static readonly TextShape Text = new();

    public override string Expected => "a value or a list of values";

    public override string Hint => "1, \"Closed\" or true, or [1, 3, null] for several";

    public override bool IsLeaf => true;

    public override object? Read(ConfigurationNode node, string place, ICollection<ConfigurationProblem> problems)
    {
        if (node is not ConfigurationNode.Group { IsList: true } list)
            return ReadOne(node, mayBeNull: false, place, problems) is (true, var value) ? new FieldValues([value]) : null;
        var values = list.Children.Select(child => ReadOne(child.Value, mayBeNull: true, ConfigurationPlace.Below(place, child.Key), problems)).ToList();
        return values.TrueForAll(value => value.IsRead) ? new FieldValues([.. values.Select(value => value.Value)]) : null;
    }

    public override JsonNode Write(object value) => new JsonArray([.. ((FieldValues)value).Values.Select(WriteOne)]);

    public override JsonObject Describe(SchemaDefinitions definitions)
    {
        static JsonArray Types(params string[] more) => ["integer", "string", "boolean", .. more.Select(type => (JsonNode)type)];
        return new JsonObject
        {
            ["oneOf"] = new JsonArray(
                new JsonObject { ["type"] = Types() },
                new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = Types("null") }, ["minItems"] = 1 }),
        };
    }

    public override ConfigurationNode.Group NewGroup(string next) => new(isList: true);

    public override PathStep? Step(ConfigurationNode.Group group, ReadOnlySpan<string> path, string separator) =>
        group.IsList ? StepIntoList(group, path[0], Text) : null;

    private (bool IsRead, string? Value) ReadOne(ConfigurationNode node, bool mayBeNull, string place, ICollection<ConfigurationProblem> problems)
    {
        switch (node)
        {
            case ConfigurationNode.Leaf { Kind: JsonValueKind.String or JsonValueKind.Number } leaf:
                return (true, leaf.Text);
            case ConfigurationNode.Leaf { Kind: JsonValueKind.True or JsonValueKind.False } leaf:
                return (true, leaf.Kind == JsonValueKind.True ? "true" : "false");
            case ConfigurationNode.Leaf { IsNull: true } when mayBeNull:
                return (true, null);
            default:
                AddUnexpected(node, place, problems);
                return (false, null);
        }
    }

    private static JsonNode? WriteOne(string? value) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == value
            ? JsonValue.Create(number)
            : JsonValue.Create(value);
}
