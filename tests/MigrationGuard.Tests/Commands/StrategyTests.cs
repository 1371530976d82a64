namespace MigrationGuard.Tests.Commands;

/// <summary><c>verify --strategy</c>: what this version cannot do it refuses, and does not do something else instead.</summary>
public sealed class StrategyTests
{
    [Fact]
    public async Task Rows_are_read_as_a_stream_when_that_is_asked_for()
    {
        await using var migration = await CommandMigration.CreateAsync();
        var asked = (await migration.VerifyAsync("--strategy", "stream")).ShouldExitWith(ExitCode.Done).Document;
        var unasked = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done).Document;
        (asked.Scope, asked.PlanHash).ShouldBe((unasked.Scope, unasked.PlanHash));
    }

    [Fact]
    public async Task Hashing_inside_the_database_is_refused_before_anything_is_read_or_recorded()
    {
        await using var migration = await CommandMigration.CreateAsync();
        var refused = (await migration.VerifyAsync("--strategy", "database")).ShouldExitWith(ExitCode.Usage);
        refused.Output.ShouldBeEmpty();
        refused.Error.ShouldContain("this version reads rows as a stream and has no hashing inside the database");
        File.Exists(migration.Folder.At("migrationguard.db")).ShouldBeFalse();
    }
}
