using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Documents;

namespace MigrationGuard.Evidence.Narrative;

/// <summary>The report of a pack: what was promised, what was found, and what that rests on.</summary>
public static class EvidenceReport
{
    public static Document Of(EvidenceContent content) => new()
    {
        Title = $"Evidence of the migration of {content.Project.Name}",
        Subject = $"Evidence report, {Wording.Of(content.Scope)}",
        Creator = content.Tool,
        Created = content.AsOf,
        Blocks =
        [
            .. FirstPage.Of(content),
            .. ComparisonSections.Of(content),
            .. KeepingSections.Of(content),
            .. RecordSections.Of(content),
            .. AssuranceSections.Of(content),
            .. Annexes(content),
            .. StatementSection.Of(content),
        ],
    };

    private static IEnumerable<Block> Annexes(EvidenceContent content)
    {
        yield return new Block.Heading(2, "By section of the DPIA", "annexes");
        yield return new Block.Paragraph("The same commitments in the order of three templates. Each is also a file by itself, to be appended to an assessment.");
        foreach (var template in content.Mapping.Templates)
        {
            yield return new Block.Heading(3, template.Title, "annex-" + template.Key);
            yield return new Block.Paragraph(["As a file: ", new Inline.Link("Markdown", PackPaths.Annex(template.Key, ".md")), ", ", new Inline.Link("Word", PackPaths.Annex(template.Key, ".docx")), "."]);
            yield return new Block.Details($"Tables of the {template.Title}", [.. DpiaAnnex.Tables(content, template)]);
        }
    }
}
