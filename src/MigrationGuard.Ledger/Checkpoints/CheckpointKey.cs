using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Ledger.Checkpoints;

/// <summary>How a certificate's key signs checkpoints, and how a signature names it.</summary>
/// <remarks>
/// <para>An elliptic curve's key signs as C2SP signed notes' type 0x02: SHA-256, the signature in DER, as <c>openssl dgst -sha256
/// -verify</c> takes it; its id is the first four bytes of SHA-256 of the public key's SubjectPublicKeyInfo.</para>
/// <para>For RSA there is no type, and 0xff stands for whatever has none: PKCS #1 v1.5 with SHA-256, which the same command of
/// openssl takes. Its id is the first four bytes of SHA-256 of the key's name, a line feed, 0xff, <see cref="RsaType"/> and the
/// SubjectPublicKeyInfo.</para>
/// </remarks>
internal sealed class CheckpointKey(X509Certificate2 certificate)
{
    private const string RsaType = "migrationguard/rsa-pkcs1-sha256";
    private const int IdLength = 4;

    private static readonly byte[] RsaPrefix = [(byte)'\n', 0xff, .. Encoding.ASCII.GetBytes(RsaType)];

    /// <summary>The id of the key under a name; null when it is of a kind that signs no checkpoints.</summary>
    public byte[]? Id(string name)
    {
        var info = certificate.PublicKey.ExportSubjectPublicKeyInfo();
        using var curve = certificate.GetECDsaPublicKey();
        if (curve is not null)
            return SHA256.HashData(info)[..IdLength];
        using var rsa = certificate.GetRSAPublicKey();
        return rsa is null ? null : SHA256.HashData([.. Encoding.UTF8.GetBytes(name), .. RsaPrefix, .. info])[..IdLength];
    }

    /// <exception cref="LedgerException">The certificate cannot sign.</exception>
    public byte[] Sign(byte[] text)
    {
        try
        {
            using var curve = certificate.GetECDsaPrivateKey();
            if (curve is not null)
                return curve.SignData(text, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
            using var rsa = certificate.GetRSAPrivateKey();
            return rsa?.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) ?? throw Unfit("has no private key of a kind that signs checkpoints.", null);
        }
        catch (CryptographicException e)
        {
            throw Unfit("could not sign: " + e.Message.ReplaceLineEndings(" "), e);
        }
    }

    public bool Verifies(byte[] text, byte[] signature)
    {
        try
        {
            using var curve = certificate.GetECDsaPublicKey();
            if (curve is not null)
                return curve.VerifyData(text, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
            using var rsa = certificate.GetRSAPublicKey();
            return rsa?.VerifyData(text, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) ?? false;
        }
        catch (CryptographicException)
        {
            // What is no signature at all is none of this key either.
            return false;
        }
    }

    private LedgerException Unfit(string problem, Exception? cause) =>
        new($"Certificate {certificate.Subject}", problem, "Use one with an elliptic curve's key (P-256) or an RSA key, which this account may use.", cause);
}
