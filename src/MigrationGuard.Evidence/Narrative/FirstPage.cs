using MigrationGuard.Evidence.Commitments;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Documents;
using MigrationGuard.Evidence.Reports;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Evidence.Narrative;

/// <summary>What a data protection officer reads first: the verdict in a sentence, and every commitment, exceptions first.</summary>
internal static class FirstPage
{
    private const int MostProblems = 5;

    public static IEnumerable<Block> Of(EvidenceContent content) =>
    [
        .. Ledger(content),
        Standing(content),
        .. Sample(content),
        .. DevelopmentCertificate(content),
        Facts(content),
        .. Commitments(content),
        .. Questions(content),
        .. ClosureGate.Of(content).Blocks(),
    ];

    /// <summary>That the ledger does not hold, before anything that it says; nothing where it does.</summary>
    public static IEnumerable<Block> Ledger(EvidenceContent content)
    {
        if (content.Chain.Intact)
            yield break;
        yield return new Block.Notice(Documents.Tone.Breached, "The ledger does not hold, so nothing that it says is proven.",
            [.. content.Chain.Problems.Take(MostProblems).Select(problem => (Line)problem), .. MoreProblems(content.Chain.Problems.Count - MostProblems)]);
    }

    /// <summary>The verdict in a sentence, and how many commitments stand how.</summary>
    public static Block.Notice Standing(EvidenceContent content)
    {
        var promises = content.Commitments.Where(standing => !standing.Commitment.IsQuestion).ToList();
        var run = Wording.ShownRun(content);
        var later = run is not null && content.NewestWhole is { } newest && newest.Run != run.Run && newest.Finished > run.Finished
            ? [(Line)$"That is not the last word: run {newest.Run}, the newest of full scope, of {Wording.Moment(newest.Finished)}, is {newest.Verdict.Spelt()}{(newest.ErasedEnd is null ? "" : ", and what it came to was erased")}. The commitments are weighed by all runs."]
            : Array.Empty<Line>();
        return new Block.Notice(content.Chain.Intact ? Tone(promises, run) : Documents.Tone.Breached, Data(content, run) + " " + CommitmentTotals.Of(content.Commitments).Sentence, later);
    }

    /// <summary>That the commitments are the sample that comes with the program; nothing where they are a project's own.</summary>
    public static IEnumerable<Block> Sample(EvidenceContent content) => content.Mapping.IsSample ? [new Block.Paragraph(CommitmentMapping.SampleNotice)] : [];

    /// <summary>What a certificate that this program made for itself is worth; nothing where the certificate is another.</summary>
    public static IEnumerable<Block> DevelopmentCertificate(EvidenceContent content)
    {
        if (!content.Seal.IsDevelopment)
            yield break;
        yield return new Block.Notice(Documents.Tone.Warning, "This pack is signed with a development certificate.",
        [
            "The program made this certificate for itself. The signature shows changes by accident only: anybody can make another certificate like it, and sign a changed pack again.",
            "For evidence that others have to believe, sign with a certificate that your organisation issued.",
        ]);
    }

    /// <summary>Breached before unproven before kept.</summary>
    public static int Rank(CommitmentStanding standing) => standing.Standing switch
    {
        Evidence.Commitments.Standing.Breached => 0,
        Evidence.Commitments.Standing.Unproven => 1,
        _ => 2,
    };

    private static IEnumerable<Line> MoreProblems(int more) =>
        more <= 0 ? [] : [[$"and {Figures.Count(more)} more, each under ", new Inline.Link("The chain of the ledger", "#chain"), "."]];

    private static Tone Tone(IReadOnlyList<CommitmentStanding> promises, RunDocument? run)
    {
        if (run is { Verdict: Verdict.NoGo, ErasedEnd: null } || promises.Any(standing => standing.Standing == Evidence.Commitments.Standing.Breached))
            return Documents.Tone.Breached;
        var isKept = run is { Verdict: Verdict.Go, ErasedEnd: null } && promises.Count > 0 && promises.All(standing => standing.Standing == Evidence.Commitments.Standing.Kept);
        return isKept ? Documents.Tone.Kept : Documents.Tone.Unproven;
    }

    private static string Data(EvidenceContent content, RunDocument? run) => run switch
    {
        { ErasedEnd: { } entry } => $"What run {run.Run} of {Wording.Moment(run.Finished)} came to, {run.Verdict.Spelt()}, was erased from the ledger (entry {Figures.Count(entry)}): it proves nothing of the data any more.",
        null when content.Scope is EvidenceScope.OfAsset => "This pack is of an asset, and holds no comparison of data.",
        null => "Nothing was compared, so that nothing is known of the data.",
        { Verdict: Verdict.Go } => $"The data on the new side was shown to be the same as on the old, or to differ only as was accepted beforehand (run {run.Run}, {Wording.Moment(run.Finished)}).",
        { Verdict: Verdict.NoGo } => $"The data on the new side is not the same as on the old (run {run.Run}, {Wording.Moment(run.Finished)}).",
        _ => $"Whether the data on the new side is the same as on the old was not shown (run {run.Run}, {Wording.Moment(run.Finished)}).",
    };

    private static Block.DefinitionList Facts(EvidenceContent content) => new(
    [
        new Definition("Project", string.IsNullOrWhiteSpace(content.Project.Name) ? "none configured" : content.Project.Name),
        new Definition("DPIA", content.Project.DpiaReference ?? "no reference configured"),
        new Definition("Owner", content.Project.Owner ?? "none configured"),
        new Definition("Evidence of", Wording.Of(content.Scope)),
        new Definition("Pack", new Inline.Code(content.Id)),
        new Definition("Said as of", Figures.Moment(content.AsOf)),
        new Definition("Made by", content.Tool),
        new Definition("Signed by", [new Inline.Code(content.Seal.Signer), content.Seal.IsDevelopment ? ", a development certificate" : ""]),
    ]);

    private static IEnumerable<Block> Commitments(EvidenceContent content)
    {
        yield return new Block.Heading(2, "Commitments", "commitments");
        var promises = content.Commitments.Where(standing => !standing.Commitment.IsQuestion).ToList();
        if (promises.Count == 0)
            yield return new Block.Paragraph("No commitment was evaluated for this evidence.");
        else
            yield return new Block.Paragraph(CommitmentTotals.Meaning);
        foreach (var alike in promises.OrderBy(Rank).GroupBy(standing => standing.Standing))
        {
            var word = alike.Key.Tone().Word();
            yield return new Block.Heading(3, $"{char.ToUpperInvariant(word[0])}{word[1..]}", "commitments-" + word);
            yield return new Table(
                $"{Figures.Count(alike.Count(), "commitment", "commitments")}, {word}",
                [new Column("Commitment", Share: 5), new Column("Stands", Share: 2), new Column("Why", Share: 6), new Column("Evidence", Share: 3)],
                [.. alike.Select(standing => new TableRow(Wording.Sentence(standing.Commitment), Wording.Tagged(standing.Standing.Tone()), Wording.Because(standing), Wording.Evidence(standing)))]);
        }
    }

    private static IEnumerable<Block> Questions(EvidenceContent content)
    {
        var questions = content.Commitments.Where(standing => standing.Commitment.IsQuestion).OrderBy(Rank).ToList();
        if (questions.Count == 0)
            yield break;
        yield return new Block.Heading(2, "Open questions", "questions");
        yield return new Block.Paragraph("In these the assessment contradicts itself or leaves something open. Each needs a decision, stated and recorded; until then it is unproven.");
        yield return new Table("Open questions of the assessment",
            [new Column("Question", Share: 4), new Column("What the assessment says", Share: 6), new Column("Stands", Share: 2), new Column("Decision", Share: 4)],
            [.. questions.Select(standing => new TableRow(
                Wording.Sentence(standing.Commitment), string.Join("; or: ", standing.Commitment.Readings), Wording.Tagged(standing.Standing.Tone()), Wording.Because(standing)))]);
    }
}
