using System.ComponentModel;
using System.Reflection;
using System.Text.Json.Nodes;
using MigrationGuard.Ledger;

namespace MigrationGuard.Configuration.Shapes;

/// <summary>An option of a group.</summary>
/// <param name="IsRequired">Whether leaving it out is a problem, as there is no default to fall back on.</param>
internal sealed record OptionMember(PropertyInfo Property, OptionValue Value, bool IsRequired)
{
    public string Name => Property.Name;

    public string? Description => Property.GetCustomAttribute<DescriptionAttribute>()?.Description;
}

/// <summary>A group of options under fixed names, matched in any case.</summary>
internal sealed class ObjectShape(Type type, IReadOnlyList<OptionMember> members) : OptionShape
{
    public Type Type { get; } = type;

    public IReadOnlyList<OptionMember> Members { get; } = members;

    public override string Expected => "an object";

    public override string Hint => "an object, in braces";

    public override bool IsLeaf => false;

    public override IReadOnlyCollection<string> KnownNames => [.. Members.Select(member => member.Name)];

    public OptionMember? Member(string name) => Members.FirstOrDefault(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public override object? Read(ConfigurationNode node, string place, ICollection<ConfigurationProblem> problems)
    {
        if (node is not ConfigurationNode.Group { IsList: false } group)
        {
            AddUnexpected(node, place, problems);
            return null;
        }
        var options = Activator.CreateInstance(Type)!;
        var seen = new HashSet<OptionMember>();
        foreach (var (name, child) in group.Children)
        {
            var below = ConfigurationPlace.Below(place, name);
            if (Member(name) is not { } member)
                problems.Add(new ConfigurationProblem(below, "is not a known option.", NearestName.Remedy(name, KnownNames)));
            else if (!seen.Add(member))
                problems.Add(new ConfigurationProblem(below, "is there more than once: an option's name is the same in any case.", "Keep one of them."));
            else if (member.Value.TryRead(child, ConfigurationPlace.Below(place, member.Name), problems, out var value))
                member.Property.SetValue(options, value);
        }
        foreach (var member in Members.Where(member => member.IsRequired && !seen.Contains(member)))
            problems.Add(new ConfigurationProblem(ConfigurationPlace.Below(place, member.Name), "is missing.", $"Write {member.Value.Shape.Hint}."));
        return options;
    }

    /// <remarks>What equals the default is left out: a file should show what somebody decided.</remarks>
    public override JsonNode Write(object value)
    {
        var defaults = Activator.CreateInstance(Type)!;
        var written = new JsonObject();
        foreach (var member in Members)
        {
            var node = member.Value.Write(member.Property.GetValue(value));
            if (member.IsRequired || !JsonNode.DeepEquals(node, member.Value.Write(member.Property.GetValue(defaults))))
                written.Add(member.Name, node);
        }
        return written;
    }

    public override JsonObject Describe(SchemaDefinitions definitions) => definitions.Reference(this);

    public override ConfigurationNode.Group NewGroup(string next) => new(isList: false);

    public override PathStep? Step(ConfigurationNode.Group group, ReadOnlySpan<string> path, string separator) =>
        !group.IsList && Member(path[0]) is { } member
            ? new PathStep(group.Spelling(member.Name) ?? member.Name, member.Value.Shape, Used: 1)
            : null;
}
