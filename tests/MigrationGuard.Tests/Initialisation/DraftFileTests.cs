using MigrationGuard.Databases;
using MigrationGuard.Initialisation;
using static MigrationGuard.Tests.Initialisation.HandMade;

namespace MigrationGuard.Tests.Initialisation;

public sealed class DraftFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("migrationguard-init-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_configuration_and_its_schema_are_written_and_nothing_else()
    {
        await Draft().WriteAsync(At("appsettings.json"), "{}", CancellationToken.None);
        Directory.GetFiles(_folder).Select(Path.GetFileName).ShouldBe(["appsettings.json", "appsettings.schema.json"], ignoreOrder: true);
        (await File.ReadAllTextAsync(At("appsettings.json"))).ShouldBe(Draft().Text);
        (await File.ReadAllTextAsync(At("appsettings.schema.json"))).ShouldBe("{}");
    }

    [Fact]
    public async Task A_file_that_exists_is_left_as_it_is()
    {
        await File.WriteAllTextAsync(At("appsettings.json"), "mine");
        var refused = await Should.ThrowAsync<DraftException>(Draft().WriteAsync(At("appsettings.json"), "{}", CancellationToken.None));
        refused.Message.ShouldContain("exists already. Choose another file with --output, or remove it.");
        (await File.ReadAllTextAsync(At("appsettings.json"))).ShouldBe("mine");
        Directory.GetFiles(_folder).Length.ShouldBe(1);
    }

    [Fact]
    public async Task An_older_schema_is_replaced()
    {
        await File.WriteAllTextAsync(At("appsettings.schema.json"), "older");
        await Draft().WriteAsync(At("crm.json"), "{}", CancellationToken.None);
        (await File.ReadAllTextAsync(At("appsettings.schema.json"))).ShouldBe("{}");
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_an_error_with_its_remedy()
    {
        var refused = await Should.ThrowAsync<DraftException>(Draft().WriteAsync(At("none", "appsettings.json"), "{}", CancellationToken.None));
        refused.Remedy.ShouldStartWith("Make its folder");
    }

    private static ConfigurationDraft Draft()
    {
        var both = Sqlite(Table(null, "t"));
        return ConfigurationDraft.From(both.Side(Provider.Sqlite), both.Side(Provider.Sqlite));
    }

    private string At(params string[] parts) => Path.Combine([_folder, .. parts]);
}
