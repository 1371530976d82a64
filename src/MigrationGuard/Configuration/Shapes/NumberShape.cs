using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MigrationGuard.Configuration.Shapes;

/// <summary>A number of the given type.</summary>
internal sealed class NumberShape<T> : ScalarShape
    where T : struct, INumber<T>
{
    private static readonly bool IsWhole = T.CreateSaturating(0.5) == T.Zero;

    // What JSON itself allows: no blanks, no thousands.
    private static readonly NumberStyles Style = IsWhole
        ? NumberStyles.AllowLeadingSign
        : NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public override string Expected => IsWhole ? "a whole number" : "a number";

    public override string Hint => IsWhole ? "a whole number without quotes, such as 4" : "a number without quotes, such as 1.5";

    public override JsonNode? Write(object value) => JsonValue.Create((T)value);

    public override JsonObject Describe(SchemaDefinitions definitions) => new() { ["type"] = IsWhole ? "integer" : "number" };

    protected override object? Parse(ConfigurationNode.Leaf leaf) =>
        (leaf.Kind == JsonValueKind.Number || leaf.TextMayBeAnything)
        && T.TryParse(leaf.Text, Style, CultureInfo.InvariantCulture, out var value)
        && T.IsFinite(value)
            ? value
            : null;

    protected override void AddUnreadable(ConfigurationNode.Leaf leaf, string place, ICollection<ConfigurationProblem> problems)
    {
        if (leaf.Kind == JsonValueKind.Number)
            problems.Add(new ConfigurationProblem(place, $"expected {Expected}, found one that is not, or is out of range.", $"Write {Hint}."));
        else
            base.AddUnreadable(leaf, place, problems);
    }
}
