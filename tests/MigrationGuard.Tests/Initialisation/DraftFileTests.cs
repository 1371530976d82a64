using MigrationGuard.Configuration;
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

    [Fact]
    public async Task What_is_written_loads_as_it_was_meant()
    {
        var (old, current) = (DynamicsOrganisations.Old(), DynamicsOrganisations.New());
        var draft = ConfigurationDraft.From(
            old.Side(Provider.SqlServer, "Server=old;Integrated Security=true"),
            current.Side(Provider.SqlServer, "Server=new;User ID=reader;Password=hunter2"));
        await draft.WriteAsync(At("crm.json"), ConfigurationSchema.Shipped(), CancellationToken.None);
        var loaded = ConfigurationFile.Load(At("crm.json"), new Dictionary<string, string>(), userSecrets: null);
        loaded.Problems.ShouldBeEmpty();
        var crm = loaded.Options.Comparisons["crm"];
        crm.Entities.Keys.ShouldBe(draft.Summary.Paired.Select(entity => entity.Name), ignoreOrder: true);
        crm.Entities["contact"].BreakdownBy.Select(breakdown => string.Join('+', breakdown.Columns)).ShouldBe(["StateCode", "StateCode+StatusCode"]);
        crm.ExpectedDifferences.Count.ShouldBe(draft.Summary.ExpectedDifferences);
        crm.ExpectedDifferences.ShouldAllBe(difference => difference.ApprovedBy == null && difference.Expires == null);
        crm.Excluded.ShouldBeEmpty();
        loaded.Options.Databases["new"].ConnectionString.ShouldBe("server=new;user id=reader");
    }

    [Theory]
    [InlineData("a.b:c \"quoted\" [x] \U0001F4C7")]
    [InlineData("line\nbreak // } ,")]
    [InlineData("line\u2028separator")]
    public async Task Names_of_any_characters_load(string name)
    {
        var (old, current) = (Sqlite(Table(null, name), Table(null, name + " gone")), Sqlite(Table(null, name)));
        await ConfigurationDraft.From(old.Side(Provider.Sqlite), current.Side(Provider.Sqlite)).WriteAsync(At("odd.json"), "{}", CancellationToken.None);
        var loaded = ConfigurationFile.Load(At("odd.json"), new Dictionary<string, string>(), userSecrets: null);
        old.Find(loaded.Options.Comparisons["migration"].Entities.Values.Single().Source)!.Name.Name.ShouldBe(name);
    }

    private static ConfigurationDraft Draft()
    {
        var both = Sqlite(Table(null, "t"));
        return ConfigurationDraft.From(both.Side(Provider.Sqlite), both.Side(Provider.Sqlite));
    }

    private string At(params string[] parts) => Path.Combine([_folder, .. parts]);
}
