using System.Security.Cryptography;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Tests.Servers;
using MigrationGuard.Verification;
using MigrationGuard.Verification.Segments;
using Xunit.Abstractions;

namespace MigrationGuard.Tests.Verification.Detection;

/// <summary>Every change of a single value is found, in the row and the column where it is, and nothing else is.</summary>
public sealed class DetectionConformance(ITestOutputHelper output)
{
    // A pair alone is enough to be a proof.
    private const int Rows = 2_000;

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task Each_of_two_thousand_rows_with_one_cell_changed_is_found_and_none_of_their_undamaged_twins(Provider source, Provider target)
    {
        var seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        output.WriteLine($"Seed {seed}.");
        await using var migration = await TestMigration.CreateEmptyAsync(source, target);
        Compare(migration, "twin", "damaged");
        var rows = new RandomRows(new Random(seed), Rows);
        await rows.WriteAsync(migration.Source, "things");
        await rows.WriteAsync(migration.Target, "twin");
        await rows.WriteChangedAsync(migration.Target, "damaged");

        var results = (await migration.VerifyAsync()).Where(result => result.Check == CheckNames.Fingerprint).ToDictionary(result => result.Entity!);
        var listed = await migration.ListAsync("damaged", 2 * Rows);

        results["twin"].Outcome.ShouldBeOfType<CheckOutcome.Match>($"A false alarm. Seed {seed}.");
        results["twin"].Source!["rows"].Number.ShouldBe(Rows);
        var found = listed.Rows.Select(Line).ToList();
        rows.Expected.Except(found).ShouldBeEmpty($"Not found. Seed {seed}.");
        found.Except(rows.Expected).ShouldBeEmpty($"A false alarm. Seed {seed}.");
        found.Count.ShouldBe(rows.Expected.Count, $"Told twice. Seed {seed}.");
        results["damaged"].ShouldMismatch().Sum(finding => finding.Count).ShouldBe(found.Count, $"Seed {seed}.");
    }

    [SkippableFact]
    public async Task What_a_narrowing_covers_is_no_finding_and_the_narrowing_is_told()
    {
        await using var migration = await TestMigration.CreateEmptyAsync(Provider.PostgreSql, Provider.Sqlite);
        Compare(migration, "things");
        await migration.Source.ExecuteAsync("CREATE TABLE things (id bigint PRIMARY KEY, code char(12), name uuid); INSERT INTO things VALUES (1, 'x', '9f86d081-884c-4d65-9a2f-eaa0c55ad015')");
        await migration.Target.ExecuteAsync("CREATE TABLE things (id INTEGER NOT NULL PRIMARY KEY, code TEXT, name TEXT); INSERT INTO things VALUES (1, 'x  ', '9F86D081884C4D659A2FEAA0C55AD015')");
        var result = await migration.VerifyAsync(CheckNames.Fingerprint);
        result.ShouldMatch();
        result.Narrowed.Select(sentence => sentence.Split(':')[0]).ShouldBe(["code", "name"]);

        await migration.Target.ExecuteAsync("UPDATE things SET code = ' x', name = '9F86D081884C4D659A2FEAA0C55AD016'");
        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMismatch().Single().Columns.ShouldBe(["code", "name"]);
    }

    private static string Line(DifferingRow row) => RandomRows.Line(
        row.Kind, row.Key.Single().Value, row.Kind == FindingKinds.Changed ? string.Join(",", row.Values.Select(value => value.Column)) : "");

    private static void Compare(TestMigration migration, params string[] targets)
    {
        migration.Options.Depth = Depth.Rows;
        migration.Limits.SettleSeconds = 0;
        migration.Options.Entities.Clear();
        foreach (var table in targets)
            migration.Options.Entities[table] = new EntityOptions { Source = "things", Target = table };
    }
}
