using System.Text.Json.Serialization;

namespace MigrationGuard.Ledger.Chain;

/// <summary>A difference that is expected: what of, why, and who says so until when.</summary>
/// <remarks>Two approvals are the same when all their members are: a later expiry is a new approval.</remarks>
public sealed record Approval
{
    [JsonPropertyName("comparison")]
    public required string Comparison { get; init; }

    /// <summary>Null for a query pair.</summary>
    [JsonPropertyName("entity")]
    public string? Entity { get; init; }

    [JsonPropertyName("check")]
    public required string Check { get; init; }

    /// <summary>The kind of finding.</summary>
    [JsonPropertyName("kind")]
    public required string Kind { get; init; }

    [JsonPropertyName("columns")]
    public IReadOnlyList<string> Columns { get; init; } = [];

    [JsonPropertyName("groups")]
    public IReadOnlyList<IReadOnlyList<string?>> Groups { get; init; } = [];

    /// <summary>The most rows that may be concerned.</summary>
    [JsonPropertyName("atMost")]
    public long? AtMost { get; init; }

    [JsonPropertyName("reason")]
    public required string Reason { get; init; }

    [JsonPropertyName("approvedBy")]
    public required string ApprovedBy { get; init; }

    /// <summary>The last day it holds.</summary>
    [JsonPropertyName("expires")]
    public required DateOnly Expires { get; init; }
}
