using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MigrationGuard.Evidence.Checking;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Packs;
using MigrationGuard.Evidence.Seals;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Checkpoints;

namespace MigrationGuard.Tests.Packs;

/// <summary>A temporary folder in which small packs are built, with everything in them that a pack has.</summary>
internal sealed class PackWorkshop : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("mgtest_");

    public string Path => _directory.FullName;

    public TestIdentity Identity { get; } = new();

    /// <summary>Whoever trusts the workshop's root.</summary>
    public PackTrust Trust => new([Identity.Root]);

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public PackRequest Request(string id, params PackFile[] more) => new()
    {
        Id = id,
        Directory = Path,
        AsOf = new DateTimeOffset(2026, 3, 1, 18, 15, 2, TimeSpan.Zero),
        Tool = "MigrationGuard of a test",
        About = "evidence of run 20260301-181502-7f3a9c",
        Organisation = "A public body",
        RootUrl = "https://www.example.org/root.pem",
        Files =
        [
            PackFile.OfText(PackPaths.Claims, "claim,evidence_file\r\n\"Counts are the same, to the row\",data/results/run.json\r\nNot shown,\r\n"),
            PackFile.OfText("data/results/run.json", """{ "schema": "migrationguard.run/1", "results": [1, 2.5, "x"] }"""),
            PackFile.OfText("data/results/001-crm-contact-record-count.csv", "side,rows\nsource,1000\ntarget,1000\n"),
            PackFile.OfBytes("data/results/empty.csv", ReadOnlyMemory<byte>.Empty),
            .. more,
        ],
    };

    /// <summary>Builds a pack signed by the workshop's root, with a part of a chain.</summary>
    public async Task<string> BuildAsync(string id = "evidence-1", bool zip = false, TimestampAuthority? authority = null, SigningCertificate? signer = null, TimeProvider? time = null)
    {
        using var own = signer is null ? Identity.Signer() : null;
        var by = signer ?? own!;
        var built = await PackBuilder.BuildAsync(Request(id, [.. Audit(by)]) with { Zip = zip }, by, authority, beforePublishing: null, time ?? TimeProvider.System, CancellationToken.None);
        return built.Path;
    }

    public void Dispose()
    {
        _directory.Delete(recursive: true);
        Identity.Dispose();
    }

    private static IEnumerable<PackFile> Audit(SigningCertificate signer)
    {
        var (lines, payloads, leaves) = (new StringBuilder(), new StringBuilder(), new List<byte[]>());
        var previous = EntryLine.NoPredecessor;
        EntryLine? first = null;
        for (var seq = 1; seq <= 3; seq++)
        {
            var payload = SealedPayload.Seal(Encoding.UTF8.GetBytes($$"""{"entry":{{seq}}}"""));
            var line = new EntryLine(seq, new DateTime(2026, 3, 1, 12, seq, 0, DateTimeKind.Utc), seq == 1 ? "store-created" : "run-finished", "actor-1", "subject-" + seq, payload.Hash, previous);
            first ??= line;
            previous = line.Hash;
            leaves.Add(MerkleHash.OfLeaf(Encoding.ASCII.GetBytes(line.Text)));
            lines.Append(line.Text).Append('\n');
            // The second was erased.
            if (seq != 2)
                payloads.Append(CultureInfo.InvariantCulture, $$"""{"seq":{{seq}},"salt":"{{Convert.ToBase64String(payload.Salt)}}","payload":"{{Convert.ToBase64String(payload.Content)}}"}""").Append('\n');
        }
        var left = MerkleHash.OfNode(leaves[0], leaves[1]);
        var checkpoint = signer.Sign(new Checkpoint(Checkpoint.OriginOf(first!.Hash), 3, Convert.ToHexStringLower(MerkleHash.OfNode(left, leaves[2]))));
        yield return PackFile.OfText(PackLayout.Segment, lines.ToString());
        yield return PackFile.OfText(PackLayout.Payloads, payloads.ToString());
        yield return PackFile.OfText(PackLayout.Checkpoint, checkpoint.Text);
        yield return PackFile.OfText(PackPaths.Proof(1), new InclusionProof(0, 3, [leaves[1], leaves[2]]).Write(checkpoint));
        yield return PackFile.OfText(PackPaths.Proof(3), new InclusionProof(2, 3, [left]).Write(checkpoint));
    }

    /// <summary>Makes a pack's manifests, sums and signature again, as somebody does who changed it.</summary>
    /// <param name="at">The time of signing to state; null for the present.</param>
    public static async Task ResealAsync(string pack, SigningCertificate signer, DateTimeOffset? at = null)
    {
        string Sums(IEnumerable<string> files) => string.Concat(files.Order(StringComparer.Ordinal)
            .Select(file => $"{Convert.ToHexStringLower(SHA512.HashData(File.ReadAllBytes(System.IO.Path.Combine(pack, file))))}  {file}\n"));
        var all = Directory.EnumerateFiles(pack, "*", SearchOption.AllDirectories).Select(file => System.IO.Path.GetRelativePath(pack, file)).ToList();
        await File.WriteAllTextAsync(System.IO.Path.Combine(pack, PackLayout.Manifest), Sums(all.Where(file => file.StartsWith("data/", StringComparison.Ordinal))));
        var payload = all.Where(file => file.StartsWith("data/", StringComparison.Ordinal)).Select(file => new FileInfo(System.IO.Path.Combine(pack, file)).Length).ToList();
        var info = System.IO.Path.Combine(pack, PackLayout.BagInfo);
        var lines = (await File.ReadAllLinesAsync(info)).Select(line => line.StartsWith("Payload-Oxum", StringComparison.Ordinal) ? string.Create(CultureInfo.InvariantCulture, $"Payload-Oxum: {payload.Sum()}.{payload.Count}") : line);
        await File.WriteAllTextAsync(info, string.Concat(lines.Select(line => line + "\n")));
        var tags = all.Where(file => !file.StartsWith("data/", StringComparison.Ordinal) && !file.StartsWith("signatures/", StringComparison.Ordinal) && file != PackLayout.TagManifest);
        await File.WriteAllTextAsync(System.IO.Path.Combine(pack, PackLayout.TagManifest), Sums(tags));
        Directory.Delete(System.IO.Path.Combine(pack, "signatures"), recursive: true);
        Directory.CreateDirectory(System.IO.Path.Combine(pack, "signatures"));
        var signature = signer.Sign(await File.ReadAllBytesAsync(System.IO.Path.Combine(pack, PackLayout.TagManifest)), DateTimeOffset.FromUnixTimeSeconds((at ?? TimeProvider.System.GetUtcNow()).ToUnixTimeSeconds()));
        foreach (var (path, content) in SealFiles.Of(signature, signer.Pem, new StampOutcome.NotAsked()))
            await File.WriteAllBytesAsync(System.IO.Path.Combine(pack, path), content);
    }

    /// <summary>Takes a stamp out of a pack so that the sums beside it know of none, as whoever has no key can.</summary>
    public static async Task RemoveStampAsync(string pack)
    {
        File.Delete(System.IO.Path.Combine(pack, PackLayout.Stamp));
        File.Delete(System.IO.Path.Combine(pack, PackLayout.AuthorityCertificates));
        var signature = await File.ReadAllBytesAsync(System.IO.Path.Combine(pack, PackLayout.Signature));
        var signer = await File.ReadAllTextAsync(System.IO.Path.Combine(pack, PackLayout.SignerCertificates));
        foreach (var (path, content) in SealFiles.Of(signature, signer, new StampOutcome.NotAsked()))
            await File.WriteAllBytesAsync(System.IO.Path.Combine(pack, path), content);
    }
}
