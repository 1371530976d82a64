using System.Collections;
using System.Text.Json.Nodes;

namespace MigrationGuard.Configuration.Shapes;

/// <summary>A list whose items all have one shape.</summary>
/// <param name="type">A <see cref="List{T}"/>.</param>
internal sealed class ListShape(Type type, OptionValue item) : OptionShape
{
    public override string Expected => "a list";

    public override string Hint => "a list, in square brackets";

    public override bool IsLeaf => false;

    public override object? Read(ConfigurationNode node, string place, ICollection<ConfigurationProblem> problems)
    {
        if (node is not ConfigurationNode.Group { IsList: true } list)
        {
            AddUnexpected(node, place, problems);
            return null;
        }
        var values = (IList)Activator.CreateInstance(type)!;
        foreach (var (index, child) in list.Children)
        {
            if (item.TryRead(child, ConfigurationPlace.Below(place, index), problems, out var value))
                values.Add(value);
        }
        return values;
    }

    public override JsonNode Write(object value) => new JsonArray([.. ((IEnumerable)value).Cast<object?>().Select(item.Write)]);

    public override JsonObject Describe(SchemaDefinitions definitions) => new() { ["type"] = "array", ["items"] = item.Describe(definitions) };

    public override ConfigurationNode.Group NewGroup(string next) => new(isList: true);

    public override PathStep? Step(ConfigurationNode.Group group, ReadOnlySpan<string> path, string separator) =>
        group.IsList ? StepIntoList(group, path[0], item.Shape) : null;
}
