using System.Buffers.Binary;
using System.Text;

namespace MigrationGuard.Retention.BackupHeaders;

/// <summary>A descriptor block of the Microsoft Tape Format, from its first byte to where the next begins or the bytes read end.</summary>
/// <param name="place">Where its first byte is.</param>
/// <param name="fileLength">The file's length where the bytes end because the file does: what is missing behind them was cut off. Otherwise null.</param>
/// <remarks>Every access is checked, since nothing in a file can be relied upon: what leads out of the block is damage, never an exception of an index.</remarks>
internal readonly ref struct MtfBlock(ReadOnlySpan<byte> bytes, Place place, long? fileLength)
{
    /// <summary>Blocks begin on multiples of this.</summary>
    public const int Alignment = 512;

    /// <summary>A stream's type, attributes, length and checksum, before its data.</summary>
    public const int StreamHeaderBytes = 22;

    private const int CommonHeaderBytes = 52;
    private const int FirstStreamAt = 8;
    private const int StringTypeAt = 48;
    private const int ChecksumAt = 50;

    /// <summary>More than any name that SQL Server lets anybody give.</summary>
    private const int MostStringBytes = 2048;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly long? _fileLength = fileLength;

    public Place Place { get; } = place;

    /// <summary>Where the data after the fixed fields begin, from the block's start.</summary>
    public int FirstStream => U16(FirstStreamAt);

    public bool Is(ReadOnlySpan<byte> type) => _bytes.StartsWith(type);

    /// <summary>Whether it is of the type and its checksum holds.</summary>
    public bool IsValid(ReadOnlySpan<byte> type) => Is(type) && _bytes.Length >= CommonHeaderBytes && ChecksumHolds;

    /// <exception cref="UnreadHeaderException">It is not of the type, or its checksum is wrong.</exception>
    public MtfBlock Checked(ReadOnlySpan<byte> type)
    {
        _ = Slice(0, CommonHeaderBytes);
        if (!Is(type))
            throw UnreadHeaderException.Damaged(Place, $"the block {Encoding.ASCII.GetString(type)} that belongs there is not there.");
        return ChecksumHolds ? this : throw UnreadHeaderException.Damaged(Place, "the block's checksum is wrong.");
    }

    /// <summary>The bytes from an offset on, as a block or record of its own.</summary>
    public MtfBlock From(int offset) => new(_bytes[Math.Min(offset, _bytes.Length)..], Place + offset, _fileLength);

    /// <summary>No more than so many bytes: what lies behind them belongs to something else.</summary>
    public MtfBlock First(int length) => length < _bytes.Length ? new(_bytes[..length], Place, null) : this;

    /// <summary>Where the next block of a type begins.</summary>
    /// <exception cref="UnreadHeaderException">None begins among these bytes.</exception>
    public int OffsetOfNext(ReadOnlySpan<byte> type)
    {
        for (var at = Alignment; at < _bytes.Length; at += Alignment)
        {
            if (_bytes[at..].StartsWith(type))
                return at;
        }
        throw Missing($"no block {Encoding.ASCII.GetString(type)} follows.");
    }

    public ReadOnlySpan<byte> Slice(int offset, int length) => offset >= 0 && offset <= _bytes.Length - length
        ? _bytes.Slice(offset, length)
        : throw Missing(FormattableString.Invariant($"what it has {offset} bytes further lies outside of it."));

    public byte U8(int offset) => Slice(offset, sizeof(byte))[0];

    public ushort U16(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(offset, sizeof(ushort)));

    public uint U32(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(Slice(offset, sizeof(uint)));

    public ulong U64(int offset) => BinaryPrimitives.ReadUInt64LittleEndian(Slice(offset, sizeof(ulong)));

    public Guid Guid(int offset) => new(Slice(offset, 16));

    public MtfStringType StringType => (MtfStringType)U8(StringTypeAt);

    /// <summary>The text that a pointer leads to; empty where it leads nowhere.</summary>
    public string Text(int pointerAt) => Text(pointerAt, StringType);

    /// <summary>The text that a pointer leads to, counted from here, spelt as the block around it says.</summary>
    /// <remarks>
    /// ANSI is a code page of the server's that the file does not name; Latin-1 has its ASCII. SQL Server itself writes UTF-16.
    /// </remarks>
    public string Text(int pointerAt, MtfStringType type)
    {
        int length = U16(pointerAt), offset = U16(pointerAt + sizeof(ushort));
        if (length == 0 || type == MtfStringType.None)
            return "";
        if (length > MostStringBytes)
            throw UnreadHeaderException.Damaged(Place + pointerAt, "the text there is longer than any name can be.");
        var text = Slice(offset, length);
        return type switch
        {
            MtfStringType.Ansi => Encoding.Latin1.GetString(text).TrimEnd('\0'),
            MtfStringType.Utf16 when length % sizeof(char) == 0 => Encoding.Unicode.GetString(text).TrimEnd('\0'),
            MtfStringType.Utf16 => throw UnreadHeaderException.Damaged(Place + pointerAt, "the text there has half a character."),
            _ => throw UnreadHeaderException.Damaged(Place + pointerAt, "the text there is of an unknown type."),
        };
    }

    private UnreadHeaderException Missing(string problem) => _fileLength is { } length
        ? UnreadHeaderException.Truncated(length, "within its header")
        : UnreadHeaderException.Damaged(Place, problem);

    private bool ChecksumHolds
    {
        get
        {
            ushort sum = 0;
            for (var at = 0; at < ChecksumAt; at += sizeof(ushort))
                sum ^= BinaryPrimitives.ReadUInt16LittleEndian(_bytes[at..]);
            return sum == BinaryPrimitives.ReadUInt16LittleEndian(_bytes[ChecksumAt..]);
        }
    }
}

/// <summary>How a block's texts are spelt.</summary>
internal enum MtfStringType : byte
{
    None = 0,
    Ansi = 1,
    Utf16 = 2,
}
