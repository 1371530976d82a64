using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MigrationGuard.Ledger;

namespace MigrationGuard.Configuration.Shapes;

/// <summary>One of a few names, in any case.</summary>
internal sealed class EnumShape : ScalarShape
{
    private readonly Dictionary<string, object> _values = new(StringComparer.OrdinalIgnoreCase);

    public EnumShape(Type type)
    {
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
            _values.Add(field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? field.Name, field.GetValue(null)!);
    }

    public override string Expected => _values.Count == 1 ? Names : $"one of {Names}";

    public override string Hint => $"{Expected}, in double quotes";

    private string Names => string.Join(", ", _values.Keys);

    public override JsonNode Write(object value) => JsonValue.Create(_values.First(pair => pair.Value.Equals(value)).Key);

    public override JsonObject Describe(SchemaDefinitions definitions) => new() { ["enum"] = new JsonArray([.. _values.Keys.Select(name => JsonValue.Create(name))]) };

    protected override object? Parse(ConfigurationNode.Leaf leaf) => leaf.Kind == JsonValueKind.String ? _values.GetValueOrDefault(leaf.Text) : null;

    protected override void AddUnreadable(ConfigurationNode.Leaf leaf, string place, ICollection<ConfigurationProblem> problems)
    {
        if (leaf.Kind == JsonValueKind.String)
            problems.Add(new ConfigurationProblem(place, $"expected {Expected}, found other {leaf.Found}.", Remedy(leaf.Text)));
        else
            base.AddUnreadable(leaf, place, problems);
    }

    private string Remedy(string text) =>
        NearestName.Of(text, _values.Keys) is { } nearest ? $"Did you mean {nearest}?" : $"Write {Expected}.";
}
