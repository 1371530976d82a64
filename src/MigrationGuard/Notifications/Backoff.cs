namespace MigrationGuard.Notifications;

/// <summary>How long a delivery that failed is left alone: doubling, up to a limit, never for ever.</summary>
/// <param name="jitter">A number in [0, 1).</param>
internal sealed class Backoff(TimeSpan first, TimeSpan longest, Func<double> jitter)
{
    // Beyond this many doublings of a second there is no limit that is not reached.
    private const int MostDoublings = 30;

    public TimeSpan Longest => longest;

    /// <param name="failures">Attempts that have failed, the last one included.</param>
    /// <remarks>Up to a fifth less than the whole, so that what failed together is not all tried again in the same second.</remarks>
    public TimeSpan After(int failures)
    {
        var doubled = first * Math.Pow(2, Math.Clamp(failures - 1, 0, MostDoublings));
        return (doubled < longest ? doubled : longest) * (1 - (jitter() / 5));
    }
}
