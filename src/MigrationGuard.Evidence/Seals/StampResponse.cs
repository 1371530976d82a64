using System.Formats.Asn1;
using System.Security.Cryptography.Pkcs;

namespace MigrationGuard.Evidence.Seals;

/// <summary>A whole TimeStampResp (RFC 3161, section 2.4.2), as authorities answer and <c>openssl ts</c> reads.</summary>
internal static class StampResponse
{
    /// <summary>The token in a response that grants one; null when it grants none, or is not a response from its first byte to its last.</summary>
    public static Rfc3161TimestampToken? TokenOf(byte[] response)
    {
        try
        {
            var reader = new AsnReader(response, AsnEncodingRules.BER);
            var content = reader.ReadSequence();
            reader.ThrowIfNotEmpty();
            // granted, or grantedWithMods.
            if (!content.ReadSequence().TryReadInt32(out var status) || status is not (0 or 1) || !content.HasData)
                return null;
            var token = content.ReadEncodedValue();
            content.ThrowIfNotEmpty();
            return Rfc3161TimestampToken.TryDecode(token, out var decoded, out var consumed) && consumed == token.Length ? decoded : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
