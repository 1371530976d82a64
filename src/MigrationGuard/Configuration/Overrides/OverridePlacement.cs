using MigrationGuard.Configuration.Shapes;
using MigrationGuard.Ledger;

namespace MigrationGuard.Configuration.Overrides;

/// <summary>Puts overrides into the nodes of the file, making what is missing on the way.</summary>
internal static class OverridePlacement
{
    /// <summary>Places all overrides in turn; the later one wins.</summary>
    /// <returns>The names of those that led somewhere.</returns>
    public static IReadOnlyList<string> Apply(IEnumerable<ConfigurationOverride> overrides, ConfigurationNode.Group section, ICollection<ConfigurationProblem> problems)
    {
        var applied = new List<string>();
        var setBy = new Dictionary<(ConfigurationNode.Group Group, string Name, string Separator), string>();
        foreach (var one in overrides)
        {
            if (Target(one, section, problems) is not var (group, name))
                continue;
            if (!setBy.TryAdd((group, name, one.Separator), Shown(one)))
                problems.Add(new ConfigurationProblem(Shown(one), $"sets the same option as {setBy[(group, name, one.Separator)]}.", "Remove one of them."));
            group.Set(name, one.Value);
            applied.Add(Shown(one));
        }
        return applied;
    }

    /// <summary>The group and the name in it that an override sets; null when it leads nowhere.</summary>
    private static (ConfigurationNode.Group Group, string Name)? Target(ConfigurationOverride one, ConfigurationNode.Group section, ICollection<ConfigurationProblem> problems)
    {
        OptionShape shape = OptionShapes.Root;
        var group = section;
        var path = one.Path.ToArray().AsSpan();
        // What is missing on the way is put in only once the path has proved to lead somewhere.
        var missing = new List<(ConfigurationNode.Group Parent, string Name, ConfigurationNode.Group Child)>();
        while (true)
        {
            if (shape.Step(group, path, one.Separator) is not { } step)
            {
                problems.Add(LeadsNowhere(one, shape, path[0]));
                return null;
            }
            path = path[step.Used..];
            shape = step.Shape;
            if (path.IsEmpty && shape.IsLeaf)
            {
                missing.ForEach(gap => gap.Parent.Set(gap.Name, gap.Child));
                return (group, step.Name);
            }
            if (path.IsEmpty)
            {
                problems.Add(new ConfigurationProblem(Shown(one), $"names no single option, but {shape.Expected}.", "Name the option in it to set."));
                return null;
            }
            var child = group.Find(step.Name);
            if (child is null or ConfigurationNode.Leaf { IsNull: true } || (child is ConfigurationNode.Leaf && shape.IsLeaf))
            {
                if (shape.NewGroup(path[0]) is not { } made)
                {
                    problems.Add(LeadsNowhere(one, shape, path[0]));
                    return null;
                }
                missing.Add((group, step.Name, made));
                child = made;
            }
            // What the file holds here is of the wrong type, and is reported as such when it is read.
            if (child is not ConfigurationNode.Group below)
                return null;
            group = below;
        }
    }

    private static ConfigurationProblem LeadsNowhere(ConfigurationOverride one, OptionShape shape, string name) =>
        new(Shown(one), "leads to no option.", shape.KnownNames.Count > 0 ? NearestName.Remedy(name, shape.KnownNames) : "Check it against the configuration file, or remove it.");

    private static string Shown(ConfigurationOverride one) => ConfigurationPlace.Below("", one.Name);
}
