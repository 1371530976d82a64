using System.Text;
using MigrationGuard.Evidence.Commitments;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Documents;
using MigrationGuard.Evidence.Reports;

namespace MigrationGuard.Evidence.Narrative;

/// <summary>Every claim with the file that shows it, as comma-separated values (RFC 4180), UTF-8.</summary>
public static class ClaimsFile
{
    private static readonly string[] Header =
        ["claim", "dpia_section", "verdict", "evidence_file", "run", "date", "commitment", "proof", "proof_verdict", "says"];

    /// <summary>The whole file: a line for every proof of every commitment, and one for a commitment without any.</summary>
    public static string Render(EvidenceContent content)
    {
        var csv = new StringBuilder();
        Append(csv, Header);
        foreach (var standing in content.Commitments)
        {
            foreach (var proof in standing.Proofs.DefaultIfEmpty(new Proof("", Standing.Unproven, Wording.Because(standing), null, null, null)))
                Append(csv, Row(standing, proof));
        }
        return csv.ToString();
    }

    /// <summary>A field as it stands in such a file.</summary>
    /// <remarks>
    /// Spreadsheets take a field that begins with one of a few characters for a formula, quoted or not, and some look past blanks. An
    /// apostrophe before it makes it text.
    /// </remarks>
    internal static string Field(string value)
    {
        var spelt = InvisibleCharacters.InText(value.ReplaceLineEndings(" "), breaksToo: true);
        if (spelt.TrimStart() is ['=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20' or '|' or '%', ..])
            spelt = "'" + spelt;
        return spelt.AsSpan().IndexOfAny(",\"\r\n;") < 0 && spelt == spelt.Trim() ? spelt : $"\"{spelt.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
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
    ];

    private static void Append(StringBuilder csv, IReadOnlyList<string> fields) => csv.AppendJoin(',', fields.Select(Field)).Append("\r\n");
}
