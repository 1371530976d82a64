using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Retention.Records;

/// <summary>Takes one column of a key, as bytes that are the same on every engine for the same value.</summary>
/// <param name="exact">What the value's bytes are added to.</param>
/// <param name="loose">The same for text as a collation may take it: without case, accents and spaces at its end.</param>
internal sealed class KeySink(KeyKind kind, ArrayBufferWriter<byte> exact, ArrayBufferWriter<byte> loose) : NarrowSink
{
    private const int NumberBytes = 16;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether the value last taken was none that can be compared, NULL included.</summary>
    public bool IsUnclear { get; private set; }

    public void Begin() => IsUnclear = false;

    public override void Null() => Other();

    public override void Integer(long value) => Decimal(value, 0);

    public override void Decimal(Int128 mantissa, int scale)
    {
        if (kind != KeyKind.Number)
        {
            Other();
            return;
        }
        for (; scale > 0 && mantissa % 10 == 0; scale--)
            mantissa /= 10;
        Span<byte> bytes = stackalloc byte[NumberBytes + 1];
        BinaryPrimitives.WriteInt128BigEndian(bytes, mantissa);
        bytes[NumberBytes] = (byte)scale;
        Add(bytes, bytes);
    }

    public override void BigDecimal(BigInteger mantissa, int scale) => Other();

    public override void Uuid(ReadOnlySpan<byte> bytes)
    {
        if (kind == KeyKind.Uuid)
            Add(bytes, bytes);
        else
            Other();
    }

    public override void Text(ReadOnlySpan<byte> utf8)
    {
        try
        {
            Text(Utf8.GetString(utf8).AsSpan());
        }
        catch (DecoderFallbackException)
        {
            Other();
        }
    }

    public override void Text(ReadOnlySpan<char> utf16)
    {
        switch (kind)
        {
            case KeyKind.Uuid when UuidText.TryRead(utf16, out var uuid):
                Span<byte> bytes = stackalloc byte[16];
                uuid.TryWriteBytes(bytes, bigEndian: true, out _);
                Add(bytes, bytes);
                break;
            case KeyKind.Text:
                AddText(utf16.ToString());
                break;
            case KeyKind.PaddedText:
                AddText(utf16.TrimEnd(' ').ToString());
                break;
            default:
                Other();
                break;
        }
    }

    protected override void Other() => IsUnclear = true;

    private void AddText(string text)
    {
        try
        {
            Add(Utf8.GetBytes(text), Utf8.GetBytes(Loosened(text)));
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair: what it is another engine could not say either.
            Other();
        }
    }

    /// <summary>Text as a collation may take it: without case, accents and spaces at its end.</summary>
    /// <exception cref="ArgumentException">It is no valid Unicode.</exception>
    internal static string Loosened(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var character in text.Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark)
                plain.Append(char.ToUpperInvariant(character));
        }
        return plain.ToString().TrimEnd();
    }

    // With its length before it, so that no two keys of several columns run into one.
    private void Add(ReadOnlySpan<byte> exactly, ReadOnlySpan<byte> loosely)
    {
        AddTo(exact, exactly);
        AddTo(loose, loosely);
    }

    private static void AddTo(ArrayBufferWriter<byte> writer, ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(writer.GetSpan(sizeof(int)), bytes.Length);
        writer.Advance(sizeof(int));
        writer.Write(bytes);
    }
}
