using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.Segments;

/// <summary>A table on the source and the table on the target that is to hold the same.</summary>
internal sealed record TwoTables(Database SourceDatabase, Table SourceTable, Database TargetDatabase, Table TargetTable)
{
    /// <summary>Rows on the larger side by metadata, for planning only.</summary>
    public long ApproximateRows => Math.Max(SourceTable.ApproximateRows ?? 0, TargetTable.ApproximateRows ?? 0);

    public Database Database(Side side) => side == Side.Source ? SourceDatabase : TargetDatabase;

    public Table Table(Side side) => side == Side.Source ? SourceTable : TargetTable;

    /// <summary>Does the same on both sides at once.</summary>
    /// <exception cref="UnreadableSideException">A side could not be read; its message says which, and why.</exception>
    public async Task<(T Source, T Target)> OnBothAsync<T>(Func<Side, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        // The other side is not read to its end for a segment that is lost already.
        var both = await BothSides<T>.ReadAsync(read, endsTogether: true, cancellationToken);
        return both.Problem is { } problem
            ? throw new UnreadableSideException(problem, (both.Source.Failure ?? both.Target.Failure)!)
            : (both.Source.Value!, both.Target.Value!);
    }
}

/// <summary>A side could not be read.</summary>
internal sealed class UnreadableSideException(string problem, DatabaseException cause) : Exception(problem, cause);
