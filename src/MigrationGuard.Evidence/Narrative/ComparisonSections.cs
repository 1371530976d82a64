using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Documents;
using MigrationGuard.Evidence.Reports;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Evidence.Narrative;

/// <summary>What was compared and how, what differs, what was not compared, and what was accepted by whom.</summary>
internal static class ComparisonSections
{
    private const int MostBars = 25;

    public static IEnumerable<Block> Of(EvidenceContent content)
    {
        yield return new Block.Heading(2, "What was compared, and how", "compared");
        if (Wording.ShownRun(content) is not { } run)
        {
            yield return new Block.Paragraph("No run compared databases.");
            yield break;
        }
        var outline = new RunOutline(run);
        foreach (var block in (IEnumerable<Block>)[.. Runs(content, run), .. Compared(outline), .. Differences(outline), .. NotCompared(outline), .. Accepted(content, outline), .. Narrowed(outline), AllResults(outline)])
            yield return block;
    }

    private static IEnumerable<Block> Runs(EvidenceContent content, RunDocument shown)
    {
        var runs = content.Runs.Where(run => run.Kind is null).OrderBy(run => run.Started).ToList();
        yield return new Block.Paragraph([$"What follows is of run ", new Inline.Code(shown.Run), shown.Label is { } label ? $" ({label})" : "",
            runs.Count == 1 ? "." : $", the newest {(shown.Scope == Scope.Full ? "of full scope" : "there is, though it was limited to a part")}. What the other runs found lies in their own folders."]);
        if (runs.Count > 1)
        {
            yield return new Chart.Timeline("Runs and their verdicts",
                $"{Figures.Count(runs.Count)} runs from {Figures.Moment(runs[0].Started)} to {Figures.Moment(runs[^1].Started)}: {string.Join(", ", runs.CountBy(run => run.Verdict).OrderBy(pair => pair.Key).Select(pair => $"{Figures.Count(pair.Value)} {pair.Key.Spelt()}"))}",
                [.. runs.Select(run => new TimedEvent("Run " + run.Run, run.Finished ?? run.Started, run.Verdict.Tone()))]);
        }
        yield return new Table("Runs",
            [new Column("Run", Share: 3), new Column("Verdict", Share: 2), "Scope", new Column("Finished", Share: 3), new Column("Match", true), new Column("Mismatch", true), new Column("Accepted", true), new Column("Not checked", true)],
            [.. runs.Select(run => new TableRow(
                [content.InBrief.Contains(run.Run) ? new Inline.Code(run.Run) : new Inline.Link(run.Run, PackPaths.Run(run.Run)), run.Label is { } name ? $" {name}" : ""], [new Inline.Tag(run.Verdict.Tone()), run.ErasedEnd is null ? "" : " erased"], run.Scope == Scope.Full ? "full" : "partial", Wording.Moment(run.Finished),
                Count<CheckOutcome.Match>(run), Count<CheckOutcome.Mismatch>(run), Count<CheckOutcome.Accepted>(run), Count<CheckOutcome.NotChecked>(run)))]);
    }

    private static IEnumerable<Block> Compared(RunOutline outline)
    {
        yield return new Block.Paragraph([new Inline.Tag(outline.Run.Verdict.Tone()), " ", VerdictReason.Of(outline)]);
        yield return new Table("Checks by kind: what each came to",
            [new Column("Check", Share: 3), new Column("Match", true), new Column("Mismatch", true), new Column("Accepted", true), new Column("Not checked", true), new Column("How", Share: 6)],
            [.. outline.Results.GroupBy(result => result.Query is null ? result.Kind : "query").Select(kind => new TableRow(
                kind.Key, Of<CheckOutcome.Match>(kind), Of<CheckOutcome.Mismatch>(kind), Of<CheckOutcome.Accepted>(kind), Of<CheckOutcome.NotChecked>(kind), How(kind.Key)))]);
        var counts = outline.Results.Where(result => result.Result.Check == CheckNames.RecordCount)
            .Select(result => new BarPair(result.Result.Entity ?? result.Result.Comparison, Rows(result.Result.Source), Rows(result.Result.Target))).ToList();
        if (counts.Count == 0)
            yield break;
        // What differs is always drawn; of the rest the largest.
        var drawn = counts.OrderBy(pair => pair.Source == pair.Target ? 1 : 0).ThenByDescending(pair => Math.Max(pair.Source ?? 0, pair.Target ?? 0)).Take(MostBars).ToList();
        var all = drawn.Count == counts.Count ? "" : $", {Figures.Count(drawn.Count)} of them drawn: those that differ, then the largest";
        yield return new Chart.Bars("Rows by entity", $"{Figures.Count(counts.Count, "entity", "entities")}{all}; {Figures.Count(counts.Count(pair => pair.Source != pair.Target))} differ or were not measured on both sides", "rows", drawn);
    }

    private static IEnumerable<Block> Differences(RunOutline outline)
    {
        yield return new Block.Heading(2, "What differs", "differs");
        if (outline.Mismatches.Count == 0)
        {
            yield return new Block.Paragraph("Nothing was found to differ in ways that nobody accepted.");
            yield break;
        }
        yield return new Table("Differences that nobody accepted, and since when they may have been there",
            [new Column("Check", Share: 4), new Column("Outcome", Share: 2), new Column("What differs", Share: 6), new Column("Exposure", Share: 5), new Column("Evidence", Share: 3)],
            [.. outline.Mismatches.Select(result => new TableRow(
                Name(result), Wording.Tagged(Tone.Mismatch), FindingReading.Of(result.Result),
                result.Result.Exposure is { } exposure ? ExposureReading.Of(result.Result, exposure) : "not known", File(outline, result)))]);
    }

    private static IEnumerable<Block> NotCompared(RunOutline outline)
    {
        var run = outline.Run;
        yield return new Block.Heading(2, "What was not compared", "not-compared");
        var leftOut = outline.Results.Where(result => LeftOutNotes.Of(result.Result).Count > 0).ToList();
        if (outline.NotChecked.Count + run.Uncovered.Count + run.Excluded.Count + run.NotConfigured.Count + leftOut.Count == 0)
            yield return new Block.Paragraph("Nothing was left out.");
        if (outline.NotChecked.Count > 0)
        {
            yield return new Table("Checks that could not be made",
                [new Column("Check", Share: 4), new Column("Outcome", Share: 2), new Column("Why, and what to do", Share: 8)],
                [.. outline.NotChecked.Select(result => new TableRow(Name(result), Wording.Tagged(Tone.NotChecked), ((CheckOutcome.NotChecked)result.Result.Outcome).Reason))]);
        }
        if (run.Uncovered.Count > 0)
            yield return new Table("Source tables that nothing covers and nobody excluded", ["Table", "Comparison"], [.. run.Uncovered.Select(table => new TableRow(Wording.Code(table.Table), table.Comparison))]);
        if (run.Excluded.Count > 0)
            yield return new Table("Source tables left out on purpose", ["Table", "Comparison", new Column("Reason", Share: 4)], [.. run.Excluded.Select(table => new TableRow(Wording.Code(table.Table), table.Comparison, table.Reason ?? "none given"))]);
        if (run.NotConfigured.Count > 0)
        {
            yield return new Block.Paragraph("Checks that an entity has no columns for:");
            yield return new Block.BulletList([.. run.NotConfigured.Select(sentence => (Line)sentence)]);
        }
        if (leftOut.Count > 0)
        {
            yield return new Table("What comparisons of rows left out: their outcome speaks of the rest alone",
                [new Column("Rows of", Share: 4), new Column("Outcome", Share: 2), new Column("Left out", Share: 8)],
                [.. leftOut.Select(result => new TableRow(
                    $"{result.Result.Comparison}, {result.Result.Entity}", Wording.Tagged(result.Result.Outcome.Tone()), Wording.Sentences(LeftOutNotes.Of(result.Result))))]);
        }
    }

    private static IEnumerable<Block> Accepted(EvidenceContent content, RunOutline outline)
    {
        yield return new Block.Heading(2, "What was accepted, and by whom", "accepted");
        if (outline.Accepted.Count == 0)
            yield return new Block.Paragraph("No difference was accepted in this run.");
        else
        {
            yield return new Table("Differences accepted beforehand",
                [new Column("Check", Share: 4), new Column("Outcome", Share: 2), new Column("What differs", Share: 5), new Column("Accepted by, and why", Share: 5), new Column("Evidence", Share: 3)],
                [.. outline.Accepted.Select(result => new TableRow(
                    Name(result), Wording.Tagged(Tone.Accepted), FindingReading.Of(result.Result), ((CheckOutcome.Accepted)result.Result.Outcome).Because, File(outline, result)))]);
        }
        if (content.Approvals.Count > 0)
        {
            var day = DateOnly.FromDateTime(content.AsOf.UtcDateTime);
            yield return new Table("Approvals that the ledger holds",
                [new Column("Of", Share: 4), new Column("Approved by", Share: 3), new Column("Reason", Share: 5), new Column("At most", true, 2), new Column("Until", Share: 3), new Column("Entry", true, 1)],
                [.. content.Approvals.Select(recorded => new TableRow(
                    $"{recorded.Approval.Comparison}, {recorded.Approval.Entity ?? "query"}: {recorded.Approval.Check}, {recorded.Approval.Kind}", recorded.Approval.ApprovedBy, recorded.Approval.Reason,
                    recorded.Approval.AtMost is { } most ? Figures.Count(most) : "\u2013", Wording.Day(recorded.Approval.Expires) + (recorded.Approval.Expires < day ? ", expired" : ""), Figures.Count(recorded.Seq)))]);
        }
    }

    private static IEnumerable<Block> Narrowed(RunOutline outline)
    {
        yield return new Block.Heading(2, "What was given up to compare", "narrowed");
        yield return outline.Narrowings.Count == 0
            ? new Block.Paragraph("Nothing of the values that were compared. Columns and rows that were not compared stand above, under what was not compared.")
            : new Table("What was given up to make the two sides comparable", [new Column("What", Share: 4), new Column("In how many results", true)],
                [.. outline.Narrowings.Select(narrowing => new TableRow(narrowing.Narrowing, Figures.Count(narrowing.Results.Count)))]);
    }

    // An entity's checks are one row: what is good is looked over, and what is not has stood above, one by one.
    private static Block.Details AllResults(RunOutline outline)
    {
        var entities = outline.Results.Where(result => result.Result.Entity is not null).GroupBy(result => (result.Result.Comparison, Entity: result.Result.Entity!)).ToList();
        var kinds = entities.SelectMany(entity => entity).Select(result => result.Kind).Distinct().ToList();
        var queries = outline.Results.Where(result => result.Result.Entity is null).ToList();
        return new Block.Details($"All {Figures.Count(outline.Results.Count, "result", "results")} of run {outline.Run.Run}",
        [
            new Block.Paragraph(["What each measured is in a file of its own beside the ", new Inline.Link("run\u2019s document", PackPaths.Run(outline.Run.Run)), "."]),
            new Table("Every check of every entity; a dash where there is no such check",
                [new Column("Entity", Share: 4), new Column("Source rows", true), new Column("Target rows", true), .. kinds.Select(kind => new Column(kind))],
                [.. entities.Select(entity => new TableRow([
                    $"{entity.Key.Comparison}, {entity.Key.Entity}", RowsOf(entity, result => result.Source), RowsOf(entity, result => result.Target),
                    .. kinds.Select(kind => Outcomes([.. entity.Where(result => result.Kind == kind)]))]))]),
            .. queries.Count == 0 ? (IEnumerable<Block>)[] : [new Table("Every query", [new Column("Query", Share: 3), new Column("Outcome"), new Column("Proves", Share: 5)],
                [.. queries.Select(query => new TableRow(Name(query), Wording.Tagged(query.Result.Outcome.Tone()), query.Result.Proves ?? "\u2013"))])],
        ]);
    }

    private static Line Outcomes(IReadOnlyList<ReportedResult> results)
    {
        if (results is [{ Result: var rows }] && LeftOutNotes.Of(rows).Count > 0)
            return [new Inline.Tag(rows.Outcome.Tone()), " but for ", new Inline.Link("what was left out", "#not-compared")];
        var parts = new List<Inline>();
        foreach (var (tone, count) in results.CountBy(result => result.Result.Outcome.Tone()))
        {
            parts.Add(new Inline.Tag(tone));
            parts.Add(count == 1 ? " " : $" {Figures.Count(count)} times ");
        }
        return parts.Count == 0 ? "\u2013" : new Line(parts);
    }

    private static Line RowsOf(IEnumerable<ReportedResult> results, Func<CheckResult, IReadOnlyDictionary<string, Scalar>?> side) =>
        results.Select(result => Rows(side(result.Result))).FirstOrDefault(rows => rows is not null) is { } found ? Figures.Count(found) : "\u2013";

    private static Line Name(ReportedResult result) => $"{result.Result.Comparison}, {result.Title}";

    private static Line File(RunOutline outline, ReportedResult result)
    {
        var path = PackPaths.Result(outline.Run.Run, result.Number, result.Result);
        return new Inline.Link(path[(path.LastIndexOf('/') + 1)..], path);
    }

    private static string How(string kind) => kind switch
    {
        "record count" => "Rows counted on both sides.",
        "breakdown" => "Rows counted by groups of values on both sides.",
        "last timestamps" => "The newest moments of creation and change on both sides, and writing after the freeze.",
        "schema" => "Columns, their types and their keys on both sides.",
        "row fingerprints" => "Every row, but for what is left out below, encoded alike and digested on both sides; where digests differ, row by row.",
        "query" => "One query run on both sides, and the answers compared.",
        _ => "As its results say.",
    };

    private static long? Rows(IReadOnlyDictionary<string, Scalar>? side) => side?.GetValueOrDefault("rows")?.Number;

    private static string Count<TOutcome>(RunDocument run) => Figures.Count(run.Results.Count(result => result.Outcome is TOutcome));

    private static string Of<TOutcome>(IEnumerable<ReportedResult> results) => Figures.Count(results.Count(result => result.Result.Outcome is TOutcome));
}
