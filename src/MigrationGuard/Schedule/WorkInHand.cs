namespace MigrationGuard.Schedule;

/// <summary>What this worker is doing at the moment, so that it can be waited for, and abandoned.</summary>
public sealed class WorkInHand : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Piece, string> _pieces = [];
    private readonly CancellationTokenSource _abandoned = new();
    private TaskCompletionSource? _idle;

    /// <summary>Cancelled when work in hand is to be given up.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    /// <summary>The names of what is being done, in order.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_lock)
                return [.. _pieces.Values.Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Begins a piece of work, which ends when the result is disposed.</summary>
    public IDisposable Begin(string name)
    {
        var piece = new Piece(this);
        lock (_lock)
            _pieces.Add(piece, name);
        return piece;
    }

    /// <summary>Waits until nothing is being done.</summary>
    /// <returns>Whether that came about within <paramref name="limit"/>.</returns>
    public async Task<bool> WaitAsync(TimeSpan limit)
    {
        Task idle;
        lock (_lock)
        {
            if (_pieces.Count == 0)
                return true;
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            idle = _idle.Task;
        }
        try
        {
            await idle.WaitAsync(limit);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Asks everything that is being done to stop where it is.</summary>
    public Task AbandonAsync() => _abandoned.CancelAsync();

    public void Dispose() => _abandoned.Dispose();

    private void End(Piece piece)
    {
        lock (_lock)
        {
            if (!_pieces.Remove(piece) || _pieces.Count > 0)
                return;
            _idle?.TrySetResult();
            _idle = null;
        }
    }

    private sealed class Piece(WorkInHand owner) : IDisposable
    {
        public void Dispose() => owner.End(this);
    }
}
