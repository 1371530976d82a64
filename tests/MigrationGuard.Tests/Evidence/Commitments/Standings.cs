using MigrationGuard.Evidence.Commitments;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Tests.Reports;

namespace MigrationGuard.Tests.Evidence.Commitments;

/// <summary>Evaluates one commitment, and makes results to evaluate it by.</summary>
internal static class Standings
{
    public static readonly CheckResult Match = SampleRun.Match;

    public static readonly CheckResult Mismatch = Match with { Outcome = new CheckOutcome.Mismatch([new Finding(FindingKinds.MissingInTarget, 3)]) };

    public static readonly CheckResult NotChecked = Match with { Outcome = new CheckOutcome.NotChecked("The login may not read it.") };

    public static readonly CheckResult Accepted = Match with { Entity = "systemuser", Outcome = new CheckOutcome.Accepted([new Finding(FindingKinds.ExtraInTarget, 2)], "Information Asset Owner: two service accounts.") };

    public static DateTimeOffset DaysAgo(double days) => SampleEvidence.AsOf.AddDays(-days);

    public static CommitmentStanding By(this EvidenceContent content, params string[] proofs) => content.Within(null, proofs);

    public static CommitmentStanding Within(this EvidenceContent content, int? goodForDays, params string[] proofs)
    {
        var commitment = new Commitment { Id = "x", Sentence = "Something is kept.", Sections = new Dictionary<string, IReadOnlyList<string>>(), Proofs = proofs, GoodForDays = goodForDays };
        return CommitmentEvaluation.Of(content, CommitmentMapping.Shipped with { Commitments = [commitment], Risks = [] }).ShouldHaveSingleItem();
    }
}
