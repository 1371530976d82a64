using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Tests.Verification;

/// <summary>Last timestamps in columns of unlike types: the same moment matches, and the next one does not.</summary>
public sealed class LastTimestampTypesConformance
{
    private static readonly (string, Provider) SqliteText = ("TEXT", Provider.Sqlite);
    private static readonly (string, Provider) SqliteReal = ("REAL", Provider.Sqlite);
    private static readonly (string, Provider) SqliteInteger = ("INTEGER", Provider.Sqlite);
    private static readonly (string, Provider) SqliteUntyped = ("", Provider.Sqlite);
    private static readonly (string, Provider) Naive = ("timestamp(3)", Provider.PostgreSql);
    private static readonly (string, Provider) Zoned = ("timestamptz(3)", Provider.PostgreSql);
    private static readonly (string, Provider) Date = ("date", Provider.PostgreSql);
    private static readonly (string, Provider) Minutes = ("smalldatetime", Provider.SqlServer);

    [SkippableFact]
    public async Task A_moment_with_a_zone_is_the_reading_of_that_zone()
    {
        (await CompareAsync(Zoned, "'2025-07-01 12:00:00+00'", Naive, "'2025-07-01 13:00:00'", targetZone: "Europe/London")).ShouldMatch();
        var elsewhere = await CompareAsync(Zoned, "'2025-07-01 12:00:00+00'", Naive, "'2025-07-01 13:00:00'");
        elsewhere.ShouldMismatch().Single().Kind.ShouldBe(FindingKinds.TimestampDiffers);
    }

    [SkippableFact]
    public async Task The_zone_that_a_reading_was_taken_to_be_of_is_recorded()
    {
        var result = await CompareAsync(Naive, "'2025-07-01 13:00:00'", Zoned, "'2025-07-01 14:00:00+02'", sourceZone: "Europe/London");
        result.ShouldMatch();
        result.Narrowed.ShouldContain("created_on: the source's readings are taken to be of Europe/London");
    }

    [SkippableFact]
    public async Task A_reading_of_the_hour_that_clocks_repeat_is_not_checked()
    {
        (await CompareAsync(Naive, "'2025-10-26 01:30:00'", Zoned, "'2025-10-26 01:30:00+00'", sourceZone: "Europe/London"))
            .ShouldNotBeChecked().ShouldContain("names two moments");
        (await CompareAsync(SqliteText, "'2025-10-26 01:30:00'", Zoned, "'2025-10-26 01:30:00+00'", sourceZone: "Europe/London"))
            .ShouldNotBeChecked().ShouldContain("1 values of created_on on the source");
        // Two clocks of one zone agree as they read.
        (await CompareAsync(Naive, "'2025-10-26 01:30:00'", Naive, "'2025-10-26 01:30:00'", sourceZone: "Europe/London", targetZone: "Europe/London")).ShouldMatch();
    }

    [SkippableFact]
    public async Task Dates_of_SQLite_in_text_as_numbers_and_as_days_are_those_of_PostgreSQL()
    {
        foreach (var (type, same, other) in new[]
        {
            (SqliteText, "'2025-01-01T12:00:00Z'", "'2025-01-01 12:00:01'"),
            (SqliteText, "'2025-01-01 12:00'", "'2025-01-01 12:01'"),
            (SqliteReal, "2460677.0", "2460677.0001"),
            (SqliteInteger, "1735732800", "1735732801"),
            (SqliteUntyped, "1735732800", "1735732799"),
        })
        {
            (await CompareAsync(type, same, Naive, "'2025-01-01 12:00:00'")).ShouldMatch();
            (await CompareAsync(Zoned, "'2025-01-01 12:00:00+00'", type, same)).ShouldMatch();
            (await CompareAsync(type, other, Naive, "'2025-01-01 12:00:00'")).ShouldMismatch();
        }
    }

    [SkippableFact]
    public async Task Whole_numbers_that_count_milliseconds_are_read_so_where_that_is_configured()
    {
        await using var migration = await CreateAsync(SqliteInteger, "1735732800250", Naive, "'2025-01-01 12:00:00.250'");
        (await migration.VerifyAsync(CheckNames.LastTimestamp)).ShouldNotBeChecked();
        migration.SourceOptions.IntegerTimestamps = IntegerTimestamps.UnixMilliseconds;
        (await migration.VerifyAsync(CheckNames.LastTimestamp)).ShouldMatch();
    }

    [Fact]
    public async Task Text_that_is_no_date_is_not_checked_with_the_count_and_the_side()
    {
        await using var migration = await CreateAsync(SqliteText, "'2025-01-01 12:00:00'", SqliteText, "'2025-01-01 12:00:00'");
        await migration.Target.ExecuteAsync("INSERT INTO cases (created_on) VALUES ('soon'), ('01/02/2025'), (NULL)");
        (await migration.VerifyAsync(CheckNames.LastTimestamp)).ShouldNotBeChecked().ShouldStartWith("2 values of created_on on the target are no dates");
    }

    [Fact]
    public async Task A_difference_in_one_column_is_a_mismatch_although_the_other_cannot_be_read()
    {
        await using var migration = await CreateAsync(SqliteText, "'2025-01-01'", SqliteText, "'2025-01-02'");
        foreach (var database in new[] { migration.Source, migration.Target })
            await database.ExecuteAsync("ALTER TABLE cases ADD COLUMN modified_on TEXT DEFAULT 'soon'");
        migration.Options.Entities[TestMigration.Entity].ModifiedOn = "modified_on";
        var result = await migration.VerifyAsync(CheckNames.LastTimestamp);
        result.ShouldMismatch().Single().Columns.ShouldBe(["created_on"]);
        result.Narrowed.ShouldContain(narrowing => narrowing.StartsWith("Not compared: 1 values of modified_on on the source", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_date_and_a_moment_are_compared_by_the_day_and_that_is_recorded()
    {
        var result = await CompareAsync(Naive, "'2025-01-01 11:59:00'", Date, "'2025-01-01'");
        result.ShouldMatch();
        result.Narrowed.ShouldBe(["created_on: compared to 1 day, the target's step; the source keeps 1 ms"]);
        (await CompareAsync(Naive, "'2025-01-01 11:59:00'", Date, "'2025-01-03'")).ShouldMismatch();
    }

    [SkippableFact]
    public async Task Dates_are_the_same_whatever_zones_the_sides_keep()
    {
        (await CompareAsync(SqliteText, "'2025-01-01'", Date, "'2025-01-01'", sourceZone: "Pacific/Auckland")).ShouldMatch();
        (await CompareAsync(SqliteText, "'2025-01-01'", Date, "'2025-01-02'", sourceZone: "Pacific/Auckland")).ShouldMismatch();
    }

    [SkippableFact]
    public async Task A_smalldatetime_is_compared_to_the_minute()
    {
        var result = await CompareAsync(Minutes, "'2025-01-01 12:34:00'", SqliteText, "'2025-01-01 12:34:20'");
        result.ShouldMatch();
        result.Narrowed.Single().ShouldContain("compared to 1 minute, the source's step");
        (await CompareAsync(Minutes, "'2025-01-01 12:34:00'", SqliteText, "'2025-01-01 12:36:00'")).ShouldMismatch();
    }

    [SkippableTheory]
    [InlineData(Provider.Sqlite, Provider.Sqlite)]
    [InlineData(Provider.Sqlite, Provider.PostgreSql)]
    [InlineData(Provider.PostgreSql, Provider.PostgreSql)]
    [InlineData(Provider.SqlServer, Provider.PostgreSql)]
    public async Task Nothing_but_NULL_on_both_sides_matches_and_on_one_side_is_a_mismatch(Provider source, Provider target)
    {
        await using var migration = await TestMigration.CreateAsync(source, target);
        await migration.Source.ExecuteAsync("UPDATE cases SET created_on = NULL");
        var finding = (await migration.VerifyAsync(CheckNames.LastTimestamp)).ShouldMismatch().Single();
        finding.Columns.ShouldBe(["created_on"]);
        finding.Source!.IsNull.ShouldBeTrue();
        await migration.Target.ExecuteAsync("UPDATE cases SET created_on = NULL");
        (await migration.VerifyAsync(CheckNames.LastTimestamp)).ShouldMatch();
    }

    private static async Task<CheckResult> CompareAsync(
        (string Type, Provider Engine) source,
        string sourceValue,
        (string Type, Provider Engine) target,
        string targetValue,
        string sourceZone = "UTC",
        string targetZone = "UTC")
    {
        await using var migration = await CreateAsync(source, sourceValue, target, targetValue);
        migration.SourceOptions.TimeZone = sourceZone;
        migration.TargetOptions.TimeZone = targetZone;
        return await migration.VerifyAsync(CheckNames.LastTimestamp);
    }

    private static async Task<TestMigration> CreateAsync((string Type, Provider Engine) source, string sourceValue, (string Type, Provider Engine) target, string targetValue)
    {
        var migration = await TestMigration.CreateEmptyAsync(source.Engine, target.Engine);
        await migration.Source.ExecuteAsync($"CREATE TABLE cases (created_on {source.Type}); INSERT INTO cases (created_on) VALUES ({sourceValue})");
        await migration.Target.ExecuteAsync($"CREATE TABLE cases (created_on {target.Type}); INSERT INTO cases (created_on) VALUES ({targetValue})");
        var entity = migration.Options.Entities[TestMigration.Entity];
        (entity.Key, entity.ModifiedOn, entity.BreakdownBy) = ([], null, []);
        return migration;
    }
}
