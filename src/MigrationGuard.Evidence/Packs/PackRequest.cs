namespace MigrationGuard.Evidence.Packs;

/// <summary>A pack to be built.</summary>
public sealed record PackRequest
{
    /// <summary>Its name: of the folder, or of the ZIP without <c>.zip</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The folder that it is put into, made where it is missing.</summary>
    public required string Directory { get; init; }

    /// <summary>Whether it is one ZIP file instead of a folder.</summary>
    public bool Zip { get; init; }

    /// <summary>Everything in it but what the builder itself writes: declaration, info, manifests, README and signatures.</summary>
    public required IReadOnlyList<PackFile> Files { get; init; }

    /// <summary>The moment that it says everything as of.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The program's version and commit.</summary>
    public required string Tool { get; init; }

    /// <summary>What it is evidence of, the end of a sentence that begins with "It is": <c>evidence of run 20260301-181502-7f3a9c</c></summary>
    public required string About { get; init; }

    /// <summary>Whose it is; left out where empty.</summary>
    public string Organisation { get; init; } = "";

    /// <summary>Where the signer's root certificate is to be had apart from the pack; null where nobody said.</summary>
    public string? RootUrl { get; init; }

    /// <summary>Further lines of bag-info.txt.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Info { get; init; } = [];
}

/// <summary>A pack that is complete and sealed, and not yet under its name.</summary>
/// <param name="TagManifestSha512">SHA-512 of <c>tagmanifest-sha512.txt</c>, which stands for all that was signed; lower-case hex.</param>
/// <param name="PayloadFiles">Files below <c>data/</c>.</param>
/// <param name="SignedAt">The signing time in the signature.</param>
public sealed record SealedPack(string Id, string TagManifestSha512, long PayloadFiles, long PayloadBytes, DateTimeOffset SignedAt, Seals.StampOutcome Stamp);

/// <summary>A pack under its name.</summary>
/// <param name="Path">The folder or the ZIP, in full.</param>
public sealed record BuiltPack(string Path, SealedPack Sealed);
