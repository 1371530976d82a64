using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Verification;

/// <summary>What a breakdown must say, on every pair of engines.</summary>
public sealed class EntityBreakdownConformance
{
    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task Equal_groups_match_and_null_is_a_group_of_its_own(Provider source, Provider target)
    {
        await using var migration = await TestMigration.CreateAsync(source, target);
        var result = await migration.VerifyAsync(CheckNames.EntityBreakdown, "state", "status");
        result.ShouldMatch();
        result.Breakdown!.Sum(group => group.Source).ShouldBe(12);
        result.Breakdown!.Where(group => group.Group[1].IsNull).Sum(group => group.Target).ShouldBe(3);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task A_case_that_changed_its_state_is_a_mismatch_although_the_counts_agree(Provider source, Provider target)
    {
        await using var migration = await TestMigration.CreateAsync(source, target);
        await migration.Target.ExecuteAsync("UPDATE cases SET state = 2 WHERE id = 1");
        var results = await migration.VerifyAsync();
        results.Single(result => result.Check == CheckNames.RecordCount).ShouldMatch();
        var findings = results.Single(result => result.By is ["state"]).ShouldMismatch();
        findings.Select(finding => (finding.Kind, finding.Group!.Single().Number, finding.Source!.Number, finding.Target!.Number))
            .ShouldBe([(FindingKinds.GroupDiffers, 1L, 4L, 3L), (FindingKinds.GroupDiffers, 2L, 4L, 5L)], ignoreOrder: true);
        results.Single(result => result.By is ["state", "status"]).ShouldMismatch().Count.ShouldBe(2);
    }

    // One twin for each way in which two values look alike to a careless comparison.
    public static TheoryData<Provider, Provider, string> LookAlikes
    {
        get
        {
            var data = new TheoryData<Provider, Provider, string>();
            foreach (var pair in EnginePairs.All)
            {
                foreach (var value in new[] { "'Waiting'", "'waiting '", "''", "NULL", "'NULL'", "'wаiting'" })
                    data.Add((Provider)pair[0], (Provider)pair[1], value);
            }
            return data;
        }
    }

    [SkippableTheory, MemberData(nameof(LookAlikes))]
    public async Task A_value_that_only_looks_alike_is_another_group(Provider source, Provider target, string value)
    {
        await using var migration = await TestMigration.CreateAsync(source, target);
        migration.Options.Entities[TestMigration.Entity].BreakdownBy = [new(["status"])];
        await migration.Target.ExecuteAsync($"UPDATE cases SET status = {(target == Provider.SqlServer && value != "NULL" ? "N" : "")}{value} WHERE id = 1");
        (await migration.VerifyAsync(CheckNames.EntityBreakdown)).ShouldMismatch().ShouldNotBeEmpty();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task More_groups_than_allowed_are_not_checked_and_the_other_checks_still_are(Provider source, Provider target)
    {
        await using var migration = await TestMigration.CreateAsync(source, target);
        migration.Options.Entities[TestMigration.Entity].BreakdownBy = [new(["title"]), new(["state"])];
        migration.Limits.MaxGroups = 11;
        var results = await migration.VerifyAsync();
        results.Single(result => result.By is ["title"]).ShouldNotBeChecked().ShouldContain("more than 11 groups");
        results.Single(result => result.By is ["state"]).ShouldMatch();
        results.Single(result => result.Check == CheckNames.RecordCount).ShouldMatch();
        results.Single(result => result.Check == CheckNames.LastTimestamp).ShouldMatch();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task A_column_that_is_not_there_is_not_checked_with_its_place_in_the_configuration(Provider source, Provider target)
    {
        await using var migration = await TestMigration.CreateAsync(source, target);
        migration.Options.Entities[TestMigration.Entity].BreakdownBy = [new(["colour"])];
        (await migration.VerifyAsync(CheckNames.EntityBreakdown)).ShouldNotBeChecked().ShouldContain("Comparisons:crm:Entities:case:BreakdownBy");
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task A_renamed_column_is_found_under_its_target_name(Provider source, Provider target)
    {
        await using var migration = await TestMigration.CreateAsync(source, target);
        var rename = target == Provider.SqlServer ? "EXEC sp_rename 'cases.state', 'state_code', 'COLUMN'" : "ALTER TABLE cases RENAME COLUMN state TO state_code";
        await migration.Target.ExecuteAsync(rename);
        migration.Options.Entities[TestMigration.Entity].TargetColumns["state"] = "state_code";
        (await migration.VerifyAsync(CheckNames.EntityBreakdown, "state")).ShouldMatch();
        await migration.Target.ExecuteAsync("UPDATE cases SET state_code = 0 WHERE id = 2");
        (await migration.VerifyAsync(CheckNames.EntityBreakdown, "state")).ShouldMismatch().Count.ShouldBe(2);
    }
}
