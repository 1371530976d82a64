using System.Numerics;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Verification.Segments;

/// <summary>Gives every value to two sinks, as a long one comes only once.</summary>
internal sealed class BothSinks(ValueSink first, ValueSink second) : ValueSink
{
    public override void Null()
    {
        first.Null();
        second.Null();
    }

    public override void Integer(long value)
    {
        first.Integer(value);
        second.Integer(value);
    }

    public override void Decimal(Int128 mantissa, int scale)
    {
        first.Decimal(mantissa, scale);
        second.Decimal(mantissa, scale);
    }

    public override void BigDecimal(BigInteger mantissa, int scale)
    {
        first.BigDecimal(mantissa, scale);
        second.BigDecimal(mantissa, scale);
    }

    public override void Float(double value)
    {
        first.Float(value);
        second.Float(value);
    }

    public override void Single(float value)
    {
        first.Single(value);
        second.Single(value);
    }

    public override void Boolean(bool value)
    {
        first.Boolean(value);
        second.Boolean(value);
    }

    public override void Text(ReadOnlySpan<byte> utf8)
    {
        first.Text(utf8);
        second.Text(utf8);
    }

    public override void Text(ReadOnlySpan<char> utf16)
    {
        first.Text(utf16);
        second.Text(utf16);
    }

    public override void Uuid(ReadOnlySpan<byte> bytes)
    {
        first.Uuid(bytes);
        second.Uuid(bytes);
    }

    public override void Moment(in Timestamp value)
    {
        first.Moment(value);
        second.Moment(value);
    }

    public override void Moment(in Timestamp utc, int offsetMinutes)
    {
        first.Moment(utc, offsetMinutes);
        second.Moment(utc, offsetMinutes);
    }

    public override void Time(long ticks)
    {
        first.Time(ticks);
        second.Time(ticks);
    }

    public override void Binary(ReadOnlySpan<byte> bytes)
    {
        first.Binary(bytes);
        second.Binary(bytes);
    }

    public override void BeginLong(bool isText)
    {
        first.BeginLong(isText);
        second.BeginLong(isText);
    }

    public override void Part(ReadOnlySpan<byte> bytes)
    {
        first.Part(bytes);
        second.Part(bytes);
    }

    public override void EndLong()
    {
        first.EndLong();
        second.EndLong();
    }
}
