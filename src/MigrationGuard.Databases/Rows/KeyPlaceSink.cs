using System.Numerics;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Databases.Rows;

/// <summary>Finds the place of a key's value.</summary>
/// <param name="order">How the key is ordered.</param>
public sealed class KeyPlaceSink(KeyOrder order) : ValueSink
{
    /// <summary>The place of the value given last; null when it has none in this order, as NULL and text have.</summary>
    public UInt128? Place { get; private set; }

    public override void Integer(long value) => Place = order == KeyOrder.Integer ? KeyPlaces.Of(value) : null;

    public override void Uuid(ReadOnlySpan<byte> bytes) =>
        Place = order is KeyOrder.UuidBytes or KeyOrder.UuidSqlServer ? KeyPlaces.Of(bytes, order) : null;

    public override void Null() => Place = null;

    public override void Decimal(Int128 mantissa, int scale) => Place = null;

    public override void BigDecimal(BigInteger mantissa, int scale) => Place = null;

    public override void Float(double value) => Place = null;

    public override void Single(float value) => Place = null;

    public override void Boolean(bool value) => Place = null;

    public override void Text(ReadOnlySpan<byte> utf8) => Place = null;

    public override void Text(ReadOnlySpan<char> utf16) => Place = null;

    public override void Moment(in Timestamp value) => Place = null;

    public override void Moment(in Timestamp utc, int offsetMinutes) => Place = null;

    public override void Time(long ticks) => Place = null;

    public override void Binary(ReadOnlySpan<byte> bytes) => Place = null;

    public override void BeginLong(bool isText) => Place = null;

    public override void Part(ReadOnlySpan<byte> bytes) { }

    public override void EndLong() { }
}
