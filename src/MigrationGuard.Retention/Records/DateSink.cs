using MigrationGuard.Databases.Values;

namespace MigrationGuard.Retention.Records;

/// <summary>Takes the date that a record's period counts from.</summary>
/// <param name="zone">The zone of values that do not say theirs.</param>
internal sealed class DateSink(TimeZoneInfo zone) : NarrowSink
{
    private TimeResolution _resolution = TimeResolution.Second;

    /// <summary>The date last taken; null where there was none, or none that can be read.</summary>
    public DateTimeOffset? Value { get; private set; }

    /// <summary>The date last taken, as another side's can be held against it; null where <see cref="Value"/> is.</summary>
    public RecordDate? Date => Value is { } moment ? RecordDate.Of(moment, _resolution) : null;

    /// <summary>Whether the value last taken is no date of the calendar.</summary>
    public bool IsUnreadable { get; private set; }

    /// <summary>Whether any date so far was taken for one of the zone, which it did not say.</summary>
    public bool TookZone { get; private set; }

    public override void Null() => (Value, IsUnreadable) = (null, false);

    public override void Moment(in Timestamp value)
    {
        _resolution = value.Resolution;
        TookZone |= !value.IsUtc && value.Resolution != TimeResolution.Day;
        // Of the two moments that a reading in a repeated hour can name, the later, which nobody is blamed for too soon.
        var ticks = value.ToUtc(zone) is { } utc ? utc.Ticks : value.Ticks - zone.BaseUtcOffset.Ticks;
        IsUnreadable = ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks;
        Value = IsUnreadable ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    public override void Moment(in Timestamp utc, int offsetMinutes) => Moment(utc);

    // PostgreSQL's infinity, too, and what a SQLite column of dates holds that is none.
    protected override void Other() => (Value, IsUnreadable) = (null, true);
}
