using System.Data.Common;
using Dapper;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Databases;

/// <summary>One connection inside one read-only transaction, which is rolled back when the session ends.</summary>
public sealed class ReadSession
{
    private readonly DbTransaction _transaction;
    private readonly DatabaseOptions _options;
    private readonly TimeProvider _time;

    internal ReadSession(Dialect dialect, DbConnection connection, DbTransaction transaction, DatabaseOptions options, TimeZoneInfo zone, TimeProvider time)
    {
        Dialect = dialect;
        Connection = connection;
        Zone = zone;
        _transaction = transaction;
        _options = options;
        _time = time;
    }

    public Dialect Dialect { get; }

    /// <summary>The zone of date columns that do not say theirs.</summary>
    public TimeZoneInfo Zone { get; }

    internal DbConnection Connection { get; }

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

    /// <summary>Runs a statement and maps its rows to records.</summary>
    internal async Task<IReadOnlyList<T>> ListAsync<T>(string sql, CancellationToken cancellationToken)
    {
        using var limit = LimitTime(cancellationToken);
        var command = new CommandDefinition(sql, transaction: _transaction, commandTimeout: DriverTimeoutSeconds, cancellationToken: limit.Token);
        return (await Connection.QueryAsync<T>(command)).AsList();
    }

    // An in-process engine's driver takes it for the time to wait for a lock.
    private int DriverTimeoutSeconds => Dialect.IsSynchronous ? _options.LockTimeoutSeconds : _options.CommandTimeoutSeconds;

    private DbCommand Command(string sql)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = _transaction;
        command.CommandTimeout = DriverTimeoutSeconds;
        return command;
    }

    private async Task ForEachAsync(DbCommand command, Action<DbDataReader> onRow, CancellationToken cancellationToken, Action<DbDataReader>? onStart = null)
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
        new(Dialect, Connection, Dialect.IsSynchronous ? _options.CommandTimeoutSeconds : 0, _time, cancellationToken);

    // Drivers that wait on the network keep their own time limit and heed the token; in-process engines need to be interrupted.
    private sealed class StatementLimit : IDisposable
    {
        private readonly CancellationTokenSource? _timeout;
        private readonly CancellationTokenRegistration _cancelled;
        private readonly CancellationTokenRegistration _elapsed;

        public StatementLimit(Dialect dialect, DbConnection connection, int seconds, TimeProvider time, CancellationToken cancellationToken)
        {
            Token = cancellationToken;
            _cancelled = cancellationToken.Register(() => dialect.Interrupt(connection));
            if (seconds == 0)
                return;
            _timeout = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), time);
            _elapsed = _timeout.Token.Register(() => dialect.Interrupt(connection));
        }

        public CancellationToken Token { get; }

        public void Dispose()
        {
            _cancelled.Dispose();
            _elapsed.Dispose();
            _timeout?.Dispose();
        }
    }
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
