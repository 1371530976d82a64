using System.Data.Common;

namespace MigrationGuard.Databases;

/// <summary>One view of a database for all of its sessions: a transaction that stays open, and the name under which others join its view.</summary>
/// <remarks>
/// It takes one of the connections that are allowed for as long as it is open, so it is only opened where there are two or more,
/// and given up when the limit falls below.
/// </remarks>
internal sealed class SharedView : IDisposable
{
    private readonly Dialect _dialect;
    private readonly DatabaseOptions _options;
    private readonly ConnectionAllowance _connections;
    private readonly Func<CancellationToken, Task<DbConnection>> _connect;
    private readonly SemaphoreSlim _oneAtATime = new(1);

    private DbConnection? _connection;
    private string? _name;
    private bool _isRefused;

    /// <param name="connect">Opens a connection.</param>
    public SharedView(Dialect dialect, DatabaseOptions options, ConnectionAllowance connections, Func<CancellationToken, Task<DbConnection>> connect)
    {
        _dialect = dialect;
        _options = options;
        _connections = connections;
        _connect = connect;
        if (dialect.SharesViews)
            connections.Changed += GiveUpWhereTooFew;
    }

    /// <summary>How often a view was taken: more than once where one was lost.</summary>
    public int Taken { get; private set; }

    /// <summary>The name of the view, opened if need be; null where there can be none.</summary>
    public async Task<string?> JoinAsync(CancellationToken cancellationToken)
    {
        if (!_dialect.SharesViews)
            return null;
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            return _name ??= _isRefused || _connections.Limit < 2 ? null : await OpenAsync(cancellationToken);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Gives up the view of this name, so that the next to join opens another; any when null.</summary>
    public async Task EndAsync(string? name = null)
    {
        await _oneAtATime.WaitAsync();
        try
        {
            if (name is null || name == _name)
                Close();
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose()
    {
        _connections.Changed -= GiveUpWhereTooFew;
        Close();
    }

    private async Task<string?> OpenAsync(CancellationToken cancellationToken)
    {
        await _connections.EnterAsync(cancellationToken);
        try
        {
            _connection = await _connect(cancellationToken);
        }
        catch
        {
            _connections.Leave();
            throw;
        }
        try
        {
            // Its end is the connection's: nothing else is done in it.
            await _dialect.BeginReadOnlyAsync(_connection, _options, view: null, cancellationToken);
            _name = await _dialect.ExportViewAsync(_connection, cancellationToken);
        }
        catch
        {
            Close();
            throw;
        }
        if (_name is null)
        {
            _isRefused = true;
            Close();
        }
        else if (_connections.Limit < 2)
        {
            Close();
        }
        else
        {
            Taken++;
        }
        return _name;
    }

    private void Close()
    {
        _name = null;
        if (Interlocked.Exchange(ref _connection, null) is not { } connection)
            return;
        try
        {
            connection.Dispose();
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or IOException)
        {
            // It broke before: then the view has gone with it.
        }
        _connections.Leave();
    }

    // Somebody may be waiting for the one connection that is left.
    private void GiveUpWhereTooFew()
    {
        if (_connections.Limit < 2)
            _ = Task.Run(() => EndAsync());
    }
}
