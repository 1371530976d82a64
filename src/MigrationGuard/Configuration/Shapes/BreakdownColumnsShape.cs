using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationGuard.Verification;

namespace MigrationGuard.Configuration.Shapes;

/// <summary>One column's name, or a list of them for a combination.</summary>
internal sealed class BreakdownColumnsShape : OptionShape
{
    private static readonly TextShape Column = new();

    public override string Expected => "a column's name or a list of them";

    public override string Hint => "\"StateCode\", or [\"StateCode\", \"StatusCode\"] for a combination";

    public override bool IsLeaf => true;

    public override object? Read(ConfigurationNode node, string place, ICollection<ConfigurationProblem> problems)
    {
        switch (node)
        {
            case ConfigurationNode.Leaf { Kind: JsonValueKind.String } leaf:
                return new BreakdownColumns([leaf.Text]);
            case ConfigurationNode.Group { IsList: true } list:
                var columns = list.Children.Select(child => (string?)Column.Read(child.Value, ConfigurationPlace.Below(place, child.Key), problems)).ToList();
                return columns.Contains(null) ? null : new BreakdownColumns(columns!);
            default:
                AddUnexpected(node, place, problems);
                return null;
        }
    }

    public override JsonNode Write(object value)
    {
        var columns = ((BreakdownColumns)value).Columns;
        return columns.Count == 1 ? Column.Write(columns[0]) : new JsonArray([.. columns.Select(Column.Write)]);
    }

    public override JsonObject Describe(SchemaDefinitions definitions) => new()
    {
        ["oneOf"] = new JsonArray(
            Column.Describe(definitions),
            new JsonObject { ["type"] = "array", ["items"] = Column.Describe(definitions), ["minItems"] = 1 }),
    };

    public override ConfigurationNode.Group NewGroup(string next) => new(isList: true);

    public override PathStep? Step(ConfigurationNode.Group group, ReadOnlySpan<string> path, string separator) =>
        group.IsList ? StepIntoList(group, path[0], Column) : null;
}
