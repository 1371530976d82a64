using MigrationGuard.Anchors;
using MigrationGuard.Configuration;
using MigrationGuard.Ledger.People;
using MigrationGuard.Runs;
using MigrationGuard.Schedule.Logging;

namespace MigrationGuard.Tests.Anchors;

/// <summary>Each rule of checkpoints is seen broken and kept, and what opens the container is never repeated.</summary>
public sealed class CheckpointRulesTests
{
    private const string Canary = "Y2FuYXJ5LWtleQ==";

    [Theory]
    [InlineData(0.0)]
    [InlineData(double.NaN)]
    [InlineData(10_001.0)]
    public void The_interval_is_within_bounds(double hours) => Only(checkpoints => checkpoints.EveryHours = hours).Place.ShouldBe("Checkpoints:EveryHours");

    [Theory]
    [InlineData("http://account.blob.core.windows.net/checkpoints")]
    [InlineData("https://account.blob.core.windows.net/checkpoints?sig=abc")]
    [InlineData("https://account.blob.core.windows.net/")]
    [InlineData("https://account.blob.core.windows.net/a/b")]
    [InlineData("checkpoints")]
    public void A_container_is_an_address_without_a_secret(string container) => Only(checkpoints => checkpoints.BlobContainer = container).Place.ShouldBe("Checkpoints:BlobContainer");

    [Fact]
    public void A_container_and_what_opens_it_belong_together()
    {
        Check(checkpoints => checkpoints.BlobContainer = "https://account.blob.core.windows.net/checkpoints").ShouldBeEmpty();
        Check(ByConnection).ShouldBeEmpty();
        Only(checkpoints => (checkpoints.BlobContainer, checkpoints.BlobCredential) = ("checkpoints", BlobCredential.ConnectionString)).Remedy.ShouldContain("MigrationGuard__Checkpoints__BlobConnectionString");
        Only(checkpoints => checkpoints.BlobCredential = BlobCredential.ConnectionString).Place.ShouldBe("Checkpoints:BlobContainer");
        Only(checkpoints => checkpoints.BlobConnectionString = "UseDevelopmentStorage=true").Place.ShouldBe("Checkpoints:BlobCredential");
        Only(checkpoints =>
        {
            ByConnection(checkpoints);
            checkpoints.BlobContainer = "Check--Points";
        }).Place.ShouldBe("Checkpoints:BlobContainer");
    }

    [Fact]
    public void Mail_goes_to_people_who_are_known_through_a_server_that_is_there()
    {
        var options = new MigrationGuardOptions { People = { ["dpo"] = new PersonOptions { Name = "An officer" } }, Checkpoints = { Mail = ["dpo"] } };
        ConfigurationRules.Check(options).ShouldHaveSingleItem().Place.ShouldBe("Checkpoints:Mail");
        options.Notifications.Smtp = new() { Host = "localhost" };
        options.Notifications.From = "migrationguard@example.org";
        ConfigurationRules.Check(options).ShouldBeEmpty();
        options.Checkpoints.Mail = ["dpa"];
        ConfigurationRules.Check(options).ShouldHaveSingleItem().ShouldBe(new ConfigurationProblem("Checkpoints:Mail:0", "names nobody.", "Did you mean dpo?"));
    }

    [Fact]
    public void An_empty_folder_name_is_a_problem() => Only(checkpoints => checkpoints.Directory = " ").Place.ShouldBe("Checkpoints:Directory");

    [Fact]
    public void The_connection_string_stands_neither_in_the_ledger_nor_in_a_log()
    {
        var options = new MigrationGuardOptions();
        ByConnection(options.Checkpoints);
        RedactedConfiguration.Of(options).ShouldNotContain(Canary);
        RedactedConfiguration.Of(options).ShouldContain("\"BlobContainer\":\"checkpoints\"");
        Secrets.Of(options, new Dictionary<string, string>()).Mask($"signed with {Canary}").ShouldNotContain(Canary);
    }

    private static void ByConnection(CheckpointOptions checkpoints) => (checkpoints.BlobContainer, checkpoints.BlobCredential, checkpoints.BlobConnectionString) =
        ("checkpoints", BlobCredential.ConnectionString, $"DefaultEndpointsProtocol=https;AccountName=account;AccountKey={Canary};EndpointSuffix=core.windows.net");

    private static ConfigurationProblem Only(Action<CheckpointOptions> change) => Check(change).ShouldHaveSingleItem();

    private static IReadOnlyList<ConfigurationProblem> Check(Action<CheckpointOptions> change)
    {
        var options = new MigrationGuardOptions();
        change(options.Checkpoints);
        return ConfigurationRules.Check(options);
    }
}
