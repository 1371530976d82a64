namespace MigrationGuard.Databases;

/// <summary>How many connections may be open to a database at once, while that number may change. Whoever came first goes first.</summary>
public sealed class ConnectionAllowance(int limit)
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private int _limit = limit;
    private int _inUse;

    /// <summary>The limit was set.</summary>
    internal event Action? Changed;

    /// <summary>The most connections. Raising it admits those who wait; lowering it closes none, but admits nobody until enough are closed.</summary>
    public int Limit
    {
        get
        {
            lock (_lock)
                return _limit;
        }
        set
        {
            lock (_lock)
            {
                _limit = value;
                Admit();
            }
            Changed?.Invoke();
        }
    }

    /// <summary>Connections that are open; more than <see cref="Limit"/> only after it was lowered.</summary>
    public int InUse
    {
        get
        {
            lock (_lock)
                return _inUse;
        }
    }

    /// <summary>Waits for a connection to be allowed; to be followed by <see cref="Leave"/>.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var admitted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Enqueue(admitted);
            Admit();
        }
        // Cancelled or admitted, never both: whichever comes second finds it decided.
        using var registration = cancellationToken.Register(() => admitted.TrySetCanceled(cancellationToken));
        await admitted.Task;
    }

    /// <summary>Says that a connection is closed.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _inUse--;
            Admit();
        }
    }

    private void Admit()
    {
        while (_inUse < _limit && _waiting.TryDequeue(out var next))
        {
            if (next.TrySetResult())
                _inUse++;
        }
    }
}
