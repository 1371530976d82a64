namespace MigrationGuard.Tests.Schedule;

/// <summary>Waits for something outside the test's hands: a process, a server, a port.</summary>
internal static class Eventually
{
    // Only a failure waits so long; a machine that others share may be busy for minutes.
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Asks again and again until the answer is yes, or fails with what is described.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> condition, Func<string> otherwise)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            deadline.IsCancellationRequested.ShouldBeFalse(otherwise());
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    public static Task HoldsAsync(Func<bool> condition, Func<string> otherwise) => HoldsAsync(() => Task.FromResult(condition()), otherwise);
}
