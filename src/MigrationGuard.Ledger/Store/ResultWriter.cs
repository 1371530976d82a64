using System.Threading.Channels;
using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Ledger.Store;

/// <summary>Writes the results of a run as they come; those that wait at the same time share one commit.</summary>
/// <remarks>A commit costs a flush to disk. Five hundred tables that finish together need a few, not five hundred.</remarks>
public sealed class ResultWriter : IAsyncDisposable
{
    private readonly Channel<Waiting> _queue = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Func<IReadOnlyList<(int Ordinal, CheckResult Result)>, Task> _commit;
    private readonly Task _work;

    public ResultWriter(LedgerStore store, string run)
        : this(results => store.AddResultsAsync(run, results, CancellationToken.None)) { }

    internal ResultWriter(Func<IReadOnlyList<(int Ordinal, CheckResult Result)>, Task> commit)
    {
        _commit = commit;
        _work = Task.Run(WorkAsync);
    }

    /// <summary>Writes the results of one place in the run; completes once they are durable.</summary>
    /// <remarks>It cannot be cancelled: what has been checked is kept, also when a run is interrupted.</remarks>
    /// <exception cref="LedgerException">They are not in the ledger, or an earlier write failed: none is tried after that.</exception>
    /// <exception cref="ObjectDisposedException">The writer has been closed.</exception>
    public async Task WriteAsync(int ordinal, IReadOnlyList<CheckResult> results)
    {
        var waiting = new Waiting(ordinal, results);
        if (!_queue.Writer.TryWrite(waiting))
        {
            // Completed by a failure or by DisposeAsync: the reader's completion says which.
            await _queue.Reader.Completion;
            throw new ObjectDisposedException(nameof(ResultWriter));
        }
        await waiting.Durable.Task;
    }

    /// <summary>Waits for everything written so far; failures are told to those who wrote.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _work;
    }

    private async Task WorkAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            var batch = new List<Waiting>();
            while (_queue.Reader.TryRead(out var waiting))
                batch.Add(waiting);
            try
            {
                await _commit([.. batch.SelectMany(waiting => waiting.Results.Select(result => (waiting.Ordinal, result)))]);
            }
            catch (Exception e)
            {
                Fail(batch, e);
                return;
            }
            foreach (var waiting in batch)
                waiting.Durable.SetResult();
        }
    }

    private void Fail(List<Waiting> batch, Exception failure)
    {
        _queue.Writer.TryComplete(failure);
        // Those that came in while the batch was being written.
        while (_queue.Reader.TryRead(out var waiting))
            batch.Add(waiting);
        foreach (var waiting in batch)
            waiting.Durable.SetException(failure);
    }

    private sealed record Waiting(int Ordinal, IReadOnlyList<CheckResult> Results)
    {
        public TaskCompletionSource Durable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
