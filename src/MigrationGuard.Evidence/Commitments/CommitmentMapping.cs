using System.Text.Json;
using System.Text.Json.Serialization;

namespace MigrationGuard.Evidence.Commitments;

/// <summary>The mapping of commitments: what was promised, where each template has it, and what proves it.</summary>
public sealed record CommitmentMapping
{
    public const string CurrentSchema = "migrationguard.commitments/1";

    private static readonly Lazy<CommitmentMapping> ShippedOnce = new(CommitmentFile.ReadShipped);

    /// <summary>The mapping that the program comes with: a sample, for a project to put its own in its place.</summary>
    [JsonIgnore]
    public static CommitmentMapping Shipped => ShippedOnce.Value;

    /// <summary>What is said wherever commitments of the sample are weighed.</summary>
    public const string SampleNotice =
        "These commitments are the sample that the program comes with, taken from one body\u2019s assessment. The project\u2019s own go into a file that Evidence:Commitments names.";

    /// <summary>Whether these are the commitments that the program comes with, copied or not, and nobody's own.</summary>
    [JsonIgnore]
    public bool IsSample => ReferenceEquals(this, Shipped) || JsonSerializer.Serialize(this) == JsonSerializer.Serialize(Shipped);

    [JsonPropertyName("schema")]
    public required string Schema { get; init; }

    [JsonPropertyName("templates")]
    public required IReadOnlyList<DpiaTemplate> Templates { get; init; }

    [JsonPropertyName("commitments")]
    public required IReadOnlyList<Commitment> Commitments { get; init; }

    /// <summary>The assessment's risks with the scores it gives them.</summary>
    [JsonPropertyName("risks")]
    public IReadOnlyList<Risk> Risks { get; init; } = [];

    /// <summary>A template by its key.</summary>
    /// <exception cref="ArgumentException">The mapping has none of that key.</exception>
    public DpiaTemplate Template(string key) => Templates.FirstOrDefault(template => template.Key == key)
        ?? throw new ArgumentException($"The mapping has no template '{key}'. It has: {string.Join(", ", Templates.Select(template => template.Key))}.", nameof(key));
}

/// <summary>The templates of assessments that annexes are made for.</summary>
public static class DpiaTemplates
{
    /// <summary>The regulator's own.</summary>
    public const string Regulator = "ico";

    /// <summary>In seven steps.</summary>
    public const string SevenStep = "seven-step";

    /// <summary>ArcKit's.</summary>
    public const string ArcKit = "arckit";

    public static readonly IReadOnlyList<string> All = [Regulator, SevenStep, ArcKit];
}

/// <summary>A template of an assessment, as far as evidence bears on it.</summary>
/// <param name="Key">One of <see cref="DpiaTemplates"/>.</param>
/// <param name="Sections">In the template's order.</param>
public sealed record DpiaTemplate(
    [property: JsonPropertyName("key")] string Key,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("sections")] IReadOnlyList<DpiaSection> Sections);

/// <summary>A section of a template.</summary>
/// <param name="Id">As the template counts it: <c>5.0 rec 4</c>, <c>App C(d)</c>.</param>
public sealed record DpiaSection(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("title")] string Title);

/// <summary>A risk to individuals and the score that the assessment expects of it.</summary>
/// <param name="Id">As the assessment counts it.</param>
/// <param name="Impact">From 1, very low, to 5, very high.</param>
/// <param name="Probability">From 1 to 5, as the impact.</param>
/// <param name="RestsOn">The ids of the commitments that make the score what it is.</param>
public sealed record Risk(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("impact")] int Impact,
    [property: JsonPropertyName("probability")] int Probability,
    [property: JsonPropertyName("restsOn")] IReadOnlyList<string> RestsOn)
{
    [JsonIgnore]
    public int Score => Impact * Probability;

    /// <summary>The level of the assessment's matrix (Appendix 1), which depends on the product alone.</summary>
    [JsonIgnore]
    public string Level => Score switch
    {
        <= 4 => "low (green)",
        < 15 => "medium (amber)",
        _ => "high (red)",
    };
}
