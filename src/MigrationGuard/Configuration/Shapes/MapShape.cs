using System.Collections;
using System.Text.Json.Nodes;

namespace MigrationGuard.Configuration.Shapes;

/// <summary>Values under names that the configuration gives them.</summary>
/// <param name="type">A <see cref="Dictionary{TKey, TValue}"/> of texts.</param>
/// <remarks>
/// Names of groups of options (databases, comparisons, entities) are of the user's choice, so two that differ only by case are
/// refused: no environment variable could tell them apart. Names of single values are tables' and columns', where a database may
/// well have both.
/// </remarks>
internal sealed class MapShape(Type type, OptionValue element) : OptionShape
{
    public override string Expected => "an object";

    public override string Hint => "an object, in braces, of names and values";

    public override bool IsLeaf => false;

    private bool NamesAreChosen => !element.Shape.IsLeaf;

    public override object? Read(ConfigurationNode node, string place, ICollection<ConfigurationProblem> problems)
    {
        if (node is not ConfigurationNode.Group { IsList: false } group)
        {
            AddUnexpected(node, place, problems);
            return null;
        }
        var values = (IDictionary)Activator.CreateInstance(type)!;
        var seen = new Dictionary<string, string>(NamesAreChosen ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (var (name, child) in group.Children)
        {
            var below = ConfigurationPlace.Below(place, name);
            if (!seen.TryAdd(name, name))
                AddRepeated(name, seen[name], below, problems);
            else if (name.Length == 0 && NamesAreChosen)
                problems.Add(new ConfigurationProblem(below, "has an empty name.", "Give it a name: it is shown in every report."));
            else if (element.TryRead(child, below, problems, out var read))
                values.Add(name, read);
        }
        return values;
    }

    public override JsonNode Write(object value)
    {
        var written = new JsonObject();
        foreach (DictionaryEntry entry in (IDictionary)value)
            written.Add((string)entry.Key, element.Write(entry.Value));
        return written;
    }

    public override JsonObject Describe(SchemaDefinitions definitions) =>
        new() { ["type"] = "object", ["additionalProperties"] = element.Describe(definitions) };

    public override ConfigurationNode.Group NewGroup(string next) => new(isList: false);

    /// <remarks>
    /// The longest name that is there wins, so that names which hold the separator can be reached. A new name that holds it can
    /// only be made where nothing follows a name.
    /// </remarks>
    public override PathStep? Step(ConfigurationNode.Group group, ReadOnlySpan<string> path, string separator)
    {
        if (group.IsList)
            return null;
        for (var used = path.Length; used > 0; used--)
        {
            if (group.Spelling(string.Join(separator, path[..used]!)) is { } there)
                return new PathStep(there, element.Shape, used);
        }
        var length = NamesAreChosen ? 1 : path.Length;
        var name = string.Join(separator, path[..length]!);
        return name.Length == 0 ? null : new PathStep(name, element.Shape, length);
    }

    private static void AddRepeated(string name, string first, string place, ICollection<ConfigurationProblem> problems) =>
        problems.Add(name == first
            ? new ConfigurationProblem(place, "is there more than once.", "Keep one of them.")
            : new ConfigurationProblem(place, "differs from another name here only by case.", "Rename one: environment variables cannot tell them apart."));
}
