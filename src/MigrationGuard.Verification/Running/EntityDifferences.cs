using MigrationGuard.Verification.Planning;
using MigrationGuard.Verification.Scans;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Verification.Running;

/// <summary>Lists the rows of one entity that differ, with their values, apart from any run.</summary>
public sealed class EntityDifferences(ComparisonPlan comparison, VerificationOptions limits, TimeProvider time)
{
    /// <summary>Reads both sides and lists what differs.</summary>
    /// <param name="limit">The most rows listed.</param>
    /// <returns>The rows, or why they could not be compared.</returns>
    /// <exception cref="ArgumentException">The entity's rows are not planned to be compared.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<(RowsListed? Rows, string? Problem)> ListAsync(EntityPlan entity, int limit, CancellationToken cancellationToken)
    {
        var plan = entity.Rows ?? throw new ArgumentException($"No comparison of the rows of {entity.Name} is planned.", nameof(entity));
        var tables = new TwoTables(comparison.Source, entity.Source, comparison.Target, entity.Target);
        try
        {
            var verification = new RowVerification(tables, plan.Rows, new ScanRequest(entity.FrozenAt), plan.Key, plan.IsFrozen(time.GetUtcNow()), limits, time);
            var listed = await verification.ListAsync(limit, cancellationToken);
            return Unlisted(listed) is { } problem ? (null, problem) : (listed, null);
        }
        catch (Exception e) when (e is UnreadableSideException or UnreadPartsException)
        {
            return (null, e.Message);
        }
    }

    // Parts that differ and have no row that does: that nothing was found to list is not that nothing differs.
    private static string? Unlisted(RowsListed listed) => listed switch
    {
        { Leaves: 0 } or { Rows.Count: > 0 } => null,
        { NotLookedAt: > 0 } => "The two sides differ in parts that hold too many rows to be looked at one by one, and none of those looked at stayed different.",
        _ => RowVerification.Moving,
    };
}
