using System.Globalization;
using MigrationGuard.Evidence.Commitments;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Documents;

namespace MigrationGuard.Evidence.Narrative;

/// <summary>Evidence in the order of a data protection impact assessment's sections, to be appended to it.</summary>
public static class DpiaAnnex
{
    /// <summary>The annex for one template.</summary>
    /// <param name="template">One of <see cref="DpiaTemplates"/>.</param>
    /// <exception cref="ArgumentException">The content's mapping has no such template.</exception>
    public static Document Of(EvidenceContent content, string template)
    {
        var sections = content.Mapping.Template(template);
        var standings = content.Commitments.Where(standing => standing.Commitment.SectionsOf(template).Count > 0).ToList();
        return new Document
        {
            Title = $"DPIA annex: evidence of the migration of {content.Project.Name}",
            Subject = $"{sections.Title}{(content.Project.DpiaReference is { } reference ? $", {reference}" : "")}",
            Creator = content.Tool,
            Created = content.AsOf,
            Blocks =
            [
                .. FirstPage.Ledger(content),
                FirstPage.Standing(content),
                .. FirstPage.Sample(content),
                .. FirstPage.DevelopmentCertificate(content),
                new Block.Paragraph(["Evidence of ", Wording.Of(content.Scope), ", pack ", new Inline.Code(content.Id),
                    ". A commitment is kept only while every proof of it is there, good and not too old. Each claim with its file is in ", new Inline.Link("claims.csv", PackPaths.Claims), "."]),
                new Block.Paragraph([CommitmentTotals.Meaning, .. WithoutSection(content, template)]),
                .. Sections(content, sections, standings),
                .. TemplateTables.Of(content, template),
                .. ClosureGate.Of(content).Blocks(),
            ],
        };
    }

    /// <summary>The tables of the sections, for the report, which has headings of its own above them.</summary>
    internal static IEnumerable<Block> Tables(EvidenceContent content, DpiaTemplate template) =>
        template.Sections.Select(section => Table(section, [.. content.Commitments.Where(standing => standing.Commitment.SectionsOf(template.Key).Contains(section.Id))])).OfType<Table>();

    // The totals are of the whole project in every annex: what one of them has no place for is named instead of being taken off.
    private static IEnumerable<Inline> WithoutSection(EvidenceContent content, string template)
    {
        var without = content.Commitments.Where(standing => standing.Commitment.SectionsOf(template).Count == 0).ToList();
        if (without.Count == 0)
            yield break;
        yield return " The totals are of all of them. What this template has no section for stands in the report: ";
        foreach (var (place, standing) in without.Index())
        {
            yield return new Inline.Code(standing.Commitment.Id);
            yield return place == without.Count - 1 ? "." : ", ";
        }
    }

    private static IEnumerable<Block> Sections(EvidenceContent content, DpiaTemplate template, IReadOnlyList<CommitmentStanding> standings)
    {
        var without = new List<string>();
        foreach (var section in template.Sections)
        {
            if (Table(section, [.. standings.Where(standing => standing.Commitment.SectionsOf(template.Key).Contains(section.Id))]) is not { } table)
            {
                without.Add(section.Id);
                continue;
            }
            yield return new Block.Heading(2, $"{section.Id}: {section.Title}", "section-" + Anchor(section.Id));
            yield return table;
        }
        var made = TemplateTables.SectionsOf(template.Key);
        var empty = without.Where(id => !made.Contains(id)).ToList();
        if (empty.Count > 0)
            yield return new Block.Paragraph($"No commitment with evidence in the ledger belongs to: {string.Join(", ", empty)}.");
    }

    private static Table? Table(DpiaSection section, IReadOnlyList<CommitmentStanding> standings) => standings.Count == 0 ? null : new Table(
        $"{section.Id}, {section.Title}: {CommitmentTotals.Of(standings).InShort}",
        [new Column("Commitment", Share: 5), new Column("Stands", Share: 2), new Column("Why", Share: 6), new Column("Evidence", Share: 3)],
        [.. standings.OrderBy(FirstPage.Rank).Select(standing =>
            new TableRow(Asked(standing.Commitment), Wording.Tagged(standing.Standing.Tone()), Wording.Because(standing), Wording.Evidence(standing)))]);

    private static Line Asked(Commitment commitment) => commitment.IsQuestion
        ? [new Inline.Strong("Open question."), " ", .. Wording.Sentence(commitment), $" The assessment says: {string.Join("; or: ", commitment.Readings)}."]
        : Wording.Sentence(commitment);

    private static string Anchor(string section) =>
        string.Concat(section.ToLower(CultureInfo.InvariantCulture).Select(character => char.IsAsciiLetterOrDigit(character) ? character : '-'));
}
