using System.Text.Json.Serialization;

namespace MigrationGuard.Ledger.Runs;

/// <summary>One part of what a run was to do, kept while the run can be resumed, so that what has changed since can be named.</summary>
/// <param name="Kind">What kind of thing it is.</param>
/// <param name="Name">What people call it: <c>Comparisons:crm</c>, <c>the table cases of old</c>.</param>
/// <param name="Hash">The first half of the SHA-256 of what it was, in lower-case hex.</param>
public sealed record PlanPart(
    [property: JsonPropertyName("kind")] PlanPartKind Kind,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("hash")] string Hash);

/// <summary>The kinds of parts, in the order of cause: what changes in one may change those after it.</summary>
public enum PlanPartKind
{
    /// <summary>The program's version.</summary>
    [JsonStringEnumMemberName("program")]
    Program,

    /// <summary>A part of the configuration.</summary>
    [JsonStringEnumMemberName("settings")]
    Settings,

    /// <summary>Which database answers to a name.</summary>
    [JsonStringEnumMemberName("database")]
    Database,

    /// <summary>A table or a query's text.</summary>
    [JsonStringEnumMemberName("content")]
    Content,

    /// <summary>What follows from the rest: what is checked, and what cannot be.</summary>
    [JsonStringEnumMemberName("checks")]
    Checks,
}
