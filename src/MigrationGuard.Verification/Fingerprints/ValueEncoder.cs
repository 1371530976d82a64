using System.Numerics;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Verification.Fingerprints;

/// <summary>Writes the values of one column of one side into a row, as the column pair's rule has it.</summary>
/// <param name="row">What is written into.</param>
/// <remarks>
/// Here each value is written as what it is; a rule overrides what it brings to a common form. Whatever else a column holds
/// keeps a tag of its own, and so differs from everything that fits.
/// </remarks>
public class ValueEncoder(RowBuffer row) : ValueSink
{
    protected RowBuffer Row { get; } = row;

    public override void Null() => CanonicalBytes.Null(Row);

    public override void Integer(long value) => CanonicalBytes.Integer(Row, value);

    public override void Decimal(Int128 mantissa, int scale) => CanonicalBytes.Number(Row, mantissa, scale);

    public override void BigDecimal(BigInteger mantissa, int scale) => CanonicalBytes.Number(Row, mantissa, scale);

    public override void Float(double value) => CanonicalBytes.Float(Row, value);

    public override void Single(float value) => CanonicalBytes.Single(Row, value);

    public override void Boolean(bool value) => CanonicalBytes.Boolean(Row, value);

    public override void Text(ReadOnlySpan<byte> utf8) => CanonicalBytes.Write(Row, Tag.Text, utf8);

    public override void Text(ReadOnlySpan<char> utf16) => CanonicalBytes.Text(Row, utf16);

    public override void Uuid(ReadOnlySpan<byte> bytes) => CanonicalBytes.Write(Row, Tag.Uuid, bytes);

    public override void Moment(in Timestamp value) => MomentBytes.Write(Row, value);

    public override void Moment(in Timestamp utc, int offsetMinutes) => Moment(utc);

    public override void Time(long ticks) => CanonicalBytes.Counted(Row, Tag.Time, ticks);

    public override void Binary(ReadOnlySpan<byte> bytes) => CanonicalBytes.Write(Row, Tag.Binary, bytes);

    public override void BeginLong(bool isText) => Row.Long.Begin(isText, isTrimmed: false);

    public override void Part(ReadOnlySpan<byte> bytes) => Row.Long.Add(bytes);

    public override void EndLong() => Row.Long.End(Row);
}
