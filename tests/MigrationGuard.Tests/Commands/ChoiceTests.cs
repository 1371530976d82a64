namespace MigrationGuard.Tests.Commands;

/// <summary>Options that take one of a few words say which, and take nothing else.</summary>
public sealed class ChoiceTests
{
    [Theory]
    [InlineData("--outcome great: is none of passed, failed.", "attest", "smoke-test", "--outcome", "great", "--statement", "x", "--role", "x")]
    [InlineData("--outcome pased: is none of passed, failed. Did you mean passed?", "attest", "smoke-test", "--outcome", "pased", "--statement", "x", "--role", "x")]
    [InlineData("--outcome 0: is none of passed, failed.", "attest", "smoke-test", "--outcome", "0", "--statement", "x", "--role", "x")]
    [InlineData("--format xml: is none of text, json.", "runs", "list", "--format", "xml")]
    [InlineData("--format 1: is none of text, json.", "runs", "list", "--format", "1")]
    [InlineData("--format xml: is none of text, json, csv.", "diff", "crm", "contact", "--format", "xml")]
    [InlineData("--depth deep: is none of counts, rows.", "verify", "--depth", "deep")]
    [InlineData("--strategy fast: is none of stream, database.", "verify", "--strategy", "fast")]
    [InlineData("--source-provider Oracle: is none of SqlServer, PostgreSql, Sqlite.", "init", "--source-provider", "Oracle", "--source", "x", "--target-provider", "Sqlite", "--target", "x")]
    [InlineData("DECISION burn: is none of keep, destroy, hold.", "reviews", "decide", "crm-old-db", "burn", "--reason", "x")]
    public async Task A_word_that_is_none_of_them_is_answered_with_those_that_are(string says, params string[] args)
    {
        using var folder = new WorkingFolder();

        var error = (await folder.RunAsync(args)).ShouldExitWith(ExitCode.Usage).Error;
        error.ShouldStartWith(says);
        error.ShouldNotContain("System.");
        error.ShouldNotContain("not recognized");
    }

    [Theory]
    [InlineData("json")]
    [InlineData("JSON")]
    public async Task A_word_is_taken_in_any_case(string word)
    {
        await using var migration = await CommandMigration.CreateAsync();
        (await migration.VerifyAsync("--depth", "Counts")).ShouldExitWith(ExitCode.Done);

        (await migration.RunAsync("runs", "list", "--format", word)).ShouldExitWith(ExitCode.Done).Output.ShouldStartWith("{");
    }
}
