using System.Text.Json.Nodes;
using MigrationGuard.Ledger;
using MigrationGuard.Verification;

namespace MigrationGuard.Configuration.Shapes;

/// <summary>An item of the list of tables left out: { Table, Reason }, or an object of tables and reasons.</summary>
internal sealed class ExcludedItemShape : OptionShape
{
    private static readonly TextShape Text = new();

    private static readonly MapShape Reasons = new(typeof(Dictionary<string, string>), new OptionValue(Text, MayBeNull: false));

    private static readonly string[] Names = [nameof(ExcludedTable.Table), nameof(ExcludedTable.Reason)];

    public override string Expected => "a table and a reason";

    public override string Hint => "{ \"Table\": …, \"Reason\": … }";

    public override bool IsLeaf => false;

    public override IReadOnlyCollection<string> KnownNames => Names;

    /// <summary>The tables of an object of tables and reasons.</summary>
    public static List<ExcludedTable>? ReadReasons(ConfigurationNode node, string place, ICollection<ConfigurationProblem> problems) =>
        (Reasons.Read(node, place, problems) as Dictionary<string, string>)?.Select(pair => new ExcludedTable(pair.Key, pair.Value)).ToList();

    public static PathStep? StepIntoReasons(ConfigurationNode.Group group, ReadOnlySpan<string> path, string separator) =>
        // Such a path takes the object for the list it is not: the number would become a part of a table's name.
        path.Length == 2 && IsName(path[1]) && group.Spelling(string.Join(separator, path!)) is null ? null : Reasons.Step(group, path, separator);

    public static JsonObject DescribeReasons() => new() { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "string", ["minLength"] = 1 } };

    public static JsonNode WriteItem(ExcludedTable table) => new JsonObject { [nameof(table.Table)] = table.Table, [nameof(table.Reason)] = table.Reason };

    /// <returns>A list of <see cref="ExcludedTable"/>.</returns>
    public override object? Read(ConfigurationNode node, string place, ICollection<ConfigurationProblem> problems)
    {
        switch (node)
        {
            case ConfigurationNode.Group { IsList: false } group when group.Children.Any(child => IsName(child.Key)):
                return ReadTable(group, place, problems);
            case ConfigurationNode.Group { IsList: false } map:
                return ReadReasons(map, place, problems);
            default:
                AddUnexpected(node, place, problems);
                return null;
        }
    }

    public override JsonNode Write(object value) => new JsonArray([.. ((IEnumerable<ExcludedTable>)value).Select(WriteItem)]);

    public override JsonObject Describe(SchemaDefinitions definitions)
    {
        var properties = new JsonObject();
        foreach (var name in Names)
            properties[name] = new JsonObject { ["type"] = "string", ["minLength"] = 1 };
        var reasons = DescribeReasons();
        reasons["not"] = new JsonObject { ["anyOf"] = new JsonArray([.. Names.Select(name => new JsonObject { ["required"] = new JsonArray(name) })]) };
        return new JsonObject
        {
            ["oneOf"] = new JsonArray(
                new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = properties,
                    ["required"] = new JsonArray([.. Names.Select(name => JsonValue.Create(name))]),
                    ["additionalProperties"] = false,
                },
                reasons),
        };
    }

    public override ConfigurationNode.Group NewGroup(string next) => new(isList: false);

    public override PathStep? Step(ConfigurationNode.Group group, ReadOnlySpan<string> path, string separator)
    {
        if (group.IsList)
            return null;
        var name = path[0];
        if (path.Length == 1 && Array.Find(Names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } known)
            return new PathStep(group.Spelling(known) ?? known, Text, Used: 1);
        // A table's name makes no new item here: a slip in Table or Reason would exclude a table of that name.
        return group.Spelling(string.Join(separator, path!)) is { } table ? new PathStep(table, Text, path.Length) : null;
    }

    private static bool IsName(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private List<ExcludedTable> ReadTable(ConfigurationNode.Group group, string place, ICollection<ConfigurationProblem> problems)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, child) in group.Children)
        {
            var below = ConfigurationPlace.Below(place, name);
            if (!IsName(name))
                problems.Add(new ConfigurationProblem(below, "is not a known option.", NearestName.Remedy(name, KnownNames)));
            else if (Text.Read(child, below, problems) is string text && !values.TryAdd(name, text))
                problems.Add(new ConfigurationProblem(below, "is there more than once: an option's name is the same in any case.", "Keep one of them."));
        }
        return [new ExcludedTable(values.GetValueOrDefault(Names[0], ""), values.GetValueOrDefault(Names[1], ""))];
    }
}
