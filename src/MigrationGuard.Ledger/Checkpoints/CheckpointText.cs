using System.Globalization;

namespace MigrationGuard.Ledger.Checkpoints;

/// <summary>Numbers and bytes as checkpoints hold them, which can be written in one way only.</summary>
internal static class CheckpointText
{
    /// <summary>A decimal number without sign or leading zeroes; null when the text is none.</summary>
    public static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == text ? number : null;

    /// <summary>Bytes in base64 (RFC 4648, section 4); null when the text is none, or another text stands for the same bytes.</summary>
    public static byte[]? Bytes(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var written) && Convert.ToBase64String(bytes, 0, written) == text ? bytes[..written] : null;
    }
}
