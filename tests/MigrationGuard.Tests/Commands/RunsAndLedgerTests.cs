using System.Text;
using System.Text.Json.Nodes;
using MigrationGuard.Databases;

namespace MigrationGuard.Tests.Commands;

/// <summary><c>runs list</c>, <c>runs show</c> and <c>ledger verify</c>.</summary>
public sealed class RunsAndLedgerTests
{
    [Fact]
    public async Task Runs_are_listed_with_the_newest_first()
    {
        await using var migration = await CommandMigration.CreateAsync();
        await migration.VerifyAsync("--label", "first");
        await migration.Target.ExecuteAsync("DELETE FROM cases WHERE id = 1");
        await migration.VerifyAsync("--label", "second");

        var text = (await migration.RunAsync("runs", "list")).ShouldExitWith(ExitCode.Done).Output;
        text.IndexOf("second", StringComparison.Ordinal).ShouldBeLessThan(text.IndexOf("first", StringComparison.Ordinal));
        text.ShouldContain("NO-GO");

        var json = JsonNode.Parse((await migration.RunAsync("runs", "list", "--format", "json")).Output)!;
        json["schema"]!.GetValue<string>().ShouldBe("migrationguard.runs/1");
        json["runs"]!.AsArray().Select(run => run!["verdict"]!.GetValue<string>()).ShouldBe(["NO-GO", "GO"]);
        JsonNode.Parse((await migration.RunAsync("runs", "list", "--limit", "1", "--format", "json")).Output)!["runs"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_run_is_found_by_its_id_by_a_beginning_of_it_and_as_the_latest()
    {
        await using var migration = await CommandMigration.CreateAsync();
        await migration.Target.ExecuteAsync("DELETE FROM cases WHERE id = 1");
        var shown = await migration.VerifyAsync();
        var id = shown.Document.Run;
        foreach (var name in new[] { id, id[..^2], "latest" })
        {
            var found = (await migration.RunAsync("runs", "show", name, "--format", "json")).ShouldExitWith(ExitCode.NoGo);
            found.Output.ShouldBe(shown.Output);
        }
    }

    [Fact]
    public async Task Old_runs_are_shown_on_a_machine_that_has_no_passwords()
    {
        await using var migration = await CommandMigration.CreateAsync();
        var id = (await migration.VerifyAsync()).Document.Run;
        migration.SourceOptions.ConnectionString = "";
        (await migration.RunAsync("runs", "show", id)).ShouldExitWith(ExitCode.Done).LastLine.ShouldBe("GO");
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("MigrationGuard__Databases__old__ConnectionString");
    }

    [Fact]
    public async Task A_report_of_an_old_run_can_be_written_again()
    {
        await using var migration = await CommandMigration.CreateAsync();
        await migration.VerifyAsync("--output", "first");
        await migration.RunAsync("runs", "show", "latest", "--output", "second");
        var (first, second) = (Html("first"), Html("second"));
        (await File.ReadAllTextAsync(second)).ShouldBe(await File.ReadAllTextAsync(first));

        string Html(string directory) => Directory.EnumerateFiles(migration.Folder.At(directory), "*.html").ShouldHaveSingleItem();
    }

    [SkippableTheory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.PostgreSql)]
    public async Task An_intact_ledger_exits_with_0_and_one_with_a_changed_character_with_3(Provider store)
    {
        await using var migration = await CommandMigration.CreateAsync();
        await using var database = await Servers.TestEngine.For(store).CreateDatabaseAsync();
        migration.Options.Store.Provider = store;
        migration.Options.Store.ConnectionString = database.ConnectionString;
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        (await migration.RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.Done).Output.ShouldContain("The ledger is intact: 4 entries");

        await Ledger.Triggers.RemoveAsync(database);
        await database.ExecuteAsync("UPDATE run_result SET document = REPLACE(document, '12', '13') WHERE ordinal = 0");
        var broken = (await migration.RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.NoGo);
        broken.Output.ShouldContain("NOT intact");
        var json = JsonNode.Parse((await migration.RunAsync("ledger", "verify", "--format", "json")).ShouldExitWith(ExitCode.NoGo).Output)!;
        json["intact"]!.GetValue<bool>().ShouldBeFalse();
        json["problems"]!.AsArray().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_byte_of_the_stores_file_that_was_changed_is_found()
    {
        await using var migration = await CommandMigration.CreateAsync();
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        var file = migration.Folder.At("migrationguard.db");
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes("run-finished"))] = (byte)'R';
        await File.WriteAllBytesAsync(file, bytes);
        (await migration.RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.NoGo);
    }
}
