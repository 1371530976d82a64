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
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var source = OnOneAsync(Side.Source, read, either);
        var target = OnOneAsync(Side.Target, read, either);
        try
        {
            await Task.WhenAll(source, target);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && (source.IsFaulted || target.IsFaulted))
        {
            // What made the one side fail is what matters, not that the other was stopped for it.
            await (source.IsFaulted ? source : target);
        }
        return (await source, await target);
    }

    private static async Task<T> OnOneAsync<T>(Side side, Func<Side, CancellationToken, Task<T>> read, CancellationTokenSource either)
    {
        try
        {
            return await read(side, either.Token);
        }
        catch (DatabaseException e)
        {
            await either.CancelAsync();
            throw new UnreadableSideException(side, e);
        }
    }
}

/// <summary>A side could not be read.</summary>
internal sealed class UnreadableSideException(Side side, DatabaseException cause)
    : Exception($"The {side.Spelt()} could not be read: {cause.Message}", cause);
