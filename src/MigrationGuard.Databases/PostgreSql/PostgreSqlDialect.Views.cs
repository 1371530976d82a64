using System.Data;
using System.Data.Common;
using Npgsql;

namespace MigrationGuard.Databases.PostgreSql;

/// <content>Transactions, and the snapshot they share.</content>
internal sealed partial class PostgreSqlDialect
{
    internal override bool SharesViews => true;

    internal override async Task<ReadTransaction> BeginReadOnlyAsync(DbConnection connection, DatabaseOptions options, string? view, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await using var settings = connection.CreateCommand();
        // A snapshot is named in characters that need no quoting; SET takes no parameters.
        settings.CommandText = view is null ? "SET TRANSACTION READ ONLY" : $"SET TRANSACTION READ ONLY; SET TRANSACTION SNAPSHOT '{view}'";
        try
        {
            await settings.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException e) when (view is not null && !IsTransient(e))
        {
            throw new ViewLostException(e);
        }
        return new ReadTransaction(transaction, view is null ? "each reading at its own moment (REPEATABLE READ)" : "one snapshot for all connections");
    }

    internal override async Task<string?> ExportViewAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var export = connection.CreateCommand();
        export.CommandText = ExportSql;
        try
        {
            return (string?)await export.ExecuteScalarAsync(cancellationToken);
        }
        catch (PostgresException e) when (!IsTransient(e))
        {
            // A server of another kind, or a pooler between, that has no snapshots to share.
            return null;
        }
    }

    /// <summary>Names the snapshot, and keeps the server from ending a transaction that does nothing but hold it.</summary>
    internal const string ExportSql = """
        SELECT pg_export_snapshot() FROM (
            -- The second came with PostgreSQL 17.
            SELECT count(set_config(name, '0', true)) FROM pg_settings WHERE name IN ('idle_in_transaction_session_timeout', 'transaction_timeout')) AS kept
        """;
}
