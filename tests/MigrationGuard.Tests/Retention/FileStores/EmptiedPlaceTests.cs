using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.FileStores;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Retention.FileStores;

/// <summary>Places that must hold nothing any more: emptied, not emptied, and not the ones that were meant.</summary>
public sealed class EmptiedPlaceTests
{
    private const string Promise = "emptied";

    [Fact]
    public async Task A_folder_that_holds_its_landmark_alone_is_emptied_and_one_with_a_file_deep_below_is_not()
    {
        using var trees = Emptied("letters/**");
        (await trees.ResultAsync(Promise)).ShouldMatch();

        trees.Write("new/letters/sub/left.txt", "left");
        (await trees.FoundAsync(Promise)).ShouldBe(new Dictionary<string, long> { [KeepingFindings.KeptTooLong] = 1 });
    }

    [Theory]
    [InlineData("letters")]
    [InlineData("letters/*")]
    [InlineData("Letters/**")]
    [InlineData(@"LETTERS\*.txt")]
    [InlineData("letters/sub/LEFT.txt")]
    public async Task Files_below_the_folder_that_Include_names_and_does_not_cover_leave_the_promise_unchecked(string include)
    {
        using var trees = Emptied(include);
        trees.Write("new/letters/sub/left.txt", "left");
        (await trees.ResultAsync(Promise)).ShouldNotBeChecked().ShouldBe(
            "new: 1 file lies below the folder that Include names and is not covered by it. Write folder/**, in the spelling of the store, or name them under Exclude.");

        File.Delete(trees.At("new/letters/sub/left.txt"));
        (await trees.ResultAsync(Promise)).ShouldMatch();
    }

    [Fact]
    public async Task What_Exclude_names_is_known_to_be_there_and_counted()
    {
        using var trees = Emptied("letters/*");
        trees.Write("new/letters/sub/left.txt", "left");
        trees.Write("new/other/elsewhere.txt", "elsewhere");
        trees.Options.Empty[Promise].Exclude = ["letters/sub/**"];
        var result = await trees.ResultAsync(Promise);
        result.ShouldMatch();
        result.Notes.ShouldContain("new: 2 files left out by Include and Exclude.");

        trees.Options.Empty[Promise].Exclude = ["letters/sub/other*"];
        (await trees.ResultAsync(Promise)).ShouldNotBeChecked();
    }

    [Fact]
    public async Task A_pattern_in_another_case_than_the_files_leaves_the_promise_unchecked()
    {
        using var trees = Emptied("**/*.TXT");
        trees.Write("new/a.doc", "kept");
        (await trees.ResultAsync(Promise)).ShouldMatch();

        trees.Write("new/left.txt", "left");
        (await trees.ResultAsync(Promise)).ShouldNotBeChecked().ShouldStartWith("new: 1 file would be covered but for upper and lower case");
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_not_emptied()
    {
        using var trees = Emptied("paperless/**");
        trees.Options.Empty[Promise].Landmark = "paperless/this-is-the-place.txt";
        (await trees.ResultAsync(Promise)).ShouldNotBeChecked().ShouldContain("does not hold the landmark");

        trees.Write("new/paperless/this-is-the-place.txt", "here");
        (await trees.ResultAsync(Promise)).ShouldMatch();
    }

    [Fact]
    public async Task A_manifest_of_the_header_alone_is_not_emptied()
    {
        using var trees = Emptied();
        trees.Manifest("new");
        (await trees.ResultAsync(Promise)).ShouldNotBeChecked().ShouldContain("does not hold the landmark");

        trees.Manifest("new", FileTrees.Line("letters/this-is-the-place.txt", "here"));
        (await trees.ResultAsync(Promise)).ShouldMatch();
    }

    [Fact]
    public async Task A_manifest_with_another_prefix_than_its_paths_have_is_not_emptied()
    {
        using var trees = Emptied();
        trees.Manifest("new", FileTrees.Line("sites/Finance/letters/this-is-the-place.txt", "here")).Prefix = "sites/finance/";
        (await trees.ResultAsync(Promise)).ShouldNotBeChecked().ShouldContain("does not hold the landmark");

        trees.Options.Stores["new"].Prefix = "sites/Finance/";
        (await trees.ResultAsync(Promise)).ShouldMatch();
    }

    private static FileTrees Emptied(params string[] include)
    {
        var trees = new FileTrees();
        trees.Options.Comparisons.Clear();
        trees.Options.Empty[Promise] = new EmptiedOptions { Store = "new", Include = [.. include], Landmark = "letters/this-is-the-place.txt" };
        trees.Write("new/letters/this-is-the-place.txt", "The old letters lay here.");
        return trees;
    }
}
