using System.Text.Json.Nodes;
using MigrationGuard.Configuration;
using MigrationGuard.Evidence;
using MigrationGuard.Evidence.Assembly;
using MigrationGuard.Evidence.Commitments;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Gathering;
using MigrationGuard.Evidence.Packs;
using MigrationGuard.Evidence.Privacy;
using MigrationGuard.Evidence.Seals;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Checkpoints;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Runs;

namespace MigrationGuard.Packing;

/// <summary>Builds evidence packs of what the ledger holds.</summary>
public sealed class EvidenceBuilding(LoadedConfiguration configuration, LedgerStore store, Actor actor, TimeProvider time)
{
    private readonly MigrationGuardOptions _options = configuration.Options;

    /// <summary>Gathers, signs and writes a pack; the ledger knows of it before it has its name.</summary>
    /// <param name="directory">The folder that the pack is put into, in full.</param>
    /// <param name="zip">Whether it is one ZIP file instead of a folder.</param>
    /// <exception cref="EvidenceException">There is nothing of that scope, the certificate cannot sign, or the place cannot be written to.</exception>
    /// <exception cref="CommitmentMappingException">The file of commitments cannot be used.</exception>
    /// <exception cref="LedgerException">The ledger could not be read or written; then there is no pack.</exception>
    public async Task<FinishedPack> BuildAsync(EvidenceScope scope, string directory, bool zip, CancellationToken cancellationToken)
    {
        using var signer = await SignerSource.OpenAsync(_options.Evidence.Signer, configuration.Directory, time, cancellationToken);
        using var authority = TimestampAuthority.Open(_options.Evidence.TimestampAuthority, configuration.Directory);
        var header = new EvidenceHeader(
            "evidence-" + RunIds.New(time),
            PackPrivacy.Of(new ProjectDescription(_options.Project.Name, _options.Project.DpiaReference, _options.Project.Owner)),
            ToolVersion.Current,
            signer.Describe(authority?.Address));
        var codes = PackCodes.Of(configuration);
        var gathering = new EvidenceGathering(store, codes, Mapping(), time);
        var content = await gathering.GatherAsync(scope, header, cancellationToken);
        var tree = await ProveAsync(content, cancellationToken);
        var checkpoint = signer.Sign(tree.Checkpoint);
        var request = new PackRequest
        {
            Id = header.Id,
            Directory = directory,
            Zip = zip,
            Files = new PackAssembly(store, content, PackSettings.Of(configuration, codes)).Files(checkpoint, tree),
            AsOf = content.AsOf,
            Tool = header.Tool,
            About = About(scope),
            Organisation = header.Project.Name,
            RootUrl = _options.Evidence.Signer.RootUrl,
        };
        var built = await PackBuilder.BuildAsync(request, signer, authority, (pack, stop) => RecordAsync(pack, scope, content, signer, stop), time, cancellationToken);
        return new FinishedPack(built, content, signer.Warnings);
    }

    // Others may have added entries since the chain was replayed; what was replayed must still be there, to the bit.
    private async Task<ChainTree> ProveAsync(EvidenceContent content, CancellationToken cancellationToken)
    {
        var tree = await store.ProveAsync(content.Entries, [content.Chain.Size], cancellationToken);
        return tree.Problems.Count == 0 && tree.RootsAt.GetValueOrDefault(content.Chain.Size) == content.Chain.Root || !content.Chain.Intact
            ? tree
            : throw new EvidenceException("The ledger", "was changed while the pack was made: its chain is not the one that was replayed.", "See what is wrong with: migrationguard ledger verify");
    }

    private CommitmentMapping Mapping() => _options.Evidence.Commitments is { } file
        ? CommitmentFile.Read(Path.GetFullPath(file, configuration.Directory))
        : CommitmentMapping.Shipped;

    // Before the pack has its name: a pack that the ledger does not know of would be worth less than one that is missing.
    private Task<EntryLine> RecordAsync(SealedPack pack, EvidenceScope scope, EvidenceContent content, SigningCertificate signer, CancellationToken cancellationToken) => store.WriteAsync(
        async ledger =>
        {
            if ((await ledger.ListEntriesAsync([EntryKind.PayloadErased])).Any(erasure => erasure.Line.Seq > content.Chain.Size))
                throw new EvidenceException("The ledger", "had something erased while the pack was made, which may hold it.", "Build it again.");
            return await ledger.AppendAsync(new NewEntry(EntryKind.PackBuilt, pack.Id, Payload(pack, scope, content, signer), actor));
        },
        cancellationToken);

    private static JsonObject Payload(SealedPack pack, EvidenceScope scope, EvidenceContent content, SigningCertificate signer) => new()
    {
        ["scope"] = About(scope),
        ["asOf"] = content.AsOf,
        ["tagManifestSha512"] = pack.TagManifestSha512,
        ["files"] = pack.PayloadFiles,
        ["bytes"] = pack.PayloadBytes,
        ["signer"] = signer.Subject,
        ["signerSha256"] = signer.Sha256Thumbprint,
        ["developmentCertificate"] = signer.IsDevelopment,
        ["stamp"] = pack.Stamp switch
        {
            StampOutcome.Stamped stamped => Moments.Text(stamped.At),
            StampOutcome.Pending pending => "pending: " + pending.Reason,
            _ => null,
        },
        ["commitments"] = new JsonObject(content.Commitments.Select(standing => KeyValuePair.Create(standing.Commitment.Id, (JsonNode?)standing.Standing.ToString().ToLowerInvariant()))),
    };

    private static string About(EvidenceScope scope) => scope switch
    {
        EvidenceScope.OfRun one => $"evidence of run {one.Run}",
        EvidenceScope.OfAsset one => $"evidence of the asset {one.Asset}",
        EvidenceScope.OfPeriod period => $"evidence of the time from {Moments.Text(period.From)} to {Moments.Text(period.To)}",
        _ => "evidence of the whole project",
    };
}

/// <summary>A pack under its name, and what is in it.</summary>
/// <param name="Warnings">What whoever signs so should know, a sentence each.</param>
public sealed record FinishedPack(BuiltPack Built, EvidenceContent Content, IReadOnlyList<string> Warnings);
