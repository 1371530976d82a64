using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MigrationGuard.Evidence.Packs;

namespace MigrationGuard.Evidence.Seals;

/// <summary>The certificate that packs are signed with where none is configured: made on first use, and good for trying things out.</summary>
internal static class DevelopmentCertificate
{
    public const string FileName = "migrationguard-development-signer.pfx";

    /// <summary>What it is called, so that nobody takes it for more than it is.</summary>
    public const string Subject = "CN=MigrationGuard development certificate (proves nobody)";

    private const int Years = 5;

    /// <param name="directory">Where it is kept: beside the configuration.</param>
    /// <exception cref="EvidenceException">It cannot be kept there, or read.</exception>
    public static async Task<SigningCertificate> OpenAsync(string directory, TimeProvider time, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, FileName);
        try
        {
            if (!File.Exists(path))
                await MakeAsync(path, time.GetUtcNow(), cancellationToken);
            // Whoever made it: of two processes that begin at once, both sign with the one that is kept.
            return SignerSource.FromPfx(path, await File.ReadAllBytesAsync(path, cancellationToken), password: null, isDevelopment: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EvidenceException(path, $"cannot hold the development certificate: {e.Message}", "Configure Evidence:Signer, or let this account write beside the configuration.", e);
        }
    }

    private static async Task MakeAsync(string path, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var unfinished = path + "." + Path.GetRandomFileName() + ".unfinished";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using (var file = new FileStream(unfinished, options))
            {
                await file.WriteAsync(Pfx(now), cancellationToken);
                file.Flush(flushToDisk: true);
            }
            DiskDurability.MoveNew(unfinished, path);
            DiskDurability.FlushDirectory(Path.GetDirectoryName(path)!);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was first.
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static byte[] Pfx(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddYears(Years));
        return certificate.Export(X509ContentType.Pfx);
    }
}
