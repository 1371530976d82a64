using System.Numerics;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Retention.Records;

/// <summary>A sink for values of few kinds: whatever it does not take is <see cref="Other"/>.</summary>
internal abstract class NarrowSink : ValueSink
{
    /// <summary>The value is of a kind that this does not take.</summary>
    protected abstract void Other();

    public override void Integer(long value) => Other();

    public override void Decimal(Int128 mantissa, int scale) => Other();

    public override void BigDecimal(BigInteger mantissa, int scale) => Other();

    public override void Float(double value) => Other();

    public override void Single(float value) => Other();

    public override void Boolean(bool value) => Other();

    public override void Text(ReadOnlySpan<byte> utf8) => Other();

    public override void Text(ReadOnlySpan<char> utf16) => Other();

    public override void Uuid(ReadOnlySpan<byte> bytes) => Other();

    public override void Moment(in Timestamp value) => Other();

    public override void Moment(in Timestamp utc, int offsetMinutes) => Other();

    public override void Time(long ticks) => Other();

    public override void Binary(ReadOnlySpan<byte> bytes) => Other();

    public override void BeginLong(bool isText) => Other();

    public override void Part(ReadOnlySpan<byte> bytes)
    {
        // Said when it began.
    }

    public override void EndLong()
    {
        // Said when it began.
    }
}
