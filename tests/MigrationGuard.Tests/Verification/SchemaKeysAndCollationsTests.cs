using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification;

namespace MigrationGuard.Tests.Verification;

/// <summary>Keys and collations that differ in what they keep apart, within one engine.</summary>
public sealed class SchemaKeysAndCollationsTests
{
    [SkippableTheory]
    [InlineData(Provider.Sqlite, "text COLLATE NOCASE", "text")]
    [InlineData(Provider.PostgreSql, "citext", "text")]
    public async Task A_collation_that_tells_less_apart_is_a_mismatch_and_one_that_tells_more_a_note(Provider engine, string careless, string careful)
    {
        var extension = engine == Provider.PostgreSql ? "CREATE EXTENSION IF NOT EXISTS citext; " : "";
        await using (var migration = await CreateAsync(engine, $"{extension}CREATE TABLE t (name {careful})", $"{extension}CREATE TABLE t (name {careless})"))
        {
            var finding = (await migration.VerifyAsync(CheckNames.Schema)).ShouldMismatch().ShouldHaveSingleItem();
            finding.Columns.ShouldBe(["name"]);
            finding.Detail.ShouldBe("The target's collation tells apart accents but not case, the source's case and accents.");
        }
        await using var wider = await CreateAsync(engine, $"{extension}CREATE TABLE t (name {careless})", $"{extension}CREATE TABLE t (name {careful})");
        var result = await wider.VerifyAsync(CheckNames.Schema);
        result.ShouldMatch();
        result.Notes.ShouldContain(note => note.StartsWith("Of another collation on the target: name (", StringComparison.Ordinal));
    }

    // What the two sides are made with, beside the columns a, b and c.
    [SkippableTheory]
    [InlineData("PRIMARY KEY (a, b)", "PRIMARY KEY (b, a)", "another order")]
    [InlineData("PRIMARY KEY (a)", "UNIQUE (a)", "is unique on the target, but not its primary key")]
    [InlineData("UNIQUE (a, b)", "UNIQUE (b, a)", null)]
    [InlineData("UNIQUE (a, b)", "PRIMARY KEY (a)", "The target has the primary key (a), the source has none.")]
    [InlineData("PRIMARY KEY (a), UNIQUE (a, b)", "PRIMARY KEY (a)", null)]
    [InlineData("CHECK (a > 0)", "UNIQUE (b)", "(b) is unique on the target, but not on the source")]
    public async Task What_is_kept_unique_by_other_means_is_no_mismatch(string source, string target, string? note)
    {
        foreach (var engine in (Provider[])[Provider.Sqlite, Provider.PostgreSql])
        {
            await using var migration = await CreateAsync(engine, Table(source), Table(target));
            var result = await migration.VerifyAsync(CheckNames.Schema);
            result.ShouldMatch();
            if (note is not null)
                result.Notes.ShouldContain(said => said.Contains(note, StringComparison.Ordinal));
            else
                result.Notes.ShouldBeEmpty();
        }
    }

    [SkippableTheory]
    [InlineData("PRIMARY KEY (a)", "PRIMARY KEY (a, b)", "a")]
    [InlineData("PRIMARY KEY (a, b)", "PRIMARY KEY (a)", "a,b")]
    [InlineData("UNIQUE (a)", "UNIQUE (a, b)", "a")]
    [InlineData("UNIQUE (a, b)", "UNIQUE (a, c)", "a,b")]
    public async Task What_is_kept_unique_on_other_columns_is_a_mismatch(string source, string target, string columns)
    {
        foreach (var engine in (Provider[])[Provider.Sqlite, Provider.PostgreSql])
        {
            await using var migration = await CreateAsync(engine, Table(source), Table(target));
            var finding = (await migration.VerifyAsync(CheckNames.Schema)).ShouldMismatch().ShouldHaveSingleItem();
            string.Join(",", finding.Columns!).ShouldBe(columns);
        }
    }

    [SkippableTheory]
    [InlineData("CREATE UNIQUE INDEX u ON t (c)", "CREATE UNIQUE INDEX u ON t (c) WHERE c IS NOT NULL", true)]
    [InlineData("CREATE UNIQUE INDEX u ON t (c) WHERE c > 0", "CREATE UNIQUE INDEX u ON t (c) WHERE c > 1", true)]
    [InlineData("CREATE UNIQUE INDEX u ON t (a)", "CREATE UNIQUE INDEX u ON t (a) WHERE a > 0", false)]
    [InlineData("CREATE UNIQUE INDEX u ON t (c) WHERE c > 0", "CREATE INDEX u ON t (c)", false)]
    public async Task A_condition_stands_for_NULLs_alone(string source, string target, bool matches)
    {
        foreach (var engine in (Provider[])[Provider.Sqlite, Provider.PostgreSql])
        {
            await using var migration = await CreateAsync(engine, Table("CHECK (a > 0)") + "; " + source, Table("CHECK (a > 0)") + "; " + target);
            var result = await migration.VerifyAsync(CheckNames.Schema);
            if (matches)
            {
                result.ShouldMatch();
                result.Notes.ShouldContain("(c) is unique on the target only under a condition, which is not compared.");
            }
            else
            {
                result.ShouldMismatch().ShouldHaveSingleItem();
            }
        }
    }

    [Theory]
    [InlineData("Columns", "a", "b")]
    [InlineData("IgnoreColumns", "b", "a")]
    public async Task A_unique_constraint_over_columns_that_are_not_compared_is_a_note(string option, string column, string key)
    {
        await using var migration = await CreateAsync(Provider.Sqlite, Table("UNIQUE (b, c)"), Table("CHECK (a > 0)"));
        var entity = migration.Options.Entities["t"];
        (option == "Columns" ? entity.Columns : entity.IgnoreColumns).Add(column);
        entity.Key.Add(key);
        var result = await migration.VerifyAsync(CheckNames.Schema);
        result.ShouldMatch();
        result.Notes.ShouldContain(note => note.StartsWith("The unique constraint (b, c) of the source is not compared", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_schema_that_differs_is_a_mismatch_even_when_the_tables_cannot_be_read()
    {
        await using var migration = await CreateAsync(Provider.Sqlite, Table("PRIMARY KEY (a)"), Table("CHECK (a > 0)"));
        migration.Options.Entities["t"].SourceFilter = "no_such_column = 1";
        var results = await migration.VerifyAsync();
        results.Single(result => result.Check == CheckNames.RecordCount).ShouldNotBeChecked();
        results.Single(result => result.Check == CheckNames.Schema).ShouldMismatch();
    }

    private static string Table(string constraint) => $"CREATE TABLE t (a int NOT NULL, b int NOT NULL, c int NULL, {constraint})";

    private static async Task<TestMigration> CreateAsync(Provider engine, string source, string target)
    {
        var migration = await TestMigration.CreateEmptyAsync(engine, engine);
        await migration.Source.ExecuteAsync(source);
        await migration.Target.ExecuteAsync(target);
        migration.Options.Depth = Depth.Rows;
        migration.Options.Entities.Clear();
        migration.Options.Entities["t"] = new EntityOptions { Source = "t" };
        return migration;
    }
}
