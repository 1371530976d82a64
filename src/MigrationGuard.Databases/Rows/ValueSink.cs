using System.Numerics;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Databases.Rows;

/// <summary>Takes one value of a row at a time, as the engine stores it and without an object for it.</summary>
/// <remarks>
/// A reader decides by what the value is, not by what its column should hold: a SQLite column may bring text where a date is
/// declared. So every sink answers every call. Spans are only good during the call.
/// </remarks>
public abstract class ValueSink
{
    public abstract void Null();

    public abstract void Integer(long value);

    /// <summary>The number <paramref name="mantissa"/> / 10^<paramref name="scale"/>.</summary>
    /// <param name="scale">0 to 38; trailing zeros may be among the digits.</param>
    public abstract void Decimal(Int128 mantissa, int scale);

    /// <summary>An exact number beyond 38 digits.</summary>
    /// <param name="scale">Digits after the point; 0 or more.</param>
    public abstract void BigDecimal(BigInteger mantissa, int scale);

    public abstract void Float(double value);

    /// <summary>A number of single precision, which is not the double of the same spelling.</summary>
    public abstract void Single(float value);

    public abstract void Boolean(bool value);

    /// <summary>Text as its UTF-8 bytes. What is no valid UTF-8 comes as it is stored.</summary>
    public abstract void Text(ReadOnlySpan<byte> utf8);

    /// <summary>Text as UTF-16; surrogates without their other half included.</summary>
    public abstract void Text(ReadOnlySpan<char> utf16);

    /// <param name="bytes">16 bytes in the order of RFC 9562, which is the order of its text.</param>
    public abstract void Uuid(ReadOnlySpan<byte> bytes);

    /// <summary>A date, or a date and time, in the column's own units.</summary>
    public abstract void Moment(in Timestamp value);

    /// <summary>A moment in UTC, and the offset it was stored with.</summary>
    public abstract void Moment(in Timestamp utc, int offsetMinutes);

    /// <summary>A time of day in ticks of 100 ns; 24:00 is a whole day's.</summary>
    public abstract void Time(long ticks);

    public abstract void Binary(ReadOnlySpan<byte> bytes);

    /// <summary>Begins a value too long for one buffer; <see cref="Part"/> brings it, <see cref="EndLong"/> ends it.</summary>
    /// <param name="isText">Whether the parts are text as UTF-8 bytes, possibly cut within a character; else binary.</param>
    public abstract void BeginLong(bool isText);

    public abstract void Part(ReadOnlySpan<byte> bytes);

    public abstract void EndLong();
}
