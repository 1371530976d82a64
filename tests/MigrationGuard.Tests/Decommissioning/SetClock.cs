namespace MigrationGuard.Tests.Decommissioning;

/// <summary>A clock that stands where it is set, or goes on by <see cref="Step"/> whenever it is asked.</summary>
internal sealed class SetClock(DateTimeOffset start) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = start;

    public static SetClock At(int year, int month, int day, int hour = 12) => new(new DateTimeOffset(year, month, day, hour, 0, 0, TimeSpan.Zero));

    public TimeSpan Step { get; set; }

    public override DateTimeOffset GetUtcNow() => Now += Step;
}
