using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Documents;
using MigrationGuard.Evidence.Reports;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Evidence.Narrative;

/// <summary>What was looked at that compares no databases, such as back-ups: the newest run of each kind.</summary>
internal static class KeepingSections
{
    // What is beyond stands in the result's own file, to which the last line leads.
    private const int MostRemarks = 8;

    public static IEnumerable<Block> Of(EvidenceContent content)
    {
        var newest = Wording.NewestOfWhatIsKept(content);
        if (newest.Count == 0)
            yield break;
        yield return new Block.Heading(2, "What is kept, and for how long", "kept");
        foreach (var run in newest)
        {
            yield return new Block.Paragraph([
                new Inline.Tag(run.Verdict.Tone()), $" Run ", new Inline.Link(run.Run, PackPaths.Run(run.Run)), $" of {Wording.Moment(run.Finished)} looked at {run.Kind}. {VerdictReason.Of(run)}"]);
            var file = new RunOutline(run);
            yield return new Table($"What was promised of {run.Kind}, and what was found",
                [new Column("Promise", Share: 4), new Column("Of", Share: 2), new Column("Outcome", Share: 2), new Column("What was found", Share: 5), new Column("What that leaves out, and remarks", Share: 6)],
                [.. file.Results.OrderBy(result => Rank(result.Result.Outcome)).Select(result => new TableRow(
                    Promise(result.Result), result.Result.Entity ?? "", Wording.Tagged(result.Result.Outcome.Tone()), Found(result.Result), Remarks(run, result)))]);
            if (run.Excluded.Count > 0)
                yield return new Table($"What the run of {run.Kind} cannot see, and what would show it", ["Promise", new Column("What would show it", Share: 5)], [.. run.Excluded.Select(remark => new TableRow(remark.Table, remark.Reason ?? "none given"))]);
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
        CheckOutcome.Match => (Line)"as promised",
        _ => (Line)FindingReading.OfWhatIsKept(result),
    };

    // By its name alone nobody knows what a promise is: kept-6-days may hold back-ups against 5000.
    private static Line Promise(CheckResult result) => result.Proves is { Length: > 0 } promised ? [result.Check, new Inline.Break(), promised] : result.Check;

    private static Line Remarks(RunDocument run, ReportedResult reported)
    {
        IReadOnlyList<string> all = [.. reported.Result.Narrowed, .. reported.Result.Notes];
        if (all.Count <= MostRemarks)
            return all.Count == 0 ? "\u2013" : Wording.Sentences(all);
        return new Line([
            .. Wording.Sentences([.. all.Take(MostRemarks)]),
            new Inline.Break(), $"and {Figures.Count(all.Count - MostRemarks)} more in ", new Inline.Link("the result\u2019s file", PackPaths.Result(run.Run, reported.Number, reported.Result))]);
    }
}
