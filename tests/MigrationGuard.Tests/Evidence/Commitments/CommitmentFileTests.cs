using MigrationGuard.Evidence.Commitments;

namespace MigrationGuard.Tests.Evidence.Commitments;

public sealed class CommitmentFileTests : IDisposable
{
    private const string Good = """
        // What was promised.
        {
          "schema": "migrationguard.commitments/1",
          "templates": [ { "key": "ico", "title": "The regulator's", "sections": [ { "id": "5.0 rec 4", "title": "Accuracy" }, ] } ],
          "commitments": [
            { "id": "rec-4", "sentence": "Counts are the same.", "sections": { "ico": ["5.0 rec 4"] }, "proofs": ["check:record-count"], "goodForDays": 30 }
          ],
          "risks": [ { "id": "5", "title": "Loss", "impact": 3, "probability": 1, "restsOn": ["rec-4"] } ]
        }
        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("migrationguard-commitments-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void A_mapping_with_comments_is_read()
    {
        var mapping = CommitmentFile.Parse(Good, "mine.json");

        mapping.Commitments.ShouldHaveSingleItem().Proofs.ShouldBe(["check:record-count"]);
        mapping.Commitments[0].GoodForDays.ShouldBe(30);
        mapping.Commitments[0].Gate.ShouldBeFalse();
    }

    [Theory]
    [InlineData("check:record-count", "check:record-counts", "asks for proof by 'check:record-counts', which is none that there is")]
    [InlineData("check:record-count", "fingerprint", "asks for proof by 'fingerprint'")]
    [InlineData("check:record-count", "attestation:", "asks for proof by 'attestation:'")]
    [InlineData("check:record-count", "not-visible:", "asks for proof by 'not-visible:'")]
    [InlineData("\"ico\": [", "\"icoo\": [", "names the template 'icoo', which is not under templates. Did you mean ico?")]
    [InlineData("\"key\": \"ico\"", "\"key\": \"other\"", "is no template that annexes are made for. It is one of ico, seven-step, arckit.")]
    [InlineData("[\"5.0 rec 4\"]", "[\"5.0 rec 5\"]", "names section '5.0 rec 5' of ico, which the template does not have")]
    [InlineData("\"goodForDays\": 30", "\"goodForDays\": 0", "has proof that is good for 0 days")]
    [InlineData("\"id\": \"rec-4\"", "\"id\": \"rec 4\"", "has an id that is not of letters, digits and . - alone")]
    [InlineData("\"impact\": 3", "\"impact\": 6", "has an impact or a probability that is not from 1 to 5")]
    [InlineData("[\"rec-4\"]", "[\"rec-5\"]", "rests on 'rec-5', which is no commitment")]
    [InlineData("commitments/1", "commitments/2", "is 'migrationguard.commitments/2', which this program does not read")]
    [InlineData("Counts are the same.", " ", "has no sentence")]
    public void What_is_wrong_is_named_with_its_place_and_a_remedy(string right, string wrong, string problem)
    {
        Good.ShouldContain(right);

        var refusal = Should.Throw<CommitmentMappingException>(() => CommitmentFile.Parse(Good.Replace(right, wrong, StringComparison.Ordinal), "mine.json"));

        refusal.Message.ShouldContain(problem);
        refusal.Problems.ShouldAllBe(one => one.Place.StartsWith("mine.json, ", StringComparison.Ordinal) && one.Remedy.Length > 0);
    }

    [Theory]
    [InlineData("\"proofs\"", "\"proof\"", "line 6")]
    [InlineData("\"goodForDays\": 30", "\"goodForDays\": \"long\"", "line 6")]
    [InlineData("\"goodForDays\": 30", "\"gate\": true, \"gate\": false", "line 6")]
    [InlineData("\"sentence\": \"Counts are the same.\"", "\"sentence\": null", "line 6")]
    [InlineData("\"title\": \"Loss\",", "", "line 8")]
    [InlineData("\"risks\":", "", "line 8")]
    public void A_shape_that_is_not_a_mapping_is_refused_with_its_line(string right, string wrong, string line)
    {
        Good.ShouldContain(right);

        Should.Throw<CommitmentMappingException>(() => CommitmentFile.Parse(Good.Replace(right, wrong, StringComparison.Ordinal), "mine.json")).Problems
            .ShouldHaveSingleItem().Place.ShouldStartWith("mine.json, " + line);
    }

    [Fact]
    public void A_commitment_that_is_there_twice_is_refused()
    {
        var one = Good.Split('\n').Single(line => line.Contains("\"rec-4\", \"sentence\"", StringComparison.Ordinal));

        Should.Throw<CommitmentMappingException>(() => CommitmentFile.Parse(Good.Replace(one, one + "," + one.Replace("rec-4", "REC-4", StringComparison.Ordinal), StringComparison.Ordinal), "mine.json"))
            .Message.ShouldContain("commitment 'rec-4': is there twice");
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once() =>
        Should.Throw<CommitmentMappingException>(() => CommitmentFile.Parse(Good.Replace("check:record-count", "nothing", StringComparison.Ordinal).Replace("\"impact\": 3", "\"impact\": 9", StringComparison.Ordinal), "mine.json"))
            .Problems.Count.ShouldBe(2);

    [Fact]
    public void A_mapping_without_any_commitment_is_refused() =>
        Should.Throw<CommitmentMappingException>(() => CommitmentFile.Parse("""{ "schema": "migrationguard.commitments/1", "templates": [], "commitments": [] }""", "mine.json"))
            .Message.ShouldContain("has no entry");

    [Fact]
    public void A_file_that_is_not_there_is_refused_by_name() =>
        Should.Throw<CommitmentMappingException>(() => CommitmentFile.Read(Path.Combine(_directory.FullName, "missing.json")))
            .Message.ShouldContain("missing.json: cannot be read");

    [Fact]
    public void The_mapping_beside_the_program_is_the_one_within_it_and_can_be_read() =>
        CommitmentFile.Read(Path.Combine(AppContext.BaseDirectory, CommitmentFile.ShippedName)).Commitments.Select(commitment => commitment.Id)
            .ShouldBe(CommitmentMapping.Shipped.Commitments.Select(commitment => commitment.Id));
}
