using MigrationGuard.Evidence.Commitments;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Retention.FileStores;

namespace MigrationGuard.Tests.Retention.FileStores;

/// <summary>The shipped promises about finance files, over stores that keep them and break them.</summary>
public sealed class FinancePresetTests
{
    private static readonly string[] Categories = ["Credit Card Files", "Paperless DD Files", "ADDACS & ARRUD Files", "Collection and Baccess Files"];

    [Fact]
    public async Task Each_promise_is_kept_by_files_that_are_where_they_should_be()
    {
        using var folder = Usual();
        var run = await folder.VerifyAsync(ExitCode.Done);
        run.Results.Select(result => result.Check).ShouldBe(
            ["files:finance-addacs-arrud", "files:finance-collection-baccess", "files:finance-credit-card", "files:finance-paperless-dd", "files:finance-14-days", "files:finance-6-years"]);
        run.Results.ShouldAllBe(result => result.Outcome is CheckOutcome.Match && result.Proves!.Contains("recommendation"));
    }

    [Fact]
    public void Each_is_a_proof_that_a_commitment_asks_for()
    {
        var asked = File.ReadAllText(RepositoryRoot.At("src", "MigrationGuard.Evidence", "Commitments", CommitmentFile.ShippedName));
        foreach (var name in new[] { "addacs-arrud", "collection-baccess", "credit-card", "paperless-dd", "14-days", "6-years" })
            asked.ShouldContain($"\"files:finance-{name}\"");
    }

    [Theory]
    [InlineData("Credit Card Files", "files:finance-credit-card")]
    [InlineData("Paperless DD Files", "files:finance-paperless-dd")]
    [InlineData("ADDACS & ARRUD Files", "files:finance-addacs-arrud")]
    [InlineData("Collection and Baccess Files", "files:finance-collection-baccess")]
    public async Task A_file_of_a_category_that_did_not_arrive_breaks_its_promise_alone(string category, string check)
    {
        using var folder = Usual();
        File.Delete(folder.Working.At($"finance-site/{category}/2024.csv"));
        File.Delete(folder.Working.At($"finance-site-earlier/{category}/2024.csv"));
        Broken(await folder.VerifyAsync(ExitCode.NoGo)).ShouldBe([(check, FindingKinds.MissingInTarget)]);
    }

    [Theory]
    [InlineData("finance-crm/new.csv", 14 + 2, "files:finance-14-days")]
    [InlineData("finance-site/new.csv", (366 * 6) + 2, "files:finance-6-years")]
    public async Task A_file_that_is_kept_too_long_breaks_its_promise_alone(string path, int days, string check)
    {
        using var folder = Usual();
        folder.Write(path, "new", FileTrees.Now.AddDays(-days));
        Broken(await folder.VerifyAsync(ExitCode.NoGo)).ShouldBe([(check, KeepingFindings.KeptTooLong)]);
    }

    [Fact]
    public async Task A_file_that_the_site_lost_before_its_time_breaks_its_promise()
    {
        using var folder = Usual();
        folder.Write("finance-site-earlier/lost.csv", "lost");
        Broken(await folder.VerifyAsync(ExitCode.NoGo)).ShouldBe([("files:finance-6-years", KeepingFindings.KeptTooShort)]);
    }

    [Fact]
    public async Task A_folder_where_a_quiet_fortnight_left_nothing_takes_a_landmark()
    {
        using var folder = Usual();
        File.Delete(folder.Working.At("finance-crm/today.csv"));
        (await folder.VerifyAsync(ExitCode.Incomplete)).Results.Single(result => result.Outcome is CheckOutcome.NotChecked).Check.ShouldBe("files:finance-14-days");

        folder.Options.Files.Retention["finance-14-days"] = new FileRetentionOptions { Store = "finance-crm", Days = 14, MayBeEmpty = true, Landmark = "this-is-the-crm.txt" };
        folder.Write("finance-crm/this-is-the-crm.txt", "here");
        await folder.VerifyAsync(ExitCode.Done);
    }

    [Fact]
    public async Task What_the_configuration_says_itself_counts_in_the_place_of_the_preset()
    {
        using var folder = Usual();
        folder.Write("finance-crm/new.csv", "new", FileTrees.Now.AddDays(-20));
        folder.Options.Files.Retention["Finance-14-Days"] = new FileRetentionOptions { Store = "finance-crm", Days = 30 };
        await folder.VerifyAsync(ExitCode.Done);
    }

    [Fact]
    public async Task A_store_that_a_preset_names_and_nobody_configured_is_told_with_its_place()
    {
        using var folder = Usual();
        folder.Options.Files.Stores.Remove("finance-crm");
        (await folder.RunAsync("files", "verify")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("Files:Retention:finance-14-days:Store: names finance-crm, which is no store.");
    }

    [Theory]
    [InlineData("none.json", null, "Files:Presets: names none.json, which is neither beside the configuration nor beside the program.")]
    [InlineData("own.json", "{ \"Retention\": { \"a\": { \"Stoer\": \"x\" } } }", "own.json, Retention:a:Stoer: is not a known option. Did you mean Store?")]
    [InlineData("own.json", "{ \"Retention\": ", "own.json: is not JSON")]
    public async Task A_preset_that_cannot_be_used_is_told_with_its_place(string preset, string? text, string told)
    {
        using var folder = Usual();
        if (text is not null)
            File.WriteAllText(folder.Working.At(preset), text);
        folder.Options.Files.Presets = [preset];
        (await folder.RunAsync("files", "verify")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain(told);
        (await folder.RunAsync("check-config")).ShouldExitWith(ExitCode.Usage).Output.ShouldContain(told);
    }

    private static IReadOnlyList<(string Check, string Kind)> Broken(RunDocument run) =>
        [.. run.Results.SelectMany(result => result.Outcome.AllFindings.Select(finding => (result.Check, finding.Kind)))];

    private static FilesFolder Usual()
    {
        var folder = new FilesFolder();
        folder.Options.Files = new FilesOptions { Presets = ["finance-files.json"] };
        foreach (var store in new[] { "finance-share", "finance-site", "finance-site-earlier", "finance-crm" })
        {
            Directory.CreateDirectory(folder.Working.At(store));
            folder.Options.Files.Stores[store] = new FileStoreOptions { Folder = store, Created = FileCreation.Modified };
        }
        foreach (var category in Categories)
        {
            foreach (var store in new[] { "finance-share", "finance-site", "finance-site-earlier" })
                folder.Write($"{store}/{category}/2024.csv", category);
            folder.Write($"finance-share/{category}/2012.csv", "long past", FileTrees.Now.AddYears(-14));
        }
        folder.Write("finance-crm/today.csv", "today", FileTrees.Now.AddDays(-13));
        return folder;
    }
}
