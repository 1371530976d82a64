using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Verification.Segments;

/// <summary>A value as it is shown.</summary>
/// <param name="Text">Its text; null for NULL.</param>
/// <param name="Kind">What it is, in words: tells 1 from '1'.</param>
internal readonly record struct ShownValue(string? Text, string Kind);

/// <summary>Keeps a value as it is shown to whoever asks what a row holds.</summary>
/// <remarks>
/// Unlike <see cref="CanonicalValueSink"/>, which groups are counted by, it leaves nothing out by which two values may differ: an
/// offset, bytes that are no text, the end of a long value.
/// </remarks>
internal sealed class ShownValueSink : ValueSink
{
    // Of a value that comes in parts, so much is shown: the rest is for nobody's screen, and there may be 256 MB of it.
    private const int LongestBeginning = 1024;

    private readonly CanonicalValueSink _plain = new();
    private readonly byte[] _beginning = new byte[LongestBeginning];
    private IncrementalHash? _hash;
    private bool _longIsText;
    private long _longBytes;
    private string _kind = "";

    // Where the canonical value would not say all; null where it does.
    private string? _spelt;

    /// <summary>The value last taken.</summary>
    public ShownValue Value => new(_spelt ?? _plain.Value.Display, _kind);

    public override void Null()
    {
        _plain.Null();
        Take("NULL");
    }

    public override void Integer(long value)
    {
        _plain.Integer(value);
        Take("number");
    }

    public override void Decimal(Int128 mantissa, int scale)
    {
        _plain.Decimal(mantissa, scale);
        Take("number");
    }

    public override void BigDecimal(BigInteger mantissa, int scale)
    {
        _plain.BigDecimal(mantissa, scale);
        Take("number");
    }

    public override void Float(double value)
    {
        _plain.Float(value);
        Take("float");
    }

    public override void Single(float value)
    {
        _plain.Single(value);
        Take("single-precision float");
    }

    public override void Boolean(bool value)
    {
        _plain.Boolean(value);
        Take("truth value");
    }

    public override void Text(ReadOnlySpan<byte> utf8)
    {
        var spelt = SpeltText.Of(utf8, out var isText);
        Take(isText ? "text" : "text that is not valid", spelt);
    }

    public override void Text(ReadOnlySpan<char> utf16)
    {
        var spelt = SpeltText.Of(utf16, out var isText);
        Take(isText ? "text" : "text that is not valid", spelt);
    }

    public override void Uuid(ReadOnlySpan<byte> bytes)
    {
        _plain.Uuid(bytes);
        Take("UUID");
    }

    public override void Moment(in Timestamp value)
    {
        _plain.Moment(value);
        Take("date or time");
    }

    public override void Moment(in Timestamp utc, int offsetMinutes)
    {
        var reading = new Timestamp(utc.Units + (offsetMinutes * 60L * utc.Resolution.UnitsPerSecond / utc.Resolution.SecondsPerUnit), utc.Resolution, IsUtc: false);
        var (sign, offset) = (offsetMinutes < 0 ? '-' : '+', TimeSpan.FromMinutes(Math.Abs(offsetMinutes)));
        Take("date or time", string.Create(CultureInfo.InvariantCulture, $"{reading}{sign}{offset:hh\\:mm}"));
    }

    public override void Time(long ticks)
    {
        _plain.Time(ticks);
        Take("date or time");
    }

    public override void Binary(ReadOnlySpan<byte> bytes)
    {
        _plain.Binary(bytes);
        Take("binary");
    }

    public override void BeginLong(bool isText)
    {
        // A reading that broke off within a long value leaves a hash begun.
        _hash?.GetHashAndReset();
        (_longIsText, _longBytes) = (isText, 0);
    }

    public override void Part(ReadOnlySpan<byte> bytes)
    {
        if (_longBytes < LongestBeginning)
            bytes[..(int)Math.Min(bytes.Length, LongestBeginning - _longBytes)].CopyTo(_beginning.AsSpan((int)_longBytes));
        (_hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256)).AppendData(bytes);
        _longBytes += bytes.Length;
    }

    public override void EndLong()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        (_hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256)).GetHashAndReset(hash);
        var beginning = _beginning.AsSpan(0, (int)Math.Min(_longBytes, LongestBeginning));
        if (_longIsText)
            Text(SpeltText.WholeCharacters(beginning));
        else
            Binary(beginning);
        _spelt = string.Create(CultureInfo.InvariantCulture, $"{Value.Text}… ({_longBytes} bytes, SHA-256 {Convert.ToHexStringLower(hash)})");
    }

    private void Take(string kind, string? spelt = null) => (_kind, _spelt) = (kind, spelt);
}
