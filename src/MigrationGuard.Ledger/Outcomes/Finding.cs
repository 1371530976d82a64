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

/// <summary>The kinds of difference the contract knows.</summary>
public static class FindingKinds
{
    /// <summary>Rows that only the source has.</summary>
    public const string MissingInTarget = "missing-in-target";

    /// <summary>Rows that only the target has.</summary>
    public const string ExtraInTarget = "extra-in-target";

    /// <summary>Rows that differ in exactly the named columns; in further sets of columns, which the detail sums up, where none are named.</summary>
    public const string Changed = "changed";

    /// <summary>Something other than rows that there is a number of on each side: keys that occur more than once, where rows of theirs differ.</summary>
    public const string CountDiffers = "count-differs";

    /// <summary>A group whose rows are not as many on both sides.</summary>
    public const string GroupDiffers = "group-differs";

    /// <summary>A newest moment that differs, or rows written after the freeze.</summary>
    public const string TimestampDiffers = "timestamp-differs";

    public const string SchemaDiffers = "schema-differs";

    /// <summary>A value that differs: of a query's result, or the fingerprint of parts of a table whose rows were too many to look at one by one.</summary>
    public const string ValueDiffers = "value-differs";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All =
        [MissingInTarget, ExtraInTarget, Changed, CountDiffers, GroupDiffers, TimestampDiffers, SchemaDiffers, ValueDiffers];
}
