using System.Globalization;
using MigrationGuard.Evidence.Reports;

namespace MigrationGuard.Evidence.Commitments;

/// <summary>A proof, and whether a reader has to be told of it by itself.</summary>
/// <param name="IsNotable">Whether it is more than one of many that are simply good.</param>
internal sealed record WeighedProof(Proof Proof, bool IsNotable)
{
    /// <summary>What many that are simply good are together, after <c>3 results are</c>.</summary>
    public string Together { get; init; } = "the same on both sides";

    /// <summary>The promise in words that this holds for; null where it compares two sides.</summary>
    public string? Promised { get; init; }

    public static WeighedProof Breached(string asked, string sentence, string? file = null, string? run = null, DateTimeOffset? at = null) =>
        new(new Proof(asked, Standing.Breached, sentence, file, run, at), IsNotable: true);

    public static WeighedProof Unproven(string asked, string sentence, string? file = null, string? run = null, DateTimeOffset? at = null) =>
        new(new Proof(asked, Standing.Unproven, sentence, file, run, at), IsNotable: true);

    /// <summary>Good proof, if its age allows.</summary>
    public static WeighedProof Kept(Freshness freshness, string asked, string sentence, string? file, string? run, DateTimeOffset at, bool isNotable = true) =>
        freshness.Doubt(at) is { } doubt
            ? Unproven(asked, $"{sentence} {doubt}", file, run, at)
            : new WeighedProof(new Proof(asked, Standing.Kept, sentence, file, run, at), isNotable);
}

/// <summary>For how long proof stays good.</summary>
/// <param name="AsOf">The moment that everything is said as of.</param>
/// <param name="Days">Days of age at which proof is still good; null where it never grows old.</param>
internal sealed record Freshness(DateTimeOffset AsOf, int? Days)
{
    /// <summary>Why something found at a moment proves nothing any more, or not yet; null when it does.</summary>
    public string? Doubt(DateTimeOffset at)
    {
        if (at > AsOf)
            return $"It lies after {Figures.Moment(AsOf)}, the moment that all this is said as of, and proves nothing yet.";
        return Days is { } days && AsOf - at > TimeSpan.FromDays(days)
            ? string.Create(CultureInfo.InvariantCulture, $"That is {Figures.Duration(AsOf - at)} ago, and proof of this is good for {Figures.Count(days, "day", "days")}.")
            : null;
    }
}
