using System.Text.Json.Serialization;

namespace MigrationGuard.Evidence.Commitments;

/// <summary>A promise, and what proves it: an entry of the mapping, a file that a DPO team can edit.</summary>
public sealed record Commitment
{
    /// <summary>Its id, in letters, digits and <c>. -</c>, unique in the file: <c>rec-4.3.c.i</c>.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>What is promised, a sentence that begins with what is promised and not with who promises.</summary>
    [JsonPropertyName("sentence")]
    public required string Sentence { get; init; }

    /// <summary>Where each template has it, by the template's key: the ids of its sections.</summary>
    [JsonPropertyName("sections")]
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Sections { get; init; }

    /// <summary>What proves it, all of them: <c>check:record-count</c>, <c>attestation:user-testing</c>, <c>duty:deletion-review</c>, …</summary>
    [JsonPropertyName("proofs")]
    public required IReadOnlyList<string> Proofs { get; init; }

    /// <summary>Days for which a proof stays good; null where it never grows old.</summary>
    [JsonPropertyName("goodForDays")]
    public int? GoodForDays { get; init; }

    /// <summary>What the assessment says in places that do not agree, for an open question, whose proof is a recorded decision; empty for a promise.</summary>
    [JsonPropertyName("readings")]
    public IReadOnlyList<string> Readings { get; init; } = [];

    /// <summary>Whether the project cannot be closed before it is proven (seed 001).</summary>
    [JsonPropertyName("gate")]
    public bool Gate { get; init; }

    /// <summary>Whether it is a question that somebody has to decide, rather than a promise.</summary>
    [JsonIgnore]
    public bool IsQuestion => Readings.Count > 0;

    /// <summary>The sections that a template has it in; empty where it has none.</summary>
    public IReadOnlyList<string> SectionsOf(string template) => Sections.GetValueOrDefault(template) ?? [];
}
