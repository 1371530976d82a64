namespace MigrationGuard.Databases;

/// <summary>Makes a statement stop when it is cancelled or has taken its time.</summary>
/// <remarks>Drivers that wait on the network keep their own time limit and heed the token; others need to be interrupted.</remarks>
internal sealed class StatementLimit : IDisposable
{
    private readonly CancellationTokenSource? _timeout;
    private readonly CancellationTokenRegistration _cancelled;
    private readonly CancellationTokenRegistration _elapsed;

    /// <param name="stop">Makes it stop; called from any thread, and no more once this is disposed.</param>
    /// <param name="seconds">0 for no limit.</param>
    public StatementLimit(Action stop, int seconds, TimeProvider time, CancellationToken cancellationToken)
    {
        Token = cancellationToken;
        _cancelled = cancellationToken.Register(stop);
        if (seconds == 0)
            return;
        _timeout = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), time);
        _elapsed = _timeout.Token.Register(stop);
    }

    public CancellationToken Token { get; }

    /// <summary>Whether the time is up.</summary>
    public bool HasElapsed => _timeout is { IsCancellationRequested: true };

    public void Dispose()
    {
        _cancelled.Dispose();
        _elapsed.Dispose();
        _timeout?.Dispose();
    }
}

/// <summary>A statement was stopped by this program because it took longer than it may.</summary>
internal sealed class StatementTimeoutException(Exception cause) : Exception("The statement was stopped.", cause);
