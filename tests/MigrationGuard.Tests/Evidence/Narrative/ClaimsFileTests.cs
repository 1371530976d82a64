using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using MigrationGuard.Evidence.Commitments;
using MigrationGuard.Evidence.Documents;
using MigrationGuard.Evidence.Narrative;
using MigrationGuard.Tests.Evidence.Documents;

namespace MigrationGuard.Tests.Evidence.Narrative;

public sealed class ClaimsFileTests
{
    [Fact]
    public void Every_proof_is_a_line_that_an_independent_reader_reads_back()
    {
        var rows = Read(ClaimsFile.Render(SampleEvidence.Everything));

        rows.Count.ShouldBe(SampleEvidence.Everything.Commitments.Sum(standing => standing.Proofs.Count));
        rows.Select(row => row["commitment"]).Distinct().ShouldBe(CommitmentMapping.Shipped.Commitments.Select(commitment => commitment.Id));
        var counts = rows.First(row => row["commitment"] == "rec-4.3.c.i");
        counts["verdict"].ShouldBe("breached");
        counts["DPIA section"].ShouldBe("ico 3.0 Q5-7; ico 5.0 rec 4; seven-step 5; arckit 5.3; arckit App C(d)");
        counts["evidence_file"].ShouldStartWith("data/results/20260307-011405-7f3a/");
        counts["run"].ShouldBe("20260307-011405-7f3a");
        counts["date"].ShouldBe("2026-03-07T01:26:39Z");
        counts["kind"].ShouldBe("commitment");
        rows.Where(row => row["kind"] == "open question").Select(row => row["commitment"]).Distinct()
            .ShouldBe(CommitmentMapping.Shipped.Commitments.Where(commitment => commitment.IsQuestion).Select(commitment => commitment.Id));
    }

    [Fact]
    public void A_line_ends_as_the_standard_says()
    {
        var csv = ClaimsFile.Render(SampleEvidence.Everything);

        csv.ShouldEndWith("\r\n");
        csv.Replace("\r\n", "", StringComparison.Ordinal).ShouldNotContain('\n');
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+44", "+44")]
    [InlineData("-1.5", "-1.5")]
    [InlineData("-1+cmd", "'-1+cmd")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "[U+0009]=1")]
    [InlineData(" =1", "' =1")]
    [InlineData("\uFF1D1", "'\uFF1D1")]
    [InlineData("a=1", "a=1")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a\nb", "a b")]
    public void A_field_is_text_or_a_number_and_never_a_formula(string value, string field) =>
        CsvTable.Field(value).ShouldBe(field);

    [Fact]
    public void A_hostile_sentence_stays_in_its_field()
    {
        var hostile = SampleEvidence.Everything.Commitments[0];
        hostile = hostile with { Commitment = hostile.Commitment with { Sentence = "=cmd|'/c calc'!A1\r\n" + SampleDocuments.Hostile } };

        var row = Read(ClaimsFile.Render(SampleEvidence.Everything with { Commitments = [hostile] })).ShouldHaveSingleItem();

        row["claim"].ShouldStartWith("'=cmd|");
        row["commitment"].ShouldBe("2.0.1");
    }

    private static List<Dictionary<string, string>> Read(string csv)
    {
        using var reader = new CsvReader(new StringReader(csv), new CsvConfiguration(CultureInfo.InvariantCulture));
        reader.Read();
        reader.ReadHeader();
        var rows = new List<Dictionary<string, string>>();
        while (reader.Read())
            rows.Add(reader.HeaderRecord!.ToDictionary(name => name, name => reader.GetField(name)!));
        return rows;
    }
}
