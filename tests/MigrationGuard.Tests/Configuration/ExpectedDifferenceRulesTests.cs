using MigrationGuard.Configuration;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification;

namespace MigrationGuard.Tests.Configuration;

public sealed class ExpectedDifferenceRulesTests
{
    private const string Place = "Comparisons:crm:ExpectedDifferences:0";

    [Theory]
    [InlineData("record-count")]
    [InlineData("entity-breakdown")]
    [InlineData("last-timestamp")]
    public void A_check_of_an_entity_is_known(string check)
    {
        Check(difference => difference.Check = check).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("record-counts", "Did you mean record-count?")]
    [InlineData("query:", "Known here: record-count, entity-breakdown, last-timestamp, schema, fingerprint, query:NAME.")]
    [InlineData("everything", "Known here: record-count, entity-breakdown, last-timestamp, schema, fingerprint, query:NAME.")]
    [InlineData("", "Write one of record-count, entity-breakdown, last-timestamp, schema, fingerprint, query:NAME.")]
    public void Any_other_check_is_a_problem(string check, string remedy)
    {
        var problem = Only(difference => difference.Check = check);

        problem.Place.ShouldBe(Place + ":Check");
        problem.Remedy.ShouldBe(remedy);
    }

    [Fact]
    public void An_entity_is_one_of_the_comparison()
    {
        Only(difference => difference.Entity = "contcat").Remedy.ShouldBe("Add it under Entities. Did you mean contact?");
        Only(difference => difference.Entity = null).Place.ShouldBe(Place + ":Entity");
    }

    [Fact]
    public void A_query_pair_belongs_to_no_entity()
    {
        Only(difference => difference.Check = "query:orphans").Remedy.ShouldBe("Leave Entity out.");
        Check(difference =>
        {
            difference.Check = "query:orphans";
            difference.Entity = null;
        }).ShouldBeEmpty();
    }

    [Fact]
    public void Every_kind_of_finding_is_known_and_no_other()
    {
        foreach (var kind in FindingKinds.All)
            Check(difference => difference.Kind = kind).ShouldBeEmpty();
        Only(difference => difference.Kind = "extra-in-traget").Remedy.ShouldBe("Did you mean extra-in-target?");
        Only(difference => difference.Kind = "").Problem.ShouldBe("is missing.");
    }

    [Theory]
    [InlineData(FindingKinds.MissingInTarget)]
    [InlineData(FindingKinds.ExtraInTarget)]
    [InlineData(FindingKinds.Changed)]
    [InlineData(FindingKinds.CountDiffers)]
    [InlineData(FindingKinds.GroupDiffers)]
    [InlineData(FindingKinds.ValueDiffers)]
    public void A_kind_that_counts_rows_has_a_bound(string kind)
    {
        Only(difference => (difference.Kind, difference.AtMost) = (kind, null)).Place.ShouldBe(Place + ":AtMost");
    }

    [Fact]
    public void A_kind_that_counts_no_rows_needs_no_bound()
    {
        Check(difference => (difference.Kind, difference.AtMost) = (FindingKinds.TimestampDiffers, null)).ShouldBeEmpty();
    }

    [Fact]
    public void A_bound_is_not_negative()
    {
        Only(difference => difference.AtMost = -1).Problem.ShouldBe("is negative.");
        Check(difference => difference.AtMost = 0).ShouldBeEmpty();
    }

    [Fact]
    public void There_is_a_reason()
    {
        Only(difference => difference.Reason = " ").Place.ShouldBe(Place + ":Reason");
    }

    [Fact]
    public void Neither_approver_nor_expiry_is_needed_to_write_one_down()
    {
        Check(difference => (difference.ApprovedBy, difference.Expires) = (null, null)).ShouldBeEmpty();
    }

    private static IReadOnlyList<ConfigurationProblem> Check(Action<ExpectedDifferenceOptions> change)
    {
        var options = RulesTests.Valid();
        var difference = new ExpectedDifferenceOptions
        {
            Entity = "contact",
            Check = "record-count",
            Kind = FindingKinds.ExtraInTarget,
            AtMost = 2,
            Reason = "The new farm adds two application users.",
        };
        options.Comparisons["crm"].ExpectedDifferences.Add(difference);
        change(difference);
        return ConfigurationRules.Check(options);
    }

    private static ConfigurationProblem Only(Action<ExpectedDifferenceOptions> change) => Check(change).ShouldHaveSingleItem();
}
