using System.Globalization;
using System.Text;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Documents;
using MigrationGuard.Evidence.Packs;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Evidence.Assembly;

/// <summary>Every finished run of the scope in a line, also those whose results a pack cannot hold.</summary>
internal static class RunsFile
{
    private static readonly string[] Header = ["run", "label", "started", "finished", "verdict", "scope", "limited to", "interrupted", "tool", "results", PackLayout.RunsErasedColumn, PackLayout.RunsErasureColumn];

    public static string Of(EvidenceContent content)
    {
        var csv = CsvTable.AppendLine(new StringBuilder(), Header);
        foreach (var run in content.Runs)
        {
            CsvTable.AppendLine(csv,
            [
                run.Run,
                run.Label ?? "",
                run.Started.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
                run.Finished?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) ?? "",
                run.Verdict.Spelt(),
                run.Scope == Scope.Full ? "full" : "partial",
                run.LimitedTo ?? "",
                run.Interrupted ?? "",
                run.Tool ?? "",
                content.InBrief.Contains(run.Run)
                    ? "in the ledger only; this pack has no room for them"
                    : string.Create(CultureInfo.InvariantCulture, $"{run.Results.Count} beside {PackPaths.Run(run.Run)}"),
                Number(run.ErasedEnd),
                Number(content.Erasures.FirstOrDefault(erasure => erasure.Entry == run.ErasedEnd)?.Line.Seq),
            ]);
        }
        return csv.ToString();
    }

    private static string Number(long? seq) => seq?.ToString(CultureInfo.InvariantCulture) ?? "";
}
