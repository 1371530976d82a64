using System.Buffers.Binary;
using System.Text;

namespace MigrationGuard.Tests.Retention.BackupHeaders;

/// <summary>Writes a block of the tape format, field by field.</summary>
internal sealed class MtfBlockBuilder
{
    private readonly byte[] _bytes;
    private readonly byte _stringType;
    private int _free;

    /// <param name="textsAt">Where the block's fixed fields end, and its texts begin.</param>
    public MtfBlockBuilder(string type, int bytes, int textsAt, byte stringType = 2)
    {
        _bytes = new byte[bytes];
        _free = textsAt;
        _stringType = stringType;
        Encoding.ASCII.GetBytes(type, _bytes);
        _bytes[10] = 0x0E;
        _bytes[11] = 1;
        _bytes[48] = stringType;
    }

    public MtfBlockBuilder U8(int at, int value)
    {
        _bytes[at] = (byte)value;
        return this;
    }

    public MtfBlockBuilder U16(int at, int value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(at), (ushort)value);
        return this;
    }

    public MtfBlockBuilder U32(int at, uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(at), value);
        return this;
    }

    public MtfBlockBuilder U64(int at, ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(at), value);
        return this;
    }

    public MtfBlockBuilder Put(int at, ReadOnlySpan<byte> value)
    {
        value.CopyTo(_bytes.AsSpan(at));
        return this;
    }

    public MtfBlockBuilder Guid(int at, Guid value) => Put(at, value.ToByteArray());

    public MtfBlockBuilder Date(int at, DateTime date) =>
        RawDate(at, date.Year, date.Month, date.Day, date.Hour, date.Minute, date.Second);

    public MtfBlockBuilder RawDate(int at, int year, int month, int day, int hour, int minute, int second)
    {
        var bits = (ulong)year << 26 | (ulong)month << 22 | (ulong)day << 17 | (ulong)hour << 12 | (ulong)minute << 6 | (uint)second;
        for (var i = 0; i < 5; i++)
            _bytes[at + i] = (byte)(bits >> 32 - 8 * i);
        return this;
    }

    /// <summary>A text behind those before it, and the pointer to it, counted from <paramref name="origin"/>.</summary>
    public MtfBlockBuilder Text(int pointerAt, string text, int origin = 0)
    {
        var bytes = (_stringType == 1 ? Encoding.Latin1 : Encoding.Unicode).GetBytes(text);
        U16(pointerAt, bytes.Length).U16(pointerAt + 2, _free - origin).Put(_free, bytes);
        _free += bytes.Length;
        return this;
    }

    /// <summary>Where the first stream may begin: behind the texts, on a multiple of 4.</summary>
    public int StreamAt() => _free + 3 & ~3;

    /// <summary>The block, with the checksum that belongs to it.</summary>
    public byte[] Seal()
    {
        Seal(_bytes);
        return _bytes;
    }

    public static void Seal(Span<byte> block)
    {
        ushort sum = 0;
        for (var at = 0; at < 50; at += 2)
            sum ^= BinaryPrimitives.ReadUInt16LittleEndian(block[at..]);
        BinaryPrimitives.WriteUInt16LittleEndian(block[50..], sum);
    }
}
