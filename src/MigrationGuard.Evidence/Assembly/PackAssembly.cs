using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationGuard.Evidence.Commitments;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Documents;
using MigrationGuard.Evidence.Narrative;
using MigrationGuard.Evidence.Packs;
using MigrationGuard.Ledger.Attestations;
using MigrationGuard.Ledger.Checkpoints;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Evidence.Assembly;

/// <summary>Makes of what was gathered the files that a pack holds.</summary>
/// <param name="settings">The configuration without secrets, people or connection strings.</param>
public sealed class PackAssembly(LedgerStore store, EvidenceContent content, JsonNode settings)
{
    /// <summary>Every file but those that every pack has: the bag's own, the README and the signatures.</summary>
    /// <param name="checkpoint">The signed checkpoint of the chain.</param>
    /// <param name="tree">The chain's tree, with a proof of each entry that the content rests on.</param>
    public IReadOnlyList<PackFile> Files(SignedCheckpoint checkpoint, ChainTree tree) =>
    [
        .. Reports(),
        .. DpiaTemplates.All.SelectMany(Annex),
        PackFile.OfText(PackPaths.Claims, ClaimsFile.Render(content)),
        PackFile.OfText(PackPaths.Environment, EnvironmentFile.Of(content, settings)),
        PackFile.OfText(PackPaths.Qualification, content.Qualification?.Document ?? NoQualification()),
        PackFile.OfText(PackPaths.Runs, RunsFile.Of(content)),
        .. content.Runs.Where(run => !content.InBrief.Contains(run.Run)).SelectMany(Run),
        .. content.Attestations.SelectMany(Attestation),
        AuditFiles.Segment(store, content.Chain),
        AuditFiles.Payloads(store, content),
        PackFile.OfText(PackPaths.AuditCheckpoint, checkpoint.Text),
        .. tree.Proofs.OrderBy(proof => proof.Key).Select(proof => PackFile.OfText(PackPaths.Proof(proof.Key), proof.Value.Write(checkpoint))),
    ];

    private IEnumerable<PackFile> Reports()
    {
        var report = EvidenceReport.Of(content);
        yield return PackFile.OfText(PackPaths.ReportHtml, HtmlDocument.Render(report));
        yield return PackFile.OfBytes(PackPaths.ReportWord, WordDocument.Render(report));
        yield return PackFile.OfText(PackPaths.ReportJson, EvidenceDocument.Render(content));
    }

    private IEnumerable<PackFile> Annex(string template)
    {
        var annex = DpiaAnnex.Of(content, template);
        yield return PackFile.OfText(PackPaths.Annex(template, ".md"), MarkdownDocument.Render(annex));
        yield return PackFile.OfBytes(PackPaths.Annex(template, ".docx"), WordDocument.Render(annex));
    }

    private static IEnumerable<PackFile> Run(RunDocument run)
    {
        yield return Later(PackPaths.Run(run.Run), () => JsonSerializer.Serialize(run, LedgerJson.Readable) + "\n");
        foreach (var (index, result) in run.Results.Index())
        {
            yield return Later(PackPaths.Result(run.Run, index + 1, result), () => ResultFile.Of(result));
            if (result.SourceSql is not null || result.TargetSql is not null)
                yield return Later(PackPaths.Sql(run.Run, index + 1, result), () => Sql(result));
        }
    }

    // Made as it is written: the files of a whole project need not be in memory at once.
    private static PackFile Later(string path, Func<string> text) =>
        new(path, (stream, cancellationToken) => stream.WriteAsync(Encoding.UTF8.GetBytes(text()), cancellationToken).AsTask());

    private static string Sql(CheckResult result) => string.Create(
        CultureInfo.InvariantCulture, $"-- Source\n{result.SourceSql?.TrimEnd() ?? "-- none was executed"}\n\n-- Target\n{result.TargetSql?.TrimEnd() ?? "-- none was executed"}\n");

    private IEnumerable<PackFile> Attestation(RecordedAttestation recorded)
    {
        var attestation = recorded.Attestation;
        yield return PackFile.OfText(PackPaths.Attestation(attestation.Id), JsonSerializer.Serialize(
            new { schema = "migrationguard.attestation/1", id = attestation.Id, kind = attestation.Kind, erased = recorded.IsErased, erasure = recorded.IsErased ? content.Erasures.FirstOrDefault(erasure => erasure.Entry == recorded.Seq)?.Line.Seq : null, attestation = recorded.IsErased ? null : attestation, entry = recorded.Seq, recorded = recorded.Recorded, correctedBy = recorded.CorrectedBy },
            LedgerJson.Readable) + "\n");
        foreach (var (index, file) in attestation.Files.Index())
        {
            yield return new PackFile(
                PackPaths.AttachedFile(attestation.Id, index + 1, file.Name),
                (stream, cancellationToken) => store.ReadAttachmentAsync(file.Sha256, stream, cancellationToken));
        }
    }

    private static string NoQualification() => new JsonObject
    {
        ["schema"] = "migrationguard.qualification/1",
        ["planted"] = 0,
        ["found"] = 0,
        ["passed"] = false,
        ["absent"] = "Nobody planted known corruptions to see this verification find them, or the record of it was erased: nothing shows that it can find anything. Make one with: migrationguard qualify",
    }.ToJsonString(LedgerJson.Readable) + "\n";
}
