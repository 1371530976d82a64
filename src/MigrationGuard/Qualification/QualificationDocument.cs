using System.Text.Json.Serialization;

namespace MigrationGuard.Qualification;

/// <summary>What a qualification planted and what was found: <c>migrationguard.qualification/1</c>.</summary>
internal sealed record QualificationDocument
{
    [JsonPropertyName("schema")]
    public string Schema { get; } = "migrationguard.qualification/1";

    /// <summary>What the rows and the damage to them follow from.</summary>
    [JsonPropertyName("seed")]
    public required long Seed { get; init; }

    /// <summary>The program's version and commit.</summary>
    [JsonPropertyName("tool")]
    public required string Tool { get; init; }

    [JsonPropertyName("started")]
    public required DateTimeOffset Started { get; init; }

    [JsonPropertyName("finished")]
    public required DateTimeOffset Finished { get; init; }

    /// <summary>Whether every corruption was found as expected and every twin matched, and there was at least one.</summary>
    [JsonPropertyName("passed")]
    public bool Passed => Corruptions.Count > 0 && Corruptions.All(corruption => corruption.IsFound && corruption.TwinMatched);

    [JsonPropertyName("planted")]
    public int Planted => Corruptions.Count;

    [JsonPropertyName("found")]
    public int Found => Corruptions.Count(corruption => corruption.IsFound);

    [JsonPropertyName("twinsMatched")]
    public int TwinsMatched => Corruptions.Count(corruption => corruption.TwinMatched);

    /// <summary>What it was done on.</summary>
    [JsonPropertyName("engines")]
    public required IReadOnlyList<QualifiedEngines> Engines { get; init; }

    /// <summary>Why a configured server was left out; null when none was.</summary>
    [JsonPropertyName("leftOut")]
    public string? LeftOut { get; init; }

    [JsonPropertyName("corruptions")]
    public required IReadOnlyList<QualifiedCorruption> Corruptions { get; init; }
}

/// <summary>Two engines between which corruptions were planted.</summary>
/// <param name="Pair">The name that corruptions refer to.</param>
internal sealed record QualifiedEngines(
    [property: JsonPropertyName("pair")] string Pair,
    [property: JsonPropertyName("source")] string Source,
    [property: JsonPropertyName("target")] string Target,
    [property: JsonPropertyName("seconds")] double Seconds);

/// <summary>One corruption on one pair of engines.</summary>
internal sealed record QualifiedCorruption
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("pair")]
    public required string Pair { get; init; }

    [JsonPropertyName("kind")]
    public required string Kind { get; init; }

    [JsonPropertyName("type")]
    public required string Type { get; init; }

    [JsonPropertyName("key")]
    public required string Key { get; init; }

    /// <summary>What must be said of it.</summary>
    [JsonPropertyName("expected")]
    public required ObservationDocument Expected { get; init; }

    /// <summary>What was said of it.</summary>
    [JsonPropertyName("found")]
    public required ObservationDocument Found { get; init; }

    /// <summary>Whether what was said is exactly what must be.</summary>
    [JsonPropertyName("isFound")]
    public required bool IsFound { get; init; }

    /// <summary>What was said of the same two tables before: <c>match</c>, or the checks that did not.</summary>
    [JsonPropertyName("twin")]
    public required string Twin { get; init; }

    /// <summary>Why something was not checked; null when everything was.</summary>
    [JsonPropertyName("reason")]
    public string? Reason { get; init; }

    [JsonIgnore]
    public bool TwinMatched => Twin == "match";
}

/// <summary>An observation as the document has it.</summary>
internal sealed record ObservationDocument(
    [property: JsonPropertyName("checks")] IReadOnlyList<string> Checks,
    [property: JsonPropertyName("findings")] IReadOnlyList<FindingDocument> Findings)
{
    public static ObservationDocument Of(Observation observation) =>
        new(observation.Checks, [.. observation.Findings.Select(finding => new FindingDocument(finding.Kind, finding.Count, finding.Columns))]);
}

/// <summary>A finding as the document has it.</summary>
internal sealed record FindingDocument(
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("count")] long Count,
    [property: JsonPropertyName("columns")] IReadOnlyList<string> Columns);
