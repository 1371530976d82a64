using MigrationGuard.Evidence.Packs;

namespace MigrationGuard.Evidence.Checking;

/// <summary>What verifying a pack came to, on the whole.</summary>
public enum PackConclusion
{
    /// <summary>Nothing is wrong, and who signed it leads to a root that the reader trusts.</summary>
    Proven,

    /// <summary>Nothing is wrong, and who signed it is not shown: anybody can seal a changed pack again.</summary>
    SignerUnproven,

    /// <summary>Nothing is wrong as far as this version of the program can tell, and a newer one made it.</summary>
    NewerVersion,

    /// <summary>Something is wrong.</summary>
    Broken,
}

/// <summary>What verifying a pack came to.</summary>
/// <param name="Path">The folder or ZIP, in full.</param>
public sealed record PackReport(string Path)
{
    /// <summary>The pack's own name for itself; null where it has none.</summary>
    public string? Id { get; init; }

    /// <summary>The version of its layout; null where it says none.</summary>
    public int? Version { get; init; }

    /// <summary>Files that were hashed.</summary>
    public long Files { get; init; }

    /// <summary>Bytes that were hashed.</summary>
    public long Bytes { get; init; }

    /// <summary>What is wrong: the first of it, where there is very much.</summary>
    public IReadOnlyList<PackProblem> Problems { get; init; } = [];

    /// <summary>How many things are wrong, whether or not <see cref="Problems"/> holds them.</summary>
    public long ProblemCount { get; init; }

    /// <summary>What is not wrong, and the reader should know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Who signed it; null where no signature holds.</summary>
    public SignerFinding? Signer { get; init; }

    /// <summary>When it was stamped; null where no stamp holds.</summary>
    public StampFinding? Stamp { get; init; }

    /// <summary>Lines of the chain that it carries; null where it carries none.</summary>
    public AuditFinding? Audit { get; init; }

    public PackConclusion Conclusion => this switch
    {
        { ProblemCount: > 0 } => PackConclusion.Broken,
        { Version: not PackLayout.Version } => PackConclusion.NewerVersion,
        { Signer.IsProven: true } => PackConclusion.Proven,
        _ => PackConclusion.SignerUnproven,
    };
}

/// <summary>Something wrong with a pack.</summary>
/// <param name="File">The file concerned, relative to the pack's root.</param>
/// <param name="Problem">What is wrong, the end of a sentence that begins with the file.</param>
public sealed record PackProblem(string File, string Problem)
{
    public override string ToString() => $"{File}: {Problem}";
}

/// <summary>Who signed a pack.</summary>
/// <param name="SignedAt">When, by the signer's own word.</param>
/// <param name="IsDevelopment">Whether the certificate calls itself one that this program made for trying things out.</param>
/// <param name="IsProven">Whether the certificate leads to a root that the reader trusts.</param>
public sealed record SignerFinding(string Subject, string Sha256Thumbprint, DateTimeOffset SignedAt, bool IsDevelopment, bool IsProven);

/// <summary>When a signature was stamped.</summary>
/// <param name="Authority">The subject of the authority's certificate.</param>
/// <param name="IsProven">Whether that certificate leads to a root that the reader trusts.</param>
public sealed record StampFinding(DateTimeOffset At, string Authority, bool IsProven);

/// <summary>What a pack carries of the chain.</summary>
/// <param name="Payloads">Contents of entries that are in the pack, and are what the lines say.</param>
/// <param name="Proofs">Lines shown to be in the checkpoint's tree.</param>
public sealed record AuditFinding(long First, long Last, long Payloads, long Proofs);
