using System.Text.Json.Nodes;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Narrative;

namespace MigrationGuard.Tests.Evidence.Narrative;

public sealed class EvidenceDocumentTests
{
    private static readonly JsonObject Document = JsonNode.Parse(EvidenceDocument.Render(SampleEvidence.Everything))!.AsObject();

    [Fact]
    public void The_document_names_its_contract_and_its_members_are_those_of_it()
    {
        ((string?)Document["schema"]).ShouldBe("migrationguard.evidence/1");
        Document.Select(member => member.Key).ShouldBe(
            ["schema", "id", "scope", "project", "asOf", "tool", "sampleCommitments", "totals", "commitments", "risks", "gate", "runs", "approvals", "attestations", "assets", "duties", "qualification", "erasures", "chain", "seal"]);
    }

    [Fact]
    public void Standings_and_outcomes_are_those_of_the_content()
    {
        Document["commitments"]!.AsArray().Select(standing => (string)standing!["standing"]!).ShouldBe(SampleEvidence.Everything.Commitments.Select(standing => standing.Standing.ToString().ToLowerInvariant()));
        Document["commitments"]!.AsArray().Count(standing => (bool)standing!["question"]! && (string)standing["standing"]! == "unproven").ShouldBe((int)Document["totals"]!["questions"]!["unproven"]!);
        var run = Document["runs"]![1]!;
        ((string?)run["verdict"]).ShouldBe("NO-GO");
        run["results"]!.AsArray().Select(result => (string)result!["outcome"]!).ShouldBe(SampleEvidence.Everything.Runs[1].Results.Select(result => result.Outcome.Name));
        ((string?)run["results"]![0]!["file"]).ShouldBe("data/results/20260307-011405-7f3a/001-crm-account-record-count.csv");
        ((bool)Document["gate"]!["open"]!).ShouldBeFalse();
    }

    [Fact]
    public void A_scope_says_what_it_is_of()
    {
        Scope(new EvidenceScope.OfRun("r")).ShouldBe("""{"of":"run","run":"r"}""");
        Scope(new EvidenceScope.OfAsset("a")).ShouldBe("""{"of":"asset","asset":"a"}""");
        Scope(new EvidenceScope.OfProject()).ShouldBe("""{"of":"project"}""");
    }

    private static string Scope(EvidenceScope scope) => JsonNode.Parse(EvidenceDocument.Render(SampleEvidence.Empty with { Scope = scope }))!["scope"]!.ToJsonString();
}
