using System.Formats.Asn1;

namespace MigrationGuard.Evidence.Checking;

/// <summary>Whether bytes are one DER value, written in the only way there is (X.690, section 10).</summary>
/// <remarks>What can be written in two ways can be changed unseen: BER takes lengths of several spellings and bytes after the end.</remarks>
internal static class StrictDer
{
    private const int MostDepth = 100;

    public static bool Holds(ReadOnlySpan<byte> encoded)
    {
        try
        {
            return Take(encoded, 0) == encoded.Length;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    /// <summary>Whether it is a SignedData that does not carry what it signs (RFC 5652, section 5.2).</summary>
    public static bool IsDetached(ReadOnlyMemory<byte> signature)
    {
        try
        {
            var content = new AsnReader(signature, AsnEncodingRules.DER).ReadSequence();
            _ = content.ReadObjectIdentifier();
            var signed = content.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
            _ = signed.ReadInteger();
            _ = signed.ReadEncodedValue();
            var encapsulated = signed.ReadSequence();
            _ = encapsulated.ReadObjectIdentifier();
            return !encapsulated.HasData;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private static int Take(ReadOnlySpan<byte> encoded, int depth)
    {
        if (depth > MostDepth)
            throw new AsnContentException("Too deep.");
        var tag = AsnDecoder.ReadEncodedValue(encoded, AsnEncodingRules.DER, out var offset, out var length, out var consumed);
        if (tag.IsConstructed)
        {
            for (var rest = encoded.Slice(offset, length); rest.Length > 0;)
                rest = rest[Take(rest, depth + 1)..];
        }
        return consumed;
    }
}
