using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Tests.Ledger;

/// <summary>What is new, known and gone against an earlier run.</summary>
public sealed class RunDeltaTests
{
    private static readonly Finding Missing = new(FindingKinds.MissingInTarget, 3);

    private static readonly Finding Changed = new(FindingKinds.Changed, 5, ["name"]);

    [Fact]
    public void A_finding_that_was_not_there_is_new_one_that_was_is_known_and_one_that_is_no_more_is_gone()
    {
        var delta = RunDelta.Of(Run(Result("contact", Changed, Missing)), Run(Result("contact", Missing, Changed with { Columns = ["title"] })));
        Found(delta.New).ShouldBe(["contact changed 5 name"]);
        Found(delta.Known).ShouldBe(["contact missing-in-target 3 "]);
        Found(delta.Gone).ShouldBe(["contact changed 5 title"]);
        delta.NotMadeAgain.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(3, false)]
    [InlineData(2, false)]
    public void A_finding_of_more_rows_than_before_is_new_and_says_what_it_was(int rows, bool isNew)
    {
        var delta = RunDelta.Of(Run(Result("contact", Missing with { Count = rows })), Run(Result("contact", Missing)));
        (isNew ? delta.New : delta.Known).ShouldHaveSingleItem().Notes.ShouldBe(isNew ? ["missing-in-target: 4 now, 3 then."] : []);
        (isNew ? delta.Known : delta.New).ShouldBeEmpty();
    }

    [Fact]
    public void A_mismatch_that_is_a_match_now_is_gone_and_one_whose_check_was_not_made_again_is_not()
    {
        var earlier = Run(Result("fixed", Missing), Result("left-out", Missing), Result("down", Missing));
        var now = Run(Result("fixed"), Result("down") with { Outcome = new CheckOutcome.NotChecked("The server is down.") });
        var delta = RunDelta.Of(now, earlier);
        delta.Gone.Select(result => result.Entity).ShouldBe(["fixed"]);
        delta.NotMadeAgain.Select(result => result.Entity).ShouldBe(["left-out", "down"]);
        delta.New.ShouldHaveSingleItem().Outcome.ShouldBe(new CheckOutcome.NotChecked("The server is down."));
    }

    [Fact]
    public void Groups_tell_findings_apart_and_NULL_is_not_the_text_of_it()
    {
        var finding = new Finding(FindingKinds.GroupDiffers, Group: [Scalar.Null]);
        var delta = RunDelta.Of(Run(Result("contact", finding)), Run(Result("contact", finding with { Group = [new Scalar("NULL")] })));
        delta.New.ShouldHaveSingleItem();
        delta.Gone.ShouldHaveSingleItem();
        delta.Known.ShouldBeEmpty();
    }

    [Fact]
    public void Findings_that_look_alike_are_held_against_each_other_in_their_order_and_none_is_left_out()
    {
        var (few, many) = (Changed, Changed with { Count = 50 });
        var delta = RunDelta.Of(Run(Result("contact", few, many)), Run(Result("contact", few, few)));
        Found(delta.New).ShouldBe(["contact changed 50 name"]);
        Found(delta.Known).ShouldBe(["contact changed 5 name"]);
        Found(RunDelta.Of(Run(Result("contact", few)), Run(Result("contact", few, many))).Gone).ShouldBe(["contact changed 50 name"]);
    }

    [Fact]
    public void Rows_of_further_sets_of_columns_are_not_those_of_a_set_that_is_named()
    {
        var further = new Finding(FindingKinds.Changed, 2, Detail: "They differ in 2 further combinations of name, title, not listed one by one.");
        var delta = RunDelta.Of(Run(Result("contact", Changed, further)), Run(Result("contact", Changed)));
        Found(delta.New).ShouldBe(["contact changed 2 "]);
        Found(delta.Known).ShouldBe(["contact changed 5 name"]);
    }

    [Fact]
    public void What_is_counted_and_what_is_not_are_two_things_of_one_column()
    {
        var newest = new Finding(FindingKinds.TimestampDiffers, Columns: ["modified"], Source: new("2026-01-02"), Target: new("2026-01-01"));
        var written = newest with { Count = 3, Target = null };
        Found(RunDelta.Of(Run(Result("contact", written)), Run(Result("contact", newest, written))).Gone).ShouldBe(["contact timestamp-differs  modified"]);
        Found(RunDelta.Of(Run(Result("contact", written)), Run(Result("contact", newest))).New).ShouldBe(["contact timestamp-differs 3 modified"]);
    }

    [Fact]
    public void More_keys_that_occur_more_than_once_are_new()
    {
        static Finding Repeated(int source, int target) => new(FindingKinds.CountDiffers, Columns: ["id"], Source: new(source), Target: new(target));
        RunDelta.Of(Run(Result("contact", Repeated(2, 1))), Run(Result("contact", Repeated(1, 1)))).New.ShouldHaveSingleItem().Notes.ShouldBe(["count-differs: 3 now, 2 then."]);
        RunDelta.Of(Run(Result("contact", Repeated(1, 1))), Run(Result("contact", Repeated(1, 1)))).New.ShouldBeEmpty();
    }

    [Fact]
    public void Two_runs_that_found_the_same_have_nothing_new_and_nothing_gone()
    {
        var run = Run(Result("contact", Missing, Changed), Result("account"));
        var delta = RunDelta.Of(run, run);
        (delta.New.Count, delta.Known.Count, delta.Gone.Count).ShouldBe((0, 1, 0));
    }

    private static IEnumerable<string> Found(IReadOnlyList<CheckResult> results) => results.SelectMany(
        result => result.Outcome.AllFindings, (result, finding) => FormattableString.Invariant($"{result.Entity} {finding.Kind} {finding.Count} {string.Join(", ", finding.Columns ?? [])}"));

    private static CheckResult Result(string entity, params Finding[] findings) =>
        TestLedger.Result(entity, findings.Length == 0 ? null : new CheckOutcome.Mismatch(findings));

    private static RunDocument Run(params CheckResult[] results) => TestLedger.Header("earlier") with { Results = results };
}
