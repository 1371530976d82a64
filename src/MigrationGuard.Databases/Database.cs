using System.Data.Common;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Rows;
using Polly;
using Polly.Retry;

namespace MigrationGuard.Databases;

/// <summary>A configured database: the one way to read it, within its connection limit and with its retries.</summary>
public sealed class Database : IDisposable
{
    private readonly DatabaseOptions _options;
    private readonly TimeProvider _time;
    private readonly ConnectionAllowance _connections;
    private readonly ResiliencePipeline _retries;
    private volatile bool _unreachable;

    /// <summary>Checks the options; connects to nothing yet.</summary>
    /// <param name="connections">What else opens connections to it counts against the same; the limit of the options, for this object alone, when null.</param>
    /// <exception cref="DatabaseException">The connection string or the time zone cannot be understood.</exception>
    public Database(string name, DatabaseOptions options, TimeProvider time, ConnectionAllowance? connections = null)
    {
        Name = name;
        _options = options;
        _time = time;
        Dialect = Dialect.For(options.Provider);
        Zone = TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out var zone)
            ? zone
            : throw new DatabaseException($"Databases:{name}:TimeZone", $"there is no time zone '{options.TimeZone}'.", "Use an IANA name such as Europe/London.");
        Dialect.CreateReadOnlyConnection(name, options).Dispose();
        _connections = connections ?? new ConnectionAllowance(options.MaxConnections);
        _retries = Retries(options.Retries);
    }

    /// <summary>The name the configuration gives it.</summary>
    public string Name { get; }

    public Dialect Dialect { get; }

    /// <summary>The zone of date columns that do not say theirs.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>Connections that may be open at once.</summary>
    public int MaxConnections => _options.MaxConnections;

    /// <summary>
    /// Does <paramref name="work"/> in a read-only session. After a transient fault it is done again from its beginning, with
    /// back-off and jitter, as often as configured and not past the token.
    /// </summary>
    /// <param name="work">Starts afresh each time it is called: what it collected before counts no more.</param>
    /// <exception cref="DatabaseException">The database could not be reached or refused the work.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<T> ReadAsync<T>(Func<ReadSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken, Freshness freshness = Freshness.Shared)
    {
        await _connections.EnterAsync(cancellationToken);
        try
        {
            return await _retries.ExecuteAsync(async token => await ReadOnceAsync(work, token), cancellationToken);
        }
        catch (Exception e) when (e is not DatabaseException)
        {
            // An interrupted statement shows as the driver's error: what matters is that it was asked for.
            cancellationToken.ThrowIfCancellationRequested();
            throw Explained(e);
        }
        finally
        {
            _connections.Leave();
        }
    }

    /// <summary>Reads the catalogue: server, tables, views, columns and keys.</summary>
    /// <exception cref="DatabaseException">The database could not be reached or refused.</exception>
    public Task<Catalogue> ReadCatalogueAsync(CancellationToken cancellationToken) =>
        ReadAsync(Dialect.ReadCatalogueAsync, cancellationToken);

    /// <summary>How a table's rows are spread over the first column of its key, to cut it into ranges without reading it.</summary>
    /// <returns>
    /// Null where the column has no order that other engines share, may be NULL, or is not the first of an index: then ranges of it
    /// cannot be made, or each would cost a scan.
    /// </returns>
    /// <exception cref="DatabaseException">The database could not be reached or refused.</exception>
    public Task<KeySpread?> ReadKeySpreadAsync(Table table, Column column, CancellationToken cancellationToken) =>
        // A session to itself: on SQL Server a login that may not see statistics loses the transaction in which it asks.
        ReadAsync((session, token) => Dialect.ReadKeySpreadAsync(session, table, column, token), cancellationToken);

    /// <summary>What the login may do beyond reading, a sentence each.</summary>
    /// <exception cref="DatabaseException">The database could not be reached or refused.</exception>
    public Task<IReadOnlyList<string>> RightsBeyondReadingAsync(CancellationToken cancellationToken) =>
        ReadAsync(Dialect.RightsBeyondReadingAsync, cancellationToken);

    /// <summary>Closes what the driver keeps open beyond the last reading: a server counts idle connections as well.</summary>
    public void CloseIdleConnections()
    {
        using var connection = Dialect.CreateReadOnlyConnection(Name, _options);
        Dialect.CloseIdle(connection);
    }

    public void Dispose() => CloseIdleConnections();

    private async Task<T> ReadOnceAsync<T>(Func<ReadSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        // An in-process engine would hold up the other side's reading.
        if (Dialect.IsSynchronous)
            return await Task.Run(() => ReadInSessionAsync(work, cancellationToken), cancellationToken);
        return await ReadInSessionAsync(work, cancellationToken);
    }

    private async Task<T> ReadInSessionAsync<T>(Func<ReadSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var connection = Dialect.CreateReadOnlyConnection(Name, _options);
        try
        {
            await connection.OpenAsync(cancellationToken);
            _unreachable = false;
        }
        catch (Exception e)
        {
            // Drivers throw much else when connecting: from their pools, from Kerberos, from identity libraries.
            cancellationToken.ThrowIfCancellationRequested();
            throw new ConnectionFailedException(e);
        }
        // Disposing an open transaction rolls it back; nothing read here is ever committed.
        await using var transaction = await Dialect.BeginReadOnlyAsync(connection, _options, cancellationToken);
        return await work(new ReadSession(Dialect, connection, transaction, _options, Zone, _time), cancellationToken);
    }

    // Every failure comes out as one kind of exception: whatever a driver thinks of throwing, one table is not checked, and the
    // run goes on to its verdict.
    private DatabaseException Explained(Exception exception)
    {
        switch (exception)
        {
            // A driver words it as a statement's time limit, which raising would not help.
            case ConnectionFailedException { InnerException: { } cause } when cause is TimeoutException || Dialect.IsTimeout(cause):
                _unreachable = true;
                return new DatabaseException(Name, "the server cannot be reached: it did not answer in time.", "Check its name, port and firewall, and that it is running.", exception.InnerException);
            case ConnectionFailedException failed:
                _unreachable = true;
                return Explained(failed.InnerException!);
            case StatementTimeoutException:
                return new DatabaseException(Name, "the statement took longer than it may.", "Raise CommandTimeoutSeconds.", exception);
            case DbException e:
                var (problem, remedy) = Dialect.Explain(e);
                return new DatabaseException(Name, problem, remedy, e);
            case IOException or TimeoutException:
                return new DatabaseException(Name, "the connection broke: " + exception.Message.ReplaceLineEndings(" "), "Check the network and the server, then verify again.", exception);
            case FormatException:
                // Its message quotes the value.
                return new DatabaseException(Name, "a value cannot be read by this program.", "Leave its column out, or cast it in a view.", exception);
            case InvalidCastException or OverflowException:
                return new DatabaseException(Name, "a value cannot be read by this program: " + exception.Message.ReplaceLineEndings(" "), "Leave its column out, or cast it in a view.", exception);
            case OperationCanceledException:
                return new DatabaseException(Name, "the driver gave up waiting.", "Check the network and the server, then verify again.", exception);
            default:
                // The message of an exception that nobody expected may hold anything.
                return new DatabaseException(Name, $"reading failed with {exception.GetType().Name}.", "Report it, with what the table and its columns are.", exception);
        }
    }

    private ResiliencePipeline Retries(int retries)
    {
        if (retries == 0)
            return ResiliencePipeline.Empty;
        return new ResiliencePipelineBuilder { TimeProvider = _time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = retries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(500),
                MaxDelay = TimeSpan.FromSeconds(30),
                UseJitter = true,
                ShouldHandle = arguments => ValueTask.FromResult(IsWorthAnotherTry(arguments.Outcome.Exception)),
            })
            .Build();
    }

    // Once every try to connect has failed, hundreds of tables each waiting through all tries again would cost the night.
    private bool IsWorthAnotherTry(Exception? exception) => exception switch
    {
        null => false,
        ConnectionFailedException failed => !_unreachable && Dialect.IsTransient(failed.InnerException!),
        _ => Dialect.IsTransient(exception),
    };

    private sealed class ConnectionFailedException(Exception cause) : Exception("The connection could not be opened.", cause);
}
