using MigrationGuard.Configuration;
using MigrationGuard.Evidence.Privacy;
using MigrationGuard.Packing;
using MigrationGuard.Retention.FileStores;
using MigrationGuard.Tests.Commands;

namespace MigrationGuard.Tests.Privacy;

/// <summary>The configuration as a pack may hold it.</summary>
public sealed class PackSettingsTests
{
    [Fact]
    public void Patterns_of_the_shipped_preset_stay_and_a_projects_own_are_left_out()
    {
        var comparisons = Comparisons(options => options.Files.Comparisons["own"] = new FileComparisonOptions { Source = "finance-share", Target = "finance-site", Include = ["Credit Card Files/**", "Letters to Ann/*.txt"] });
        comparisons["finance-credit-card"].ShouldBe(["Credit Card Files/**"]);
        comparisons["finance-addacs-arrud"].ShouldBe(["ADDACS & ARRUD Files/**"]);
        comparisons["own"].ShouldBe(["Credit Card Files/**", $"{PackPrivacy.LeftOut}/*.txt"]);
    }

    [Fact]
    public void What_a_project_puts_in_the_place_of_the_preset_is_the_projects()
    {
        var comparisons = Comparisons(options => options.Files.Comparisons["finance-credit-card"] = new FileComparisonOptions { Source = "finance-share", Target = "finance-site", Include = ["Cards of Ann/**"] });
        comparisons["finance-credit-card"].ShouldBe([$"{PackPrivacy.LeftOut}/**"]);
    }

    private static Dictionary<string, string[]> Comparisons(Action<MigrationGuardOptions> change)
    {
        using var folder = new WorkingFolder();
        var options = new MigrationGuardOptions { Files = new FilesOptions { Presets = ["finance-files.json"] } };
        foreach (var store in new[] { "finance-share", "finance-site", "finance-site-earlier", "finance-crm" })
            options.Files.Stores[store] = new FileStoreOptions { Folder = store, Created = FileCreation.Modified };
        change(options);
        folder.Configure(options);
        var configuration = ConfigurationFile.Load(folder.At("appsettings.json"), folder.Environment);
        var settings = PackSettings.Of(configuration, PackCodes.Of(configuration));
        return settings["Files"]!["Comparisons"]!.AsObject().ToDictionary(
            comparison => comparison.Key, comparison => comparison.Value!["Include"]!.AsArray().Select(pattern => pattern!.GetValue<string>()).ToArray());
    }
}
