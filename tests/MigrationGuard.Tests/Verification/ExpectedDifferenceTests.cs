using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification;
using MigrationGuard.Verification.ExpectedDifferences;

namespace MigrationGuard.Tests.Verification;

/// <summary>An expected difference accepts what it names, and each thing it does not name stays a mismatch.</summary>
public sealed class ExpectedDifferenceTests
{
    private static readonly DateOnly Today = new(2026, 3, 31);

    [Fact]
    public void What_it_names_is_accepted_with_its_approver_its_reason_and_its_last_day()
    {
        var accepted = Apply(Expected(), Extra(12)).Outcome.ShouldBeOfType<CheckOutcome.Accepted>();
        accepted.Because.ShouldBe("A. Approver, until 2026-03-31: the platform adds them");
        accepted.Findings.Count.ShouldBe(1);
    }

    // One for each bond: whatever is loosened, the difference must not be covered.
    public static TheoryData<string, Action<ExpectedDifferenceOptions>> Bonds => new()
    {
        { "another entity", difference => difference.Entity = "account" },
        { "no entity", difference => difference.Entity = null },
        { "another check", difference => difference.Check = CheckNames.EntityBreakdown },
        { "another kind", difference => difference.Kind = FindingKinds.MissingInTarget },
        { "a smaller bound", difference => difference.AtMost = 11 },
        { "no bound", difference => difference.AtMost = null },
        { "no approver", difference => difference.ApprovedBy = null },
        { "a blank approver", difference => difference.ApprovedBy = " " },
        { "no last day", difference => difference.Expires = null },
        { "a last day that is past", difference => difference.Expires = Today.AddDays(-1) },
    };

    [Theory, MemberData(nameof(Bonds))]
    public void What_it_does_not_name_stays_a_mismatch(string bond, Action<ExpectedDifferenceOptions> loosen)
    {
        var difference = Expected();
        loosen(difference);
        Apply(difference, Extra(12)).Outcome.ShouldBeOfType<CheckOutcome.Mismatch>(bond);
    }

    [Fact]
    public void Its_last_day_still_counts() =>
        Apply(Expected(), Extra(12)).Outcome.ShouldBeOfType<CheckOutcome.Accepted>();

    [Fact]
    public void Why_it_fell_short_is_in_the_result()
    {
        Apply(With(difference => difference.ApprovedBy = null), Extra(12)).Notes.Single().ShouldStartWith("Expected, but nobody has approved it");
        Apply(With(difference => difference.Expires = null), Extra(12)).Notes.Single().ShouldStartWith("Expected, but without an expiry");
        Apply(With(difference => difference.Expires = Today.AddDays(-1)), Extra(12)).Notes.Single().ShouldStartWith("Expected until 2026-03-30, which is past");
        Apply(Expected(), Extra(13)).Notes.Single().ShouldStartWith("Expected of at most 12 rows, but found of 13");
    }

    [Fact]
    public void The_bound_holds_for_all_findings_together()
    {
        var difference = Breakdown(groups: [["1"], ["2"]], atMost: 5);
        Apply(difference, Group(2, 1L), Group(3, 2L)).Outcome.ShouldBeOfType<CheckOutcome.Accepted>();
        Apply(difference, Group(3, 1L), Group(3, 2L)).Outcome.ShouldBeOfType<CheckOutcome.Mismatch>();
    }

    [Fact]
    public void A_new_finding_beside_an_expected_one_stays_a_mismatch_and_the_expected_one_is_noted()
    {
        var result = Apply(Breakdown(groups: [["1"]], atMost: 5), Group(2, 1L), Group(1, 2L));
        result.Outcome.ShouldBeOfType<CheckOutcome.Mismatch>().Findings.Count.ShouldBe(2);
        result.Notes.Single().ShouldStartWith("Expected are 1 of 2 findings");
    }

    [Fact]
    public void Two_expected_differences_cover_what_neither_covers_alone()
    {
        ExpectedDifference[] both = [new(Breakdown(groups: [["1"]], atMost: 5)), new(Breakdown(groups: [["2"]], atMost: 5))];
        Apply(both, Group(2, 1L), Group(1, 2L)).Outcome.ShouldBeOfType<CheckOutcome.Accepted>().Because.ShouldContain(";");
    }

    [Fact]
    public void A_group_is_named_by_all_its_values()
    {
        var finding = new Finding(FindingKinds.GroupDiffers, Count: 1, Group: [new Scalar(1L), Scalar.Null]);
        Apply(Breakdown([["1", null]], 5), finding).Outcome.ShouldBeOfType<CheckOutcome.Accepted>();
        Apply(Breakdown([["*"]], 5), finding).Outcome.ShouldBeOfType<CheckOutcome.Accepted>();
        Apply(Breakdown([], 5), finding).Outcome.ShouldBeOfType<CheckOutcome.Mismatch>();
        Apply(Breakdown([["1"]], 5), finding).Outcome.ShouldBeOfType<CheckOutcome.Mismatch>();
        Apply(Breakdown([["1", "NULL"]], 5), finding).Outcome.ShouldBeOfType<CheckOutcome.Mismatch>();
        Apply(Breakdown([[null, "1"]], 5), finding).Outcome.ShouldBeOfType<CheckOutcome.Mismatch>();
    }

    [Fact]
    public void Differences_that_are_only_counted_are_not_of_a_group_that_was_named()
    {
        var rest = new Finding(FindingKinds.GroupDiffers, Count: 2, Detail: "2 more groups differ");
        Apply(Breakdown([["1"]], 100), Group(1, 1L), rest).Outcome.ShouldBeOfType<CheckOutcome.Mismatch>();
        Apply(Breakdown([["*"]], 100), Group(1, 1L), rest).Outcome.ShouldBeOfType<CheckOutcome.Accepted>();
    }

    [Fact]
    public void Columns_of_a_query_are_named_one_by_one()
    {
        var finding = new Finding(FindingKinds.ValueDiffers, Count: 1, Columns: ["cases"], Group: [new Scalar("open")]);
        var rest = new Finding(FindingKinds.ValueDiffers, Count: 3, Detail: "3 more");
        Query("cases").Outcome.ShouldBeOfType<CheckOutcome.Accepted>();
        Query("CASES").Outcome.ShouldBeOfType<CheckOutcome.Accepted>();
        Query("newest").Outcome.ShouldBeOfType<CheckOutcome.Mismatch>();
        Apply([new(OfQuery("cases"))], QueryResult(finding, rest)).Outcome.ShouldBeOfType<CheckOutcome.Mismatch>();
        Apply([new(OfQuery("*"))], QueryResult(finding, rest)).Outcome.ShouldBeOfType<CheckOutcome.Accepted>();

        CheckResult Query(string column) => Apply([new(OfQuery(column))], QueryResult(finding));
    }

    [Fact]
    public void Rows_written_after_the_freeze_need_a_bound_of_their_own()
    {
        var difference = With(expected => (expected.Check, expected.Kind, expected.Columns, expected.AtMost) = (CheckNames.LastTimestamp, FindingKinds.TimestampDiffers, ["modified_on"], null));
        var newest = new Finding(FindingKinds.TimestampDiffers, Columns: ["modified_on"], Source: new Scalar("2026-01-01"), Target: new Scalar("2026-01-02"));
        Apply([new(difference)], Result(CheckNames.LastTimestamp, newest)).Outcome.ShouldBeOfType<CheckOutcome.Accepted>();
        Apply([new(difference)], Result(CheckNames.LastTimestamp, newest, newest with { Count = 4 })).Outcome.ShouldBeOfType<CheckOutcome.Mismatch>();
    }

    [Fact]
    public void Rows_that_changed_in_columns_nobody_named_are_not_of_those_that_somebody_did()
    {
        var further = new Finding(FindingKinds.Changed, Count: 2, Detail: "They differ in 2 further combinations of name, fee, not listed one by one.");
        Apply([new(Changed(["name"]))], Result(CheckNames.Fingerprint, further)).Outcome.ShouldBeOfType<CheckOutcome.Mismatch>();
        Apply([new(Changed([]))], Result(CheckNames.Fingerprint, further)).Outcome.ShouldBeOfType<CheckOutcome.Mismatch>();
        Apply([new(Changed(["*"]))], Result(CheckNames.Fingerprint, further)).Outcome.ShouldBeOfType<CheckOutcome.Accepted>();
        Apply([new(Changed(["name"]))], Result(CheckNames.Fingerprint, further with { Columns = ["name"] })).Outcome.ShouldBeOfType<CheckOutcome.Accepted>();

        static ExpectedDifferenceOptions Changed(List<string> columns) => With(difference =>
            (difference.Check, difference.Kind, difference.Columns, difference.AtMost) = (CheckNames.Fingerprint, FindingKinds.Changed, columns, 10));
    }

    [Fact]
    public void Keys_that_occur_more_than_once_are_held_against_the_bound_as_keys_of_both_sides()
    {
        var repeated = new Finding(FindingKinds.CountDiffers, Columns: ["id"], Source: new Scalar(2L), Target: new Scalar(1L));
        Apply([new(AtMost(3))], Result(CheckNames.Fingerprint, repeated)).Outcome.ShouldBeOfType<CheckOutcome.Accepted>();
        Apply([new(AtMost(2))], Result(CheckNames.Fingerprint, repeated)).Outcome.ShouldBeOfType<CheckOutcome.Mismatch>();

        static ExpectedDifferenceOptions AtMost(long most) => With(difference =>
            (difference.Check, difference.Kind, difference.Columns, difference.AtMost) = (CheckNames.Fingerprint, FindingKinds.CountDiffers, ["id"], most));
    }

    [Fact]
    public void A_match_and_what_was_not_checked_stay_what_they_are()
    {
        foreach (var outcome in new CheckOutcome[] { new CheckOutcome.Match(), new CheckOutcome.NotChecked("down") })
            Apply([new(Expected())], Result(CheckNames.RecordCount) with { Outcome = outcome }).Outcome.ShouldBe(outcome);
    }

    private static ExpectedDifferenceOptions Expected() => new()
    {
        Entity = "contact",
        Check = CheckNames.RecordCount,
        Kind = FindingKinds.ExtraInTarget,
        AtMost = 12,
        Reason = "the platform adds them",
        ApprovedBy = "A. Approver",
        Expires = Today,
    };

    private static ExpectedDifferenceOptions With(Action<ExpectedDifferenceOptions> change)
    {
        var difference = Expected();
        change(difference);
        return difference;
    }

    private static ExpectedDifferenceOptions Breakdown(List<List<string?>> groups, long atMost) => With(difference =>
        (difference.Check, difference.Kind, difference.Groups, difference.AtMost) = (CheckNames.EntityBreakdown, FindingKinds.GroupDiffers, groups, atMost));

    private static ExpectedDifferenceOptions OfQuery(string column) => With(difference =>
    {
        (difference.Entity, difference.Check, difference.Kind) = (null, "query:cases", FindingKinds.ValueDiffers);
        (difference.Columns, difference.Groups) = ([column], [["*"]]);
    });

    private static Finding Extra(long count) => new(FindingKinds.ExtraInTarget, Count: count, Source: new Scalar(100L), Target: new Scalar(100 + count));

    private static Finding Group(long count, long state) => new(FindingKinds.GroupDiffers, Count: count, Group: [new Scalar(state)]);

    private static CheckResult Result(string check, params Finding[] findings) =>
        new() { Comparison = "crm", Entity = "contact", Check = check, Outcome = new CheckOutcome.Mismatch(findings) };

    private static CheckResult QueryResult(params Finding[] findings) => Result("query:cases", findings) with { Entity = null };

    private static CheckResult Apply(ExpectedDifferenceOptions difference, params Finding[] findings) => Apply([new(difference)], findings);

    private static CheckResult Apply(IReadOnlyList<ExpectedDifference> differences, params Finding[] findings) =>
        Apply(differences, Result(findings[0].Kind == FindingKinds.GroupDiffers ? CheckNames.EntityBreakdown : CheckNames.RecordCount, findings));

    private static CheckResult Apply(IReadOnlyList<ExpectedDifference> differences, CheckResult result) =>
        ExpectedDifference.Apply(result, differences, Today);
}
