using MigrationGuard.Tests.Commands;

namespace MigrationGuard.Tests.BadInput;

/// <summary>A configuration that cannot be used exits with 1 and says all that is wrong, each with its place and remedy.</summary>
public sealed class ConfigurationTests
{
    [Theory]
    [InlineData("verify")]
    [InlineData("check-config")]
    [InlineData("runs", "list")]
    [InlineData("ledger", "verify")]
    public async Task A_configuration_that_is_not_there_names_the_way_to_one(params string[] command)
    {
        using var folder = new WorkingFolder();
        var run = (await folder.RunAsync(command)).ShouldExitWith(ExitCode.Usage);
        run.Error.ShouldContain("appsettings.json: does not exist.");
        run.Error.ShouldContain("migrationguard init");
        run.Output.ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ \"MigrationGuard\": { ")]
    [InlineData("[]")]
    [InlineData("\"MigrationGuard\"")]
    public async Task A_configuration_that_cannot_be_read_is_refused(string json)
    {
        using var folder = new WorkingFolder();
        folder.Configure(json);
        (await folder.RunAsync("verify")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("appsettings.json");
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once()
    {
        using var folder = new WorkingFolder();
        folder.Configure("""
            {
              "Loging": {},
              "MigrationGuard": {
                "Databases": {
                  "old": { "Provider": "Oracle", "ConnectionString": "canary-in-the-file", "MaxConections": 4 },
                  "new": { "Provider": "Sqlite", "ConnectionString": "Data Source=new.sqlite", "Retries": -1 }
                },
                "Comparisons": {
                  "crm": { "Source": "old", "Target": "nwe", "Entities": { "contact": { "Source": "" } }, "Depht": "counts" }
                }
              }
            }
            """);
        var run = (await folder.RunAsync("verify")).ShouldExitWith(ExitCode.Usage);
        string[] places =
            ["Loging", "Databases:old:Provider", "Databases:old:MaxConections", "Databases:new:Retries", "Comparisons:crm:Target", "Comparisons:crm:Entities:contact:Source", "Comparisons:crm:Depht"];
        foreach (var place in places)
            run.Error.ShouldContain(place);
        run.Error.ShouldContain("Did you mean MaxConnections?");
        run.Error.ShouldContain("Did you mean new?");
        run.Error.ShouldNotContain("canary-in-the-file");
        run.Output.ShouldBeEmpty();
        File.Exists(folder.At("migrationguard.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task Another_configuration_is_named_with_config()
    {
        await using var migration = await CommandMigration.CreateAsync();
        await migration.VerifyAsync();
        Directory.CreateDirectory(migration.Folder.At("other"));
        File.Move(migration.Folder.At("appsettings.json"), migration.Folder.At("other/named.json"));
        var run = (await migration.Folder.RunAsync("verify", "--format", "json", "--config", "other/named.json")).ShouldExitWith(ExitCode.Done);
        run.Document.Results.Count.ShouldBe(4);
        File.Exists(migration.Folder.At("other/migrationguard.db")).ShouldBeTrue();
    }
}
