using System.Globalization;
using MigrationGuard.Ledger.Attestations;

namespace MigrationGuard.Output;

/// <summary>Attestations, one by one or in a list.</summary>
internal static class AttestationText
{
    public static void WriteRecorded(RecordedAttestation recorded, ProgramContext context)
    {
        var attestation = recorded.Attestation;
        context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Recorded {attestation.Kind} {Spelt(attestation.Outcome)} as {attestation.Id}, entry {recorded.Seq} of the ledger."));
        if (attestation.Corrects is { } corrects)
            context.Output.WriteLine($"It corrects {corrects}, which stays and is shown as corrected.");
        foreach (var file in attestation.Files)
            context.Output.WriteLine($"{file.Sha256}  {Printable.Of(file.Name)}");
    }

    /// <param name="shown">What is listed.</param>
    /// <param name="records">All there are, to say how many are not.</param>
    public static void Write(AttestationRecords shown, AttestationRecords records, ProgramContext context)
    {
        if (records.Kept.Count + records.Erased.Count == 0)
        {
            context.Output.WriteLine("No attestation yet. Begin with: migrationguard attest KIND --outcome passed --statement TEXT --role ROLE");
            return;
        }
        if (shown.Kept.Count + shown.Erased.Count > 0)
        {
            var table = Listing.Table("Attestation", "Kind", "Outcome", "Happened (UTC)", "Who", "Files", "State");
            foreach (var recorded in shown.Kept)
            {
                var attestation = recorded.Attestation;
                table.Add(
                    attestation.Id, attestation.Kind, Spelt(attestation.Outcome), Figures.Of(attestation.At), $"{attestation.Who}, {attestation.Role}",
                    attestation.Files.Count == 0 ? "" : Figures.Of(attestation.Files.Count), State(recorded.CorrectedBy, attestation.Corrects));
            }
            foreach (var erased in shown.Erased)
                table.Add(erased.Id, "(erased)", "", "", "", "", State(erased.CorrectedBy, corrects: null));
            table.Write(context);
        }
        if (records.Kept.Count + records.Erased.Count - shown.Kept.Count - shown.Erased.Count is > 0 and var left)
            context.Output.WriteLine($"Not listed: {Figures.Of(left)}. All there are: migrationguard attest list --all");
    }

    public static void Write(RecordedAttestation recorded, string account, ProgramContext context)
    {
        var attestation = recorded.Attestation;
        foreach (var (name, text) in new[]
        {
            ("Attestation", attestation.Id), ("Kind", attestation.Kind), ("Outcome", Spelt(attestation.Outcome)),
            ("State", recorded.CorrectedBy is { } by ? $"corrected by {by}" : "stands"), ("Corrects", attestation.Corrects ?? ""),
            ("Who", $"{attestation.Who}, {attestation.Role}"), ("Happened", Figures.Of(attestation.At) + " UTC"),
            ("Asset", attestation.Asset ?? ""), ("Run", attestation.Run ?? ""),
            ("Recorded", string.Create(CultureInfo.InvariantCulture, $"{Figures.Of(recorded.Recorded)} UTC by {account}, entry {recorded.Seq}")),
        }.Where(line => line.Item2.Length > 0))
        {
            context.Output.WriteLine($"{name + ":",-13}{Printable.Of(text)}");
        }
        context.Output.WriteLine();
        context.Output.WriteLine(Printable.Of(attestation.Statement));
        if (attestation.Files.Count == 0)
            return;
        var table = Listing.Table("File", "Bytes", "SHA-256");
        foreach (var file in attestation.Files)
            table.Add(file.Name, file.Bytes.ToString("N0", CultureInfo.InvariantCulture), file.Sha256);
        table.Write(context);
    }

    public static Task WriteJsonAsync(RecordedAttestation recorded, string account, ProgramContext context) => Listing.WriteJsonAsync(
        new
        {
            schema = "migrationguard.attestation/1",
            attestation = recorded.Attestation,
            correctedBy = recorded.CorrectedBy,
            seq = recorded.Seq,
            recorded = recorded.Recorded,
            account,
        },
        context);

    public static Task WriteJsonAsync(AttestationRecords shown, ProgramContext context) => Listing.WriteJsonAsync(
        new
        {
            schema = "migrationguard.attestations/1",
            attestations = shown.Kept.Select(recorded => new { attestation = recorded.Attestation, correctedBy = recorded.CorrectedBy, seq = recorded.Seq, recorded = recorded.Recorded }),
            erased = shown.Erased.Select(erased => new { id = erased.Id, correctedBy = erased.CorrectedBy, seq = erased.Seq, recorded = erased.Recorded }),
        },
        context);

    private static string Spelt(AttestedOutcome outcome) => outcome == AttestedOutcome.Passed ? "passed" : "FAILED";

    private static string State(string? correctedBy, string? corrects) =>
        correctedBy is not null ? "corrected by " + correctedBy : corrects is not null ? "corrects " + corrects : "";
}
