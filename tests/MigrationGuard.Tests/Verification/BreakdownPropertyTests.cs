using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Verification;

/// <summary>Whatever rows there are, a breakdown counts them as LINQ would, and no single changed value escapes it.</summary>
public sealed class BreakdownPropertyTests
{
    // Strings that collations, padding, normalisation and careless comparisons take for each other.
    private static readonly string?[] Statuses =
        [null, "", " ", "open", "Open", "open ", " open", "NULL", "null", "0", "é", "e\u0301", "ß", "ss", "\U0001F4C7", "\U0001F4C8", "o'pen", "a\\", "a\tb", "a\nb", "ı", "i"];

    private static readonly Gen<Row> AnyRow = Gen.Elements(null, (int?)-1, 0, 1, int.MaxValue).SelectMany(_ => Gen.Elements(Statuses), (state, status) => new Row(state, status));

    // Rows, which of them is changed, and what its group becomes.
    private static readonly Gen<Scenario> AnyScenario = AnyRow.NonEmptyListOf()
        .SelectMany(rows => Gen.Choose(0, rows.Count - 1), (rows, index) => (rows, index))
        .SelectMany(_ => AnyRow, (chosen, replacement) => new Scenario([.. chosen.rows], chosen.index, replacement));

    [SkippableTheory]
    [InlineData(Provider.Sqlite, Provider.Sqlite)]
    [InlineData(Provider.Sqlite, Provider.PostgreSql)]
    [InlineData(Provider.PostgreSql, Provider.Sqlite)]
    [InlineData(Provider.PostgreSql, Provider.PostgreSql)]
    public async Task A_breakdown_is_the_naive_count_and_every_change_of_a_group_is_found(Provider source, Provider target)
    {
        await using var migration = await TestMigration.CreateEmptyAsync(source, target);
        foreach (var database in new[] { migration.Source, migration.Target })
            await database.ExecuteAsync("CREATE TABLE cases (id int NOT NULL PRIMARY KEY, state int, status varchar(50))");
        var entity = migration.Options.Entities[TestMigration.Entity];
        (entity.CreatedOn, entity.ModifiedOn) = (null, null);
        entity.BreakdownBy = [new(["state"]), new(["status"]), new(["state", "status"])];
        var property = Prop.ForAll(AnyScenario.ToArbitrary(), scenario => HoldsAsync(migration, scenario));
        // Away from xunit's own threads, as the property waits for its tasks.
        await Task.Run(() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(20), property));
    }

    private static async Task HoldsAsync(TestMigration migration, Scenario scenario)
    {
        await FillAsync(migration.Source, scenario.Rows);
        // In another order, as a migrated table would be.
        await FillAsync(migration.Target, [.. scenario.Rows.Reverse()]);
        foreach (var result in (await migration.VerifyAsync()).Where(result => result.Check == CheckNames.EntityBreakdown))
        {
            result.ShouldMatch();
            Counted(result).ShouldBe(Naive(scenario.Rows, result.By!), ignoreOrder: true);
        }

        var changed = scenario.Rows.ToArray();
        changed[scenario.Index] = scenario.Replacement;
        await FillAsync(migration.Target, changed);
        foreach (var result in (await migration.VerifyAsync()).Where(result => result.Check == CheckNames.EntityBreakdown))
        {
            var (before, after) = (Group(scenario.Rows[scenario.Index], result.By!), Group(scenario.Replacement, result.By!));
            if (before == after)
                result.ShouldMatch();
            else
                result.ShouldMismatch().Select(finding => Spell(finding.Group!)).ShouldBe([before, after], ignoreOrder: true);
        }
    }

    private static async Task FillAsync(ScratchDatabase database, IReadOnlyList<Row> rows)
    {
        var values = rows.Select((row, id) => string.Create(
            CultureInfo.InvariantCulture,
            $"({id}, {row.State?.ToString(CultureInfo.InvariantCulture) ?? "NULL"}, {(row.Status is null ? "NULL" : "'" + row.Status.Replace("'", "''", StringComparison.Ordinal) + "'")})"));
        await database.ExecuteAsync($"DELETE FROM cases; INSERT INTO cases (id, state, status) VALUES {string.Join(", ", values)}");
    }

    private static IEnumerable<(string, long)> Counted(CheckResult result) => result.Breakdown!.Select(group => (Spell(group.Group), group.Source));

    private static IEnumerable<(string, long)> Naive(IEnumerable<Row> rows, IReadOnlyList<string> by) =>
        rows.GroupBy(row => Group(row, by), StringComparer.Ordinal).Select(group => (group.Key, group.LongCount()));

    private static string Group(Row row, IReadOnlyList<string> by) => Spell(by.Select(column => column == "state"
        ? row.State is { } state ? new Scalar((long)state) : Scalar.Null
        : new Scalar(row.Status)));

    private static string Spell(IEnumerable<Scalar> group) =>
        string.Join(" | ", group.Select(value => value.IsNull ? "null" : value.Number is { } number ? "number " + number : "text " + value.Text));

    private sealed record Row(int? State, string? Status);

    private sealed record Scenario(IReadOnlyList<Row> Rows, int Index, Row Replacement);
}
