using System.Text.Json.Serialization;

namespace MigrationGuard.Ledger.Outcomes;

/// <summary>What is known of each hour of some days, such as whether the log written in it is in a chain of back-ups.</summary>
/// <param name="First">The first day; its first hour begins at midnight, UTC.</param>
/// <param name="States">A sign for each hour: <c>+</c> covered, <c>-</c> missing, <c>?</c> not known.</param>
public sealed record HourCoverage(
    [property: JsonPropertyName("first")] DateOnly First,
    [property: JsonPropertyName("states")] string States)
{
    public const char Covered = '+';
    public const char Missing = '-';
    public const char NotKnown = '?';
}
