using System.Globalization;
using System.Numerics;
using System.Text;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Tests.Databases.Rows;

/// <summary>Writes down what a reader gives: the call and the value, so that tests compare text.</summary>
internal sealed class RecordingSink : ValueSink
{
    private long _length;
    private bool _isText;
    private int _largestPart;
    private ulong _hash;

    /// <summary>The value given last.</summary>
    public string Last { get; private set; } = "";

    /// <summary>FNV-1a over a long value's bytes, as it does not matter how they were cut.</summary>
    public static ulong Hash(ReadOnlySpan<byte> bytes, ulong hash = 14_695_981_039_346_656_037)
    {
        foreach (var b in bytes)
            hash = (hash ^ b) * 1_099_511_628_211;
        return hash;
    }

    public override void Null() => Last = "NULL";

    public override void Integer(long value) => Last = "integer " + value.ToString(CultureInfo.InvariantCulture);

    public override void Decimal(Int128 mantissa, int scale) => Last = string.Create(CultureInfo.InvariantCulture, $"decimal {mantissa}/{scale}");

    public override void BigDecimal(BigInteger mantissa, int scale) => Last = string.Create(CultureInfo.InvariantCulture, $"big {mantissa}/{scale}");

    public override void Float(double value) => Last = "double " + BitConverter.DoubleToInt64Bits(value).ToString("X16", CultureInfo.InvariantCulture);

    public override void Single(float value) => Last = "single " + BitConverter.SingleToInt32Bits(value).ToString("X8", CultureInfo.InvariantCulture);

    public override void Boolean(bool value) => Last = value ? "true" : "false";

    public override void Text(ReadOnlySpan<byte> utf8) => Last = "text " + Encoding.UTF8.GetString(utf8);

    public override void Text(ReadOnlySpan<char> utf16) => Last = "text " + utf16.ToString();

    public override void Uuid(ReadOnlySpan<byte> bytes) => Last = "uuid " + Convert.ToHexString(bytes);

    public override void Moment(in Timestamp value) => Last = $"moment {value} of {value.Resolution}";

    public override void Moment(in Timestamp utc, int offsetMinutes) => Last = string.Create(CultureInfo.InvariantCulture, $"moment {utc} of {utc.Resolution} at {offsetMinutes}");

    public override void Time(long ticks) => Last = "time " + new TimeSpan(ticks).ToString("c", CultureInfo.InvariantCulture);

    public override void Binary(ReadOnlySpan<byte> bytes) => Last = "binary " + Convert.ToHexString(bytes);

    public override void BeginLong(bool isText) => (_isText, _length, _largestPart, _hash) = (isText, 0, 0, Hash([]));

    public override void Part(ReadOnlySpan<byte> bytes)
    {
        _length += bytes.Length;
        _largestPart = Math.Max(_largestPart, bytes.Length);
        _hash = Hash(bytes, _hash);
    }

    public override void EndLong()
    {
        _largestPart.ShouldBeLessThanOrEqualTo(2 * RowReader.LongestShort, "a part is no whole value");
        Last = LongValue(_isText, _length, _hash);
    }

    /// <summary>What is written down of a long value.</summary>
    public static string LongValue(bool isText, long length, ulong hash) =>
        string.Create(CultureInfo.InvariantCulture, $"long {(isText ? "text" : "binary")} of {length} bytes, {hash:X16}");
}
