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
    private readonly SharedView _view;
    private readonly Lock _viewsLock = new();
    private readonly List<string> _views = [];
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
        _view = new SharedView(Dialect, options, _connections, OpenAsync);
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
    /// <param name="freshness">Whether it is to be of the moment that all readings share.</param>
    /// <exception cref="DatabaseException">The database could not be reached or refused the work.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<T> ReadAsync<T>(Func<ReadSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken, Freshness freshness = Freshness.Shared)
    {
        for (var lost = 0; ; lost++)
        {
            // Before a connection is held, as a view needs one of them itself.
            var view = freshness == Freshness.Shared ? await ExplainAsync(_view.JoinAsync, cancellationToken) : null;
            try
            {
                return await ExplainAsync(token => ReadInViewAsync(work, view, freshness, token), cancellationToken);
            }
            catch (DatabaseException e) when (e.InnerException is ViewLostException && lost < Math.Max(1, _options.Retries))
            {
                await _view.EndAsync(view);
            }
        }
    }

    /// <summary>
    /// What kept the readings of one moment, a sentence for the record; null before the first. More than one where readings differed.
    /// </summary>
    public string? ViewDescription
    {
        get
        {
            lock (_viewsLock)
            {
                var again = _view.Taken > 1
                    ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"; it was taken {_view.Taken} times, as the connection that held it was lost or given up")
                    : "";
                return _views.Count == 0 ? null : string.Join("; ", _views) + again;
            }
        }
    }

    /// <summary>Reads the catalogue: server, tables, views, columns and keys.</summary>
    /// <exception cref="DatabaseException">The database could not be reached or refused.</exception>
    public Task<Catalogue> ReadCatalogueAsync(CancellationToken cancellationToken) =>
        ReadAsync(Dialect.ReadCatalogueAsync, cancellationToken, Freshness.Fresh);

    /// <summary>How a table's rows are spread over the column that it is to be cut by, without reading them.</summary>
    /// <returns>
    /// Null where the column has no order that other engines share, may be NULL, or is not the first of an index: then ranges of it
    /// cannot be made, or each would cost a scan.
    /// </returns>
    /// <exception cref="DatabaseException">The database could not be reached or refused.</exception>
    public Task<KeySpread?> ReadKeySpreadAsync(Table table, Column column, CancellationToken cancellationToken) =>
        // A session to itself: on SQL Server a login that may not see statistics loses the transaction in which it asks.
        ReadAsync((session, token) => Dialect.ReadKeySpreadAsync(session, table, column, token), cancellationToken, Freshness.Fresh);

    /// <summary>What the login may do beyond reading, a sentence each.</summary>
    /// <exception cref="DatabaseException">The database could not be reached or refused.</exception>
    public Task<IReadOnlyList<string>> RightsBeyondReadingAsync(CancellationToken cancellationToken) =>
        ReadAsync(Dialect.RightsBeyondReadingAsync, cancellationToken, Freshness.Fresh);

    /// <summary>Closes what the driver keeps open beyond the last reading: a server counts idle connections as well.</summary>
    public void CloseIdleConnections()
    {
        using var connection = Dialect.CreateReadOnlyConnection(Name, _options);
        Dialect.CloseIdle(connection);
    }

    public void Dispose()
    {
        _view.Dispose();
        CloseIdleConnections();
    }

    private async Task<T> ReadInViewAsync<T>(Func<ReadSession, CancellationToken, Task<T>> work, string? view, Freshness freshness, CancellationToken cancellationToken)
    {
        await _connections.EnterAsync(cancellationToken);
        try
        {
            // An in-process engine would hold up the other side's reading.
            return Dialect.IsSynchronous
                ? await Task.Run(() => ReadInSessionAsync(work, view, freshness, cancellationToken), cancellationToken)
                : await ReadInSessionAsync(work, view, freshness, cancellationToken);
        }
        finally
        {
            _connections.Leave();
        }
    }

    private async Task<T> ReadInSessionAsync<T>(Func<ReadSession, CancellationToken, Task<T>> work, string? view, Freshness freshness, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        // Disposing an open transaction rolls it back; nothing read here is ever committed.
        var begun = await Dialect.BeginReadOnlyAsync(connection, _options, view, cancellationToken);
        await using var transaction = begun.Transaction;
        if (freshness == Freshness.Shared)
            Remember(begun.View);
        return await work(new ReadSession(Dialect, connection, transaction, _options, Zone, _time), cancellationToken);
    }

    private async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = Dialect.CreateReadOnlyConnection(Name, _options);
        try
        {
            await connection.OpenAsync(cancellationToken);
            _unreachable = false;
            return connection;
        }
        catch (Exception e)
        {
            await connection.DisposeAsync();
            // Drivers throw much else when connecting: from their pools, from Kerberos, from identity libraries.
            cancellationToken.ThrowIfCancellationRequested();
            throw new ConnectionFailedException(e);
        }
    }

    private void Remember(string view)
    {
        lock (_viewsLock)
        {
            if (!_views.Contains(view))
                _views.Add(view);
        }
    }

    // With retries, and whatever comes of it as one kind of exception.
    private async Task<T> ExplainAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await _retries.ExecuteAsync(async token => await work(token), cancellationToken);
        }
        catch (Exception e) when (e is not DatabaseException)
        {
            // An interrupted statement shows as the driver's error: what matters is that it was asked for.
            cancellationToken.ThrowIfCancellationRequested();
            throw Explained(e);
        }
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
            case ViewLostException:
                return new DatabaseException(Name, "the snapshot that all connections share was lost more than once.", "Check what ends transactions on the server, then verify again.", exception);
            case StatementTimeoutException:
                return new DatabaseException(Name, "the statement took longer than it may.", "Raise CommandTimeoutSeconds.", exception);
            case UnreadableRowsException unreadable:
                return new DatabaseException(Name, unreadable.Problem, unreadable.Remedy, unreadable);
            case DbException e:
                var (problem, remedy) = Dialect.Explain(e);
                return new DatabaseException(Name, problem, remedy, e);
            case IOException or TimeoutException:
                return new DatabaseException(Name, "the connection broke: " + exception.Message.ReplaceLineEndings(" "), "Check the network and the server, then verify again.", exception);
            case FormatException:
                // Its message quotes the value.
                return new DatabaseException(Name, "a value cannot be read by this program.", "Leave its column out, or cast it in a view.", exception);
            case LongValueException e:
                return new DatabaseException(Name, e.Message, e.Remedy, e);
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
