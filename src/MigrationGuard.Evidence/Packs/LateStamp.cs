using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Text;
using MigrationGuard.Evidence.Seals;

namespace MigrationGuard.Evidence.Packs;

/// <summary>Stamps the signature of a pack that was built without a stamp. Nothing that is signed changes: only <c>signatures/</c> does.</summary>
public static class LateStamp
{
    private const int MostSignatureBytes = 1024 * 1024;

    /// <param name="pack">The pack's folder.</param>
    /// <exception cref="EvidenceException">It is no pack, has a stamp already, or cannot be written to.</exception>
    public static async Task<StampOutcome> AddAsync(string pack, TimestampAuthority authority, CancellationToken cancellationToken)
    {
        if (File.Exists(pack))
            throw new EvidenceException(pack, "is a ZIP, which is never written to again.", "Unpack it, and stamp the folder.");
        try
        {
            var signature = await ReadAsync(pack, PackLayout.Signature, cancellationToken);
            RequireSignature(pack, await ReadAsync(pack, PackLayout.TagManifest, cancellationToken), signature);
            StampOutcome outcome = await ExistingAsync(pack, signature, cancellationToken) ?? await authority.StampAsync(signature, cancellationToken);
            if (outcome is StampOutcome.Stamped stamped)
                await WriteAsync(pack, signature, stamped, cancellationToken);
            return outcome;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EvidenceException(pack, e is FileNotFoundException or DirectoryNotFoundException ? $"is no whole pack: {e.Message}" : $"cannot be stamped: {e.Message}", "Name a pack's folder that this account may write to.", e);
        }
    }

    private static async Task<byte[]> ReadAsync(string pack, string file, CancellationToken cancellationToken)
    {
        var path = Path.Combine(pack, file);
        if (new FileInfo(path) is { Exists: true } found && (found.LinkTarget is not null || (file == PackLayout.Signature && found.Length > MostSignatureBytes)))
            throw new EvidenceException(path, "is not what a pack holds there.", "Verify the pack: migrationguard evidence verify");
        return await File.ReadAllBytesAsync(path, cancellationToken);
    }

    // A stamp of what does not hold would lend it a date.
    private static void RequireSignature(string pack, byte[] signed, byte[] signature)
    {
        try
        {
            var cms = new SignedCms(new ContentInfo(signed), detached: true);
            cms.Decode(signature);
            cms.CheckSignature(verifySignatureOnly: true);
        }
        catch (CryptographicException e)
        {
            throw new EvidenceException(pack, $"has a signature that does not hold: {e.Message}", "Verify the pack: migrationguard evidence verify", e);
        }
    }

    // A process that died in between has left a stamp without what belongs to it: then that is finished.
    private static async Task<StampOutcome.Stamped?> ExistingAsync(string pack, byte[] signature, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(pack, PackLayout.Stamp)))
            return null;
        if (!File.Exists(Path.Combine(pack, PackLayout.StampPending)))
            throw new EvidenceException(pack, "has a stamp already.", "A second one would say a later time, and prove less.");
        var response = await ReadAsync(pack, PackLayout.Stamp, cancellationToken);
        if (StampResponse.TokenOf(response) is { } token && token.VerifySignatureForData(signature, out _))
            return new StampOutcome.Stamped(token.TokenInfo.Timestamp, response, Encoding.ASCII.GetString(await ReadAsync(pack, PackLayout.AuthorityCertificates, cancellationToken)));
        throw new EvidenceException(pack, "has a stamp that does not hold.", "Verify the pack: migrationguard evidence verify");
    }

    // In such an order that a process that dies leaves what this can finish: what says that the stamp is missing goes last.
    private static async Task WriteAsync(string pack, byte[] signature, StampOutcome.Stamped stamped, CancellationToken cancellationToken)
    {
        var signer = Encoding.ASCII.GetString(await ReadAsync(pack, PackLayout.SignerCertificates, cancellationToken));
        var files = SealFiles.Of(signature, signer, stamped).ToDictionary(file => file.Key, file => file.Value, StringComparer.Ordinal);
        foreach (var file in new[] { PackLayout.AuthorityCertificates, PackLayout.Stamp, PackLayout.SignatureSums })
            Replace(Path.Combine(pack, file), files[file]);
        File.Delete(Path.Combine(pack, PackLayout.StampPending));
        DiskDurability.FlushDirectory(Path.Combine(pack, PackLayout.Signatures));
    }

    private static void Replace(string path, byte[] content)
    {
        var unfinished = path + "." + Path.GetRandomFileName() + ".unfinished";
        try
        {
            using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
