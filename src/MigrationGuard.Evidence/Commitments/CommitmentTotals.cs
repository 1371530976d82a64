using MigrationGuard.Evidence.Reports;

namespace MigrationGuard.Evidence.Commitments;

/// <summary>How many commitments stand how, and how many open questions: the one count that reports, annexes and the terminal give.</summary>
/// <remarks>A question that nobody has decided is no promise that nobody kept, so the two are never added up.</remarks>
public sealed record CommitmentTotals(StandingCounts Commitments, StandingCounts Questions)
{
    /// <summary>What is counted, in two sentences for whoever reads the figures.</summary>
    public const string Meaning =
        "A commitment is something that the assessment promises. Where it contradicts itself or leaves something to be decided there is an open question, and those are counted by themselves.";

    public static CommitmentTotals Of(IEnumerable<CommitmentStanding> standings)
    {
        var questions = standings.ToLookup(standing => standing.Commitment.IsQuestion, standing => standing.Standing);
        return new CommitmentTotals(StandingCounts.Of(questions[false]), StandingCounts.Of(questions[true]));
    }

    /// <summary>In sentences: <c>Of 66 commitments: 1 breached, 60 unproven, 5 kept. Of 7 open questions: …</c></summary>
    public string Sentence
    {
        get
        {
            var commitments = Commitments.All == 0 ? "No commitment was evaluated." : $"Of {Figures.Count(Commitments.All, "commitment", "commitments")}: {Commitments}.";
            return Questions.All == 0 ? commitments : $"{commitments} Of {Figures.Count(Questions.All, "open question", "open questions")}: {Questions}.";
        }
    }

    /// <summary>Within a sentence: <c>3 commitments (1 breached, 2 unproven, 0 kept), 1 open question (…)</c>; of what there is none of, nothing.</summary>
    public string InShort => string.Join(", ", new[]
    {
        Commitments.All == 0 ? null : $"{Figures.Count(Commitments.All, "commitment", "commitments")} ({Commitments})",
        Questions.All == 0 ? null : $"{Figures.Count(Questions.All, "open question", "open questions")} ({Questions})",
    }.OfType<string>());
}

/// <summary>How many stand how.</summary>
public sealed record StandingCounts(int Breached, int Unproven, int Kept)
{
    public int All => Breached + Unproven + Kept;

    public static StandingCounts Of(IEnumerable<Standing> standings)
    {
        var counts = standings.CountBy(standing => standing).ToDictionary();
        return new StandingCounts(counts.GetValueOrDefault(Standing.Breached), counts.GetValueOrDefault(Standing.Unproven), counts.GetValueOrDefault(Standing.Kept));
    }

    /// <summary>The worst first: <c>1 breached, 2 unproven, 30 kept</c>.</summary>
    public override string ToString() => $"{Figures.Count(Breached)} breached, {Figures.Count(Unproven)} unproven, {Figures.Count(Kept)} kept";
}
