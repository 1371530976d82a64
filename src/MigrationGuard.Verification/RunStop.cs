using System.Globalization;

namespace MigrationGuard.Verification;

/// <summary>When a run stops before its end: at its deadline, or when somebody asks.</summary>
public sealed class RunStop : IDisposable
{
    private readonly DateTimeOffset _deadline;
    private readonly CancellationToken _asked;
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _linked;

    /// <param name="deadline">When it stops, whatever is left.</param>
    /// <param name="asked">Cancelled when somebody asks, for example by Ctrl-C.</param>
    public RunStop(DateTimeOffset deadline, TimeProvider time, CancellationToken asked)
    {
        _deadline = deadline;
        _asked = asked;
        var left = deadline - time.GetUtcNow();
        _timeout = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(asked, _timeout.Token);
    }

    public CancellationToken Token => _linked.Token;

    /// <summary>When it stops, whatever is left.</summary>
    public DateTimeOffset Deadline => _deadline;

    /// <summary>Why it stopped, a sentence; meaningful once <see cref="Token"/> is cancelled.</summary>
    public string Reason => _asked.IsCancellationRequested
        ? "The run was interrupted."
        : DeadlinePassed(_deadline);

    /// <summary>The reason of a result that is not there because of the stop.</summary>
    public string NotRead => NotReadBecause(Reason);

    /// <summary>Why a run stopped at its deadline, a sentence.</summary>
    public static string DeadlinePassed(DateTimeOffset deadline) =>
        string.Create(CultureInfo.InvariantCulture, $"The run's deadline, {deadline.UtcDateTime:yyyy-MM-dd HH:mm} UTC, passed.");

    /// <summary>The reason of a result that is not there because the run stopped.</summary>
    public static string NotReadBecause(string reason) => reason + " This was not read.";

    public void Dispose()
    {
        _linked.Dispose();
        _timeout.Dispose();
    }
}
