using Microsoft.Data.Sqlite;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Tests.Servers;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Commands;

/// <summary><c>verify --resume</c>: a run whose process died goes on under its id.</summary>
public sealed class ResumeTests
{
    [SkippableTheory]
    [InlineData(Provider.Sqlite, Provider.Sqlite)]
    [InlineData(Provider.Sqlite, Provider.PostgreSql)]
    [InlineData(Provider.PostgreSql, Provider.PostgreSql)]
    public async Task A_run_that_died_comes_to_what_an_undisturbed_one_comes_to(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target);
        var undisturbed = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.NoGo).Document;
        var died = await DieAsync(migration, "--label", "the night");
        died.Results.Count.ShouldBeInRange(1, undisturbed.Results.Count - 1);

        var resumed = (await migration.VerifyAsync("--resume", died.Run)).ShouldExitWith(ExitCode.NoGo);
        var run = resumed.Document;
        (run.Run, run.Label, run.Scope).ShouldBe((died.Run, "the night", Scope.Full));
        run.Resumed.ShouldNotBeNull().ShouldHaveSingleItem();
        run.Results.Select(Told).ShouldBe(undisturbed.Results.Select(Told));
        foreach (var kept in died.Results)
            run.Results.ShouldContain(result => ResultKey.Of(result) == ResultKey.Of(kept) && result.Seconds == kept.Seconds);
        foreach (var entity in died.Results.Select(result => result.Entity!).Distinct())
            resumed.Error.ShouldNotContain($"crm / {entity}:");
        (await migration.RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.Done);
        (await migration.RunAsync("runs", "show", "latest", "--format", "json")).Output.ShouldBe(resumed.Output);
    }

    [Fact]
    public async Task A_run_of_a_part_goes_on_with_that_part_alone_however_often_it_dies()
    {
        await using var migration = await CreateAsync();
        var died = await DieAsync(migration, "--entity", "more-0", "--entity", "more-1", "--entity", "more-2");
        await DieAsync(migration, "--resume", died.Run);
        var run = (await migration.VerifyAsync("--resume", "latest")).ShouldExitWith(ExitCode.NoGo).Document;
        run.Results.Select(result => result.Entity).ShouldBe(["more-0", "more-1", "more-2"]);
        (run.Run, run.Scope, run.LimitedTo).ShouldBe((died.Run, Scope.Partial, "entity more-0, more-1, more-2"));
        run.Resumed!.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Limits_that_only_say_how_hard_to_try_may_be_changed()
    {
        await using var migration = await CreateAsync();
        var died = await DieAsync(migration);
        migration.SourceOptions.MaxConnections = 2;
        migration.TargetOptions.CommandTimeoutSeconds = 10;
        migration.Options.Verification.DeadlineHours = 1;
        migration.Options.Verification.SegmentSeconds = 0.1;
        (await migration.VerifyAsync("--resume", died.Run, "--window", "1h")).ShouldExitWith(ExitCode.NoGo);
    }

    [Theory]
    [InlineData("entity", "Comparisons:crm")]
    [InlineData("accepted", "Comparisons:crm")]
    [InlineData("limit", "Verification")]
    [InlineData("column", "the table cases of new")]
    [InlineData("type", "the table cases of old, the table cases of new")]
    [InlineData("table", "the table cases of old (no longer compared), the table cases of new (no longer compared)")]
    [InlineData("zone", "Databases:old")]
    [InlineData("database", "Databases:new")]
    [InlineData("elsewhere", "the database that new reaches")]
    [InlineData("gone", "the database that new reaches (it does not answer)")]
    public async Task A_run_of_something_else_is_refused_and_can_go_on_once_that_is_put_back(string change, string named)
    {
        await using var migration = await CreateAsync();
        await using var other = await TestMigration.CreateAsync(Provider.Sqlite, Provider.Sqlite);
        var died = await DieAsync(migration);
        var putBack = await ChangeAsync(migration, other, change);
        var refused = (await migration.VerifyAsync("--resume", died.Run)).ShouldExitWith(ExitCode.Usage);
        refused.Output.ShouldBeEmpty();
        refused.Error.ShouldContain($"Run {died.Run} cannot be resumed");
        refused.Error.ShouldContain($"Changed: {named}. Put that back, or verify again in a new run.");
        (await migration.RunAsync("runs", "show", died.Run, "--format", "json")).Document.Results.Count.ShouldBe(died.Results.Count);

        await putBack();
        var resumed = (await migration.VerifyAsync("--resume", died.Run)).ShouldExitWith(ExitCode.NoGo).Document;
        (resumed.Run, resumed.Verdict).ShouldBe((died.Run, Verdict.NoGo));
        resumed.Results.Count.ShouldBeGreaterThan(died.Results.Count);
        (died.PlanParts, resumed.PlanParts).ShouldSatisfyAllConditions(parts => parts.Item1.ShouldNotBeNull(), parts => parts.Item2.ShouldBeNull());
    }

    [Fact]
    public async Task A_finished_or_unknown_run_and_a_request_for_something_else_are_refused()
    {
        await using var migration = await CreateAsync();
        var finished = (await migration.VerifyAsync()).Document.Run;
        (await migration.VerifyAsync("--resume", finished)).ShouldExitWith(ExitCode.Usage).Error.ShouldContain($"verify --since-run {finished}");
        (await migration.VerifyAsync("--resume", "2001")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("there is no such run");
        string[][] requests = [["--label", "x"], ["--entity", "case"], ["--comparison", "crm"], ["--depth", "counts"], ["--since-run", finished]];
        foreach (var request in requests)
            (await migration.VerifyAsync(["--resume", finished, .. request])).ShouldExitWith(ExitCode.Usage).Error.ShouldContain($"Leave out {request[0]}.");
    }

    private static async Task<CommandMigration> CreateAsync(Provider source = Provider.Sqlite, Provider target = Provider.Sqlite)
    {
        var migration = await CommandMigration.CreateAsync(source, target);
        migration.SourceOptions.MaxConnections = migration.TargetOptions.MaxConnections = 1;
        for (var i = 0; i < 6; i++)
            migration.AddEntity(FormattableString.Invariant($"more-{i}"), "cases");
        await migration.Target.ExecuteAsync("DELETE FROM cases WHERE id = 1");
        return migration;
    }

    /// <summary>Runs the program, which fails once a first result is in the ledger, as a process that is killed does.</summary>
    private static async Task<RunDocument> DieAsync(CommandMigration migration, params string[] args)
    {
        migration.Folder.Told = line =>
        {
            if (line.StartsWith("[1/", StringComparison.Ordinal))
                throw new InvalidOperationException("Killed.");
        };
        (await migration.VerifyAsync(args)).ShouldExitWith(ExitCode.Incomplete);
        migration.Folder.Told = null;
        var died = (await migration.RunAsync("runs", "show", "latest", "--format", "json")).ShouldExitWith(migration.Folder.Told is null ? ExitCode.Incomplete : ExitCode.Done).Document;
        died.Finished.ShouldBeNull();
        return died;
    }

    /// <summary>Changes something of what the run was to do; returns what puts it back.</summary>
    private static async Task<Func<Task>> ChangeAsync(CommandMigration migration, TestMigration other, string change)
    {
        switch (change)
        {
            case "entity":
                migration.AddEntity("another", "cases");
                return Setting(() => migration.Comparison.Entities.Remove("another"));
            case "accepted":
                migration.Comparison.ExpectedDifferences.Add(new() { Entity = "case", Check = CheckNames.RecordCount, Kind = FindingKinds.MissingInTarget, AtMost = 1, Reason = "A test." });
                return Setting(migration.Comparison.ExpectedDifferences.Clear);
            case "limit":
                migration.Options.Verification.MaxGroups--;
                return Setting(() => migration.Options.Verification.MaxGroups++);
            case "column":
                await migration.Target.ExecuteAsync("ALTER TABLE cases ADD COLUMN more int");
                return () => migration.Target.ExecuteAsync("ALTER TABLE cases DROP COLUMN more");
            case "type":
                await migration.OnBothAsync("ALTER TABLE cases RENAME TO old_cases; CREATE TABLE cases AS SELECT * FROM old_cases");
                return () => migration.OnBothAsync("DROP TABLE cases; ALTER TABLE old_cases RENAME TO cases");
            case "table":
                await migration.Source.ExecuteAsync("ALTER TABLE cases RENAME TO old_cases");
                return () => migration.Source.ExecuteAsync("ALTER TABLE old_cases RENAME TO cases");
            case "zone":
                migration.SourceOptions.TimeZone = "Europe/London";
                return Setting(() => migration.SourceOptions.TimeZone = new DatabaseOptions().TimeZone);
            case "database":
                var configured = migration.TargetOptions.ConnectionString;
                migration.TargetOptions.ConnectionString = other.TargetOptions.ConnectionString;
                return Setting(() => migration.TargetOptions.ConnectionString = configured);
            default:
                return Replace(FileOf(migration.Target), change == "gone" ? null : FileOf(other.Target));
        }

        static Func<Task> Setting(Action putBack) => () =>
        {
            putBack();
            return Task.CompletedTask;
        };
    }

    private static string FileOf(ScratchDatabase database) => new SqliteConnectionStringBuilder(database.ConnectionString).DataSource;

    // The name stays, what it leads to is another file, or none.
    private static Func<Task> Replace(string file, string? by)
    {
        File.Move(file, file + ".aside");
        if (by is not null)
            File.Copy(by, file);
        return () =>
        {
                File.Move(file + ".aside", file, overwrite: true);
            return Task.CompletedTask;
        };
    }

    // All of a result but how long it took, and since when: the runs before it are others.
    private static string Told(CheckResult result) =>
        System.Text.Json.JsonSerializer.Serialize(result with { Seconds = 0, Exposure = null }, LedgerJson.Compact);
}
