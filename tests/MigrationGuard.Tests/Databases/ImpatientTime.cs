namespace MigrationGuard.Tests.Databases;

/// <summary>A clock on which every wait is over as soon as it begins; it counts the waits.</summary>
internal sealed class ImpatientTime : TimeProvider
{
    private int _waits;

    public int Waits => _waits;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _waits);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
