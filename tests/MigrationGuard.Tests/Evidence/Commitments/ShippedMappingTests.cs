using MigrationGuard.Evidence.Commitments;

namespace MigrationGuard.Tests.Evidence.Commitments;

/// <summary>The mapping that the program comes with, held against what the assessment promises.</summary>
public sealed class ShippedMappingTests
{
    private static readonly CommitmentMapping Mapping = CommitmentMapping.Shipped;

    [Theory]
    [InlineData("8.18", "2 years")]
    [InlineData("8.19", "2 years")]
    [InlineData("8.20", "9 months")]
    [InlineData("8.21", "6 years")]
    [InlineData("12.1", "2 years")]
    [InlineData("3.7", "2 years")]
    [InlineData("8.8", "2 years")]
    [InlineData("8.9", "6 years")]
    [InlineData("8.15", "6 years")]
    [InlineData("10.6", "6 years")]
    [InlineData("8.2", "2 years")]
    [InlineData("9.1", "2 years")]
    [InlineData("9.2", "2 years")]
    [InlineData("9.3", "2 years")]
    [InlineData("14.3", "6 years")]
    public void Every_code_of_the_retention_schedule_is_there_with_its_period(string code, string period) =>
        Mapping.Commitments.Where(commitment => commitment.SectionsOf("ico").Contains("5.0 rec 2"))
            .ShouldContain(commitment => commitment.Sentence.Contains(period, StringComparison.Ordinal) && Codes(commitment.Sentence).Contains(code));

    [Theory]
    [InlineData("rec-4.3.c.i", "check:record-count")]
    [InlineData("rec-4.3.c.ii", "check:entity-breakdown")]
    [InlineData("rec-4.3.c.iii", "check:last-timestamp")]
    [InlineData("rec-4.3.d", "attestation:mail-servers")]
    [InlineData("rec-4.3.e", "attestation:user-testing")]
    [InlineData("rec-4.2", "attestation:import-log")]
    [InlineData("rec-7", "attestation:familiarisation")]
    [InlineData("rec-3.review", "duty:deletion-review")]
    [InlineData("risk-7.failover", "attestation:failover-test")]
    [InlineData("rec-12.configuration", "attestation:configuration-snapshot")]
    public void What_can_be_proven_now_asks_for_that_proof(string id, string proof) => Mapping.Commitments.Single(commitment => commitment.Id == id).Proofs.ShouldContain(proof);

    [Fact]
    public void Each_of_the_five_deletion_steps_is_there_in_order_and_stands_in_the_way_of_closing()
    {
        var steps = Mapping.Commitments.Where(commitment => commitment.Id.StartsWith("2.0.", StringComparison.Ordinal)).ToList();

        steps.Select(step => step.Id).ShouldBe(["2.0.1", "2.0.2", "2.0.3", "2.0.4", "2.0.5"]);
        steps.ShouldAllBe(step => step.Gate && step.SectionsOf("ico").Contains("4.0 risk 6"));
    }

    [Fact]
    public void Every_contradiction_is_an_open_question_with_two_readings_and_a_place_for_its_decision()
    {
        var questions = Mapping.Commitments.Where(commitment => commitment.IsQuestion).ToList();

        questions.Count.ShouldBe(7);
        questions.ShouldAllBe(question => question.Readings.Count == 2 && question.Proofs.Single().StartsWith("attestation:decision-", StringComparison.Ordinal));
        questions.SelectMany(question => question.Proofs).ShouldBeUnique();
    }

    [Fact]
    public void Every_commitment_asks_for_proof() => Mapping.Commitments.ShouldAllBe(commitment => commitment.Proofs.Count > 0);

    [Fact]
    public void The_scores_of_the_risks_are_those_of_the_assessment() =>
        Mapping.Risks.Select(risk => (risk.Id, risk.Score, risk.Level)).ShouldBe(
        [
            ("1", 4, "low (green)"), ("2", 4, "low (green)"), ("3", 3, "low (green)"), ("4", 3, "low (green)"), ("5", 3, "low (green)"), ("6", 4, "low (green)"), ("7", 3, "low (green)"),
        ]);

    [Theory]
    [InlineData(1, 4, "low (green)")]
    [InlineData(5, 1, "medium (amber)")]
    [InlineData(3, 4, "medium (amber)")]
    [InlineData(3, 5, "high (red)")]
    [InlineData(4, 4, "high (red)")]
    public void A_level_is_read_from_the_matrix(int impact, int probability, string level) => new Risk("x", "x", impact, probability, []).Level.ShouldBe(level);

    private static IEnumerable<string> Codes(string sentence) => sentence.Split([' ', '(', ')', ',']);
}
