using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Output;

namespace MigrationGuard.Tests.Reports;

/// <summary>What a terminal shows of a run.</summary>
public sealed class RunTextTests
{
    private static readonly CheckResult Differing = SampleRun.Match with
    {
        Check = CheckNames.Fingerprint,
        Source = new Dictionary<string, Scalar> { ["rows"] = new(1_048_576), ["fingerprint"] = new("00112233445566778899aabbccddeeff") },
        Target = new Dictionary<string, Scalar> { ["rows"] = new(1_048_576), ["fingerprint"] = new("ffeeddccbbaa99887766554433221100") },
        Outcome = new CheckOutcome.Mismatch([new Finding(FindingKinds.Changed, 1_234, ["name"])]),
        Notes = ["Not compared, as IgnoreColumns says: title."],
    };

    [Fact]
    public void What_is_alike_on_both_sides_is_shown_once_and_what_differs_with_an_arrow()
    {
        var text = Text(Differing);
        text.ShouldContain("1,048,576 ");
        text.ShouldNotContain("1,048,576 →");
        text.ShouldContain("00112233… → ffeeddcc…");
        text.ShouldContain("1,234 rows differ in name");
    }

    [Fact]
    public void What_several_results_note_is_said_once_after_the_names_of_all()
    {
        var text = Text(Differing, Differing with { Entity = "contact", Outcome = new CheckOutcome.Match() }, Differing with { Entity = "letter", Notes = ["It has no key."] });
        text.ShouldContain("account, contact – Not compared, as IgnoreColumns says: title.");
        text.ShouldContain("letter – It has no key.");
    }

    [Fact]
    public void Since_when_a_difference_may_have_been_there_is_said_of_the_check()
    {
        var exposure = new Exposure(null, null, "20260301-010000-bbbbbb", SampleRun.Started, 3);
        Text(Differing with { Exposure = exposure }).ShouldContain("account: fingerprint – Never proven good;");
        Text(Differing with { Exposure = exposure }).ShouldContain("; 3 rows affected.");
        Text(Differing with { Check = CheckNames.RecordCount, Exposure = exposure }).ShouldContain("; at least 3 rows affected.");
    }

    [Theory]
    [MemberData(nameof(Sentences))]
    public void A_finding_is_a_line_that_names_what_it_is_of(Finding finding, string line) => FindingText.Of(finding, kind: null).ShouldBe(line);

    public static TheoryData<Finding, string> Sentences => new()
    {
        { new(FindingKinds.Changed, 1, ["name", "town"]), "1 row differs in name, town" },
        { new(FindingKinds.Changed, 2, Detail: "They differ in 2 further combinations of name, town, not listed one by one."), "2 rows differ. They differ in 2 further combinations of name, town, not listed one by one." },
        { new(FindingKinds.ValueDiffers, 1234, Detail: "1,234 more rows were not looked at."), "1,234 more rows were not looked at." },
        { new(FindingKinds.CountDiffers, Columns: ["id"], Source: new(3), Target: new(0), Detail: "3 keys occur more than once on the source."), "3 keys occur more than once on the source." },
        { new(FindingKinds.SchemaDiffers, 3, ["fax"], Source: new("text"), Detail: "The target has no such column."), "fax: The target has no such column." },
    };

    // Wide enough that no sentence is broken.
    private static string Text(params CheckResult[] results)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var context = new ProgramContext(output, error, false, false, new Dictionary<string, string>(), Path.GetTempPath(), TimeProvider.System);
        RunText.Write(SampleRun.Clean with { Results = results, Verdict = Verdict.NoGo }, context);
        return output.ToString();
    }
}
