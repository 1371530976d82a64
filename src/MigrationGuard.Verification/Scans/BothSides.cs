using MigrationGuard.Databases;

namespace MigrationGuard.Verification.Scans;

/// <summary>What the two sides brought, read at once.</summary>
internal sealed record BothSides<T>(OneSide<T> Source, OneSide<T> Target)
{
    /// <summary>What went wrong on either side, in sentences; null when nothing did.</summary>
    public string? Problem => Source.Problem is null && Target.Problem is null
        ? null
        : string.Join(" ", new[] { Source.Problem, Target.Problem }.OfType<string>());

    /// <summary>Does the same on both sides at once; a side that fails leaves its failure instead of its value.</summary>
    /// <param name="endsTogether">Whether the other side is stopped when one fails, as what it would bring is of no use by itself.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<BothSides<T>> ReadAsync(Func<Side, CancellationToken, Task<T>> read, bool endsTogether, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var source = OnSideAsync(Side.Source);
        var target = OnSideAsync(Side.Target);
        // Both are awaited before either is looked at: a failure on one side must not leave the other running unobserved.
        await Task.WhenAll(source, target);
        return new BothSides<T>(await source, await target);

        async Task<OneSide<T>> OnSideAsync(Side side)
        {
            try
            {
                return new OneSide<T>(side, await read(side, either.Token), null);
            }
            catch (DatabaseException e)
            {
                if (endsTogether)
                    await either.CancelAsync();
                return new OneSide<T>(side, default, e);
            }
            catch (OperationCanceledException) when (either.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                // Stopped for the other side's failure, which is the one that is told.
                return new OneSide<T>(side, default, null);
            }
        }
    }
}

/// <summary>What a side brought, or why it brought nothing.</summary>
/// <param name="Value">What it brought; the type's default when it failed, or was stopped for the other side's failure.</param>
internal sealed record OneSide<T>(Side Side, T? Value, DatabaseException? Failure)
{
    /// <summary>The failure, a sentence; null for none.</summary>
    public string? Problem => Failure is null ? null : $"The {Side.Spelt()} could not be read: {Failure.Message}";
}
