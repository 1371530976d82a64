using System.Security.Cryptography;
using System.Text;

namespace MigrationGuard.Verification.Fingerprints;

/// <summary>The key under which the rows of one entity of one comparison are digested.</summary>
/// <remarks>
/// Every entity has its own, so that equal rows of two tables do not show as equal digests. It depends on the names alone, so
/// that the fingerprints of two runs can be held against each other.
/// </remarks>
public static class ComparisonKey
{
    /// <summary>HMAC-SHA256, under the project's key, of "comparison", the comparison's name and the entity's, a zero byte between them.</summary>
    /// <returns>32 bytes.</returns>
    public static byte[] Of(ReadOnlySpan<byte> projectKey, string comparison, string entity) =>
        HMACSHA256.HashData(projectKey, Encoding.UTF8.GetBytes($"comparison\0{comparison}\0{entity}"));
}
