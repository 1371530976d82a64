using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Documents;
using MigrationGuard.Evidence.Reports;
using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Evidence.Narrative;

/// <summary>What was looked at that compares no databases, such as back-ups: the newest run of each kind.</summary>
internal static class KeepingSections
{
    public static IEnumerable<Block> Of(EvidenceContent content)
    {
        var newest = content.Runs
            .Where(run => run.Kind is not null && !content.InBrief.Contains(run.Run))
            .GroupBy(run => run.Kind!, StringComparer.Ordinal)
            .OrderBy(kind => kind.Key, StringComparer.Ordinal)
            .Select(kind => kind.OrderBy(run => run.Finished ?? run.Started).ThenBy(run => run.Run, StringComparer.Ordinal).Last())
            .ToList();
        if (newest.Count == 0)
            yield break;
        yield return new Block.Heading(2, "What is kept, and for how long", "kept");
        foreach (var run in newest)
        {
            yield return new Block.Paragraph([
                new Inline.Tag(run.Verdict.Tone()), $" Run ", new Inline.Link(run.Run, PackPaths.Run(run.Run)), $" of {Wording.Moment(run.Finished)} looked at {run.Kind}. {VerdictReason.Of(run)}"]);
            var file = new RunOutline(run);
            yield return new Table($"What was promised of {run.Kind}, and what was found",
                [new Column("Promise", Share: 3), new Column("Of", Share: 2), new Column("Outcome", Share: 2), new Column("What was found", Share: 7)],
                [.. file.Results.OrderBy(result => Rank(result.Result.Outcome)).Select(result => new TableRow(
                    result.Result.Check, result.Result.Entity ?? "", Wording.Tagged(result.Result.Outcome.Tone()), Found(result.Result)))]);
            foreach (var result in file.Results.Select(reported => reported.Result).Where(result => result.Hours is not null))
                yield return Calendar(result, result.Hours!);
        }
    }

    private static Chart.HourCalendar Calendar(CheckResult result, HourCoverage hours)
    {
        var states = HourStates.Of(hours);
        return new Chart.HourCalendar($"Hours whose log is in an unbroken chain of log back-ups of {result.Entity}, {result.Check}", HourStates.InWords(hours.First, states), hours.First, states);
    }

    private static int Rank(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Mismatch => 0,
        CheckOutcome.NotChecked => 1,
        _ => 2,
    };

    private static Line Found(CheckResult result) => result.Outcome switch
    {
        CheckOutcome.NotChecked notChecked => (Line)notChecked.Reason,
        CheckOutcome.Match => result.Notes.Count == 0 ? (Line)"as promised" : Wording.Sentences(result.Notes),
        _ => (Line)FindingReading.Of(result),
    };
}
