using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Ledger.Runs;

/// <summary>A run as it is shown, exported and kept: the contract <c>migrationguard.run/1</c>.</summary>
/// <remarks>Members may be added; those of the contract keep their names and meanings.</remarks>
public sealed record RunDocument
{
    public const string CurrentSchema = "migrationguard.run/1";

    [JsonPropertyName("schema")]
    public string Schema { get; init; } = CurrentSchema;

    [JsonPropertyName("run")]
    public required string Run { get; init; }

    /// <summary>What the run looked at, one of <see cref="RunKinds"/>; null where it compared databases.</summary>
    [JsonPropertyName("kind"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Kind { get; init; }

    [JsonPropertyName("verdict")]
    public Verdict Verdict { get; init; }

    [JsonPropertyName("scope")]
    public Scope Scope { get; init; }

    /// <summary>What the run was limited to, a sentence; null in full scope.</summary>
    [JsonPropertyName("limitedTo"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LimitedTo { get; init; }

    /// <summary>Source tables that no entity covers and nobody excluded.</summary>
    [JsonPropertyName("uncovered")]
    public IReadOnlyList<TableRemark> Uncovered { get; init; } = [];

    /// <summary>Source tables left out on purpose, with the reason.</summary>
    [JsonPropertyName("excluded")]
    public IReadOnlyList<TableRemark> Excluded { get; init; } = [];

    /// <summary>Checks that an entity has no columns for, a sentence each: not configured, so not missing.</summary>
    [JsonPropertyName("notConfigured")]
    public IReadOnlyList<string> NotConfigured { get; init; } = [];

    [JsonPropertyName("started")]
    public DateTimeOffset Started { get; init; }

    /// <summary>Null while the run goes on, and for ever when its process died.</summary>
    [JsonPropertyName("finished")]
    public DateTimeOffset? Finished { get; init; }

    /// <summary>Why the run ended before its end; null when it did not.</summary>
    [JsonPropertyName("interrupted"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Interrupted { get; init; }

    /// <summary>The entry of the ledger that ended the run, where what it said was erased: nothing holds verdict and results any more. Null otherwise.</summary>
    /// <remarks>A matter of showing the run as it stands now; it is never stored with it.</remarks>
    [JsonPropertyName("erasedEnd"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ErasedEnd { get; init; }

    /// <summary>The verdict as it is shown: <c>GO</c>, or <c>GO, ERASED</c> where nothing holds it any more.</summary>
    [JsonIgnore]
    public string ShownVerdict => ErasedEnd is null ? Verdict.Spelt() : Verdict.Spelt() + ", ERASED";

    [JsonPropertyName("label"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Label { get; init; }

    /// <summary>What the run was limited to, as it was asked for; null in full scope.</summary>
    [JsonPropertyName("selected"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunSelection? Selected { get; init; }

    /// <summary>SHA-256 of what the run was to do and of the databases it was to do it in, in lower-case hex; null for a run that cannot be resumed.</summary>
    [JsonPropertyName("planHash"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PlanHash { get; init; }

    /// <summary>The parts that <see cref="PlanHash"/> is of, while the run is unfinished and can be resumed; null otherwise.</summary>
    [JsonPropertyName("planParts"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PlanPart>? PlanParts { get; init; }

    /// <summary>When the run was resumed after its process had died; null when it never was.</summary>
    [JsonPropertyName("resumed"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DateTimeOffset>? Resumed { get; init; }

    /// <summary>When the run was expected to finish, by an earlier one; null when none was named.</summary>
    [JsonPropertyName("forecast"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunForecast? Forecast { get; init; }

    /// <summary>The exposure of each mismatch as the store keeps it; where a run is shown, it stands with the results.</summary>
    [JsonPropertyName("exposures"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<KeptExposure>? Exposures { get; init; }

    /// <summary>What is new, known and gone against an earlier run; only where a run is shown so, never in the store.</summary>
    [JsonPropertyName("against"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunDelta? Against { get; init; }

    [JsonPropertyName("project"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProjectDescription? Project { get; init; }

    [JsonPropertyName("tool"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Tool { get; init; }

    /// <summary>What answered on each side of each comparison.</summary>
    [JsonPropertyName("servers")]
    public IReadOnlyList<ServerRecord> Servers { get; init; } = [];

    [JsonPropertyName("results")]
    public IReadOnlyList<CheckResult> Results { get; init; } = [];
}

/// <summary>What runs look at that compare no databases.</summary>
public static class RunKinds
{
    /// <summary>Back-ups, held against what was promised of them.</summary>
    public const string Backups = "backups";

    /// <summary>Files, held against what was promised of them.</summary>
    public const string Files = "files";

    /// <summary>Records in databases, held against the periods of their retention codes.</summary>
    public const string Records = "records";
}

/// <summary>A source table and what is to be said of it.</summary>
public sealed record TableRemark(
    [property: JsonPropertyName("comparison")] string Comparison,
    [property: JsonPropertyName("table")] string Table,
    [property: JsonPropertyName("reason"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null);

/// <summary>When a run was expected to finish, said when it began.</summary>
/// <param name="By">The earlier run whose durations were taken.</param>
/// <param name="WouldFinish">When it would finish.</param>
/// <param name="WindowEnds">When it had to have finished.</param>
public sealed record RunForecast(
    [property: JsonPropertyName("by")] string By,
    [property: JsonPropertyName("wouldFinish")] DateTimeOffset WouldFinish,
    [property: JsonPropertyName("windowEnds")] DateTimeOffset WindowEnds);

/// <summary>Whose migration this is.</summary>
public sealed record ProjectDescription(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("dpiaReference")] string? DpiaReference,
    [property: JsonPropertyName("owner")] string? Owner);

/// <summary>What answered on one side of a comparison.</summary>
/// <param name="Side"><c>source</c> or <c>target</c>.</param>
/// <param name="Name">The database's name in the configuration.</param>
/// <param name="Replica">What is known of its lag when it is a replica; null when it is none.</param>
/// <param name="Consistency">The isolation in force for each statement.</param>
public sealed record ServerRecord(
    [property: JsonPropertyName("comparison")] string Comparison,
    [property: JsonPropertyName("side")] string Side,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("product")] string Product,
    [property: JsonPropertyName("version")] string Version,
    [property: JsonPropertyName("database")] string Database,
    [property: JsonPropertyName("replica"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Replica,
    [property: JsonPropertyName("consistency")] string Consistency)
{
    /// <summary>Seconds to add to this program's clock to read the server's; null where the database has no clock, and in runs of older versions.</summary>
    [JsonPropertyName("clockOffsetSeconds"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ClockOffsetSeconds { get; init; }

    /// <summary>Seconds by which <see cref="ClockOffsetSeconds"/> may be wrong at most.</summary>
    [JsonPropertyName("clockWithinSeconds"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ClockWithinSeconds { get; init; }

    /// <summary>What is recorded of a server that answered.</summary>
    public static ServerRecord Of(string comparison, string side, string name, ServerDescription server) =>
        new(comparison, side, name, server.Product, server.Version, server.Database, server.Replica, server.Consistency)
        {
            ClockOffsetSeconds = server.Clock is { } clock ? Math.Round(clock.Ahead.TotalSeconds, 3) : null,
            ClockWithinSeconds = server.Clock is { } within ? Math.Round(within.Within.TotalSeconds, 3) : null,
        };
}

/// <summary>How documents are written: one set of options for what is shown and what is kept.</summary>
public static class LedgerJson
{
    /// <summary>On one line, for the store.</summary>
    public static readonly JsonSerializerOptions Compact = Make(indented: false);

    /// <summary>Indented, for readers.</summary>
    public static readonly JsonSerializerOptions Readable = Make(indented: true);

    private static JsonSerializerOptions Make(bool indented) => new()
    {
        WriteIndented = indented,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };
}
