using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MigrationGuard.Configuration;
using MigrationGuard.Evidence;
using MigrationGuard.Evidence.Seals;
using MigrationGuard.Ledger.Checkpoints;

namespace MigrationGuard.Anchors;

/// <summary>Who signs checkpoints now, and who did before.</summary>
/// <param name="Current">The certificate that signs now; with its private key only where it is to sign.</param>
/// <param name="Earlier">Certificates that signed before.</param>
internal sealed record CheckpointSigners(X509Certificate2 Current, IReadOnlyList<X509Certificate2> Earlier) : IDisposable
{
    /// <summary>Whether one of them signed a checkpoint.</summary>
    /// <remarks>Their validity in time is not asked for: what was signed while a certificate held stays signed when it has run out.</remarks>
    public bool Trust(SignedCheckpoint checkpoint) => Earlier.Prepend(Current).Any(checkpoint.IsSignedBy);

    /// <summary>Those that checkpoints are held against, without a private key.</summary>
    /// <exception cref="EvidenceException">The certificate that packs and checkpoints are signed with cannot be read.</exception>
    /// <exception cref="ConfigurationException">The file of earlier signers cannot be used.</exception>
    public static async Task<CheckpointSigners> ToVerifyAsync(LoadedConfiguration configuration, ProgramContext context, CancellationToken cancellationToken)
    {
        var earlier = ReadEarlier(configuration.Options.Checkpoints, configuration.Directory);
        return new CheckpointSigners(await SignerSource.ReadCertificateAsync(configuration.Options.Evidence.Signer, configuration.Directory, context.Time, cancellationToken), earlier);
    }

    /// <summary>Those that checkpoints are held against and the next is signed with.</summary>
    /// <exception cref="EvidenceException">The certificate that packs and checkpoints are signed with cannot be used.</exception>
    /// <exception cref="ConfigurationException">The file of earlier signers cannot be used.</exception>
    public static async Task<CheckpointSigners> OfAsync(LoadedConfiguration configuration, ProgramContext context, CancellationToken cancellationToken)
    {
        var earlier = ReadEarlier(configuration.Options.Checkpoints, configuration.Directory);
        using var signer = await SignerSource.OpenAsync(configuration.Options.Evidence.Signer, configuration.Directory, context.Time, cancellationToken);
        return new CheckpointSigners(signer.Copy(), earlier);
    }

    public void Dispose()
    {
        Current.Dispose();
        foreach (var certificate in Earlier)
            certificate.Dispose();
    }

    private static X509Certificate2[] ReadEarlier(CheckpointOptions options, string baseDirectory)
    {
        if (options.EarlierSigners is not { } file)
            return [];
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPemFile(Path.GetFullPath(file, baseDirectory));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new ConfigurationException("Checkpoints:EarlierSigners", $"cannot be read: {e.Message.ReplaceLineEndings(" ")}", "Name a PEM file of certificates that this account may read.");
        }
        return certificates.Count > 0
            ? [.. certificates]
            : throw new ConfigurationException("Checkpoints:EarlierSigners", "holds no certificate.", "Put the earlier signers' certificates into it, in PEM.");
    }
}
