using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification;

namespace MigrationGuard.Tests.Verification.Detection;

/// <summary>Three changes in a table of 200,000 rows that joining values with a separator, or skipping NULL, does not see.</summary>
public sealed class SoundnessConformance
{
    [SkippableTheory]
    [InlineData(Provider.Sqlite, Provider.Sqlite)]
    [InlineData(Provider.Sqlite, Provider.PostgreSql)]
    [InlineData(Provider.PostgreSql, Provider.PostgreSql)]
    public async Task What_a_separator_and_a_skipped_NULL_hide_is_found(Provider source, Provider target)
    {
        await using var migration = await TestMigration.CreateEmptyAsync(source, target);
        migration.Options.Depth = Depth.Rows;
        migration.Limits.SettleSeconds = 0;
        migration.Options.Entities.Clear();
        migration.Options.Entities["row"] = new EntityOptions { Source = "rows_of_three" };
        foreach (var database in new[] { migration.Source, migration.Target })
        {
            await database.ExecuteAsync("CREATE TABLE rows_of_three (id bigint NOT NULL PRIMARY KEY, a text NULL, b text NULL, c text NULL)");
            await database.ExecuteAsync("""
                INSERT INTO rows_of_three
                WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < 200000)
                SELECT i, 'a' || i, 'b' || i, 'c' || i FROM numbers
                """);
            // The first of each pair says the same as the second once its values are joined with "|".
            await database.ExecuteAsync("UPDATE rows_of_three SET a = 'x', b = 'y|z' WHERE id = 20000");
            await database.ExecuteAsync("UPDATE rows_of_three SET c = '' WHERE id = 90000");
            await database.ExecuteAsync("UPDATE rows_of_three SET a = 'p', b = 'q|r|s' WHERE id = 150000");
        }
        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMatch();

        await migration.Target.ExecuteAsync("UPDATE rows_of_three SET a = 'x|y', b = 'z' WHERE id = 20000");
        await migration.Target.ExecuteAsync("UPDATE rows_of_three SET c = NULL WHERE id = 90000");
        await migration.Target.ExecuteAsync("UPDATE rows_of_three SET a = 'p|q|r', b = 's' WHERE id = 150000");

        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMismatch()
            .Select(finding => (finding.Kind, finding.Count, string.Join(",", finding.Columns ?? [])))
            .ShouldBe([(FindingKinds.Changed, 2, "a,b"), (FindingKinds.Changed, 1, "c")]);
        (await migration.ListAsync("row", 10)).Rows.Select(row => row.Key.Single().Value).ShouldBe(["20000", "90000", "150000"], ignoreOrder: true);
    }
}
