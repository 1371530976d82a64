namespace MigrationGuard.Configuration.Shapes;

/// <summary>A single value.</summary>
internal abstract class ScalarShape : OptionShape
{
    public sealed override bool IsLeaf => true;

    public sealed override object? Read(ConfigurationNode node, string place, ICollection<ConfigurationProblem> problems)
    {
        if (node is ConfigurationNode.Leaf leaf)
        {
            if (Parse(leaf) is { } value)
                return value;
            AddUnreadable(leaf, place, problems);
        }
        else
        {
            AddUnexpected(node, place, problems);
        }
        return null;
    }

    /// <summary>The value, or null when the leaf holds none of this shape.</summary>
    protected abstract object? Parse(ConfigurationNode.Leaf leaf);

    protected virtual void AddUnreadable(ConfigurationNode.Leaf leaf, string place, ICollection<ConfigurationProblem> problems) =>
        AddUnexpected(leaf, place, problems);
}
