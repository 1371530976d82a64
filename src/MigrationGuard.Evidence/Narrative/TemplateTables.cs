using System.Globalization;
using MigrationGuard.Evidence.Commitments;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Documents;
using MigrationGuard.Evidence.Reports;

namespace MigrationGuard.Evidence.Narrative;

/// <summary>The tables that a template has beyond its commitments, with the template's own columns, ready to be pasted.</summary>
internal static class TemplateTables
{
    /// <summary>Sections of a template that get a table from here.</summary>
    public static IReadOnlyList<string> SectionsOf(string template) => template switch
    {
        DpiaTemplates.Regulator => ["6.0", "8.0"],
        DpiaTemplates.ArcKit => ["6.4", "10.2", "10.4", "11"],
        _ => ["5", "7"],
    };

    public static IEnumerable<Block> Of(EvidenceContent content, string template) => template switch
    {
        DpiaTemplates.Regulator => Regulator(content),
        DpiaTemplates.ArcKit => ArcKit(content),
        _ => SevenStep(content),
    };

    /// <summary>What changed in the assessment, in a sentence for its change history.</summary>
    private static string Change(EvidenceContent content)
    {
        var run = Wording.ShownRun(content) is { } shown ? $" Newest run {shown.Run}: {Ledger.Runs.Verdicts.Spelt(shown.Verdict)}." : " No run.";
        return $"Evidence of the migration added (pack {content.Id}, {Wording.Of(content.Scope)}, as of {Figures.Moment(content.AsOf)}). {CommitmentTotals.Of(content.Commitments).Sentence}{run} Ledger at entry {Figures.Count(content.Chain.Size)}, {content.Chain.Head}.";
    }

    private static IEnumerable<Block> Regulator(EvidenceContent content)
    {
        yield return new Block.Heading(2, "6.0: actions, as the ledger has them", "actions");
        yield return Duties(content, "Actions that recur", ["Action", "Date for completion", "Responsibility for action", "Completed date"],
            duty => [duty.Title + (duty.Subject.Length > 0 ? $" ({duty.Subject})" : ""), Wording.Day(duty.DueOn), duty.OwnerRole, Completed(duty, content)]);
        yield return new Block.Heading(2, "8.0: change history, a row to paste", "change-history");
        // The version and the author are the assessment's own: who pastes the row fills them in.
        yield return new Table("Row for the change history", ["Version", new Column("Date"), "Author", new Column("Change description", Share: 8)],
            [new TableRow("(next)", content.AsOf.UtcDateTime.ToString("dd'/'MM'/'yyyy", CultureInfo.InvariantCulture), content.Project.Owner ?? "(author)", Change(content))]);
        yield return new Block.Heading(2, "Appendix 1: risk scores and what supports them", "risk-scores");
        yield return new Table("Expected risk scores of 4.0, each supported by evidence or not",
            [new Column("Risk", Share: 5), new Column("Impact", true, 1), new Column("Probability", true, 2), new Column("Total", true, 1), new Column("Level", Share: 2), new Column("Evidence", Share: 3), new Column("Why", Share: 6)],
            [.. RiskSupport.Of(content).Select(support => new TableRow(
                $"{support.Risk.Id}. {support.Risk.Title}", Figures.Count(support.Risk.Impact), Figures.Count(support.Risk.Probability), Figures.Count(support.Risk.Score),
                support.Risk.Level, Supported(support), support.Because))]);
    }

    private static IEnumerable<Block> SevenStep(EvidenceContent content)
    {
        yield return new Block.Heading(2, "Step 5: ratings and what supports them", "risk-scores");
        yield return new Table("Ratings of the risks, each supported by evidence or not",
            [new Column("Risk", Share: 5), new Column("Likelihood", Share: 2), new Column("Severity", Share: 2), new Column("Net", Share: 3), new Column("Evidence", Share: 3), new Column("Why", Share: 6)],
            [.. RiskSupport.Of(content).Select(support => new TableRow(
                support.Risk.Title, RiskSupport.Word(support.Risk.Probability), RiskSupport.Word(support.Risk.Impact), support.Risk.Level, Supported(support), support.Because))]);
        yield return new Block.Heading(2, "Step 7: what is integrated", "change-history");
        yield return new Block.Paragraph(Change(content));
        yield return Duties(content, "Reviews and attestations that recur", ["What", "Due", "Responsible", "Done"],
            duty => [duty.Title + (duty.Subject.Length > 0 ? $" ({duty.Subject})" : ""), Wording.Day(duty.DueOn), duty.OwnerRole, Completed(duty, content)]);
    }

    private static IEnumerable<Block> ArcKit(EvidenceContent content)
    {
        yield return new Block.Heading(2, "6.4: residual risks and what supports them", "risk-scores");
        yield return new Table("Risks after mitigation, on this template's scales, each supported by evidence or not",
            [new Column("Risk", Share: 5), new Column("Residual likelihood", Share: 2), new Column("Residual severity", Share: 2), new Column("Residual level", Share: 2), new Column("Evidence", Share: 3), new Column("Justification", Share: 6)],
            [.. RiskSupport.Of(content).Select(support => new TableRow(
                support.Risk.Title, support.ArcKitLikelihood, support.ArcKitSeverity, support.ArcKitLevel, Supported(support), support.Because))]);
        yield return new Block.Heading(2, "10.2: review schedule, as the ledger has it", "reviews");
        yield return Duties(content, "Reviews", ["Review", "Due", "Responsibility", "Done"],
            duty => [duty.Title + (duty.Subject.Length > 0 ? $" ({duty.Subject})" : ""), Wording.Day(duty.DueOn), duty.OwnerRole, Completed(duty, content)]);
        yield return new Block.Heading(2, "10.4: change log, a row to paste", "change-history");
        yield return new Table("Row for the change log",
            [new Column("Change date"), new Column("Change description", Share: 6), new Column("DPIA impact"), new Column("Updated sections", Share: 3), new Column("Approved by")],
            [new TableRow(Wording.Day(DateOnly.FromDateTime(content.AsOf.UtcDateTime)), Change(content), "Minor", string.Join(", ", Updated(content)), "(approver)")]);
        yield return new Block.Heading(2, "11: traceability from commitment to evidence", "traceability");
        yield return new Table("Every commitment with what it rests on",
            [new Column("Commitment", Share: 2), new Column("Asked for", Share: 4), new Column("Stands", Share: 2), new Column("Sections", Share: 2), new Column("Evidence", Share: 4)],
            [.. content.Commitments.Select(standing => new TableRow(
                new Inline.Code(standing.Commitment.Id), string.Join(", ", standing.Commitment.Proofs.Select(ShortProof)), Wording.Tagged(standing.Standing.Tone()),
                string.Join(", ", standing.Commitment.SectionsOf(DpiaTemplates.ArcKit)), Wording.Evidence(standing)))]);
    }

    // What would show an invisible thing is said where the commitment stands.
    private static string ShortProof(string proof) => proof.StartsWith("not-visible:", StringComparison.Ordinal) ? "not visible" : proof;

    private static IEnumerable<string> Updated(EvidenceContent content) =>
        content.Mapping.Template(DpiaTemplates.ArcKit).Sections.Select(section => section.Id)
            .Where(id => content.Commitments.Any(standing => standing.Commitment.SectionsOf(DpiaTemplates.ArcKit).Contains(id)));

    private static Block Duties(EvidenceContent content, string caption, IReadOnlyList<Column> columns, Func<DutyRecord, IReadOnlyList<Line>> cells) => content.Duties.Count == 0
        ? new Block.Paragraph("The ledger knows of no duty that recurs.")
        : new Table(caption, [columns[0] with { Share = 5 }, .. columns.Skip(1)],
            [.. content.Duties.OrderBy(duty => duty.Closed is null ? 0 : 1).ThenBy(duty => duty.DueAt).Select(duty => new TableRow([.. cells(duty)]))]);

    private static Line Completed(DutyRecord duty, EvidenceContent content) => duty switch
    {
        { Closed: { } closed } => $"{Figures.Moment(closed)}, {duty.Outcome ?? "closed"}{(duty.IsLate(content.AsOf) ? ", late" : "")}",
        _ when duty.IsLate(content.AsOf) => [new Inline.Tag(Tone.Breached), " overdue"],
        _ => "not yet due",
    };

    private static Line Supported(RiskSupport support) => Wording.Tagged(support.IsSupported ? Tone.Supported : Tone.Unsupported);
}
