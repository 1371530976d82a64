using System.Text;
using MigrationGuard.Evidence.Commitments;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Documents;
using MigrationGuard.Evidence.Packs;
using MigrationGuard.Evidence.Reports;

namespace MigrationGuard.Evidence.Narrative;

/// <summary>Every claim with the file that shows it, as comma-separated values (RFC 4180), UTF-8.</summary>
public static class ClaimsFile
{
    private static readonly string[] Header =
        ["claim", "DPIA section", "verdict", PackLayout.ClaimsFileColumn, "run", "date", "commitment", "proof", "proof verdict", "says", "kind"];

    /// <summary>The whole file: a line for every proof of every commitment, and one for a commitment without any.</summary>
    public static string Render(EvidenceContent content)
    {
        var csv = new StringBuilder();
        CsvTable.AppendLine(csv, Header);
        foreach (var standing in content.Commitments)
        {
            foreach (var proof in standing.Proofs.DefaultIfEmpty(new Proof("", Standing.Unproven, string.Join(" ", standing.Because), null, null, null)))
                CsvTable.AppendLine(csv, Row(standing, proof));
        }
        return csv.ToString();
    }

    private static IReadOnlyList<string> Row(CommitmentStanding standing, Proof proof) =>
    [
        standing.Commitment.Sentence,
        string.Join("; ", standing.Commitment.Sections.SelectMany(template => template.Value, (template, section) => $"{template.Key} {section}")),
        standing.Standing.Tone().Word(),
        proof.File ?? "",
        proof.Run ?? "",
        proof.At is { } at ? Figures.Moment(at) : "",
        standing.Commitment.Id,
        proof.Asked,
        proof.Standing.Tone().Word(),
        proof.Sentence,
        standing.Commitment.IsQuestion ? "open question" : "commitment",
    ];
}
