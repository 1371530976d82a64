using System.Globalization;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Tests.Verification;
using MigrationGuard.Verification;

namespace MigrationGuard.Tests.BadInput;

/// <summary>Keys, values and tables that a comparison of rows could stumble over: each matches its copy, and each shows a change.</summary>
public sealed class AwkwardRowsTests
{
    private const int Megabyte = 1024 * 1024;

    public static TheoryData<Provider, Provider> Pairs => new()
    {
        { Provider.Sqlite, Provider.Sqlite },
        { Provider.Sqlite, Provider.PostgreSql },
        { Provider.PostgreSql, Provider.Sqlite },
        { Provider.PostgreSql, Provider.PostgreSql },
    };

    [SkippableTheory, MemberData(nameof(Pairs))]
    public async Task Keys_with_parts_that_are_NULL_name_their_rows(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target, _ => "CREATE TABLE things (a int NULL, b text NULL, words text NULL)");
        migration.Options.Entities["thing"].Key = ["a", "b"];
        await OnBothAsync(migration, "INSERT INTO things VALUES (1, NULL, 'one'), (NULL, '1', 'two'), (NULL, NULL, 'three'), (1, '', 'four'), (1, '1', 'five')");
        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMatch();
        await migration.Target.ExecuteAsync("UPDATE things SET words = 'other' WHERE words IN ('one', 'three')");
        await migration.Target.ExecuteAsync("UPDATE things SET b = '' WHERE words = 'two'");
        await ShouldBeFoundAsync(migration, "missing-in-target 1 ", "extra-in-target 1 ", "changed 2 words");
    }

    [SkippableTheory]
    [InlineData(Provider.Sqlite, Provider.Sqlite)]
    [InlineData(Provider.Sqlite, Provider.PostgreSql)]
    [InlineData(Provider.PostgreSql, Provider.Sqlite)]
    public async Task Keys_that_differ_by_case_alone_are_two_whatever_the_collation(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target, provider => provider == Provider.Sqlite
            ? "CREATE TABLE things (name text COLLATE NOCASE NOT NULL PRIMARY KEY, words text NULL)"
            : "CREATE EXTENSION citext; CREATE TABLE things (name citext NOT NULL PRIMARY KEY, words text NULL)");
        await OnBothAsync(migration, "INSERT INTO things VALUES ('one', '1'), ('Two', '2'), ('THREE', '3')");
        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMatch();
        await migration.Target.ExecuteAsync("UPDATE things SET name = 'TWO' WHERE name = 'two'");
        await ShouldBeFoundAsync(migration, "missing-in-target 1 ", "extra-in-target 1 ");
    }

    [SkippableFact]
    public async Task Keys_under_a_collation_that_takes_spellings_for_one_are_two()
    {
        await using var migration = await CreateAsync(Provider.Sqlite, Provider.PostgreSql, provider => provider == Provider.Sqlite
            ? "CREATE TABLE things (name text NOT NULL PRIMARY KEY, words text NULL)"
            : """
              CREATE COLLATION anyhow (provider = icu, locale = 'und-u-ks-level1', deterministic = false);
              CREATE TABLE things (name text COLLATE anyhow NOT NULL, words text NULL, PRIMARY KEY (name))
              """);
        await OnBothAsync(migration, "INSERT INTO things VALUES ('résumé', '1'), ('other', '2')");
        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMatch();
        await migration.Target.ExecuteAsync("UPDATE things SET name = 'Resume' WHERE name = 'resume'");
        await ShouldBeFoundAsync(migration, "missing-in-target 1 ", "extra-in-target 1 ");
    }

    [SkippableFact]
    public async Task A_key_that_is_NULL_in_spite_of_NOT_NULL_names_its_row()
    {
        await using var migration = await CreateAsync(Provider.PostgreSql, Provider.PostgreSql, _ => "CREATE TABLE things (id int NULL, words text NULL)");
        migration.Options.Entities["thing"].Key = ["id"];
        await OnBothAsync(migration, "INSERT INTO things SELECT i, 'words' FROM generate_series(1, 10000) AS i; INSERT INTO things VALUES (NULL, 'words'); CREATE UNIQUE INDEX one ON things (id); ANALYZE things");
        // Before PostgreSQL 18 can be told to declare what was never looked at, its catalogue can; PostgreSQL 17 makes use of what it says.
        await OnBothAsync(migration, """
            DO $$ BEGIN
                IF current_setting('server_version_num')::int >= 180000 THEN
                    EXECUTE 'ALTER TABLE things ADD CONSTRAINT declared NOT NULL id NOT VALID';
                ELSIF current_setting('server_version_num')::int < 170000 THEN
                    UPDATE pg_attribute SET attnotnull = true WHERE attrelid = 'things'::regclass AND attname = 'id';
                END IF;
            END $$
            """);
        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMatch();
        await migration.Target.ExecuteAsync("DELETE FROM things WHERE id IS NULL; UPDATE things SET words = 'other' WHERE id = 9999");
        await ShouldBeFoundAsync(migration, "missing-in-target 1 ", "changed 1 words");
    }

    [SkippableTheory, MemberData(nameof(Pairs))]
    public async Task Rows_too_many_to_be_held_at_once_are_all_accounted_for(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target, _ => "CREATE TABLE things (id bigint NOT NULL PRIMARY KEY, words text NULL)");
        // Neither side has a histogram: cut evenly up to the last key, all other rows are in one part.
        foreach (var database in new[] { migration.Source, migration.Target })
            await database.ExecuteAsync("INSERT INTO things WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < 200000) SELECT i, 'some words of row ' || i FROM numbers; INSERT INTO things VALUES (9223372036854775807, 'sentinel')");
        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMatch();
        await migration.Target.ExecuteAsync("UPDATE things SET words = 'other' WHERE id <= 200000");
        var findings = (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMismatch();
        var changed = findings.Single(finding => finding.Kind == FindingKinds.Changed);
        changed.Columns.ShouldBe(["words"]);
        var rest = findings.SingleOrDefault(finding => finding.Kind == FindingKinds.ValueDiffers)?.Count ?? 0;
        // What is not looked at may hold the last row too, which is the same on both sides.
        ((2 * changed.Count.ShouldNotBeNull()) + rest).ShouldBeInRange(400_000, 400_002);
        changed.Count.ShouldNotBeNull().ShouldBeGreaterThan(50_000);
    }

    [SkippableTheory, MemberData(nameof(Pairs))]
    public async Task A_hundred_thousand_rows_that_are_the_same_are_told_from_one_more(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target, _ => "CREATE TABLE things (state int NULL, words text NULL)");
        foreach (var database in new[] { migration.Source, migration.Target })
            await database.ExecuteAsync("INSERT INTO things WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < 100000) SELECT 1, 'the same words in every row' FROM numbers");
        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMatch();
        await migration.Source.ExecuteAsync("INSERT INTO things VALUES (1, 'the same words in every row')");
        await ShouldBeFoundAsync(migration, "missing-in-target 1 ");
    }

    [SkippableTheory, MemberData(nameof(Pairs))]
    public async Task The_last_byte_of_64_megabytes_counts(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target, provider => $"CREATE TABLE things (id int NOT NULL PRIMARY KEY, content {(provider == Provider.Sqlite ? "BLOB" : "bytea")} NULL)");
        foreach (var database in new[] { migration.Source, migration.Target })
            await database.ExecuteAsync($"INSERT INTO things VALUES (1, {Zeros(database.Provider, 64 * Megabyte)})");
        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMatch();
        await migration.Target.ExecuteAsync(target == Provider.Sqlite
            ? $"UPDATE things SET content = CAST(substr(content, 2) || x'01' AS BLOB)"
            : string.Create(CultureInfo.InvariantCulture, $"UPDATE things SET content = set_byte(content, {(64 * Megabyte) - 1}, 1)"));
        await ShouldBeFoundAsync(migration, "changed 1 content");
    }

    [SkippableTheory, MemberData(nameof(Pairs))]
    public async Task Each_of_a_thousand_columns_counts(Provider source, Provider target)
    {
        var names = Enumerable.Range(0, 1000).Select(i => string.Create(CultureInfo.InvariantCulture, $"c{i}")).ToList();
        await using var migration = await CreateAsync(source, target, _ => $"CREATE TABLE things (id int NOT NULL PRIMARY KEY, {string.Join(", ", names.Select(name => name + " int NULL"))})");
        foreach (var id in new[] { 1, 2, 3 })
            await OnBothAsync(migration, $"INSERT INTO things VALUES ({id}, {string.Join(", ", names.Select((_, i) => i % 7 == 0 ? "NULL" : (i * id).ToString(CultureInfo.InvariantCulture)))})");
        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMatch();
        await migration.Target.ExecuteAsync("UPDATE things SET c999 = 0 WHERE id = 1");
        await migration.Target.ExecuteAsync("UPDATE things SET c0 = 0, c500 = NULL WHERE id = 3");
        await ShouldBeFoundAsync(migration, "changed 1 c0,c500", "changed 1 c999");
    }

    [SkippableTheory, MemberData(nameof(Pairs))]
    public async Task A_key_of_several_columns_names_its_rows(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target, _ => "CREATE TABLE things (a int NOT NULL, b varchar(20) NOT NULL, c date NOT NULL, words text NULL, PRIMARY KEY (a, b, c))");
        await OnBothAsync(migration, "INSERT INTO things VALUES (1, '1', '2025-01-01', 'x'), (1, '11', '2025-01-01', 'y'), (11, '1', '2025-01-01', 'z'), (1, '1', '2025-01-02', 'x')");
        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMatch();
        await migration.Target.ExecuteAsync("UPDATE things SET words = 'z' WHERE a = 1 AND b = '11'");
        await migration.Target.ExecuteAsync("UPDATE things SET c = '2025-01-03' WHERE a = 11");
        await ShouldBeFoundAsync(migration, "missing-in-target 1 ", "extra-in-target 1 ", "changed 1 words");
    }

    [SkippableTheory, MemberData(nameof(Pairs))]
    public async Task Views_renamed_columns_and_filters_are_compared_as_they_are_named(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target, _ => "CREATE TABLE things (id int NOT NULL PRIMARY KEY, words text NULL, state int NOT NULL)");
        await OnBothAsync(migration, "INSERT INTO things VALUES (1, 'one', 0), (2, 'two', 0), (3, 'three', 1), (4, NULL, 0)");
        await migration.Target.ExecuteAsync("CREATE VIEW renamed AS SELECT id AS thing_id, words AS content FROM things WHERE state = 0");
        migration.Options.Entities["thing"] = new EntityOptions
        {
            Source = "things",
            Target = "renamed",
            Key = ["id"],
            TargetColumns = { ["id"] = "thing_id", ["words"] = "content" },
            IgnoreColumns = ["state"],
            SourceFilter = "state = 0 AND id <> 2",
            TargetFilter = "thing_id <> 2",
        };
        var result = await migration.VerifyAsync(CheckNames.Fingerprint);
        result.ShouldMatch();
        result.Source!["rows"].Number.ShouldBe(2);

        await migration.Target.ExecuteAsync("UPDATE things SET words = 'other' WHERE id IN (2, 3)");
        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMatch();
        await migration.Target.ExecuteAsync("UPDATE things SET words = '' WHERE id = 4");
        await migration.Target.ExecuteAsync("UPDATE things SET state = 1 WHERE id = 1");
        await ShouldBeFoundAsync(migration, "missing-in-target 1 ", "changed 1 words");
    }

    private static async Task<TestMigration> CreateAsync(Provider source, Provider target, Func<Provider, string> table)
    {
        var migration = await TestMigration.CreateEmptyAsync(source, target);
        migration.Options.Depth = Depth.Rows;
        migration.Limits.SettleSeconds = 0;
        migration.Options.Entities.Clear();
        migration.Options.Entities["thing"] = new EntityOptions { Source = "things" };
        foreach (var database in new[] { migration.Source, migration.Target })
            await database.ExecuteAsync(table(database.Provider));
        return migration;
    }

    private static async Task OnBothAsync(TestMigration migration, string sql)
    {
        await migration.Source.ExecuteAsync(sql);
        await migration.Target.ExecuteAsync(sql);
    }

    private static async Task ShouldBeFoundAsync(TestMigration migration, params string[] findings) =>
        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMismatch()
            .Select(finding => $"{finding.Kind} {finding.Count} {string.Join(",", finding.Columns ?? [])}").ShouldBe(findings);

    private static string Zeros(Provider provider, int bytes) => provider == Provider.Sqlite
        ? string.Create(CultureInfo.InvariantCulture, $"zeroblob({bytes})")
        : string.Create(CultureInfo.InvariantCulture, $"decode(repeat('00', {bytes}), 'hex')");
}
