using System.Text.Json.Serialization;

namespace MigrationGuard.Ledger.Outcomes;

/// <summary>One check of one entity, or one query pair, as it is kept and shown.</summary>
[JsonConverter(typeof(CheckResultConverter))]
public sealed record CheckResult
{
    /// <summary>The comparison's name.</summary>
    public required string Comparison { get; init; }

    /// <summary>The entity's name; null for a query pair.</summary>
    public string? Entity { get; init; }

    /// <summary>One of <see cref="CheckNames"/>, or <c>query:NAME</c>.</summary>
    public required string Check { get; init; }

    /// <summary>The columns broken down by; null for other checks.</summary>
    public IReadOnlyList<string>? By { get; init; }

    public required CheckOutcome Outcome { get; init; }

    /// <summary>What was measured on the source, by name; null when nothing was.</summary>
    public IReadOnlyDictionary<string, Scalar>? Source { get; init; }

    /// <summary>What was measured on the target, by name; null when nothing was.</summary>
    public IReadOnlyDictionary<string, Scalar>? Target { get; init; }

    /// <summary>The counts of every group on both sides, for a breakdown; null for other checks.</summary>
    public IReadOnlyList<GroupCount>? Breakdown { get; init; }

    /// <summary>What is known of each hour, for a promise about every hour; null for others.</summary>
    public HourCoverage? Hours { get; init; }

    /// <summary>What was given up to make the two sides comparable, a sentence each.</summary>
    public IReadOnlyList<string> Narrowed { get; init; } = [];

    /// <summary>Remarks that change no outcome.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What a query proves, as its file states it; null for other checks.</summary>
    public string? Proves { get; init; }

    /// <summary>
    /// A digest of what of the entity was looked at: its filters, and where columns are compared those. A result of another extent is no
    /// proof for this one. Null for query pairs, and where nothing was looked at.
    /// </summary>
    public string? Extent { get; init; }

    /// <summary>The statement run on the source; null when none was.</summary>
    public string? SourceSql { get; init; }

    /// <summary>The statement run on the target; null when none was.</summary>
    public string? TargetSql { get; init; }

    /// <summary>Since when a mismatch may have been there; null for other outcomes, and while the run goes on.</summary>
    public Exposure? Exposure { get; init; }

    /// <summary>Wall time of the reading that this result comes from, in seconds; checks on one table share one reading.</summary>
    public double Seconds { get; init; }
}

/// <summary>How often a group occurs on each side; 0 where it does not.</summary>
public sealed record GroupCount(
    [property: JsonPropertyName("group")] IReadOnlyList<Scalar> Group,
    [property: JsonPropertyName("source")] long Source,
    [property: JsonPropertyName("target")] long Target);

/// <summary>The checks' names in the contract.</summary>
public static class CheckNames
{
    public const string RecordCount = "record-count";
    public const string EntityBreakdown = "entity-breakdown";
    public const string LastTimestamp = "last-timestamp";
    public const string Schema = "schema";
    public const string Fingerprint = "fingerprint";

    /// <summary>The name of the check that a query file is.</summary>
    public static string Query(string name) => "query:" + name;
}
