using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Verification;

/// <summary>What the last timestamps must say, on every pair of engines.</summary>
public sealed class LastTimestampConformance
{
    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task The_same_newest_moments_match_and_are_reported(Provider source, Provider target)
    {
        await using var migration = await TestMigration.CreateAsync(source, target);
        var result = await migration.VerifyAsync(CheckNames.LastTimestamp);
        result.ShouldMatch();
        result.Source!["newestCreatedOn"].Text.ShouldStartWith("2025-01-12T10:00:00");
        result.Target!["newestModifiedOn"].Text.ShouldStartWith("2025-02-12T11:30:00");
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task A_last_change_that_was_lost_is_a_mismatch(Provider source, Provider target)
    {
        await using var migration = await TestMigration.CreateAsync(source, target);
        await migration.Target.ExecuteAsync("UPDATE cases SET modified_on = created_on WHERE id = 12");
        var results = await migration.VerifyAsync();
        var finding = results.Single(result => result.Check == CheckNames.LastTimestamp).ShouldMismatch().Single();
        finding.Kind.ShouldBe(FindingKinds.TimestampDiffers);
        finding.Columns.ShouldBe(["modified_on"]);
        results.Single(result => result.Check == CheckNames.RecordCount).ShouldMatch();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task A_moment_that_differs_by_a_millisecond_is_a_mismatch(Provider source, Provider target)
    {
        await using var migration = await TestMigration.CreateAsync(source, target);
        await migration.Source.ExecuteAsync("UPDATE cases SET modified_on = '2025-02-12 11:30:00.500' WHERE id = 12");
        await migration.Target.ExecuteAsync("UPDATE cases SET modified_on = '2025-02-12 11:30:00.501' WHERE id = 12");
        (await migration.VerifyAsync(CheckNames.LastTimestamp)).ShouldMismatch().Single().Columns.ShouldBe(["modified_on"]);
        await migration.Target.ExecuteAsync("UPDATE cases SET modified_on = '2025-02-12 11:30:00.500' WHERE id = 12");
        (await migration.VerifyAsync(CheckNames.LastTimestamp)).ShouldMatch();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task Rows_written_to_the_source_after_the_freeze_are_a_mismatch(Provider source, Provider target)
    {
        await using var migration = await TestMigration.CreateAsync(source, target);
        migration.Options.FrozenAt = new DateTimeOffset(2025, 2, 11, 12, 30, 0, TimeSpan.FromHours(1));
        var findings = (await migration.VerifyAsync(CheckNames.LastTimestamp)).ShouldMismatch();
        findings.Single().Count.ShouldBe(1);
        findings.Single().Columns.ShouldBe(["modified_on"]);
        findings.Single().Detail.ShouldNotBeNull().ShouldContain("newer than the freeze");
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task A_row_of_the_very_moment_of_the_freeze_is_not_after_it(Provider source, Provider target)
    {
        await using var migration = await TestMigration.CreateAsync(source, target);
        migration.Options.FrozenAt = new DateTimeOffset(2025, 2, 12, 11, 30, 0, TimeSpan.Zero);
        (await migration.VerifyAsync(CheckNames.LastTimestamp)).ShouldMatch();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task Readings_in_another_zone_are_the_same_moment_and_the_zone_is_recorded(Provider source, Provider target)
    {
        await using var migration = await TestMigration.CreateAsync(source, target);
        // The newest moments are in winter, when London keeps UTC; half a year on they would be an hour apart.
        await migration.Source.ExecuteAsync("UPDATE cases SET modified_on = '2025-07-01 13:00:00' WHERE id = 12");
        await migration.Target.ExecuteAsync("UPDATE cases SET modified_on = '2025-07-01 12:00:00' WHERE id = 12");
        (await migration.VerifyAsync(CheckNames.LastTimestamp)).ShouldMismatch();
        migration.SourceOptions.TimeZone = "Europe/London";
        (await migration.VerifyAsync(CheckNames.LastTimestamp)).ShouldMatch();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_copy_into_the_same_type_that_cut_its_fractions_is_a_mismatch(Provider engine)
    {
        await using var migration = await TestMigration.CreateAsync(engine, engine);
        await migration.Source.ExecuteAsync("UPDATE cases SET modified_on = '2025-02-12 11:30:00.750' WHERE id = 12");
        var result = await migration.VerifyAsync(CheckNames.LastTimestamp);
        result.ShouldMismatch().Single().Columns.ShouldBe(["modified_on"]);
        result.Narrowed.ShouldBeEmpty();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task A_coarser_target_is_compared_at_its_step_and_the_narrowing_is_recorded(Provider source, Provider target)
    {
        await using var migration = await TestMigration.CreateAsync(source, target);
        await migration.Source.ExecuteAsync("UPDATE cases SET modified_on = '2025-02-12 11:30:00.750' WHERE id = 12");
        await migration.Target.ExecuteAsync("DROP TABLE cases");
        await migration.Target.ExecuteAsync($"CREATE TABLE cases (id int, state int, status {(target == Provider.Sqlite ? "TEXT" : "varchar(50)")}, created_on {Coarse(target)}, modified_on {Coarse(target)})");
        foreach (var (written, same) in new[] { ("2025-02-12 11:30:00", true), ("2025-02-12 11:30:01", true), ("2025-02-12 11:30:02", false) })
        {
            await migration.Target.ExecuteAsync("DELETE FROM cases");
            await migration.Target.ExecuteAsync($"INSERT INTO cases (id, created_on, modified_on) VALUES (1, '2025-01-12 10:00:00', '{written}')");
            var result = await migration.VerifyAsync(CheckNames.LastTimestamp);
            if (same)
                result.ShouldMatch();
            else
                result.ShouldMismatch();
            result.Narrowed.ShouldContain(narrowing => narrowing.StartsWith("modified_on: compared to 1 s, the target's step", StringComparison.Ordinal));
        }
    }

    private static string Coarse(Provider provider) => provider switch
    {
        Provider.SqlServer => "datetime2(0)",
        Provider.PostgreSql => "timestamp(0)",
        // Another declared type than the source's, so that the steps of the values decide.
        _ => "TEXT",
    };
}
