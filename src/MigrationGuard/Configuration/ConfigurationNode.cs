using System.Text.Json;

namespace MigrationGuard.Configuration;

/// <summary>A piece of configuration as it was written, before it is known what it should be.</summary>
/// <remarks>
/// Not <see cref="System.Text.Json.Nodes.JsonNode"/>: that has no place for a name given twice, which is a problem to report,
/// nor for where an override came from.
/// </remarks>
internal abstract class ConfigurationNode
{
    private ConfigurationNode() { }

    /// <summary>What it is, for a problem's text; never what it holds.</summary>
    public abstract string Found { get; }

    /// <summary>A value.</summary>
    /// <param name="Kind">The kind of JSON value; text for everything that an environment variable holds.</param>
    /// <param name="Text">The text, or a number as it was written.</param>
    /// <param name="Origin">Which override set it; null for the file.</param>
    internal sealed class Leaf(JsonValueKind Kind, string Text, string? Origin) : ConfigurationNode
    {
        public JsonValueKind Kind { get; } = Kind;

        public string Text { get; } = Text;

        public bool IsNull => Kind == JsonValueKind.Null;

        /// <summary>Whether the text may stand for a number or for true and false: an environment variable has nothing but text.</summary>
        public bool TextMayBeAnything => Origin is not null && Kind == JsonValueKind.String;

        public override string Found
        {
            get
            {
                var found = Kind switch
                {
                    JsonValueKind.Null => "null",
                    JsonValueKind.True => "true",
                    JsonValueKind.False => "false",
                    JsonValueKind.Number => "a number",
                    _ => "text",
                };
                return Origin is null ? found : $"{found} (set by {Origin})";
            }
        }
    }

    /// <summary>An object, or a list, whose children are then named 0, 1, 2 and so on.</summary>
    internal sealed class Group(bool isList) : ConfigurationNode
    {
        private readonly List<KeyValuePair<string, ConfigurationNode>> _children = [];

        public bool IsList { get; } = isList;

        /// <summary>The children in the order of the file; a name given twice is there twice.</summary>
        public IReadOnlyList<KeyValuePair<string, ConfigurationNode>> Children => _children;

        public override string Found => IsList ? "a list" : "an object";

        public void Add(string name, ConfigurationNode child) => _children.Add(new(name, child));

        /// <summary>How an existing child spells <paramref name="name"/>: exactly so, or the only one so but for its case; null when there is none.</summary>
        public string? Spelling(string name)
        {
            var alike = _children.Select(child => child.Key).Where(key => key.Equals(name, StringComparison.OrdinalIgnoreCase)).Distinct().ToList();
            return alike.Contains(name) ? name : alike.Count == 1 ? alike[0] : null;
        }

        /// <summary>The first child of exactly this name, or null.</summary>
        public ConfigurationNode? Find(string name) => _children.Find(child => child.Key == name).Value;

        /// <summary>Puts a child in the place of the one of exactly this name, or at the end.</summary>
        public void Set(string name, ConfigurationNode child)
        {
            var index = _children.FindIndex(existing => existing.Key == name);
            if (index < 0)
                Add(name, child);
            else
                _children[index] = new(name, child);
        }
    }
}
