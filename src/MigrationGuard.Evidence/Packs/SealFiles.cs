using System.Security.Cryptography;
using System.Text;
using MigrationGuard.Evidence.Seals;

namespace MigrationGuard.Evidence.Packs;

/// <summary>The files below <c>signatures/</c>.</summary>
internal static class SealFiles
{
    /// <summary>What stands there for a signature and what became of its stamp, in the order to be written.</summary>
    /// <param name="signer">The signer's certificates as PEM.</param>
    public static IReadOnlyList<KeyValuePair<string, byte[]>> Of(byte[] signature, string signer, StampOutcome stamp)
    {
        List<KeyValuePair<string, byte[]>> files = [new(PackLayout.Signature, signature), new(PackLayout.SignerCertificates, Encoding.ASCII.GetBytes(signer))];
        switch (stamp)
        {
            case StampOutcome.Stamped stamped:
                files.Add(new(PackLayout.Stamp, stamped.Response));
                files.Add(new(PackLayout.AuthorityCertificates, Encoding.ASCII.GetBytes(stamped.Certificates)));
                break;
            case StampOutcome.Pending pending:
                files.Add(new(PackLayout.StampPending, Encoding.UTF8.GetBytes(
                    $"This signature has no time stamp yet: {pending.Authority} {pending.Reason}\nTo get one: migrationguard evidence stamp PACK\n")));
                break;
        }
        files.Add(new(PackLayout.SignatureSums, Sums(files)));
        return files;
    }

    /// <summary>The sums of the files beside <see cref="PackLayout.SignatureSums"/>, as <c>sha512sum</c> reads them from the pack's root.</summary>
    public static byte[] Sums(IEnumerable<KeyValuePair<string, byte[]>> files) => BagText.Manifest(
        files.Where(file => file.Key != PackLayout.SignatureSums)
            .Select(file => KeyValuePair.Create(file.Key, new FileDigest(Convert.ToHexStringLower(SHA512.HashData(file.Value)), file.Value.Length))));
}
