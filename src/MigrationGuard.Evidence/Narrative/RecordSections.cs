using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Documents;
using MigrationGuard.Evidence.Reports;
using MigrationGuard.Ledger.Attestations;

namespace MigrationGuard.Evidence.Narrative;

/// <summary>What people stated, what is to be destroyed, and what had to be decided when.</summary>
internal static class RecordSections
{
    public static IEnumerable<Block> Of(EvidenceContent content) => [.. Attestations(content), .. Assets(content), .. Duties(content)];

    private static IEnumerable<Block> Attestations(EvidenceContent content)
    {
        yield return new Block.Heading(2, "Attestations", "attestations");
        yield return content.Attestations.Count == 0
            ? new Block.Paragraph("Nobody stated anything that a machine cannot see.")
            : new Table("What was stated, by whom, and what came out",
                [new Column("Kind", Share: 3), new Column("Outcome", Share: 2), new Column("Who", Share: 3), new Column("When", Share: 3), new Column("Statement", Share: 6), new Column("Evidence", Share: 3)],
                [.. content.Attestations.Select(Row)]);
    }

    private static TableRow Row(RecordedAttestation recorded)
    {
        var stated = recorded.Attestation;
        // The kind and the entry are all that is known of it any more.
        if (recorded.IsErased)
            return new TableRow(stated.Kind, "\u2013", "\u2013", "\u2013", $"erased; recorded at {Figures.Moment(recorded.Recorded)}", new Inline.Link("entry", PackPaths.Attestation(stated.Id)));
        var about = stated.Asset is { } asset ? $" ({asset})" : stated.Run is { } run ? $" (run {run})" : "";
        var files = stated.Files.Count == 0 ? "" : $", {Figures.Count(stated.Files.Count, "file", "files")}";
        return new TableRow(
            stated.Kind + about,
            recorded.CorrectedBy is not null ? "corrected, does not count" : stated.Outcome == AttestedOutcome.Passed ? "passed" : "failed",
            $"{stated.Who}, {stated.Role}",
            Figures.Moment(stated.At),
            stated.Statement,
            [new Inline.Link("statement", PackPaths.Attestation(stated.Id)), files]);
    }

    private static IEnumerable<Block> Assets(EvidenceContent content)
    {
        yield return new Block.Heading(2, "What is to be destroyed", "assets");
        yield return content.Assets.Count == 0
            ? new Block.Paragraph("No asset is registered.")
            : new Table("Assets: closed means that somebody closed it by hand, and not that it was shown to be absent",
                [new Column("Asset", Share: 3), new Column("Kind", Share: 2), new Column("Where", Share: 4), new Column("Owner", Share: 3), new Column("Stands under", Share: 4), new Column("State", Share: 4)],
                [.. content.Assets.OrderBy(asset => asset.Closed is null ? 0 : 1).Select(asset => new TableRow(
                    Wording.Code(asset.Name), asset.Kind, Wording.Code(asset.Location), asset.OwnerRole, asset.Commitment,
                    asset.Closed is { } closed ? $"closed by hand {Figures.Moment(closed)}: {asset.ClosedBecause ?? "no reason left"}" : "open"))]);
    }

    private static IEnumerable<Block> Duties(EvidenceContent content)
    {
        yield return new Block.Heading(2, "Reviews and other duties", "duties");
        yield return content.Duties.Count == 0
            ? new Block.Paragraph("No duty fell due, as far as the ledger knows.")
            : new Table("Each time that a duty fell or falls due, overdue ones first",
                [new Column("Duty", Share: 5), new Column("Owner", Share: 3), new Column("Due", Share: 2), new Column("Decided", Share: 4), new Column("As", Share: 2), new Column("Reason", Share: 4)],
                [.. content.Duties.OrderBy(duty => duty.Closed is null && duty.IsLate(content.AsOf) ? 0 : 1).ThenBy(duty => duty.DueAt).Select(duty => new TableRow(
                    duty.Title + (duty.Subject.Length > 0 ? $" ({duty.Subject})" : ""), duty.OwnerRole, Wording.Day(duty.DueOn),
                    Decided(duty, content.AsOf), duty.Outcome ?? "\u2013", duty.Reason ?? "\u2013"))]);
    }

    private static Line Decided(DutyRecord duty, DateTimeOffset asOf) => duty switch
    {
        { Closed: { } closed } when duty.IsLate(asOf) => [new Inline.Tag(Tone.Breached), $" late, {Figures.Moment(closed)}"],
        { Closed: { } closed } => Figures.Moment(closed),
        _ when duty.IsLate(asOf) => [new Inline.Tag(Tone.Breached), " overdue"],
        _ => "not yet due",
    };
}
