using MigrationGuard.Demo;
using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Tests.Demo;

public sealed class PlantedDefectsTests(BuiltDemo demo) : IClassFixture<BuiltDemo>
{
    [Fact]
    public void A_naive_comparison_of_the_two_files_finds_exactly_what_is_planted()
    {
        var findings = DemoFindings.Compare(NaiveComparison.Of(demo.Directory));

        findings.Missed.ShouldBeEmpty();
        findings.Unplanned.ShouldBeEmpty();
        findings.NotChecked.ShouldBeEmpty();
        findings.Found.ShouldBe(PlantedDefects.All);
        findings.IsExact.ShouldBeTrue();
    }

    [Theory]
    [InlineData("DELETE FROM AccountBase WHERE Name LIKE '% 417'", "account", FindingKinds.MissingInTarget)]
    [InlineData("UPDATE AnnotationBase SET ModifiedOn = '2026-03-06T17:59:00Z' WHERE Subject = 'Note 12'", "note", FindingKinds.TimestampDiffers)]
    [InlineData("UPDATE SystemUserBase SET IsDisabled = 1 - IsDisabled WHERE FullName = 'Case Officer 007'", "user", FindingKinds.GroupDiffers)]
    public void A_change_that_nobody_planted_is_unplanned(string change, string entity, string kind)
    {
        using var copy = demo.Copy();
        copy.Execute("new.sqlite", change).ShouldBe(1);

        var findings = DemoFindings.Compare(NaiveComparison.Of(copy.Path));

        findings.Unplanned.ShouldContain(unplanned => unplanned.Result.Entity == entity && unplanned.Finding.Kind == kind);
        findings.Unplanned.ShouldAllBe(unplanned => unplanned.Result.Entity == entity);
        findings.Missed.ShouldBeEmpty();
        findings.IsExact.ShouldBeFalse();
    }

    [Theory]
    [InlineData("contact", "INSERT INTO ContactBase SELECT * FROM old.ContactBase WHERE ContactId NOT IN (SELECT ContactId FROM main.ContactBase)")]
    [InlineData("fee", "DELETE FROM new_feeBase WHERE new_feeId LIKE 'ffffffff%'")]
    [InlineData("case", "DELETE FROM IncidentBase; INSERT INTO IncidentBase SELECT * FROM old.IncidentBase")]
    [InlineData("activity", "UPDATE ActivityPointerBase SET ModifiedOn = (SELECT max(ModifiedOn) FROM old.ActivityPointerBase) WHERE Subject LIKE '% 17000'")]
    [InlineData("queue-item", "DELETE FROM QueueItemBase WHERE Title LIKE 'Late %'; DELETE FROM old.QueueItemBase WHERE Title LIKE 'Late %'; ALTER TABLE QueueItemBase ADD COLUMN ObjectTypeCode int NOT NULL DEFAULT 0; UPDATE QueueItemBase SET ObjectTypeCode = (SELECT ObjectTypeCode FROM old.QueueItemBase o WHERE o.QueueItemId = main.QueueItemBase.QueueItemId)")]
    [InlineData("async-operation", "DELETE FROM AsyncOperationBase; INSERT INTO AsyncOperationBase SELECT * FROM old.AsyncOperationBase")]
    public void A_planted_defect_that_is_undone_is_missed(string entity, string remedy)
    {
        using var copy = demo.Copy();
        copy.Execute("new.sqlite", $"ATTACH DATABASE '{copy.At("old.sqlite")}' AS old; {remedy}");

        var findings = DemoFindings.Compare(NaiveComparison.Of(copy.Path));

        findings.Missed.ShouldBe(PlantedDefects.All.Where(planted => planted.Entity == entity));
        findings.Unplanned.ShouldBeEmpty();
        findings.IsExact.ShouldBeFalse();
    }

    [Fact]
    public void One_job_more_than_the_approval_allows_is_no_longer_the_accepted_difference_that_was_planted()
    {
        using var copy = demo.Copy();
        copy.Execute("new.sqlite", "DELETE FROM AsyncOperationBase WHERE AsyncOperationId = (SELECT min(AsyncOperationId) FROM AsyncOperationBase WHERE StatusCode = 30)").ShouldBe(1);

        var findings = DemoFindings.Compare(NaiveComparison.Of(copy.Path));

        findings.Missed.ShouldBe(PlantedDefects.All.Where(planted => planted.IsAccepted));
        findings.Unplanned.ShouldAllBe(unplanned => unplanned.Result.Outcome is CheckOutcome.Mismatch);
        findings.Unplanned.ShouldNotBeEmpty();
    }

    [Fact]
    public void At_least_one_entity_has_no_defect()
    {
        var entities = DemoConfiguration.Options(demo.Directory).Comparisons["crm"].Entities.Keys;

        entities.Except(PlantedDefects.All.Select(planted => planted.Entity)).ShouldBe(["user", "account", "note"]);
    }
}
