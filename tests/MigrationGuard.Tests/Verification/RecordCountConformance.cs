using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Verification;

/// <summary>What the record count must say, on every pair of engines.</summary>
public sealed class RecordCountConformance
{
    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task As_many_rows_on_both_sides_is_a_match(Provider source, Provider target)
    {
        await using var migration = await TestMigration.CreateAsync(source, target);
        var result = await migration.VerifyAsync(CheckNames.RecordCount);
        result.ShouldMatch();
        result.Source!["rows"].Number.ShouldBe(12);
        result.Target!["rows"].Number.ShouldBe(12);
        result.SourceSql.ShouldNotBeNullOrEmpty();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task A_row_missing_from_the_target_is_a_mismatch(Provider source, Provider target)
    {
        await using var migration = await TestMigration.CreateAsync(source, target);
        await migration.Target.ExecuteAsync("DELETE FROM cases WHERE id = 7");
        var result = await migration.VerifyAsync(CheckNames.RecordCount);
        var finding = result.ShouldMismatch().Single();
        finding.Kind.ShouldBe(FindingKinds.MissingInTarget);
        finding.Count.ShouldBe(1);
        result.Target!["rows"].Number.ShouldBe(11);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task Rows_that_only_the_target_has_are_a_mismatch(Provider source, Provider target)
    {
        await using var migration = await TestMigration.CreateAsync(source, target);
        await migration.Target.ExecuteAsync(TestMigration.CaseRow(13));
        await migration.Target.ExecuteAsync(TestMigration.CaseRow(14));
        var finding = (await migration.VerifyAsync(CheckNames.RecordCount)).ShouldMismatch().Single();
        finding.Kind.ShouldBe(FindingKinds.ExtraInTarget);
        finding.Count.ShouldBe(2);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task An_empty_table_on_both_sides_matches_in_every_check(Provider source, Provider target)
    {
        await using var migration = await TestMigration.CreateAsync(source, target);
        await migration.Source.ExecuteAsync("DELETE FROM cases");
        await migration.Target.ExecuteAsync("DELETE FROM cases");
        var results = await migration.VerifyAsync();
        results.Count.ShouldBe(4);
        foreach (var result in results)
            result.ShouldMatch();
        results[0].Source!["rows"].Number.ShouldBe(0);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task A_table_that_is_empty_on_the_target_alone_is_a_mismatch_in_every_check(Provider source, Provider target)
    {
        await using var migration = await TestMigration.CreateAsync(source, target);
        await migration.Target.ExecuteAsync("DELETE FROM cases");
        foreach (var result in await migration.VerifyAsync())
            result.ShouldMismatch().ShouldNotBeEmpty();
    }
}
