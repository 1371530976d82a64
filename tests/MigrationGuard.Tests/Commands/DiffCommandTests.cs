using System.Text.Json.Nodes;
using MigrationGuard.Databases;

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
        (await EntriesAsync(migration)).ShouldBe(1, "only that the store was made");
    }

    [SkippableTheory]
    [InlineData(Provider.Sqlite, Provider.Sqlite)]
    [InlineData(Provider.Sqlite, Provider.PostgreSql)]
    public async Task Values_are_shown_when_asked_for_and_the_ledger_says_so(Provider source, Provider target)
    {
        await using var migration = await DamagedAsync(source, target);
        var shown = (await migration.RunAsync("diff", "crm", "case", "--reveal", "--format", "json")).ShouldExitWith(ExitCode.NoGo);
        var row = JsonNode.Parse(shown.Output)!["rows"]!.AsArray().Single(row => (string)row!["kind"]! == "changed")!;
        ((string)row["key"]!["id"]!).ShouldBe("5");
        var column = row["columns"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)column["column"]!, (string)column["source"]!, (string)column["target"]!).ShouldBe(("title", "Case 5", "secret"));
        (await EntriesAsync(migration)).ShouldBe(2);
    }

    [Fact]
    public async Task No_more_rows_are_shown_than_asked_for_and_that_there_are_more_is_said()
    {
        await using var migration = await DamagedAsync(Provider.Sqlite, Provider.Sqlite);
        var shown = (await migration.RunAsync("diff", "crm", "case", "--limit", "1", "--format", "json")).ShouldExitWith(ExitCode.NoGo);
        var document = JsonNode.Parse(shown.Output)!;
        document["rows"]!.AsArray().Count.ShouldBe(1);
        ((bool)document["complete"]!).ShouldBeFalse();
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

    private static async Task<int> EntriesAsync(CommandMigration migration)
    {
        var verified = (await migration.RunAsync("ledger", "verify", "--format", "json")).ShouldExitWith(ExitCode.Done);
        return (int)JsonNode.Parse(verified.Output)!["entries"]!;
    }
}
