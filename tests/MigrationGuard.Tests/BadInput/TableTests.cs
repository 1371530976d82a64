using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Tests.Commands;
using MigrationGuard.Tests.Servers;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.BadInput;

/// <summary>A table that is not there, goes, or cannot be read is not checked and says why; the others are checked all the same.</summary>
public sealed class TableTests
{
    private static readonly string[] ChecksOfACase = ["record-count", "entity-breakdown", "entity-breakdown", "last-timestamp"];

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_table_missing_from_the_target_leaves_every_check_of_it_not_checked(Provider engine)
    {
        await using var migration = await WithFeesAsync(engine);
        await migration.Target.ExecuteAsync("DROP TABLE cases");
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Incomplete);
        var results = run.Results(TestMigration.Entity);
        results.Select(result => result.Check).ShouldBe(ChecksOfACase);
        results.ShouldAllBe(result => result.ShouldNotBeChecked().StartsWith("The target has no table or view cases"));
        run.Result("fee", CheckNames.RecordCount).ShouldMatch();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_table_missing_from_the_source_is_not_checked_and_no_count_of_zero(Provider engine)
    {
        await using var migration = await WithFeesAsync(engine);
        await migration.Source.ExecuteAsync("DROP TABLE cases");
        await migration.Target.ExecuteAsync("DELETE FROM cases");
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Incomplete);
        var count = run.Result(TestMigration.Entity, CheckNames.RecordCount);
        count.ShouldNotBeChecked().ShouldContain("The source has no table or view cases");
        count.Source.ShouldBeNull();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_column_that_is_not_there_leaves_only_its_own_check_not_checked(Provider engine)
    {
        await using var migration = await CommandMigration.CreateAsync(engine, engine);
        migration.Cases.ModifiedOn = "changed_at";
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Incomplete);
        run.Result(TestMigration.Entity, CheckNames.LastTimestamp).ShouldNotBeChecked().ShouldContain("has no column changed_at");
        run.Result(TestMigration.Entity, CheckNames.RecordCount).ShouldMatch();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_table_that_is_dropped_between_the_plan_and_its_scan_is_not_checked(Provider engine)
    {
        await using var migration = await WithFeesAsync(engine);
        migration.Folder.Told = line =>
        {
            if (line.Contains(" planned, about", StringComparison.Ordinal))
                migration.Target.ExecuteAsync("DROP TABLE cases").GetAwaiter().GetResult();
        };
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Incomplete);
        var count = run.Result(TestMigration.Entity, CheckNames.RecordCount);
        count.ShouldNotBeChecked().ShouldContain("cases");
        count.Source!["rows"].Number.ShouldBe(12);
        count.Target.ShouldBeNull();
        run.Result("fee", CheckNames.RecordCount).ShouldMatch();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_view_that_errors_is_not_checked_and_the_error_is_told(Provider engine)
    {
        await using var migration = await WithFeesAsync(engine);
        // SQLite divides by zero without a word, but does not add up what does not fit.
        await migration.OnBothAsync("CREATE VIEW broken AS SELECT id FROM cases WHERE " + (engine == Provider.Sqlite ? "abs(-9223372036854775807 - id) > 0" : "1 / (id - 7) < 5"));
        migration.AddEntity("broken");
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Incomplete);
        run.Result("broken", CheckNames.RecordCount).ShouldNotBeChecked().ShouldContain(engine switch
        {
            Provider.PostgreSql => "division by zero",
            Provider.SqlServer => "ivi",
            _ => "integer overflow",
        });
        run.Result("fee", CheckNames.RecordCount).ShouldMatch();
        run.Results(TestMigration.Entity).ShouldAllBe(result => result.Outcome is CheckOutcome.Match);
    }

    [Fact]
    public async Task A_view_whose_table_is_gone_does_not_hide_the_rest_of_the_catalogue()
    {
        await using var migration = await WithFeesAsync(Provider.Sqlite);
        await migration.OnBothAsync("CREATE TABLE gone (id int); CREATE VIEW left_behind AS SELECT id FROM gone; DROP TABLE gone");
        migration.AddEntity("left behind", "left_behind");
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Incomplete);
        run.Result("left behind", CheckNames.RecordCount).ShouldNotBeChecked().ShouldContain("no such table: main.gone");
        run.Result("fee", CheckNames.RecordCount).ShouldMatch();
    }

    [SkippableTheory]
    [InlineData(Provider.PostgreSql, "title::int > 0")]
    [InlineData(Provider.PostgreSql, "title::date > now()")]
    [InlineData(Provider.PostgreSql, "title::uuid IS NOT NULL")]
    [InlineData(Provider.PostgreSql, "title::json IS NOT NULL")]
    [InlineData(Provider.PostgreSql, "title::xml IS NOT NULL")]
    [InlineData(Provider.PostgreSql, "refuse(title)")]
    [InlineData(Provider.SqlServer, "CAST(title AS int) > 0")]
    [InlineData(Provider.SqlServer, "CAST(title AS uniqueidentifier) IS NOT NULL")]
    [InlineData(Provider.Sqlite, "json_extract('{}', title) IS NOT NULL")]
    [InlineData(Provider.Sqlite, "json_extract(title, '$') IS NOT NULL")]
    public async Task An_error_that_quotes_a_value_of_a_row_is_told_without_it(Provider engine, string condition)
    {
        await using var migration = await CommandMigration.CreateAsync(engine, engine);
        if (engine == Provider.PostgreSql)
        {
            await migration.OnBothAsync("""
                CREATE FUNCTION refuse(value text) RETURNS boolean LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'the case of % is refused', value; END $$
                """);
        }
        await migration.OnBothAsync("UPDATE cases SET title = 'Jane <\"Canary\" O''Quill'");
        await migration.OnBothAsync("CREATE VIEW quoting AS SELECT id FROM cases WHERE " + condition);
        migration.AddEntity("quoting");
        var run = (await migration.VerifyAsync("--output", "report")).ShouldExitWith(ExitCode.Incomplete);
        run.Result("quoting", CheckNames.RecordCount).ShouldNotBeChecked();
        foreach (var part in new[] { "Jane", "Canary", "Quill" })
        {
            run.Output.ShouldNotContain(part);
            run.Error.ShouldNotContain(part);
            migration.Folder.FilesHolding(part).ShouldBeEmpty();
        }
    }

    private static async Task<CommandMigration> WithFeesAsync(Provider engine)
    {
        var migration = await CommandMigration.CreateAsync(engine, engine);
        await migration.OnBothAsync("CREATE TABLE fees (id int NOT NULL)");
        migration.AddEntity("fee", "fees");
        return migration;
    }
}
