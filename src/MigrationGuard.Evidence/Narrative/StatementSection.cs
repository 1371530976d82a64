using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Documents;
using MigrationGuard.Evidence.Reports;

namespace MigrationGuard.Evidence.Narrative;

/// <summary>The statements as executed, so that anybody can run them again.</summary>
internal static class StatementSection
{
    public static IEnumerable<Block> Of(EvidenceContent content)
    {
        yield return new Block.Heading(2, "SQL as executed", "sql");
        if (Wording.ShownRun(content) is not { } run || run.Results.All(result => result.SourceSql is null && result.TargetSql is null))
        {
            yield return new Block.Paragraph("No statement was executed.");
            yield break;
        }
        yield return new Block.Paragraph("The values given to parameters are left out. Checks of one table share one statement.");
        // Checks of a table come from one reading: its statement is shown once.
        foreach (var reading in new RunOutline(run).Results.GroupBy(result => (result.Result.Comparison, result.Result.SourceSql, result.Result.TargetSql)))
        {
            if (reading.Key.SourceSql is null && reading.Key.TargetSql is null)
                continue;
            yield return new Block.Details($"{reading.Key.Comparison}: {string.Join("; ", reading.Select(result => result.Title))}",
            [
                .. Side("On the source:", reading.Key.SourceSql),
                .. Side("On the target:", reading.Key.TargetSql),
            ]);
        }
    }

    private static IEnumerable<Block> Side(string words, string? sql) => sql is null ? [new Block.Paragraph(words + " no statement.")] : [new Block.Paragraph(words), new Block.CodeBlock(sql)];
}
