using System.Numerics;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Databases.Rows;

/// <summary>Takes the newest of a date column's values, and how many are after a moment, from a stream of rows.</summary>
/// <remarks>What it comes to is what <see cref="Dialect.Phrase"/>'s statement would have brought for the same rows.</remarks>
public class MomentSink : ValueSink
{
    private readonly TimeResolution? _step;
    private readonly Timestamp? _after;
    private Timestamp _newest;
    private bool _any;

    /// <param name="step">The column's step; null where each value has its own.</param>
    /// <param name="after">The moment whose later rows are counted, as the column would hold it; none when null.</param>
    internal MomentSink(TimeResolution? step, Timestamp? after) => (_step, _after) = (step, after);

    /// <summary>The newest value so far.</summary>
    public virtual NewestMoment Newest => new(!_any ? null : _step is { } step ? _newest.Round(step) : _newest, Unreadable);

    /// <summary>Values so far that are after the moment.</summary>
    public long Newer { get; private protected set; }

    /// <summary>Values so far that are no dates.</summary>
    private protected long Unreadable { get; private set; }

    public override void Null()
    {
        // No date, and nothing unreadable either.
    }

    public override void Moment(in Timestamp value)
    {
        // One column holds one step, so comparing units does; the rest is for values that bring their own.
        if (!_any || (value.Resolution == _newest.Resolution ? value.Units > _newest.Units : Timestamp.CompareExactly(value, _newest) > 0))
            _newest = value;
        _any = true;
        if (_after is { } after && (value.Resolution == after.Resolution ? value.Units > after.Units : Timestamp.CompareExactly(value, after) > 0))
            Newer++;
    }

    public override void Moment(in Timestamp utc, int offsetMinutes) => Moment(utc);

    public override void Integer(long value) => Unreadable++;

    public override void Decimal(Int128 mantissa, int scale) => Unreadable++;

    public override void BigDecimal(BigInteger mantissa, int scale) => Unreadable++;

    public override void Float(double value) => Unreadable++;

    public override void Single(float value) => Unreadable++;

    public override void Boolean(bool value) => Unreadable++;

    public override void Text(ReadOnlySpan<byte> utf8) => Unreadable++;

    public override void Text(ReadOnlySpan<char> utf16) => Unreadable++;

    public override void Uuid(ReadOnlySpan<byte> bytes) => Unreadable++;

    public override void Time(long ticks) => Unreadable++;

    public override void Binary(ReadOnlySpan<byte> bytes) => Unreadable++;

    public override void BeginLong(bool isText) => Unreadable++;

    public override void Part(ReadOnlySpan<byte> bytes)
    {
        // Counted when it began.
    }

    public override void EndLong()
    {
        // Counted when it began.
    }
}
