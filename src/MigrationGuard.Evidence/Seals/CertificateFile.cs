using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MigrationGuard.Evidence.Seals;

/// <summary>Files of certificates as PEM.</summary>
public static class CertificateFile
{
    private const long MostBytes = 1024 * 1024;

    /// <exception cref="EvidenceException">It cannot be read, or holds no certificate.</exception>
    public static X509Certificate2Collection Read(string path)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MostBytes })
                throw new EvidenceException(path, "is too large for a file of certificates.", "Name a PEM file.");
            certificates.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new EvidenceException(path, $"cannot be read as certificates: {e.Message}", "Name a PEM file.", e);
        }
        return certificates.Count > 0 ? certificates : throw new EvidenceException(path, "holds no certificate.", "Name a PEM file with one; what begins with BEGIN CERTIFICATE.");
    }
}
