namespace MigrationGuard.Tests.Commands;

/// <summary>What <c>--help</c> says: read and approved, so that a flag that scripts rely on does not change unseen.</summary>
public sealed class HelpTests
{
    [Theory]
    [InlineData("")]
    [InlineData("demo")]
    [InlineData("init")]
    [InlineData("check-config")]
    [InlineData("verify")]
    [InlineData("diff")]
    [InlineData("qualify")]
    [InlineData("runs")]
    [InlineData("runs list")]
    [InlineData("runs show")]
    [InlineData("backups")]
    [InlineData("backups list")]
    [InlineData("backups verify")]
    [InlineData("files")]
    [InlineData("files verify")]
    [InlineData("records")]
    [InlineData("records verify")]
    [InlineData("attest")]
    [InlineData("attest list")]
    [InlineData("attest show")]
    [InlineData("attest file")]
    [InlineData("evidence")]
    [InlineData("evidence build")]
    [InlineData("evidence verify")]
    [InlineData("evidence stamp")]
    [InlineData("ledger")]
    [InlineData("ledger verify")]
    [InlineData("ledger export")]
    [InlineData("ledger erase")]
    [InlineData("assets")]
    [InlineData("assets list")]
    [InlineData("assets show")]
    [InlineData("assets import")]
    [InlineData("assets close")]
    [InlineData("reviews")]
    [InlineData("reviews list")]
    [InlineData("reviews decide")]
    [InlineData("obligations")]
    [InlineData("obligations list")]
    [InlineData("obligations complete")]
    [InlineData("notifications")]
    [InlineData("notifications list")]
    [InlineData("notifications retry")]
    [InlineData("serve")]
    public async Task Help_reads_as_approved(string command)
    {
        using var folder = new WorkingFolder();
        string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var run = (await folder.RunAsync([.. words, "--help"])).ShouldExitWith(ExitCode.Done);
        run.Error.ShouldBeEmpty();
        WithoutHostName(run.Output).ShouldBeApproved(
            $"MigrationGuard.Tests/Commands/Approved/{(words.Length == 0 ? "help" : "help-" + string.Join('-', words))}.txt");
    }

    // The parser names the program after the process it runs in, which under test is the test host.
    private static string WithoutHostName(string help) =>
        help.Replace(System.CommandLine.RootCommand.ExecutableName, "migrationguard", StringComparison.Ordinal);
}
