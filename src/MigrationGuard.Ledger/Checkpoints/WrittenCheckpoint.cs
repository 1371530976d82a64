using System.Text.Json.Serialization;

namespace MigrationGuard.Ledger.Checkpoints;

/// <summary>A checkpoint as the entry that records its writing has it.</summary>
public sealed record WrittenCheckpoint
{
    [JsonPropertyName("origin")]
    public required string Origin { get; init; }

    [JsonPropertyName("size")]
    public required long Size { get; init; }

    [JsonPropertyName("root")]
    public required string Root { get; init; }

    /// <summary>The signed note.</summary>
    [JsonPropertyName("checkpoint")]
    public required string Text { get; init; }

    /// <summary>The places outside the store that it was written to.</summary>
    [JsonPropertyName("anchors")]
    public required IReadOnlyList<string> Anchors { get; init; }

    /// <summary>Whether it was sent by mail too.</summary>
    [JsonPropertyName("mailed")]
    public required bool Mailed { get; init; }

    /// <summary>The largest that was written to each place.</summary>
    public static IReadOnlyDictionary<string, long> Largest(IEnumerable<WrittenCheckpoint> written) => written
        .SelectMany(checkpoint => checkpoint.Anchors.Select(anchor => (Anchor: anchor, checkpoint.Size)))
        .GroupBy(place => place.Anchor, StringComparer.Ordinal)
        .ToDictionary(place => place.Key, place => place.Max(checkpoint => checkpoint.Size), StringComparer.Ordinal);
}
