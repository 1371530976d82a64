using System.Text.Json.Serialization;
using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Ledger.Runs;

/// <summary>The exposure of one mismatch of a run, as the run's document in the store has it.</summary>
/// <remarks>Apart from the result, which was durable, and so immutable, before the run had come to its end.</remarks>
public sealed record KeptExposure(
    [property: JsonPropertyName("comparison")] string Comparison,
    [property: JsonPropertyName("entity")] string? Entity,
    [property: JsonPropertyName("check")] string Check,
    [property: JsonPropertyName("by")] IReadOnlyList<string>? By,
    [property: JsonPropertyName("exposure")] Exposure Exposure)
{
    /// <summary>What the exposure is of.</summary>
    [JsonIgnore]
    public ResultKey Key => new(Comparison, Entity, Check, By);
}
