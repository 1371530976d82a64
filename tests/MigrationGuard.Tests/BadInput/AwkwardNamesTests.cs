using System.Globalization;
using System.Text;
using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Tests.Commands;
using MigrationGuard.Tests.Servers;
using MigrationGuard.Tests.Verification;
using MigrationGuard.Verification;

namespace MigrationGuard.Tests.BadInput;

/// <summary>Tables, columns, schemas and entities may have any name at all.</summary>
public sealed class AwkwardNamesTests
{
    private static readonly string[] Names =
    [
        "with \"quotes\"", "with 'apostrophes'", "with [brackets]", "with ]] two", "with.dots.in.it", ".", "with spaces ", " ", "emoji 🗂️ 📮", "a:colon", "a__b",
        "semi; DROP TABLE cases --", "back`tick", "100%_", "名前 naïve", "select", "@moment0", ":p", "$1", "{0}", "line\nbreak", "tab\there", "back\\slash", "/* not a comment",
    ];

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Awkward_names_are_read_as_they_are_and_a_missing_row_in_each_is_found(Provider engine)
    {
        await using var migration = await CommandMigration.CreateAsync(engine, engine);
        Skip.If(engine == Provider.SqlServer && await SqlServerTestEngine.Instance.IsBabelfish, "Babelfish does not parse a name that holds a bracket.");
        migration.Comparison.Entities.Clear();
        migration.Comparison.Excluded.Add(new ExcludedTable("cases", "not of this test"));
        migration.Comparison.FrozenAt = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var schema = engine == Provider.Sqlite ? null : "sch \"e\" [m].a:🗂️";
        var dialect = Dialect.For(engine);
        if (schema is not null)
            await migration.OnBothAsync("CREATE SCHEMA " + dialect.Quote(schema));
        var tables = new StringBuilder();
        var deletions = new StringBuilder();
        foreach (var name in Names)
        {
            var table = new TableName(schema, name);
            tables.AppendLine(CultureInfo.InvariantCulture, $"CREATE TABLE {dialect.Quote(table)} ({dialect.Quote(name)} int NOT NULL, {dialect.Quote(name + " on")} {(engine == Provider.PostgreSql ? "timestamp" : "datetime")} NULL);");
            tables.AppendLine(CultureInfo.InvariantCulture, $"INSERT INTO {dialect.Quote(table)} VALUES (1, '2025-01-01 10:00:00'), (2, '2025-01-02 10:00:00');");
            deletions.AppendLine(CultureInfo.InvariantCulture, $"DELETE FROM {dialect.Quote(table)} WHERE {dialect.Quote(name)} = 2;");
            migration.Comparison.Entities["the " + name] = new EntityOptions
            {
                Source = table.ToString(),
                CreatedOn = name + " on",
                BreakdownBy = [new BreakdownColumns([name])],
            };
        }
        await migration.OnBothAsync(tables.ToString());
        var run = (await migration.VerifyAsync("--output", "report")).ShouldExitWith(ExitCode.Done);
        run.Document.Results.Count.ShouldBe(Names.Length * 3);
        run.Document.Uncovered.ShouldBeEmpty();

        await migration.Target.ExecuteAsync(deletions.ToString());
        run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.NoGo);
        run.Document.Results.Count(result => result.Outcome is CheckOutcome.Mismatch).ShouldBe(Names.Length * 3);
        (await migration.RunAsync("verify")).LastLine.ShouldBe("NO-GO");
        (await migration.VerifyAsync("--entity", "the with.dots.in.it")).ShouldExitWith(ExitCode.NoGo);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Views_with_awkward_names_show_their_columns(Provider engine)
    {
        await using var migration = await CommandMigration.CreateAsync(engine, engine);
        var dialect = Dialect.For(engine);
        string[] names = ["name", "cid", "arg", "with \"quotes\"", "it's", "emoji 🗂️"];
        foreach (var name in names)
        {
            await migration.OnBothAsync($"CREATE VIEW {dialect.Quote(name)} AS SELECT state FROM cases");
            migration.Comparison.Entities[name] = new EntityOptions { Source = new TableName(null, name).ToString(), BreakdownBy = [new BreakdownColumns(["state"])] };
        }
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        foreach (var name in names)
            run.Result(name, CheckNames.EntityBreakdown).ShouldMatch();
    }
}
