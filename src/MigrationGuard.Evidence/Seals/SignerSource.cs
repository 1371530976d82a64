using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MigrationGuard.Evidence.Seals;

/// <summary>Finds the certificate that packs are signed with, wherever the configuration says it is.</summary>
public static class SignerSource
{
    private const int WrongPassword = unchecked((int)0x80070056);

    /// <param name="options">At most one of PFX file, thumbprint and key vault; with none of them a development certificate.</param>
    /// <param name="baseDirectory">What files are relative to, and where the development certificate is.</param>
    /// <exception cref="EvidenceException">There is none that can sign; nothing has been written.</exception>
    public static async Task<SigningCertificate> OpenAsync(SignerOptions options, string baseDirectory, TimeProvider time, CancellationToken cancellationToken)
    {
        var signer = await FindAsync(options, baseDirectory, time, cancellationToken);
        try
        {
            signer.RequireUsable(time.GetUtcNow());
            return signer;
        }
        catch (EvidenceException)
        {
            signer.Dispose();
            throw;
        }
    }

    /// <summary>The certificate alone, without its private key and whether or not it is valid today: to verify what was signed with it.</summary>
    /// <param name="options">As for <see cref="OpenAsync"/>.</param>
    /// <param name="baseDirectory">What files are relative to, and where the development certificate is.</param>
    /// <exception cref="EvidenceException">It cannot be read.</exception>
    public static async Task<X509Certificate2> ReadCertificateAsync(SignerOptions options, string baseDirectory, TimeProvider time, CancellationToken cancellationToken)
    {
        using var signer = await FindAsync(options, baseDirectory, time, cancellationToken);
        return signer.PublicCopy();
    }

    private static async Task<SigningCertificate> FindAsync(SignerOptions options, string baseDirectory, TimeProvider time, CancellationToken cancellationToken) => options switch
    {
        { Pfx: { } pfx } => await FromFileAsync(Path.GetFullPath(pfx, baseDirectory), options.PfxPassword, cancellationToken),
        { Thumbprint: { } thumbprint } => FromStore(thumbprint, options),
        { KeyVault: { } vault, KeyVaultSecret: { } secret } => await KeyVaultCertificate.OpenAsync(new Uri(vault), secret, options.PfxPassword, cancellationToken),
        _ => await DevelopmentCertificate.OpenAsync(baseDirectory, time, cancellationToken),
    };

    /// <summary>The certificate in a PFX.</summary>
    /// <param name="place">Where it comes from, as errors name it.</param>
    internal static SigningCertificate FromPfx(string place, byte[] pfx, string? password, bool isDevelopment = false)
    {
        X509Certificate2Collection all;
        try
        {
            all = X509CertificateLoader.LoadPkcs12Collection(pfx, password, X509KeyStorageFlags.EphemeralKeySet);
        }
        catch (CryptographicException e) when (e.HResult == WrongPassword)
        {
            throw new EvidenceException(place, password is null ? "is protected by a password, and none is configured." : "has another password than the one configured.", "Set the environment variable MigrationGuard__Evidence__Signer__PfxPassword.", e);
        }
        catch (CryptographicException e)
        {
            throw new EvidenceException(place, $"is not a PKCS #12 (PFX) file that can be read: {e.Message}", "Export certificate and private key together, as PKCS #12.", e);
        }
        var own = all.Where(certificate => certificate.HasPrivateKey).ToList();
        if (own.Count != 1)
            throw new EvidenceException(place, own.Count == 0 ? "holds no private key." : "holds several private keys.", "Export one certificate with its private key, as PKCS #12.");
        all.Remove(own[0]);
        return new SigningCertificate(place, own[0], all, isDevelopment);
    }

    private static async Task<SigningCertificate> FromFileAsync(string path, string? password, CancellationToken cancellationToken)
    {
        byte[] pfx;
        try
        {
            pfx = await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EvidenceException(path, e is FileNotFoundException or DirectoryNotFoundException ? "is not there, though Evidence:Signer:Pfx names it." : $"cannot be read: {e.Message}", "Correct Evidence:Signer:Pfx, or the file.", e);
        }
        return FromPfx(path, pfx, password);
    }

    private static SigningCertificate FromStore(string thumbprint, SignerOptions options)
    {
        var place = $"Evidence:Signer:Thumbprint in {options.StoreLocation}/{options.StoreName}";
        try
        {
            using var store = new X509Store(options.StoreName, options.StoreLocation);
            store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            return store.Certificates.Find(X509FindType.FindByThumbprint, thumbprint, validOnly: false) is [var found, ..]
                ? new SigningCertificate(place, found, store.Certificates)
                : throw new EvidenceException(place, "names no certificate that is there.", "Import it with its private key, or correct StoreName, StoreLocation or Thumbprint.");
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException)
        {
            throw new EvidenceException(place, $"is a store that cannot be opened: {e.Message}", "Correct StoreName or StoreLocation, or let this account read it.", e);
        }
    }
}
