using System.Data;
using System.Data.Common;
using MigrationGuard.Databases;

namespace MigrationGuard.Ledger.Store;

/// <summary>The ways to the store: reading, and writing as the only writer. A driver's errors come out as <see cref="LedgerException"/>.</summary>
internal sealed class StoreConnections
{
    private readonly StoreAddress _address;
    private readonly Dialect _dialect;
    private readonly string _place;

    // Writers of one process queue here, where waiting costs nothing, and not at the store's lock.
    private readonly SemaphoreSlim _writer = new(1);

    /// <exception cref="LedgerException">The options cannot be understood.</exception>
    public StoreConnections(StoreOptions options, string baseDirectory)
    {
        if (options.LockTimeoutSeconds < 1)
            throw new LedgerException("Store:LockTimeoutSeconds", "is less than 1.", "Give the seconds to wait for another writer, such as 30.");
        _address = new StoreAddress(options.ConnectionString, baseDirectory, options.LockTimeoutSeconds);
        _dialect = Dialect.For(options.Provider);
        using var connection = Create();
        _place = "Store " + connection.DataSource;
    }

    public Provider Provider => _dialect.Provider;

    /// <summary>The store as messages name it; without user or password.</summary>
    public string Place => _place;

    /// <summary>Whether the store would be a file, and there is none; asked before connecting, which makes it.</summary>
    public bool FileIsMissing => _dialect.StoreFile(_address) is { } file && !File.Exists(file);

    /// <exception cref="LedgerException">The store could not be reached.</exception>
    public Task<DbConnection> OpenAsync(CancellationToken cancellationToken) =>
        ExplainAsync(() => OpenPlainAsync(cancellationToken), cancellationToken);

    /// <summary>Reads on a connection of its own, outside a transaction.</summary>
    /// <exception cref="LedgerException">The store could not be reached or read.</exception>
    public Task<T> ReadAsync<T>(Func<StoreSession, Task<T>> work, CancellationToken cancellationToken) => ExplainAsync(
        async () =>
        {
            await using var connection = await OpenPlainAsync(cancellationToken);
            return await work(new StoreSession(connection, transaction: null, cancellationToken));
        },
        cancellationToken);

    /// <summary>Reads on several connections, each asked on while the others are still answering.</summary>
    /// <exception cref="LedgerException">The store could not be reached or read.</exception>
    public async Task<T> ReadAsync<T>(int count, Func<IReadOnlyList<StoreSession>, Task<T>> work, CancellationToken cancellationToken) =>
        count == 0 ? await work([]) : await ReadAsync(count - 1, rest => ReadAsync(session => work([session, .. rest]), cancellationToken), cancellationToken);

    /// <summary>Writes as the only writer, in one transaction; durable when it returns, undone when it throws.</summary>
    /// <exception cref="LedgerException">The store could not be reached or written.</exception>
    public Task<T> WriteAsync<T>(Func<StoreSession, Task<T>> work, CancellationToken cancellationToken) =>
        WriteAsync(_dialect.SerialiseWriters("ledger_entry"), work, cancellationToken);

    /// <summary>As <see cref="WriteAsync{T}(Func{StoreSession, Task{T}}, CancellationToken)"/>, on a store that may have no tables yet.</summary>
    /// <exception cref="LedgerException">The store could not be reached or written.</exception>
    public Task<T> CreateAsync<T>(Func<StoreSession, Task<T>> work, CancellationToken cancellationToken) =>
        WriteAsync(_dialect.SerialiseCreators("ledger_entry"), work, cancellationToken);

    private async Task<T> WriteAsync<T>(string? serialise, Func<StoreSession, Task<T>> work, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            return await ExplainAsync(
                async () =>
                {
                    await using var connection = await OpenPlainAsync(cancellationToken);
                    await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                    var session = new StoreSession(connection, transaction, cancellationToken);
                    if (serialise is not null)
                        await session.ExecuteAsync(serialise);
                    var result = await work(session);
                    // Not cancelled half-way: whoever asked would not know whether it is in the ledger.
                    await transaction.CommitAsync(CancellationToken.None);
                    return result;
                },
                cancellationToken);
        }
        finally
        {
            _writer.Release();
        }
    }

    private async Task<DbConnection> OpenPlainAsync(CancellationToken cancellationToken)
    {
        var connection = Create();
        try
        {
            await connection.OpenAsync(cancellationToken);
            var session = new StoreSession(connection, transaction: null, cancellationToken);
            foreach (var setting in _dialect.StoreSettings(_address))
                await session.ExecuteAsync(setting);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private DbConnection Create()
    {
        try
        {
            return _dialect.CreateStoreConnection("store", _address);
        }
        catch (DatabaseException e)
        {
            throw new LedgerException("Store:ConnectionString", e.Problem, e.Remedy, e);
        }
    }

    private async Task<T> ExplainAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (DbException e)
        {
            // An interrupted statement shows as the driver's error: what matters is that it was asked for.
            cancellationToken.ThrowIfCancellationRequested();
            throw Explained(e);
        }
        catch (Exception e) when (e is DataException or InvalidCastException)
        {
            throw new LedgerException(_place, "a row does not hold what this program writes there: " + e.Message.ReplaceLineEndings(" "), "Restore the store from a back-up.", e);
        }
        catch (Exception e) when (e is IOException or TimeoutException)
        {
            throw new LedgerException(_place, "the connection broke: " + e.Message.ReplaceLineEndings(" "), "Check the network and the server, then try again.", e);
        }
    }

    private LedgerException Explained(DbException e)
    {
        var (problem, remedy) = _dialect.Explain(e);
        return _dialect.StoreFault(e) switch
        {
            StoreFault.ReadOnly => new LedgerException(_place, problem, "Let this account read and write the ledger, a SQLite file's directory included.", e),
            StoreFault.Full => new LedgerException(_place, problem, "Make room where the ledger is kept; what was acknowledged before is there.", e),
            StoreFault.Locked => new LedgerException(_place, "another process has been writing to it for too long.", "End that process, or raise Store:LockTimeoutSeconds.", e),
            _ => new LedgerException(_place, problem, remedy, e),
        };
    }
}
