using System.Text.Json.Serialization;

namespace MigrationGuard.Ledger.Outcomes;

/// <summary>One difference between the two sides. Serialises as the contract's finding; what does not apply is left out.</summary>
/// <param name="Kind">One of <see cref="FindingKinds"/>.</param>
/// <param name="Count">Rows concerned; null where rows are not what differs.</param>
/// <param name="Columns">Columns that differ: of changed rows exactly those, or none where there are too many sets of columns to list.</param>
/// <param name="Group">The values of the group, in the order of the result's <c>by</c>; of a query's key, in the order of its key.</param>
/// <param name="Source">What the source holds.</param>
/// <param name="Target">What the target holds.</param>
/// <param name="Detail">A sentence for a reader, where the rest does not say it.</param>
public sealed record Finding(
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("count"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Count = null,
    [property: JsonPropertyName("columns"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Columns = null,
    [property: JsonPropertyName("group"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Scalar>? Group = null,
    [property: JsonPropertyName("source"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Scalar? Source = null,
    [property: JsonPropertyName("target"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Scalar? Target = null,
    [property: JsonPropertyName("detail"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail = null)
{
    /// <summary>Keyed digests of the keys of some of the rows: the same row has the same digest in every report of the project, and none says which row it is.</summary>
    [JsonPropertyName("digests"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Digests { get; init; }

    /// <summary>How much was found, to hold it against a bound or an earlier run: rows, or what else is counted, of both sides; null where nothing is.</summary>
    [JsonIgnore]
    public long? Amount => Kind == FindingKinds.CountDiffers && Count is null ? (long)((Source?.Number ?? 0) + (Target?.Number ?? 0)) : Count;
}
