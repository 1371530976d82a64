using System.Globalization;
using System.Text.Json.Nodes;

namespace MigrationGuard.Configuration.Shapes;

/// <summary>What an option may hold: how it is read, written and described to an editor.</summary>
/// <remarks>
/// One walk over the option types makes the shapes; reading, overriding, writing and the JSON Schema all follow them, so that none
/// of these can know an option that another does not.
/// </remarks>
internal abstract class OptionShape
{
    /// <summary>What a problem says was expected, such as "a whole number".</summary>
    public abstract string Expected { get; }

    /// <summary>What a remedy says to write.</summary>
    public abstract string Hint { get; }

    /// <summary>Whether one text can be all of it, so that one environment variable can set it.</summary>
    public abstract bool IsLeaf { get; }

    /// <summary>The value; null when it is not of this shape, which is then among the problems.</summary>
    public abstract object? Read(ConfigurationNode node, string place, ICollection<ConfigurationProblem> problems);

    /// <summary>What <see cref="Read"/> reads back as an equal value.</summary>
    public abstract JsonNode? Write(object value);

    /// <summary>The JSON Schema of it.</summary>
    public abstract JsonObject Describe(SchemaDefinitions definitions);

    /// <summary>The empty group that an override's path is built in, given the path's next name; null when there is nothing below this.</summary>
    public virtual ConfigurationNode.Group? NewGroup(string next) => null;

    /// <summary>Where the beginning of an override's path leads; null when nowhere.</summary>
    /// <param name="group">What is there so far.</param>
    /// <param name="path">The names still to go; never empty.</param>
    /// <param name="separator">What the path was split at, and a name may hold itself.</param>
    public virtual PathStep? Step(ConfigurationNode.Group group, ReadOnlySpan<string> path, string separator) => null;

    /// <summary>The names that may stand directly below this, where they are known.</summary>
    public virtual IReadOnlyCollection<string> KnownNames => [];

    protected void AddUnexpected(ConfigurationNode node, string place, ICollection<ConfigurationProblem> problems) =>
        problems.Add(new ConfigurationProblem(place, $"expected {Expected}, found {node.Found}.", $"Write {Hint}."));

    /// <summary>The step to a list's item: one that is there, or the one after the last.</summary>
    protected static PathStep? StepIntoList(ConfigurationNode.Group list, string name, OptionShape item) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= list.Children.Count
            ? new PathStep(index.ToString(CultureInfo.InvariantCulture), item, Used: 1)
            : null;
}

/// <summary>One step of an override's path.</summary>
/// <param name="Name">The child's name as the group spells it or shall spell it.</param>
/// <param name="Used">How many of the path's names make it up.</param>
internal readonly record struct PathStep(string Name, OptionShape Shape, int Used);
