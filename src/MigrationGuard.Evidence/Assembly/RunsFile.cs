using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Evidence.Assembly;

/// <summary>Every finished run of the scope in a line, also those whose results a pack cannot hold.</summary>
internal static class RunsFile
{
    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture) { NewLine = "\r\n" };

    public static string Of(EvidenceContent content)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = new CsvWriter(text, Format, leaveOpen: true))
        {
            foreach (var name in new[] { "run", "label", "started", "finished", "verdict", "scope", "limited to", "interrupted", "tool", "results" })
                csv.WriteField(name);
            csv.NextRecord();
            foreach (var run in content.Runs)
            {
                csv.WriteField(run.Run);
                csv.WriteField(ResultFile.Plain(run.Label));
                csv.WriteField(run.Started.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
                csv.WriteField(run.Finished?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
                csv.WriteField(run.Verdict.Spelt());
                csv.WriteField(run.Scope == Scope.Full ? "full" : "partial");
                csv.WriteField(ResultFile.Plain(run.LimitedTo));
                csv.WriteField(ResultFile.Plain(run.Interrupted));
                csv.WriteField(run.Tool);
                csv.WriteField(content.InBrief.Contains(run.Run)
                    ? "in the ledger only; this pack has no room for them"
                    : string.Create(CultureInfo.InvariantCulture, $"{run.Results.Count} in {PackPaths.Run(run.Run)}"));
                csv.NextRecord();
            }
        }
        return text.ToString();
    }
}
