using System.Numerics;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Verification.Segments;

/// <summary>Counts the values that are not NULL.</summary>
internal sealed class PresenceSink : ValueSink
{
    public long Rows { get; private set; }

    public override void Null()
    {
        // The only value that does not count.
    }

    public override void Integer(long value) => Rows++;

    public override void Decimal(Int128 mantissa, int scale) => Rows++;

    public override void BigDecimal(BigInteger mantissa, int scale) => Rows++;

    public override void Float(double value) => Rows++;

    public override void Single(float value) => Rows++;

    public override void Boolean(bool value) => Rows++;

    public override void Text(ReadOnlySpan<byte> utf8) => Rows++;

    public override void Text(ReadOnlySpan<char> utf16) => Rows++;

    public override void Uuid(ReadOnlySpan<byte> bytes) => Rows++;

    public override void Moment(in Timestamp value) => Rows++;

    public override void Moment(in Timestamp utc, int offsetMinutes) => Rows++;

    public override void Time(long ticks) => Rows++;

    public override void Binary(ReadOnlySpan<byte> bytes) => Rows++;

    public override void BeginLong(bool isText) => Rows++;

    public override void Part(ReadOnlySpan<byte> bytes)
    {
        // Counted when it began.
    }

    public override void EndLong()
    {
        // Counted when it began.
    }
}
