using System.Globalization;
using System.Numerics;
using System.Text;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Databases.Rows;

/// <summary>Keeps a value as the canonical value that other readings have: for the few values that somebody looks at one by one.</summary>
public sealed class CanonicalValueSink : ValueSink
{
    private readonly MemoryStream _long = new();
    private bool _longIsText;

    /// <summary>The value last taken.</summary>
    public CanonicalValue Value { get; private set; } = new CanonicalValue.Null();

    public override void Null() => Value = new CanonicalValue.Null();

    public override void Integer(long value) => Value = new CanonicalValue.Number(value);

    public override void Decimal(Int128 mantissa, int scale) => BigDecimal((BigInteger)mantissa, scale);

    public override void BigDecimal(BigInteger mantissa, int scale)
    {
        var digits = BigInteger.Abs(mantissa).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var sign = mantissa.Sign < 0 ? "-" : "";
        Value = CanonicalValue.FromDigits(scale == 0 ? sign + digits : $"{sign}{digits[..^scale]}.{digits[^scale..]}");
    }

    public override void Float(double value) => Value = new CanonicalValue.Float(value);

    public override void Single(float value) => Value = new CanonicalValue.Float(value);

    public override void Boolean(bool value) => Value = new CanonicalValue.Boolean(value);

    public override void Text(ReadOnlySpan<byte> utf8) => Value = new CanonicalValue.Text(Encoding.UTF8.GetString(utf8));

    public override void Text(ReadOnlySpan<char> utf16) => Value = new CanonicalValue.Text(utf16.ToString());

    public override void Uuid(ReadOnlySpan<byte> bytes) => Value = new CanonicalValue.Uuid(new Guid(bytes, bigEndian: true));

    public override void Moment(in Timestamp value) => Value = new CanonicalValue.Moment(value);

    public override void Moment(in Timestamp utc, int offsetMinutes) => Value = new CanonicalValue.Moment(utc);

    public override void Time(long ticks) => Value = new CanonicalValue.TimeOfDay(TimeSpan.FromTicks(ticks));

    public override void Binary(ReadOnlySpan<byte> bytes) => Value = new CanonicalValue.Binary(Convert.ToHexString(bytes));

    public override void BeginLong(bool isText)
    {
        _longIsText = isText;
        _long.SetLength(0);
    }

    public override void Part(ReadOnlySpan<byte> bytes) => _long.Write(bytes);

    public override void EndLong()
    {
        var bytes = _long.GetBuffer().AsSpan(0, (int)_long.Length);
        if (_longIsText)
            Text(bytes);
        else
            Binary(bytes);
        _long.SetLength(0);
    }
}
