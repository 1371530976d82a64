using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Commands;

/// <summary><c>diff</c>: which rows differ is shown; what they hold only to whoever is ready to be named for it.</summary>
public sealed class DiffCommandTests
{
    [SkippableTheory]
    [InlineData(Provider.Sqlite, Provider.Sqlite)]
    [InlineData(Provider.Sqlite, Provider.PostgreSql)]
    public async Task Keys_are_shown_and_values_are_masked(Provider source, Provider target)
    {
        await using var migration = await DamagedAsync(source, target);
        var shown = (await migration.RunAsync("diff", "crm", "case")).ShouldExitWith(ExitCode.NoGo);
        shown.Output.ShouldContain("id=5");
        shown.Output.ShouldContain("title");
        shown.Output.ShouldNotContain("Case 5");
        shown.Output.ShouldNotContain("secret");
        (await RevealedAsync(migration)).ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData(Provider.Sqlite, Provider.Sqlite)]
    [InlineData(Provider.Sqlite, Provider.PostgreSql)]
    public async Task Values_are_shown_when_asked_for_and_the_ledger_says_so(Provider source, Provider target)
    {
        await using var migration = await DamagedAsync(source, target);
        var shown = (await migration.RunAsync("diff", "crm", "case", "--reveal", "--format", "json", "--on-behalf-of", "Duty manager")).ShouldExitWith(ExitCode.NoGo);
        var row = JsonNode.Parse(shown.Output)!["rows"]!.AsArray().Single(row => (string)row!["kind"]! == "changed")!;
        ((string)row["key"]!["id"]!).ShouldBe("5");
        var column = row["columns"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)column["column"]!, (string)column["source"]!, (string)column["target"]!).ShouldBe(("title", "Case 5", "secret"));
        var entry = (await RevealedAsync(migration)).ShouldHaveSingleItem();
        entry.Account.ShouldBe(Actor.OfThisProcess().Account);
        entry.Payload.ToJsonString().ShouldBe("""{"comparison":"crm","entity":"case","rows":2,"onBehalfOf":"Duty manager"}""");
        (await migration.RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.Done);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("csv")]
    public async Task Nothing_is_printed_that_the_ledger_could_not_record(string format)
    {
        await using var migration = await DamagedAsync(Provider.Sqlite, Provider.Sqlite);
        migration.Options.Store.LockTimeoutSeconds = 1;
        (await migration.RunAsync("diff", "crm", "case", "--format", format)).ShouldExitWith(ExitCode.NoGo);

        await using (var other = Ledger(migration))
        {
            await other.OpenAsync();
            await using var writing = await other.BeginTransactionAsync();
            var refused = (await migration.RunAsync("diff", "crm", "case", "--reveal", "--format", format)).ShouldExitWith(ExitCode.Incomplete);
            refused.Output.ShouldBeEmpty();
            refused.Error.ShouldContain("another process has been writing to it for too long");
            refused.Error.ShouldNotContain("secret");
        }
        (await RevealedAsync(migration)).ShouldBeEmpty();

        // Its twin: the same, once the ledger can be written.
        (await migration.RunAsync("diff", "crm", "case", "--reveal", "--format", format)).ShouldExitWith(ExitCode.NoGo).Output.ShouldContain("secret");
        (await RevealedAsync(migration)).ShouldHaveSingleItem();
    }

    [SkippableTheory]
    [InlineData(Provider.Sqlite, Provider.Sqlite, "text")]
    [InlineData(Provider.Sqlite, Provider.Sqlite, "json")]
    [InlineData(Provider.Sqlite, Provider.Sqlite, "csv")]
    [InlineData(Provider.Sqlite, Provider.PostgreSql, "json")]
    public async Task Without_a_key_every_column_is_a_value_and_masked_until_it_is_revealed(Provider source, Provider target, string format)
    {
        await using var migration = await KeylessAsync(source, target);
        var masked = (await migration.RunAsync("diff", "crm", "note", "--format", format)).ShouldExitWith(ExitCode.NoGo);
        (masked.Output + masked.Error).ShouldNotContain("private");
        masked.Output.ShouldContain("missing-in-target");
        (await RevealedAsync(migration)).ShouldBeEmpty();

        var revealed = (await migration.RunAsync("diff", "crm", "note", "--reveal", "--format", format)).ShouldExitWith(ExitCode.NoGo);
        revealed.Output.ShouldContain("a private note");
        revealed.Output.ShouldContain("another private note");
        (await RevealedAsync(migration)).ShouldHaveSingleItem().Payload["entity"]!.GetValue<string>().ShouldBe("note");
    }

    [Fact]
    public async Task Without_a_key_a_row_has_none_in_the_document()
    {
        await using var migration = await KeylessAsync(Provider.Sqlite, Provider.Sqlite);
        var shown = (await migration.RunAsync("diff", "crm", "note", "--format", "json")).ShouldExitWith(ExitCode.NoGo);
        foreach (var row in JsonNode.Parse(shown.Output)!["rows"]!.AsArray())
        {
            row!["key"]!.AsObject().Count.ShouldBe(0);
            row["columns"]!.AsArray().Select(column => (string)column!["column"]!).ShouldBe(["author", "note"]);
        }
    }

    [Fact]
    public async Task Values_of_different_types_that_read_the_same_are_told_apart()
    {
        await using var migration = await KeylessAsync(Provider.Sqlite, Provider.Sqlite);
        await migration.OnBothAsync("CREATE TABLE loose (id INTEGER PRIMARY KEY, value)");
        await migration.Source.ExecuteAsync("INSERT INTO loose VALUES (1, 1), (2, CAST(X'636166E9' AS TEXT))");
        await migration.Target.ExecuteAsync("INSERT INTO loose VALUES (1, '1'), (2, CAST(X'636166E8' AS TEXT))");
        migration.AddEntity("loose");
        var shown = (await migration.RunAsync("diff", "crm", "loose", "--reveal", "--format", "csv")).ShouldExitWith(ExitCode.NoGo);
        shown.Output.ShouldContain("changed,id=1,value,1 (number),1 (text)");
        shown.Output.ShouldContain("changed,id=2,value,caf[0xE9],caf[0xE8]");
    }

    [Fact]
    public async Task A_pair_that_cannot_be_compared_is_a_document_with_the_reason_and_no_rows()
    {
        await using var migration = await DamagedAsync(Provider.Sqlite, Provider.Sqlite);
        await migration.Target.ExecuteAsync("DROP TABLE cases");
        var shown = (await migration.RunAsync("diff", "crm", "case", "--reveal", "--format", "json")).ShouldExitWith(ExitCode.Incomplete);
        var document = JsonNode.Parse(shown.Output)!;
        ((string)document["schema"]!).ShouldBe("migrationguard.diff/1");
        ((string)document["comparison"]!, (string)document["entity"]!).ShouldBe(("crm", "case"));
        ((string)document["reason"]!).ShouldContain("cases");
        ((bool)document["complete"]!).ShouldBeFalse();
        document["rows"]!.AsArray().ShouldBeEmpty();
        (await RevealedAsync(migration)).ShouldBeEmpty();

        foreach (var format in new[] { "text", "csv" })
        {
            var said = (await migration.RunAsync("diff", "crm", "case", "--format", format)).ShouldExitWith(ExitCode.Incomplete);
            said.Output.ShouldBeEmpty();
            said.Error.ShouldContain("Not compared: ");
        }
    }

    [Fact]
    public async Task Rows_that_differ_in_another_way_at_each_look_are_not_compared_and_never_the_same()
    {
        await using var migration = await DamagedAsync(Provider.Sqlite, Provider.Sqlite);
        var settle = TimeSpan.FromMilliseconds(17);
        migration.Options.Verification.SettleSeconds = settle.TotalSeconds;
        (await migration.RunAsync("diff", "crm", "case")).ShouldExitWith(ExitCode.NoGo);

        migration.Folder.Time = new SettlingTime(settle, 1, () => migration.Target.ExecuteAsync(
            $"UPDATE cases SET title = 'on its way' WHERE id = 5; {TestMigration.CaseRow(9)}").GetAwaiter().GetResult());
        var moved = (await migration.RunAsync("diff", "crm", "case")).ShouldExitWith(ExitCode.Incomplete);
        moved.Output.ShouldBeEmpty();
        moved.Error.ShouldContain("Rows changed while they were compared");

        await migration.Target.ExecuteAsync("UPDATE cases SET title = 'Case 5' WHERE id = 5");
        (await migration.RunAsync("diff", "crm", "case")).ShouldExitWith(ExitCode.Done).Output.ShouldContain("no row differs");
    }

    [Fact]
    public async Task No_more_rows_are_shown_than_asked_for_and_that_there_are_more_is_said()
    {
        await using var migration = await DamagedAsync(Provider.Sqlite, Provider.Sqlite);
        var shown = (await migration.RunAsync("diff", "crm", "case", "--limit", "1", "--format", "json")).ShouldExitWith(ExitCode.NoGo);
        var document = JsonNode.Parse(shown.Output)!;
        document["rows"]!.AsArray().Count.ShouldBe(1);
        ((bool)document["complete"]!).ShouldBeFalse();

        var spreadsheet = (await migration.RunAsync("diff", "crm", "case", "--limit", "1", "--format", "csv")).ShouldExitWith(ExitCode.NoGo);
        spreadsheet.Error.TrimEnd().ShouldBe("More rows differ than the 1 shown: raise --limit to see more.");
        (await migration.RunAsync("diff", "crm", "case", "--limit", "2", "--format", "csv")).ShouldExitWith(ExitCode.NoGo).Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Rows_for_a_spreadsheet_are_one_line_for_each_column()
    {
        await using var migration = await DamagedAsync(Provider.Sqlite, Provider.Sqlite);
        var lines = (await migration.RunAsync("diff", "crm", "case", "--format", "csv", "--reveal")).ShouldExitWith(ExitCode.NoGo).Output.Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        lines[0].ShouldBe("kind,key,column,source,target");
        lines.ShouldContain("changed,id=5,title,Case 5,secret");
    }

    [Fact]
    public async Task Tables_that_are_the_same_have_nothing_to_show()
    {
        await using var migration = await CommandMigration.CreateAsync(Provider.Sqlite, Provider.Sqlite);
        (await migration.RunAsync("diff", "crm", "case", "--reveal")).ShouldExitWith(ExitCode.Done).Output.ShouldContain("no row differs");
    }

    [Theory]
    [InlineData("diff", "crm", "nothing")]
    [InlineData("diff", "nothing", "case")]
    [InlineData("diff", "crm", "case", "--limit", "0")]
    public async Task What_is_not_configured_is_a_usage_error(params string[] args)
    {
        await using var migration = await CommandMigration.CreateAsync(Provider.Sqlite, Provider.Sqlite);
        (await migration.RunAsync(args)).ShouldExitWith(ExitCode.Usage).Output.ShouldBeEmpty();
    }

    private static async Task<CommandMigration> DamagedAsync(Provider source, Provider target)
    {
        var migration = await CommandMigration.CreateAsync(source, target);
        migration.Options.Verification.SettleSeconds = 0;
        await migration.Target.ExecuteAsync("UPDATE cases SET title = 'secret' WHERE id = 5");
        await migration.Target.ExecuteAsync("DELETE FROM cases WHERE id = 9");
        return migration;
    }

    private static async Task<CommandMigration> KeylessAsync(Provider source, Provider target)
    {
        var migration = await CommandMigration.CreateAsync(source, target);
        migration.Options.Verification.SettleSeconds = 0;
        await migration.OnBothAsync("CREATE TABLE notes (author varchar(50), note varchar(50)); INSERT INTO notes VALUES ('a', 'of no interest')");
        await migration.Source.ExecuteAsync("INSERT INTO notes VALUES ('b', 'a private note')");
        await migration.Target.ExecuteAsync("INSERT INTO notes VALUES ('b', 'another private note')");
        migration.AddEntity("note", "notes");
        return migration;
    }

    // What the ledger says of values that were shown.
    private static async Task<IReadOnlyList<(string Account, JsonNode Payload)>> RevealedAsync(CommandMigration migration)
    {
        await using var ledger = Ledger(migration);
        await ledger.OpenAsync();
        await using var command = ledger.CreateCommand();
        command.CommandText = """
            SELECT a.account, p.payload FROM ledger_entry e
            JOIN ledger_payload p ON p.seq = e.seq
            JOIN actor a ON a.id = json_extract(e.line, '$.actor')
            WHERE json_extract(e.line, '$.kind') = 'values-revealed' AND p.kind = 'values-revealed'
            """;
        await using var reader = await command.ExecuteReaderAsync();
        var entries = new List<(string, JsonNode)>();
        while (await reader.ReadAsync())
            entries.Add((reader.GetString(0), JsonNode.Parse(reader.GetFieldValue<byte[]>(1))!));
        return entries;
    }

    private static SqliteConnection Ledger(CommandMigration migration) =>
        new($"Data Source={migration.Folder.At("migrationguard.db")};Pooling=False");

    /// <summary>The system's time, in which something happens as a settle time begins.</summary>
    private sealed class SettlingTime(TimeSpan settle, int which, Action happens) : TimeProvider
    {
        private int _seen;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == settle && Interlocked.Increment(ref _seen) == which)
                happens();
            return System.CreateTimer(callback, state, dueTime, period);
        }
    }
}
