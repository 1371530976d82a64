using System.Globalization;
using System.Numerics;
using System.Text;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Databases.Values;
using MigrationGuard.Verification.Fingerprints;

namespace MigrationGuard.Tests.Verification.Fingerprints;

/// <summary>A value as a reader gives it to a sink.</summary>
internal sealed record Cell(string Name, Action<ValueSink> Give)
{
    public static readonly Cell Null = new("NULL", sink => sink.Null());

    public static Cell Number(long value) => new(value.ToString(CultureInfo.InvariantCulture), sink => sink.Integer(value));

    /// <summary>An exact number with as many decimals as are written.</summary>
    public static Cell Exact(string digits)
    {
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var scale = point < 0 ? 0 : digits.Length - point - 1;
        var mantissa = BigInteger.Parse(digits.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        return new(digits, sink =>
        {
            if (BigInteger.Abs(mantissa) < BigInteger.Pow(10, 38) && scale <= 38)
                sink.Decimal((Int128)mantissa, scale);
            else
                sink.BigDecimal(mantissa, scale);
        });
    }

    public static Cell Float(double value) => new(value.ToString("R", CultureInfo.InvariantCulture), sink => sink.Float(value));

    public static Cell Single(float value) => new(value.ToString("R", CultureInfo.InvariantCulture) + "f", sink => sink.Single(value));

    public static Cell Truth(bool value) => new(value ? "true" : "false", sink => sink.Boolean(value));

    public static Cell Utf8(string value) => Utf8(Encoding.UTF8.GetBytes(value));

    public static Cell Utf8(byte[] value) => new($"'{Encoding.UTF8.GetString(value)}'", sink => sink.Text(value));

    public static Cell Utf16(string value) => new($"N'{value}'", sink => sink.Text(value.AsSpan()));

    public static Cell Uuid(string value) => new(value, sink => sink.Uuid(new Guid(value).ToByteArray(bigEndian: true)));

    public static Cell Binary(params byte[] value) => new("0x" + Convert.ToHexString(value), sink => sink.Binary(value));

    public static Cell Moment(Timestamp value) => new(value.ToString(), sink => sink.Moment(value));

    /// <summary>A reading, or with a final Z a moment in UTC, as a column of this step holds it.</summary>
    public static Cell At(string text, TimeResolution step)
    {
        MomentText.TryRead(text, out var moment).ShouldBeTrue(text);
        return Moment(moment.Round(step));
    }

    public static Cell WithOffset(string utc, int minutes)
    {
        MomentText.TryRead(utc, out var moment).ShouldBeTrue(utc);
        return new($"{utc} at {minutes}", sink => sink.Moment(moment.Round(TimeResolution.HundredNanoseconds) with { IsUtc = true }, minutes));
    }

    public static Cell Time(string text) => Time(TimeSpan.Parse(text, CultureInfo.InvariantCulture).Ticks);

    public static Cell Time(long ticks) => new(TimeSpan.FromTicks(ticks).ToString("c", CultureInfo.InvariantCulture), sink => sink.Time(ticks));

    public static Cell Long(bool isText, byte[] value, params int[] cuts) => new("long", sink =>
    {
        sink.BeginLong(isText);
        var from = 0;
        foreach (var cut in cuts.Append(value.Length))
        {
            sink.Part(value.AsSpan(from, cut - from));
            from = cut;
        }
        sink.EndLong();
    });

    /// <summary>The value as it is, in hexadecimal.</summary>
    public string Encoded => EncodedBy(row => new ValueEncoder(row));

    public string EncodedBy(Func<RowBuffer, ValueEncoder> encoder)
    {
        using var row = new RowBuffer();
        Give(encoder(row));
        return Convert.ToHexString(row.Row);
    }

    public override string ToString() => Name;
}
