using System.Security.Cryptography;
using MigrationGuard.Evidence.Seals;

namespace MigrationGuard.Evidence.Packs;

/// <summary>Builds evidence packs: bags (RFC 8493) whose tag manifest is signed and, where there is an authority, stamped with the time.</summary>
public static class PackBuilder
{
    /// <summary>Writes a pack beside its place, seals it, and gives it its name.</summary>
    /// <param name="authority">Stamps the signature; null for no stamp.</param>
    /// <param name="beforePublishing">
    /// Called when the pack is whole and on the disk, before it has its name; what it throws leaves no pack. So the ledger knows of every
    /// pack there is, and at worst of one that is not.
    /// </param>
    /// <exception cref="EvidenceException">The certificate, a path, a file or the place is not usable; nothing is left under the pack's name.</exception>
    public static Task<BuiltPack> BuildAsync(
        PackRequest request, SigningCertificate signer, TimestampAuthority? authority, Func<SealedPack, CancellationToken, Task>? beforePublishing, TimeProvider time, CancellationToken cancellationToken) =>
        BuildAsync(request, signer, authority, beforePublishing, time, over: null, cancellationToken);

    /// <param name="over">Stands between a file and what is written to it; null for nothing.</param>
    internal static async Task<BuiltPack> BuildAsync(
        PackRequest request, SigningCertificate signer, TimestampAuthority? authority, Func<SealedPack, CancellationToken, Task>? beforePublishing, TimeProvider time, Func<Stream, Stream>? over, CancellationToken cancellationToken)
    {
        // A signature says the second at most, and README-VERIFY.txt says the same one.
        var signedAt = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        signer.RequireUsable(signedAt);
        RequirePaths(request);
        await using var place = PackPlace.Begin(request, over);
        var (payload, tags) = await WriteFilesAsync(request, place, cancellationToken);

        var info = BagText.Info(request, payload.Values, authority?.Address);
        var readMe = VerifyReadMe.Text(request, signer, signedAt, authority?.Address, payload.ContainsKey);
        PackFile[] own =
        [
            PackFile.OfText(PackLayout.ReadMe, readMe),
            PackFile.OfText(PackLayout.BagInfo, info),
            PackFile.OfText(PackLayout.BagDeclaration, BagText.Declaration),
            PackFile.OfBytes(PackLayout.Manifest, BagText.Manifest(payload)),
        ];
        foreach (var file in own)
            tags.Add(file.Path, await place.WriteAsync(file, cancellationToken));
        var tagManifest = BagText.Manifest(tags);
        await place.WriteAsync(PackFile.OfBytes(PackLayout.TagManifest, tagManifest), cancellationToken);

        var signature = signer.Sign(tagManifest, signedAt);
        var stamp = authority is null ? new StampOutcome.NotAsked() : await authority.StampAsync(signature, cancellationToken);
        var seals = SealFiles.Of(signature, signer.Pem, stamp);
        foreach (var (path, content) in seals)
            await place.WriteAsync(PackFile.OfBytes(path, content), cancellationToken);
        await place.FlushAsync(cancellationToken);

        var done = new SealedPack(request.Id, Convert.ToHexStringLower(SHA512.HashData(tagManifest)), payload.Count, payload.Values.Sum(file => file.Bytes), signedAt, stamp);
        if (beforePublishing is not null)
            await beforePublishing(done, cancellationToken);
        place.Publish();
        return new BuiltPack(place.Path, done);
    }

    private static async Task<(Dictionary<string, FileDigest> Payload, Dictionary<string, FileDigest> Tags)> WriteFilesAsync(
        PackRequest request, PackPlace place, CancellationToken cancellationToken)
    {
        var (payload, tags) = (new Dictionary<string, FileDigest>(StringComparer.Ordinal), new Dictionary<string, FileDigest>(StringComparer.Ordinal));
        foreach (var file in request.Files.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            var digest = await place.WriteAsync(file, cancellationToken);
            (file.Path.StartsWith(PackLayout.Payload, StringComparison.Ordinal) ? payload : tags).Add(file.Path, digest);
        }
        return (payload, tags);
    }

    private static void RequirePaths(PackRequest request)
    {
        if (PackPath.ProblemWith(request.Id) is { } wrong || request.Id.Contains('/', StringComparison.Ordinal))
            throw new EvidenceException(request.Id, "is no name for a pack: it takes letters, digits and . _ - only.", "Name it otherwise.");
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
        {
            PackLayout.BagDeclaration, PackLayout.BagInfo, PackLayout.Manifest, PackLayout.TagManifest, PackLayout.ReadMe,
        };
        foreach (var path in request.Files.Select(file => file.Path))
        {
            if (PackPath.ProblemWith(path) is { } problem)
                throw new EvidenceException(path, problem, "Give the file another path in the pack.");
            if (path.StartsWith(PackLayout.Signatures, StringComparison.OrdinalIgnoreCase) || path.StartsWith("fetch.", StringComparison.OrdinalIgnoreCase) || !taken.Add(path))
                throw new EvidenceException(path, "is the path of another file of the pack.", "Give one of the two another path.");
        }
        // A bag's payload folder is always there (RFC 8493, section 2.1.2), and an empty pack is evidence of nothing.
        if (!request.Files.Any(file => file.Path.StartsWith(PackLayout.Payload, StringComparison.Ordinal)))
            throw new EvidenceException(request.Id, "has nothing below data/.", "Put what it is evidence of there.");
    }
}
