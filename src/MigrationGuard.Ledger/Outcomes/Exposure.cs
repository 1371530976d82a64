using System.Text.Json.Serialization;

namespace MigrationGuard.Ledger.Outcomes;

/// <summary>Since when a difference may have been there, as far as finished runs tell.</summary>
/// <param name="LastGood">The last run in which the check was a match; null when it never was.</param>
/// <param name="LastGoodAt">When that run began: what it read may have changed from then on.</param>
/// <param name="FirstBad">The first run after it in which the check was a mismatch.</param>
/// <param name="FirstBadAt">When that run finished: by then the difference was there.</param>
/// <param name="Rows">
/// Rows that are missing, extra or changed, of a record count that many at least; null where the check does not say how many: it did
/// not look at rows, or not at all that differ.
/// </param>
/// <remarks>
/// A run in which the check was accepted or could not be made says neither: an accepted difference is not proven good, and a
/// new one may have hidden behind a check that was not made.
/// </remarks>
public sealed record Exposure(
    [property: JsonPropertyName("lastGood")] string? LastGood,
    [property: JsonPropertyName("lastGoodAt")] DateTimeOffset? LastGoodAt,
    [property: JsonPropertyName("firstBad")] string FirstBad,
    [property: JsonPropertyName("firstBadAt")] DateTimeOffset FirstBadAt,
    [property: JsonPropertyName("rows")] long? Rows);
