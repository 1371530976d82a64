using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>Work on what streams in, some of it at once, with the results in the order of the stream.</summary>
internal static class Ordered
{
    /// <summary>
    /// Never more than <paramref name="atOnce"/> are in work or waiting for their turn. Where the stream breaks off, what came before is
    /// still given, and then the exception thrown. No work runs on when the enumeration has ended, however it ended.
    /// </summary>
    public static async IAsyncEnumerable<TResult> SelectAsync<T, TResult>(
        IAsyncEnumerable<T> items, int atOnce, Func<T, Task<TResult>> work, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(atOnce, 1);
        var waiting = new Queue<Task<TResult>>();
        ExceptionDispatchInfo? brokenOff = null;
        await using var stream = items.GetAsyncEnumerator(cancellationToken);
        try
        {
            while (true)
            {
                try
                {
                    if (!await stream.MoveNextAsync())
                        break;
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    brokenOff = ExceptionDispatchInfo.Capture(e);
                    break;
                }
                waiting.Enqueue(work(stream.Current));
                while (waiting.Count >= atOnce || (waiting.TryPeek(out var first) && first.IsCompletedSuccessfully))
                    yield return await waiting.Dequeue();
            }
            while (waiting.TryDequeue(out var next))
                yield return await next;
            brokenOff?.Throw();
        }
        finally
        {
            await Task.WhenAll(waiting as IEnumerable<Task>).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
