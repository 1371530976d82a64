using System.Runtime.CompilerServices;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>Work on what streams in, some of it at once, with the results in the order of the stream.</summary>
internal static class Ordered
{
    /// <summary>Never more than <paramref name="atOnce"/> are in work or waiting for their turn.</summary>
    public static async IAsyncEnumerable<TResult> SelectAsync<T, TResult>(
        IAsyncEnumerable<T> items, int atOnce, Func<T, Task<TResult>> work, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var waiting = new Queue<Task<TResult>>();
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            waiting.Enqueue(work(item));
            while (waiting.Count >= atOnce || (waiting.TryPeek(out var first) && first.IsCompletedSuccessfully))
                yield return await waiting.Dequeue();
        }
        while (waiting.TryDequeue(out var next))
            yield return await next;
    }
}
