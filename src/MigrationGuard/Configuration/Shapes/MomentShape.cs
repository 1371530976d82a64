using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MigrationGuard.Configuration.Shapes;

/// <summary>A date and time with its offset from UTC, as ISO 8601 writes it.</summary>
internal sealed class MomentShape : ScalarShape
{
    private const string Example = "2026-03-06T18:00:00+00:00";

    private static readonly string[] WithoutOffset = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd"];

    // A literal Z does not mean UTC to a custom format; K does, and lets nothing but Z and an offset pass beside nothing at all.
    private static readonly string[] WithOffset = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    public override string Expected => "a date and time with its offset";

    public override string Hint => $"it as \"{Example}\"";

    public override JsonNode Write(object value) =>
        JsonValue.Create(((DateTimeOffset)value).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture));

    public override JsonObject Describe(SchemaDefinitions definitions) => new()
    {
        ["type"] = "string",
        ["pattern"] = @"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?(Z|[+-]\d{2}:\d{2})$",
    };

    protected override object? Parse(ConfigurationNode.Leaf leaf) =>
        leaf.Kind == JsonValueKind.String
        && !IsNaive(leaf)
        && DateTimeOffset.TryParseExact(leaf.Text, WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? moment
            : null;

    protected override void AddUnreadable(ConfigurationNode.Leaf leaf, string place, ICollection<ConfigurationProblem> problems)
    {
        if (leaf.Kind == JsonValueKind.String && IsNaive(leaf))
            problems.Add(new ConfigurationProblem(place, "has no offset, so that it could be any of a day's worth of moments.", $"Add its offset from UTC: {Example}."));
        else
            base.AddUnreadable(leaf, place, problems);
    }

    private static bool IsNaive(ConfigurationNode.Leaf leaf) =>
        DateTime.TryParseExact(leaf.Text, WithoutOffset, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
