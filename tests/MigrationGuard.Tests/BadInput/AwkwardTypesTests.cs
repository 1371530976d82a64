using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Tests.Verification;
using MigrationGuard.Verification;

namespace MigrationGuard.Tests.BadInput;

/// <summary>Values at the edges of their types, read from real servers: each matches its copy, and each shows a change.</summary>
public sealed class AwkwardTypesTests
{
    [SkippableTheory]
    [InlineData("numeric(10,2)", "12.50", "'12.50'", "'12.51'")]
    [InlineData("numeric(10,2)", "12.50", "'12.5'", "12")]
    [InlineData("numeric(5,-2)", "12345", "'12300'", "'12345'")]
    [InlineData("numeric", "'NaN'", "'NaN'", "'0'")]
    [InlineData("numeric(60,20)", "1234567890123456789012345678901234567890.5", "'1234567890123456789012345678901234567890.5'", "'1234567890123456789012345678901234567890.6'")]
    public async Task Exact_numbers_in_text_of_SQLite_are_what_they_spell(string type, string number, string text, string other)
    {
        await using var migration = await CreateAsync(Provider.PostgreSql, type, Provider.Sqlite, "text");
        await migration.Source.ExecuteAsync($"INSERT INTO things VALUES (1, {number})");
        await migration.Target.ExecuteAsync($"INSERT INTO things VALUES (1, {text})");
        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMatch();
        await migration.Target.ExecuteAsync($"UPDATE things SET held = {other}");
        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMismatch().ShouldHaveSingleItem().Columns.ShouldBe(["held"]);
    }

    [SkippableTheory]
    [InlineData("timestamp(0)")]
    [InlineData("date")]
    public async Task Infinity_in_a_coarser_column_is_infinity(string type)
    {
        await using var migration = await CreateAsync(Provider.PostgreSql, "timestamp", Provider.PostgreSql, type);
        await OnBothAsync(migration, "INSERT INTO things VALUES (1, 'infinity'), (2, '-infinity'), (3, '2024-05-06')");
        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMatch();
        await migration.Target.ExecuteAsync("UPDATE things SET held = '-infinity' WHERE id = 1; UPDATE things SET held = '4000-01-01' WHERE id = 2");
        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMismatch().ShouldHaveSingleItem().Count.ShouldBe(2);
    }

    [SkippableFact]
    public async Task A_column_of_SQLite_declared_for_uuids_holds_text_that_is_compared_strictly()
    {
        const string uuid = "550e8400-e29b-41d4-a716-446655440000";
        await using var migration = await CreateAsync(Provider.PostgreSql, "uuid", Provider.Sqlite, "UUID");
        await migration.Source.ExecuteAsync($"INSERT INTO things VALUES (1, '{uuid}'), (2, '{uuid}')");
        await migration.Target.ExecuteAsync($"INSERT INTO things VALUES (1, '{uuid}'), (2, upper('{{{uuid}}}'))");
        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMatch();
        await migration.Target.ExecuteAsync($"UPDATE things SET held = char(9) || '{uuid}' WHERE id = 1; UPDATE things SET held = '({uuid})' WHERE id = 2");
        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMismatch().ShouldHaveSingleItem().Count.ShouldBe(2);
    }

    [SkippableTheory]
    [InlineData("streamed", "int")]
    [InlineData("stated, as a column that cannot be compared leaves no rows to stream", "point")]
    public async Task Columns_of_the_source_alone_are_asked_for_values_whatever_their_types(string way, string type)
    {
        await using var migration = await CreateAsync(Provider.PostgreSql, type, Provider.Sqlite, "int");
        await migration.Source.ExecuteAsync("""
            CREATE TYPE pair AS (a int, b int);
            ALTER TABLE things ADD half pair, ADD spot point, ADD document json, ADD nothing pair, ADD long text;
            INSERT INTO things SELECT n FROM generate_series(1, 5) AS n;
            UPDATE things SET half = ROW(NULL, 1), spot = '(1,2)' WHERE id < 4;
            UPDATE things SET half = ROW(NULL, NULL), document = 'null', long = repeat('x', 100000) WHERE id = 5;
            """);
        var findings = (await migration.VerifyAsync(CheckNames.Schema)).ShouldMismatch().Where(finding => finding.Columns!.Single() != "held");
        findings.Select(finding => $"{finding.Columns!.Single()} {finding.Count}").ShouldBe(["half 4", "spot 3", "document 1", "long 1"], ignoreOrder: true, way);
    }

    [SkippableTheory]
    [InlineData(Provider.PostgreSql, "text", 70_000)]
    [InlineData(Provider.PostgreSql, "text", 60_000)]
    [InlineData(Provider.SqlServer, "nvarchar(max)", 70_000)]
    public async Task A_breakdown_by_a_value_too_long_to_be_kept_says_which_column_and_what_to_do(Provider engine, string type, int length)
    {
        await using var migration = await CreateAsync(engine, type, engine, type);
        migration.Options.Entities["thing"].BreakdownBy = [new(["held"])];
        await OnBothAsync(migration, $"INSERT INTO things VALUES (1, '{new string('x', length)}'), (2, 'short')");
        var result = await migration.VerifyAsync(CheckNames.EntityBreakdown);
        if (length < 65_536)
            result.ShouldMatch();
        else
            result.ShouldNotBeChecked().ShouldContain("a value of held is longer than 64 KiB, and rows cannot be counted by such values. Leave held out of BreakdownBy");
    }

    private static async Task<TestMigration> CreateAsync(Provider source, string sourceType, Provider target, string targetType)
    {
        var migration = await TestMigration.CreateEmptyAsync(source, target);
        migration.Options.Depth = Depth.Rows;
        migration.Limits.SettleSeconds = 0;
        migration.Options.Entities.Clear();
        migration.Options.Entities["thing"] = new EntityOptions { Source = "things" };
        await migration.Source.ExecuteAsync($"CREATE TABLE things (id int NOT NULL PRIMARY KEY, held {sourceType} NULL)");
        await migration.Target.ExecuteAsync($"CREATE TABLE things (id int NOT NULL PRIMARY KEY, held {targetType} NULL)");
        return migration;
    }

    private static async Task OnBothAsync(TestMigration migration, string sql)
    {
        await migration.Source.ExecuteAsync(sql);
        await migration.Target.ExecuteAsync(sql);
    }
}
