namespace MigrationGuard.Tests.Notifications;

/// <summary>A clock that stands until it is moved; its timers are the system's, since servers really take time.</summary>
internal sealed class SettableTime(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset _now = now;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
