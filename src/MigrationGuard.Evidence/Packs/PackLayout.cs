using MigrationGuard.Evidence.Content;

namespace MigrationGuard.Evidence.Packs;

/// <summary>The names that every pack has in common (RFC 8493, and this program's own).</summary>
public static class PackLayout
{
    /// <summary>The version of the layout that this program writes, and the newest it can judge.</summary>
    public const int Version = 1;

    /// <summary>The line of <see cref="BagInfo"/> that holds the version.</summary>
    public const string VersionLabel = "MigrationGuard-Pack-Version";

    /// <summary>The line of <see cref="BagInfo"/> that holds the address of the authority that was to stamp the signature; left out where there was none.</summary>
    public const string AuthorityLabel = "Timestamp-Authority";

    /// <summary>The folder of the payload, with the slash.</summary>
    public const string Payload = "data/";

    public const string BagDeclaration = "bagit.txt";

    public const string BagInfo = "bag-info.txt";

    public const string Manifest = "manifest-sha512.txt";

    public const string TagManifest = "tagmanifest-sha512.txt";

    public const string ReadMe = "README-VERIFY.txt";

    /// <summary>The folder of what seals the tag manifest, and so is not listed in it; with the slash.</summary>
    public const string Signatures = "signatures/";

    /// <summary>The detached CMS signature of <see cref="TagManifest"/>, DER.</summary>
    public const string Signature = Signatures + TagManifest + ".p7s";

    /// <summary>The whole RFC 3161 response for <see cref="Signature"/>, DER.</summary>
    public const string Stamp = Signature + ".tsr";

    /// <summary>The signer's certificates, the signer's own first.</summary>
    public const string SignerCertificates = Signatures + "signer.pem";

    /// <summary>The time-stamping authority's certificates, its own first.</summary>
    public const string AuthorityCertificates = Signatures + "tsa.pem";

    /// <summary>Says why there is no stamp though there should be one.</summary>
    public const string StampPending = Signatures + "timestamp-pending.txt";

    /// <summary>SHA-512 of the files beside it, so that damage to them does not pass unseen.</summary>
    /// <remarks>It proves nothing against somebody who writes it anew, and need not: what is signed is.</remarks>
    public const string SignatureSums = Signatures + "checksums-sha512.txt";

    /// <summary>The lines of the chain that the pack carries.</summary>
    public const string Segment = PackPaths.AuditSegment;

    /// <summary>What entries of the segment were about: sequence number, salt and content of those that are not erased.</summary>
    public const string Payloads = Payload + "audit/payloads.jsonl";

    /// <summary>A signed note of the chain's size and Merkle root.</summary>
    public const string Checkpoint = PackPaths.AuditCheckpoint;

    /// <summary>The folder of the proofs that lines of the segment are in the tree of the checkpoint; with the slash.</summary>
    public const string Proofs = Payload + "audit/proofs/";

    /// <summary>Claims, and the files that show them.</summary>
    public const string Claims = PackPaths.Claims;

    /// <summary>The column of <see cref="Claims"/> that names a file of the pack, relative to its root; empty where there is none.</summary>
    public const string ClaimsFileColumn = "evidence_file";

    /// <summary>Every run of the scope, a line each.</summary>
    public const string Runs = PackPaths.Runs;

    /// <summary>The column of <see cref="Runs"/> that names the entry that ended the run, where what it said was erased; empty elsewhere.</summary>
    public const string RunsErasedColumn = "erased entry";

    /// <summary>The column of <see cref="Runs"/> that names the entry that records that erasure.</summary>
    public const string RunsErasureColumn = "erasure entry";

    /// <summary>The folder of what people stated; with the slash.</summary>
    public const string Attestations = Payload + "attestations/";

    /// <summary>All that may be in <see cref="Signatures"/>.</summary>
    public static readonly IReadOnlyList<string> SignatureFiles =
        [Signature, Stamp, SignerCertificates, AuthorityCertificates, StampPending, SignatureSums];
}
