using System.Globalization;
using System.Text.Json;
using MigrationGuard.Evidence.Commitments;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Seals;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Packing;

namespace MigrationGuard.Output;

/// <summary>What building a pack came to.</summary>
internal static class BuiltPackText
{
    // On a project's first day nearly all of them are.
    private const int MostUnproven = 5;

    public static async Task WriteAsync(FinishedPack pack, ProgramContext context)
    {
        var (output, seal) = (context.Output, pack.Built.Sealed);
        var unproven = pack.Content.Commitments.Where(standing => standing.Standing == Standing.Unproven && !standing.Commitment.IsQuestion).ToList();
        foreach (var standing in pack.Content.Commitments.Where(standing => standing.Standing == Standing.Breached).Concat(unproven.Take(MostUnproven)))
        {
            await output.WriteLineAsync($"{standing.Standing.ToString().ToLowerInvariant(),-9} {standing.Commitment.Id}: {Printable.Of(standing.Commitment.Sentence)}");
            if (standing.Because is [var first, ..])
                await output.WriteLineAsync($"          {Printable.Of(first)}{More(standing.Because.Count - 1)}");
        }
        if (unproven.Count > MostUnproven)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"          and {unproven.Count - MostUnproven} more commitments unproven, each with its reasons in {PackPaths.Claims} of the pack."));
        await output.WriteLineAsync(CommitmentTotals.Of(pack.Content.Commitments).Sentence);
        if (pack.Content.Mapping.IsSample)
            await output.WriteLineAsync(CommitmentMapping.SampleNotice);
        await output.WriteLineAsync(seal.Stamp switch
        {
            StampOutcome.Stamped stamped => $"Signed, and stamped at {Figures.Of(stamped.At)} UTC.",
            StampOutcome.Pending pending => $"Signed, not stamped yet: {pending.Authority} {Printable.Of(pending.Reason)} Stamp it later with: migrationguard evidence stamp {pack.Built.Path}",
            _ => "Signed. No time-stamping authority is configured, so the time in the signature is the signer's word.",
        });
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Pack:   {pack.Built.Path} ({seal.PayloadFiles:N0} files, {seal.PayloadBytes:N0} bytes)"));
        await output.WriteLineAsync($"Verify: migrationguard evidence verify {pack.Built.Path} --trust ROOT.pem");
    }

    private static string More(int reasons) => reasons == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" And {reasons} more.");

    public static Task WriteJsonAsync(FinishedPack pack, ProgramContext context) => context.Output.WriteLineAsync(JsonSerializer.Serialize(
        new
        {
            schema = "migrationguard.pack/1",
            pack = pack.Built.Sealed.Id,
            path = pack.Built.Path,
            files = pack.Built.Sealed.PayloadFiles,
            bytes = pack.Built.Sealed.PayloadBytes,
            tagManifestSha512 = pack.Built.Sealed.TagManifestSha512,
            signed = pack.Built.Sealed.SignedAt,
            stamped = (pack.Built.Sealed.Stamp as StampOutcome.Stamped)?.At,
            stampPending = (pack.Built.Sealed.Stamp as StampOutcome.Pending)?.Reason,
            signer = pack.Content.Seal.Signer,
            developmentCertificate = pack.Content.Seal.IsDevelopment,
            warnings = pack.Warnings,
            sampleCommitments = pack.Content.Mapping.IsSample,
            commitments = pack.Content.Commitments.Select(standing => new
            {
                id = standing.Commitment.Id,
                sentence = standing.Commitment.Sentence,
                question = standing.Commitment.IsQuestion,
                standing = standing.Standing.ToString().ToLowerInvariant(),
                because = standing.Because,
            }),
        },
        LedgerJson.Readable));
}
