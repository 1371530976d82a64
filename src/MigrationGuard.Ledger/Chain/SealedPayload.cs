using System.Security.Cryptography;

namespace MigrationGuard.Ledger.Chain;

/// <summary>What an entry was about, kept apart from its line so that it can be erased.</summary>
/// <param name="Salt">32 random bytes, without which the hash in the line says nothing: not even a guess can be tried against it.</param>
/// <param name="Content">UTF-8 JSON.</param>
public sealed record SealedPayload(byte[] Salt, byte[] Content)
{
    // Most payloads are shorter, and are hashed without asking for memory.
    private const int MostOnStack = 1024;

    /// <summary>The content under a new salt.</summary>
    public static SealedPayload Seal(byte[] content) => new(RandomNumberGenerator.GetBytes(32), content);

    /// <summary>SHA-256 of the salt followed by the content, in lower-case hex.</summary>
    public string Hash
    {
        get
        {
            var length = Salt.Length + Content.Length;
            var sealedBytes = length <= MostOnStack ? stackalloc byte[length] : new byte[length];
            Salt.CopyTo(sealedBytes);
            Content.CopyTo(sealedBytes[Salt.Length..]);
            return EntryLine.HashOf(sealedBytes);
        }
    }
}
