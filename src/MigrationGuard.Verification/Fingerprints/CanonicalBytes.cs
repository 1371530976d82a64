using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Verification.Fingerprints;

/// <summary>Writes values as CANONICAL.md says: a tag, the length in two bytes, the bytes; NULL is its tag alone.</summary>
/// <remarks>
/// Each encoding says where it ends, so rows of as many columns share their bytes only when they share every value. Lengths
/// are of fixed width, since text from UTF-16 has none until it has been written.
/// </remarks>
internal static class CanonicalBytes
{
    /// <summary>The most bytes of a value that are written themselves; of a longer one its SHA-256 is.</summary>
    public const int LongestWhole = ushort.MaxValue;

    private const int Header = 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Null(RowBuffer row)
    {
        row.Reserve(1)[0] = (byte)Tag.Null;
        row.Advance(1);
    }

    /// <summary>Writes bytes of any length.</summary>
    /// <param name="tag"><see cref="Tag.Text"/>, <see cref="Tag.Binary"/>, or a tag whose bytes are always few.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(RowBuffer row, Tag tag, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LongestWhole)
        {
            WriteLong(row, tag, bytes);
            return;
        }
        var span = row.Reserve(Header + bytes.Length);
        bytes.CopyTo(span[Header..]);
        Finish(row, span, tag, bytes.Length);
    }

    /// <summary>Writes text; whole, or in pieces when it is long.</summary>
    public static void Text(RowBuffer row, ReadOnlySpan<char> utf16)
    {
        if (utf16.Length > LongestWhole / GeneralisedUtf8.BytesPerUnit)
        {
            LongText(row, utf16);
            return;
        }
        var span = row.Reserve(Header + (utf16.Length * GeneralisedUtf8.BytesPerUnit));
        Finish(row, span, Tag.Text, GeneralisedUtf8.Write(utf16, span[Header..]));
    }

    /// <summary>Writes what stands for a value longer than <see cref="LongestWhole"/>: its length and its hash.</summary>
    /// <param name="tag"><see cref="Tag.LongText"/>, <see cref="Tag.LongBinary"/> or <see cref="Tag.LongNumber"/>.</param>
    /// <param name="length">Bytes that were hashed.</param>
    /// <param name="sha256">Their SHA-256.</param>
    public static void WriteLong(RowBuffer row, Tag tag, long length, ReadOnlySpan<byte> sha256)
    {
        var span = row.Reserve(Header + sizeof(long) + SHA256.HashSizeInBytes);
        BinaryPrimitives.WriteInt64BigEndian(span[Header..], length);
        sha256.CopyTo(span[(Header + sizeof(long))..]);
        Finish(row, span, tag, sizeof(long) + SHA256.HashSizeInBytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Integer(RowBuffer row, long value) => Counted(row, Tag.Integer, value);

    /// <summary>The number <paramref name="mantissa"/> / 10^<paramref name="scale"/>, without the zeros its fraction ends in.</summary>
    public static void Number(RowBuffer row, Int128 mantissa, int scale)
    {
        if (mantissa == (long)mantissa)
        {
            Number(row, (long)mantissa, scale);
            return;
        }
        while (scale > 0)
        {
            var (quotient, digit) = Int128.DivRem(mantissa, 10);
            if (digit != 0)
                break;
            (mantissa, scale) = (quotient, scale - 1);
        }
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt128BigEndian(bytes, mantissa);
        var redundant = 0;
        while (redundant < 15 && (sbyte)bytes[redundant] == (sbyte)bytes[redundant + 1] >> 7)
            redundant++;
        Scaled(row, bytes[redundant..], scale);
    }

    /// <inheritdoc cref="Number(RowBuffer, Int128, int)"/>
    public static void Number(RowBuffer row, long mantissa, int scale)
    {
        while (scale > 0 && mantissa % 10 == 0)
            (mantissa, scale) = mantissa == 0 ? (0, 0) : (mantissa / 10, scale - 1);
        if (scale == 0)
        {
            Integer(row, mantissa);
            return;
        }
        var span = row.Reserve(Header + 2 + sizeof(long));
        BinaryPrimitives.WriteUInt16BigEndian(span[Header..], (ushort)scale);
        Finish(row, span, Tag.Decimal, 2 + Shortest(span[(Header + 2)..], mantissa));
    }

    /// <inheritdoc cref="Number(RowBuffer, Int128, int)"/>
    public static void Number(RowBuffer row, BigInteger mantissa, int scale)
    {
        while (scale > 0)
        {
            var quotient = BigInteger.DivRem(mantissa, 10, out var digit);
            if (!digit.IsZero)
                break;
            (mantissa, scale) = (quotient, mantissa.IsZero ? 0 : scale - 1);
        }
        Scaled(row, mantissa.ToByteArray(isUnsigned: false, isBigEndian: true), scale);
    }

    public static void Float(RowBuffer row, double value)
    {
        var span = row.Reserve(Header + sizeof(double));
        // One NaN stands for all: engines differ in the bits of theirs, and to nobody do they mean different things.
        BinaryPrimitives.WriteDoubleBigEndian(span[Header..], double.IsNaN(value) ? double.NaN : value);
        Finish(row, span, Tag.Float, sizeof(double));
    }

    public static void Single(RowBuffer row, float value)
    {
        var span = row.Reserve(Header + sizeof(float));
        BinaryPrimitives.WriteSingleBigEndian(span[Header..], float.IsNaN(value) ? float.NaN : value);
        Finish(row, span, Tag.Single, sizeof(float));
    }

    public static void Boolean(RowBuffer row, bool value)
    {
        var span = row.Reserve(Header + 1);
        span[Header] = value ? (byte)1 : (byte)0;
        Finish(row, span, Tag.Boolean, 1);
    }

    /// <summary>A count of units, which the tag implies.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Counted(RowBuffer row, Tag tag, long count)
    {
        var span = row.Reserve(Header + sizeof(long));
        Finish(row, span, tag, Shortest(span[Header..], count));
    }

    /// <summary>A moment and the offset it was written with, as <c>datetimeoffset</c> keeps both.</summary>
    /// <param name="utcTicks">100 ns since 0001-01-01 in UTC.</param>
    /// <param name="offsetMinutes">What local clocks were ahead of UTC; a whole number of minutes in [-840, 840].</param>
    public static void MomentWithOffset(RowBuffer row, long utcTicks, int offsetMinutes)
    {
        var span = row.Reserve(Header + 2 + sizeof(long));
        BinaryPrimitives.WriteInt16BigEndian(span[Header..], (short)offsetMinutes);
        Finish(row, span, Tag.MomentWithOffset, 2 + Shortest(span[(Header + 2)..], utcTicks));
    }

    private static void LongText(RowBuffer row, ReadOnlySpan<char> utf16)
    {
        const int Units = 4096;
        Span<byte> piece = stackalloc byte[Units * GeneralisedUtf8.BytesPerUnit];
        row.Long.Begin(isText: true, isTrimmed: false);
        while (!utf16.IsEmpty)
        {
            var units = GeneralisedUtf8.WholePairs(utf16, Units);
            row.Long.Add(piece[..GeneralisedUtf8.Write(utf16[..units], piece)]);
            utf16 = utf16[units..];
        }
        row.Long.End(row);
    }

    private static void WriteLong(RowBuffer row, Tag tag, ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        var longTag = tag switch
        {
            Tag.Text => Tag.LongText,
            Tag.Binary => Tag.LongBinary,
            _ => Tag.LongNumber,
        };
        WriteLong(row, longTag, bytes.Length, hash);
    }

    private static void Scaled(RowBuffer row, ReadOnlySpan<byte> mantissa, int scale)
    {
        if (scale == 0 && mantissa.Length <= LongestWhole)
        {
            Write(row, Tag.Integer, mantissa);
            return;
        }
        // A long whole number has its scale too, so that the hash of no other number is its own.
        var whole = new byte[2 + mantissa.Length];
        BinaryPrimitives.WriteUInt16BigEndian(whole, (ushort)scale);
        mantissa.CopyTo(whole.AsSpan(2));
        Write(row, Tag.Decimal, whole);
    }

    // The fewest bytes of two's complement, high byte first; so much of the room is written that the rest is overwritten later.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Shortest(Span<byte> span, long value)
    {
        var bits = 65 - BitOperations.LeadingZeroCount((ulong)(value ^ (value >> 63)));
        var bytes = (bits + 7) >> 3;
        BinaryPrimitives.WriteInt64BigEndian(span, value << (64 - (8 * bytes)));
        return bytes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(RowBuffer row, Span<byte> span, Tag tag, int length)
    {
        span[0] = (byte)tag;
        BinaryPrimitives.WriteUInt16BigEndian(span[1..], (ushort)length);
        row.Advance(Header + length);
    }
}
