using System.Text;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.FileStores;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Retention.FileStores;

/// <summary>What was moved from one folder to another, whole and with every kind of harm.</summary>
public sealed class FileComparisonTests
{
    [Fact]
    public async Task A_tree_that_arrived_whole_is_a_match()
    {
        using var trees = Usual();
        var result = await trees.ResultAsync();

        result.ShouldMatch();
        (result.Comparison, result.Entity, result.Check).ShouldBe(("files", "new", "files:moved"));
        result.Source!["files"].Number.ShouldBe(4);
        result.Target.ShouldBe(result.Source);
        result.Narrowed.ShouldContain(sentence => sentence.StartsWith("old: the last write", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_did_not_arrive_is_missing()
    {
        using var trees = Usual();
        File.Delete(trees.At("new/letters/b.txt"));
        (await trees.FoundAsync()).ShouldBe(new Dictionary<string, long> { [FindingKinds.MissingInTarget] = 1 });
    }

    [Fact]
    public async Task A_file_that_only_the_target_has_is_extra()
    {
        using var trees = Usual();
        trees.Write("new/more.txt", "more");
        (await trees.FoundAsync()).ShouldBe(new Dictionary<string, long> { [FindingKinds.ExtraInTarget] = 1 });
    }

    [Fact]
    public async Task A_target_in_use_may_have_more_where_that_is_allowed_but_no_less()
    {
        using var trees = Usual();
        trees.Write("new/more.txt", "more");
        trees.Comparison.ExtraAllowed = true;
        var result = await trees.ResultAsync();
        result.ShouldMatch();
        result.Narrowed.ShouldContain("1 file that only the target has: allowed, and held against nothing.");

        File.Delete(trees.At("new/letters/b.txt"));
        (await trees.FoundAsync()).ShouldBe(new Dictionary<string, long> { [FindingKinds.MissingInTarget] = 1 });
    }

    [Fact]
    public async Task A_file_that_was_cut_off_differs_in_bytes()
    {
        using var trees = Usual();
        trees.Write("new/a.txt", "alph");
        (await trees.FoundAsync()).ShouldBe(new Dictionary<string, long> { ["changed bytes"] = 1 });
    }

    [Fact]
    public async Task A_file_of_the_same_length_with_another_content_differs_in_content()
    {
        using var trees = Usual();
        trees.Write("new/a.txt", "alphA");
        (await trees.FoundAsync()).ShouldBe(new Dictionary<string, long> { ["changed content"] = 1 });
    }

    [Fact]
    public async Task A_renamed_file_is_one_finding_and_neither_missing_nor_extra()
    {
        using var trees = Usual();
        File.Move(trees.At("new/letters/b.txt"), trees.At("new/letters/bee.txt"));
        (await trees.FoundAsync()).ShouldBe(new Dictionary<string, long> { [FileFindings.Renamed] = 1 });
    }

    [Fact]
    public async Task A_renamed_file_that_also_changed_is_missing_and_extra()
    {
        using var trees = Usual();
        File.Delete(trees.At("new/letters/b.txt"));
        trees.Write("new/letters/bee.txt", "bravO");
        (await trees.FoundAsync()).ShouldBe(new Dictionary<string, long> { [FindingKinds.MissingInTarget] = 1, [FindingKinds.ExtraInTarget] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public async Task Empty_files_are_alike_and_never_taken_for_renamed()
    {
        using var trees = Usual();
        File.Move(trees.At("new/empty.txt"), trees.At("new/void.txt"));
        (await trees.FoundAsync()).ShouldBe(new Dictionary<string, long> { [FindingKinds.MissingInTarget] = 1, [FindingKinds.ExtraInTarget] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public async Task Of_several_files_with_one_content_that_moved_each_is_found_once()
    {
        using var trees = new FileTrees();
        foreach (var name in new[] { "x.txt", "y.txt" })
        {
            trees.Write("old/" + name, "same");
            trees.Write("new/moved/" + name, "same");
        }
        var report = await trees.VerifyAsync();
        report.Revealed.Select(file => (file.Kind, file.Path, file.Other)).ShouldBe([(FileFindings.Renamed, "x.txt", "moved/x.txt"), (FileFindings.Renamed, "y.txt", "moved/y.txt")]);
    }

    [Fact]
    public async Task A_name_that_differs_by_case_alone_is_a_finding_of_its_own()
    {
        using var trees = Usual();
        File.Move(trees.At("new/a.txt"), trees.At("new/A.TXT"));
        (await trees.FoundAsync()).ShouldBe(new Dictionary<string, long> { [FileFindings.NameCaseDiffers] = 1 });
    }

    [SkippableFact]
    public async Task A_name_whose_accents_are_encoded_in_another_way_is_a_finding_of_its_own()
    {
        using var trees = Usual();
        trees.Write("old/Rés.txt".Normalize(NormalizationForm.FormC), "same");
        trees.Write("new/Rés.txt".Normalize(NormalizationForm.FormD), "same");
        Skip.If(File.Exists(trees.At("old/Rés.txt".Normalize(NormalizationForm.FormD))), "The file system takes both for one name.");
        (await trees.FoundAsync()).ShouldBe(new Dictionary<string, long> { [FileFindings.NameFormDiffers] = 1 });
    }

    [Fact]
    public async Task A_file_made_at_another_moment_is_found_beyond_what_stores_round()
    {
        using var trees = Usual();
        File.SetLastWriteTimeUtc(trees.At("new/a.txt"), FileTrees.Now.AddYears(-1).AddSeconds(2).UtcDateTime);
        (await trees.ResultAsync()).ShouldMatch();

        File.SetLastWriteTimeUtc(trees.At("new/a.txt"), FileTrees.Now.AddYears(-1).AddSeconds(3).UtcDateTime);
        (await trees.FoundAsync()).ShouldBe(new Dictionary<string, long> { [FileFindings.CreatedDiffers] = 1 });
    }

    [SkippableFact]
    public async Task Where_a_store_does_not_say_when_files_were_made_the_comparison_is_not_checked()
    {
        Skip.If(OperatingSystem.IsWindows(), "Its file systems say it.");
        using var trees = Usual();
        trees.Options.Stores["new"].Created = FileCreation.Original;
        (await trees.ResultAsync()).ShouldNotBeChecked().ShouldStartWith("When they were made is not known on both sides of 4 files.");

        trees.Comparison.CompareCreated = false;
        var waived = await trees.ResultAsync();
        waived.ShouldMatch();
        waived.Narrowed.ShouldContain("When files were made was not compared, as CompareCreated is off.");
    }

    [Fact]
    public async Task Only_what_the_patterns_cover_is_compared_and_the_rest_is_counted()
    {
        using var trees = Usual();
        trees.Write("new/letters/cache/thumbs.db", "not moved");
        trees.Comparison.Include = ["letters/**"];
        trees.Comparison.Exclude = ["**/*.db"];
        var result = await trees.ResultAsync();
        result.ShouldMatch();
        result.Source!["files"].Number.ShouldBe(2);
        result.Notes.ShouldContain("new: 3 files left out by Include and Exclude.");

        trees.Comparison.Exclude = [];
        (await trees.FoundAsync()).ShouldBe(new Dictionary<string, long> { [FindingKinds.ExtraInTarget] = 1 });
    }

    [Fact]
    public async Task Files_too_old_to_be_moved_are_not_missed_and_younger_ones_are()
    {
        using var trees = Usual();
        trees.Comparison.WithinYears = 6;
        trees.Write("old/past.txt", "past", FileTrees.Now.AddYears(-6).AddMinutes(-1));
        var result = await trees.ResultAsync();
        result.ShouldMatch();
        result.Notes.ShouldContain("1 file older than 6 years not in the target: such files were not to be moved.");

        trees.Write("old/young.txt", "young", FileTrees.Now.AddYears(-6).AddMinutes(1));
        (await trees.FoundAsync()).ShouldBe(new Dictionary<string, long> { [FindingKinds.MissingInTarget] = 1 });
    }

    [Fact]
    public async Task Two_empty_trees_are_not_a_match()
    {
        using var trees = new FileTrees();
        (await trees.ResultAsync()).ShouldNotBeChecked().ShouldContain("so nothing was compared");
    }

    [Fact]
    public async Task A_store_that_is_not_there_leaves_the_comparison_unchecked()
    {
        using var trees = Usual();
        trees.Options.Stores["new"].Folder = "elsewhere";
        (await trees.ResultAsync()).ShouldNotBeChecked().ShouldContain("does not exist, or may not be seen by this account.");
    }

    [SkippableFact]
    public async Task A_file_that_may_not_be_read_is_not_checked_and_not_named()
    {
        Skip.If(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Nothing is refused here by a file's mode.");
        using var trees = Usual();
        trees.WriteBoth("Jane-Doe.txt", "hers");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(trees.At("new/Jane-Doe.txt"), UnixFileMode.None);
        var reason = (await trees.ResultAsync()).ShouldNotBeChecked();
        reason.ShouldStartWith("1 file could not be read");
        reason.ShouldNotContain("Jane");
    }

    [Fact]
    public async Task A_name_as_long_as_names_can_be_is_compared_like_any_other()
    {
        using var trees = Usual();
        var name = new string('n', 200) + ".txt";
        trees.WriteBoth(string.Join('/', Enumerable.Repeat(new string('d', 200), 4).Append(name)), "deep");
        (await trees.ResultAsync()).ShouldMatch();

        File.Delete(trees.At("new/" + string.Join('/', Enumerable.Repeat(new string('d', 200), 4).Append(name))));
        (await trees.FoundAsync()).ShouldBe(new Dictionary<string, long> { [FindingKinds.MissingInTarget] = 1 });
    }

    [Fact]
    public async Task Contents_larger_than_what_is_read_at_once_are_compared_to_their_ends()
    {
        using var trees = new FileTrees();
        var content = new string('x', (5 << 18) + 7);
        trees.WriteBoth("large.bin", content);
        (await trees.ResultAsync()).ShouldMatch();

        trees.Write("new/large.bin", content[..^1] + "y");
        (await trees.FoundAsync()).ShouldBe(new Dictionary<string, long> { ["changed content"] = 1 });
    }

    [Fact]
    public async Task A_finding_tells_files_apart_without_naming_them()
    {
        using var trees = Usual();
        trees.Write("old/Jane-Doe.txt", "hers");
        var report = await trees.VerifyAsync();
        var finding = report.Results.Single().Outcome.AllFindings.ShouldHaveSingleItem();
        var digest = finding.Digests.ShouldHaveSingleItem();
        digest.Length.ShouldBe(16);
        System.Text.Json.JsonSerializer.Serialize(report.Results).ShouldNotContain("Jane");
        report.Revealed.ShouldBe([new RevealedFile("files:moved", FindingKinds.MissingInTarget, "Jane-Doe.txt", null)]);

        (await trees.ResultAsync()).Outcome.AllFindings.Single().Digests.ShouldBe([digest]);
        trees.ProjectKey = [.. Enumerable.Repeat((byte)1, 32)];
        (await trees.ResultAsync()).Outcome.AllFindings.Single().Digests.ShouldNotBe([digest]);
    }

    private static FileTrees Usual()
    {
        var trees = new FileTrees();
        trees.WriteBoth("a.txt", "alpha");
        trees.WriteBoth("letters/b.txt", "bravo");
        trees.WriteBoth("letters/2019/c.txt", "charlie");
        trees.WriteBoth("empty.txt", "");
        return trees;
    }
}
