using MigrationGuard.Databases;

namespace MigrationGuard.Verification.Scans;

/// <summary>What was counted of a part of one side's rows, to be added up with that of the other parts.</summary>
/// <param name="Rows">Rows in the part.</param>
/// <param name="Newest">The newest values of columns, by the numbers that <see cref="ScanRequest.Newest"/> gave.</param>
/// <param name="Newer">Rows after the freeze by those columns.</param>
/// <param name="Present">Rows that hold a value, by the numbers that <see cref="ScanRequest.PresentInSource"/> gave.</param>
/// <param name="Groups">
/// Rows per group, by the numbers that <see cref="ScanRequest.CountBy"/> gave; null for a breakdown that has too many groups.
/// </param>
internal sealed record ScannedPart(
    long Rows, IReadOnlyList<NewestMoment> Newest, IReadOnlyList<long> Newer, IReadOnlyList<long> Present, IReadOnlyList<IReadOnlyList<KeyValuePair<GroupKey, long>>?> Groups)
{
    /// <summary>Nothing was counted.</summary>
    public static readonly ScannedPart None = new(0, [], [], [], []);
}
