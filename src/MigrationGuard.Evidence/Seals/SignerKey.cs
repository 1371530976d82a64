using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MigrationGuard.Evidence.Seals;

/// <summary>The keys that seals may be made with.</summary>
internal static class SignerKey
{
    private const string P256 = "1.2.840.10045.3.1.7";
    private const int LeastRsaBits = 2048;

    /// <summary>What is wrong with a certificate's key, the end of a sentence; null when it is ECDSA P-256, or RSA of 2048 bits or more.</summary>
    public static string? ProblemWith(X509Certificate2 certificate)
    {
        try
        {
            using var rsa = certificate.GetRSAPublicKey();
            if (rsa is not null)
                return rsa.KeySize >= LeastRsaBits ? null : string.Create(CultureInfo.InvariantCulture, $"holds an RSA key of {rsa.KeySize} bits, which is too short.");
            using var ecdsa = certificate.GetECDsaPublicKey();
            if (ecdsa is null)
                return $"holds a key that is neither ECDSA nor RSA ({certificate.PublicKey.Oid.Value}).";
            var curve = ecdsa.ExportParameters(includePrivateParameters: false).Curve;
            return curve.IsNamed && (curve.Oid.Value == P256 || curve.Oid.FriendlyName is "nistP256" or "ECDSA_P256")
                ? null
                : $"holds an ECDSA key on {curve.Oid?.FriendlyName ?? "a curve of its own"}, and not on P-256.";
        }
        catch (CryptographicException e)
        {
            return $"holds a key that cannot be read: {e.Message}";
        }
    }
}
