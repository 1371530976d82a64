using System.Security.Cryptography;

namespace MigrationGuard.Retention.FileStores;

/// <summary>The kinds of hash that stores record of contents.</summary>
internal enum HashKind
{
    Sha256,
    Md5,
}

/// <summary>A hash of a content.</summary>
/// <param name="Hex">In lower case.</param>
internal readonly record struct ContentHash(HashKind Kind, string Hex)
{
    private const char Separator = ':';

    /// <summary>Reads <c>sha256:</c> or <c>md5:</c> followed by hex or base64, or hex alone whose length says what it is; null where it is none of these.</summary>
    public static ContentHash? Parse(string text)
    {
        var at = text.IndexOf(Separator, StringComparison.Ordinal);
        if (at < 0)
            return Bare(text.Trim());
        HashKind? kind = text[..at].Trim().ToUpperInvariant() switch
        {
            "SHA256" => HashKind.Sha256,
            "MD5" => HashKind.Md5,
            _ => null,
        };
        return kind is { } known && Bytes(text[(at + 1)..].Trim(), Length(known)) is { } bytes ? Of(known, bytes) : null;
    }

    public static ContentHash Of(HashKind kind, ReadOnlySpan<byte> bytes) => new(kind, Convert.ToHexStringLower(bytes));

    public static HashAlgorithmName Algorithm(HashKind kind) => kind == HashKind.Md5 ? HashAlgorithmName.MD5 : HashAlgorithmName.SHA256;

    private static ContentHash? Bare(string hex) =>
        new HashKind?[] { HashKind.Sha256, HashKind.Md5 }.FirstOrDefault(kind => hex.Length == 2 * Length(kind!.Value)) is { } kind && Bytes(hex, Length(kind)) is { } bytes ? Of(kind, bytes) : null;

    private static int Length(HashKind kind) => kind == HashKind.Md5 ? MD5.HashSizeInBytes : SHA256.HashSizeInBytes;

    private static byte[]? Bytes(string text, int length)
    {
        // Hex of either length cannot be base64 of the same length: it is longer than that by half.
        if (text.Length == 2 * length)
            return text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : null;
        var bytes = new byte[length];
        return Convert.TryFromBase64String(text, bytes, out var written) && written == length ? bytes : null;
    }
}
