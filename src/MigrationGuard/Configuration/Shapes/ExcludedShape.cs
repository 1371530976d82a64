using System.Globalization;
using System.Text.Json.Nodes;
using MigrationGuard.Verification;

namespace MigrationGuard.Configuration.Shapes;

/// <summary>Tables left out: an object of tables and reasons, or a list of such objects and of { Table, Reason }.</summary>
/// <remarks>The object reads best; the list has room for whatever an object cannot hold, such as one table named twice.</remarks>
internal sealed class ExcludedShape : OptionShape
{
    private static readonly ExcludedItemShape Item = new();

    public override string Expected => "an object of tables and reasons, or a list";

    public override string Hint => "{ \"dbo.TraceLogBase\": \"diagnostic log\" }, or [ { \"Table\": …, \"Reason\": … } ]";

    public override bool IsLeaf => false;

    public override object? Read(ConfigurationNode node, string place, ICollection<ConfigurationProblem> problems)
    {
        switch (node)
        {
            case ConfigurationNode.Group { IsList: false } map:
                return ExcludedItemShape.ReadReasons(map, place, problems);
            case ConfigurationNode.Group list:
                var tables = new List<ExcludedTable>();
                foreach (var (index, child) in list.Children)
                    tables.AddRange((IEnumerable<ExcludedTable>?)Item.Read(child, ConfigurationPlace.Below(place, index), problems) ?? []);
                return tables;
            default:
                AddUnexpected(node, place, problems);
                return null;
        }
    }

    public override JsonNode Write(object value)
    {
        var tables = (List<ExcludedTable>)value;
        return tables.DistinctBy(table => table.Table).Count() == tables.Count
            ? new JsonObject(tables.Select(table => KeyValuePair.Create(table.Table, (JsonNode?)JsonValue.Create(table.Reason))))
            : new JsonArray([.. tables.Select(ExcludedItemShape.WriteItem)]);
    }

    public override JsonObject Describe(SchemaDefinitions definitions) => new()
    {
        ["oneOf"] = new JsonArray(
            ExcludedItemShape.DescribeReasons(),
            new JsonObject { ["type"] = "array", ["items"] = Item.Describe(definitions) }),
    };

    public override ConfigurationNode.Group NewGroup(string next) => new(isList: int.TryParse(next, NumberStyles.None, CultureInfo.InvariantCulture, out _));

    public override PathStep? Step(ConfigurationNode.Group group, ReadOnlySpan<string> path, string separator) =>
        group.IsList ? StepIntoList(group, path[0], Item) : ExcludedItemShape.StepIntoReasons(group, path, separator);
}
