using System.Data.Common;
using Dapper;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Databases;

/// <summary>One connection inside one read-only transaction, which is rolled back when the session ends.</summary>
public sealed class ReadSession
{
    private readonly DbTransaction _transaction;
    private readonly TimeProvider _time;

    internal ReadSession(Dialect dialect, DbConnection connection, DbTransaction transaction, DatabaseOptions options, TimeZoneInfo zone, TimeProvider time)
    {
        Dialect = dialect;
        Connection = connection;
        Zone = zone;
        _transaction = transaction;
        Options = options;
        _time = time;
    }

    public Dialect Dialect { get; }

    /// <summary>The zone of date columns that do not say theirs.</summary>
    public TimeZoneInfo Zone { get; }

    internal DbConnection Connection { get; }

    internal DatabaseOptions Options { get; }

    internal TimeProvider Time => _time;

    /// <summary>What takes the newest value of a date column from streamed rows, and counts those after a moment.</summary>
    public MomentSink Moments(Column column, DateTimeOffset? newerThan) => Dialect.Moments(column, newerThan, Options, Zone);

    /// <summary>Runs <see cref="Dialect.Phrase"/> and hands each group to <paramref name="onGroup"/> as it arrives; nothing is kept here.</summary>
    public async Task AggregateAsync(AggregateQuery query, Action<AggregateRow> onGroup, CancellationToken cancellationToken)
    {
        await using var command = Command(Dialect.Phrase(query));
        Dialect.AddMoments(command, query, Zone);
        await ForEachAsync(command, reader => onGroup(AggregateRow.Read(Dialect, query, reader)), cancellationToken);
    }

    /// <summary>Runs a query and hands over its column names, then each row's canonical values.</summary>
    public async Task QueryAsync(string sql, Action<IReadOnlyList<string>> onColumns, Action<CanonicalValue[]> onRow, CancellationToken cancellationToken)
    {
        await using var command = Command(sql);
        var columns = 0;
        await ForEachAsync(
            command,
            reader =>
            {
                var row = new CanonicalValue[columns];
                for (var i = 0; i < columns; i++)
                    row[i] = Dialect.ReadValue(reader, i, null);
                onRow(row);
            },
            cancellationToken,
            reader =>
            {
                columns = reader.FieldCount;
                onColumns([.. Enumerable.Range(0, columns).Select(reader.GetName)]);
            });
    }

    /// <summary>
    /// Runs <see cref="Dialect.PhraseRows"/> and lets <paramref name="consume"/> read the rows, on a thread that may block.
    /// </summary>
    /// <param name="consume">
    /// Reads as many rows as it wants; the reader is of no use after it returns. If it leaves any, the statement is cancelled, and
    /// the session may be of no more use either.
    /// </param>
    /// <exception cref="OperationCanceledException">The token was cancelled: the statement is stopped at once, wherever it is.</exception>
    public async Task ReadRowsAsync(RowQuery query, Action<RowReader> consume, CancellationToken cancellationToken)
    {
        var reader = await Dialect.OpenRowsAsync(this, query, cancellationToken);
        try
        {
            using var limit = new StatementLimit(reader.Stop, Options.CommandTimeoutSeconds, _time, cancellationToken);
            await ConsumeAsync(reader, consume, limit);
        }
        finally
        {
            // After the limit is disposed, so that nothing stops what comes next on this connection.
            reader.Close();
        }
    }

    private static async Task ConsumeAsync(RowReader reader, Action<RowReader> consume, StatementLimit limit)
    {
        try
        {
            // A thread of its own: blocked for as long as the table is read, it would be missing from the pool.
            await Task.Factory.StartNew(() => consume(reader), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        catch (Exception e) when (limit.Token.IsCancellationRequested)
        {
            throw new OperationCanceledException("The reading of rows was cancelled.", e, limit.Token);
        }
        catch (Exception e) when (limit.HasElapsed)
        {
            throw new StatementTimeoutException(e);
        }
    }

    /// <summary>Runs a statement and maps its rows to records.</summary>
    internal async Task<IReadOnlyList<T>> ListAsync<T>(string sql, CancellationToken cancellationToken)
    {
        using var limit = LimitTime(cancellationToken);
        var command = new CommandDefinition(sql, transaction: _transaction, commandTimeout: DriverTimeoutSeconds, cancellationToken: limit.Token);
        return (await Connection.QueryAsync<T>(command)).AsList();
    }

    // An in-process engine's driver takes it for the time to wait for a lock.
    private int DriverTimeoutSeconds => Dialect.IsSynchronous ? Options.LockTimeoutSeconds : Options.CommandTimeoutSeconds;

    internal DbCommand Command(string sql)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = _transaction;
        command.CommandTimeout = DriverTimeoutSeconds;
        return command;
    }

    internal async Task ForEachAsync(DbCommand command, Action<DbDataReader> onRow, CancellationToken cancellationToken, Action<DbDataReader>? onStart = null)
    {
        using var limit = LimitTime(cancellationToken);
        await using var reader = await command.ExecuteReaderAsync(limit.Token);
        onStart?.Invoke(reader);
        while (await reader.ReadAsync(limit.Token))
        {
            // In-process engines do not look at the token between rows.
            cancellationToken.ThrowIfCancellationRequested();
            onRow(reader);
        }
    }

    private StatementLimit LimitTime(CancellationToken cancellationToken) =>
        new(() => Dialect.Interrupt(Connection), Dialect.IsSynchronous ? Options.CommandTimeoutSeconds : 0, _time, cancellationToken);
}

/// <summary>One group of an <see cref="AggregateQuery"/>.</summary>
/// <param name="Group">The grouped columns' values, in the order asked for.</param>
/// <param name="Rows">Rows in the group.</param>
/// <param name="Newest">Per column asked for, its newest value in the group.</param>
/// <param name="NewerRows">Per column asked for, rows after the moment.</param>
/// <param name="PresentRows">Per column asked for, rows that hold a value in it.</param>
public readonly record struct AggregateRow(CanonicalValue[] Group, long Rows, NewestMoment[] Newest, long[] NewerRows, long[] PresentRows)
{
    internal static AggregateRow Read(Dialect dialect, AggregateQuery query, DbDataReader reader)
    {
        var ordinal = 0;
        var group = new CanonicalValue[query.GroupBy.Count];
        for (var i = 0; i < group.Length; i++)
            group[i] = dialect.ReadValue(reader, ordinal++, query.GroupBy[i].Type);
        var rows = reader.GetInt64(ordinal++);
        var newest = new NewestMoment[query.Newest.Count];
        for (var i = 0; i < newest.Length; i++)
        {
            newest[i] = dialect.ReadNewest(reader, ordinal, query.Newest[i]);
            ordinal += dialect.NewestWidth(query.Newest[i]);
        }
        var newer = new long[query.NewerThan.Count];
        for (var i = 0; i < newer.Length; i++)
            newer[i] = reader.GetInt64(ordinal++);
        var present = new long[query.Present.Count];
        for (var i = 0; i < present.Length; i++)
            present[i] = reader.GetInt64(ordinal++);
        return new AggregateRow(group, rows, newest, newer, present);
    }
}
