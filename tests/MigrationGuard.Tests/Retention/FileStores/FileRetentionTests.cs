using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.FileStores;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Retention.FileStores;

/// <summary>Files kept for as long as was promised, too long, and too short.</summary>
public sealed class FileRetentionTests
{
    private const string Promise = "kept";

    [Fact]
    public async Task Files_within_their_days_are_kept_as_promised_and_a_minute_more_than_deleting_may_take_is_too_long()
    {
        using var trees = Days(14);
        trees.Write("new/a.txt", "alpha", FileTrees.Now.AddDays(-14).AddMinutes(-60));
        var result = await trees.ResultAsync(Promise);
        result.ShouldMatch();
        result.Entity.ShouldBe("new");
        result.Narrowed.ShouldContain(sentence => sentence.StartsWith("Only what is kept too long was looked for", StringComparison.Ordinal));

        trees.Write("new/a.txt", "alpha", FileTrees.Now.AddDays(-14).AddMinutes(-61));
        (await trees.FoundAsync(Promise)).ShouldBe(new Dictionary<string, long> { [KeepingFindings.KeptTooLong] = 1 });
    }

    [Theory]
    [InlineData("2020-02-29T12:00:00Z", "2026-02-28T12:00:00Z")]
    [InlineData("2020-03-20T00:00:00Z", "2026-03-20T00:00:00Z")]
    public async Task Years_are_those_of_the_calendar(string made, string end)
    {
        using var trees = Years(6);
        trees.Options.Retention[Promise].ToleranceMinutes = 0;
        trees.Write("new/a.txt", "alpha", Moment(made));
        trees.Clock.Now = Moment(end);
        (await trees.ResultAsync(Promise)).ShouldMatch();

        trees.Clock.Now = Moment(end).AddSeconds(1);
        (await trees.FoundAsync(Promise)).ShouldBe(new Dictionary<string, long> { [KeepingFindings.KeptTooLong] = 1 });
    }

    [Fact]
    public async Task A_file_that_an_earlier_export_lists_and_that_is_gone_before_its_time_was_kept_too_short()
    {
        using var trees = Years(6);
        trees.Write("new/here.txt", "here");
        trees.Options.Retention[Promise].Earlier = "before";
        trees.Manifest("before", FileTrees.Line("here.txt", "here"), FileTrees.Line("past.txt", "past", FileTrees.Now.AddYears(-6).AddMinutes(50))).ExportedAt = FileTrees.Now.AddMonths(-3);
        var result = await trees.ResultAsync(Promise);
        result.ShouldMatch();
        result.Narrowed.ShouldNotContain(sentence => sentence.StartsWith("Only what is kept too long", StringComparison.Ordinal));

        trees.Manifest("before", FileTrees.Line("here.txt", "here"), FileTrees.Line("past.txt", "past", FileTrees.Now.AddYears(-6).AddMinutes(70)));
        (await trees.FoundAsync(Promise)).ShouldBe(new Dictionary<string, long> { [KeepingFindings.KeptTooShort] = 1 });
    }

    [Fact]
    public async Task A_file_that_moved_within_its_store_is_still_kept_where_hashes_say_so()
    {
        using var trees = Years(6);
        trees.Options.Retention[Promise].Earlier = "before";
        trees.Manifest("new", FileTrees.Line("filed/a.txt", "alpha"));
        trees.Manifest("before", FileTrees.Line("a.txt", "alpha"));
        (await trees.ResultAsync(Promise)).ShouldMatch();

        trees.Manifest("before", FileTrees.Line("a.txt", "alphA"));
        (await trees.FoundAsync(Promise)).ShouldBe(new Dictionary<string, long> { [KeepingFindings.KeptTooShort] = 1 });
    }

    [Fact]
    public async Task Age_is_counted_to_the_moment_of_the_export_and_not_of_the_run()
    {
        using var trees = Days(14);
        trees.Manifest("new", FileTrees.Line("a.txt", "alpha", FileTrees.Now.AddDays(-15)));
        trees.Options.Stores["new"].ExportedAt = FileTrees.Now.AddDays(-2);
        (await trees.ResultAsync(Promise)).ShouldMatch();

        trees.Options.Stores["new"].ExportedAt = FileTrees.Now;
        (await trees.FoundAsync(Promise)).ShouldBe(new Dictionary<string, long> { [KeepingFindings.KeptTooLong] = 1 });
    }

    [Fact]
    public async Task A_file_of_unknown_age_is_not_checked_and_another_that_is_too_old_is_told_all_the_same()
    {
        using var trees = Days(14);
        trees.Manifest("new", "a.txt,5,,,");
        (await trees.ResultAsync(Promise)).ShouldNotBeChecked().ShouldStartWith("When they were made is not known of 1 file in new.");

        trees.Manifest("new", "a.txt,5,,,", FileTrees.Line("b.txt", "bravo"));
        var result = await trees.ResultAsync(Promise);
        result.ShouldMismatch().ShouldHaveSingleItem().Kind.ShouldBe(KeepingFindings.KeptTooLong);
        result.Notes.ShouldContain(note => note.StartsWith("Not all was looked at: When they were made", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_made_in_the_future_is_told()
    {
        using var trees = Days(14);
        trees.Write("new/a.txt", "alpha", FileTrees.Now.AddHours(2));
        (await trees.FoundAsync(Promise)).ShouldBe(new Dictionary<string, long> { [FileFindings.CreatedDiffers] = 1 });
    }

    [Fact]
    public async Task A_store_without_a_file_is_not_checked_unless_it_may_be_empty()
    {
        using var trees = Days(14);
        (await trees.ResultAsync(Promise)).ShouldNotBeChecked().ShouldContain("may be the wrong place");

        trees.Options.Retention[Promise].MayBeEmpty = true;
        trees.Options.Retention[Promise].Landmark = "this-is-the-place.txt";
        trees.Write("new/this-is-the-place.txt", "here", FileTrees.Now.AddYears(-1));
        (await trees.ResultAsync(Promise)).ShouldMatch();
    }

    [Fact]
    public async Task An_empty_folder_that_may_be_empty_is_not_checked_without_a_landmark_and_nor_is_one_whose_landmark_is_not_there()
    {
        using var trees = Days(14);
        trees.Options.Retention[Promise].MayBeEmpty = true;
        (await trees.ResultAsync(Promise)).ShouldNotBeChecked().ShouldContain("Put a file there, and name it as Landmark.");

        trees.Manifest("new");
        (await trees.ResultAsync(Promise)).ShouldNotBeChecked().ShouldContain("Put a file there, and name it as Landmark.");

        trees.Options.Retention[Promise].Landmark = "this-is-the-place.txt";
        trees.Manifest("new", FileTrees.Line("a.txt", "alpha", FileTrees.Now));
        (await trees.ResultAsync(Promise)).ShouldNotBeChecked().ShouldStartWith("new does not hold the landmark");

        trees.Manifest("new", FileTrees.Line("this-is-the-place.txt", "here"));
        (await trees.ResultAsync(Promise)).ShouldMatch();
    }

    [Fact]
    public async Task A_landmark_is_not_counted_and_what_Include_leaves_out_is()
    {
        using var trees = Days(14);
        trees.Options.Retention[Promise].Landmark = "letters/this-is-the-place.txt";
        trees.Options.Retention[Promise].Include = ["letters/**"];
        trees.Write("new/letters/this-is-the-place.txt", "here");
        trees.Write("new/letters/a.txt", "alpha", FileTrees.Now);
        trees.Write("new/other.txt", "other");
        var result = await trees.ResultAsync(Promise);
        result.ShouldMatch();
        result.Source!["files"].Number.ShouldBe(1);
        result.Notes.ShouldContain("new: 1 file left out by Include and Exclude.");

        trees.Options.Retention[Promise].Landmark = null;
        (await trees.FoundAsync(Promise)).ShouldBe(new Dictionary<string, long> { [KeepingFindings.KeptTooLong] = 1 });
    }

    [Fact]
    public async Task An_earlier_listing_without_a_file_that_the_promise_covers_shows_nothing()
    {
        using var trees = Years(6);
        trees.Write("new/letters/a.txt", "alpha");
        trees.Options.Retention[Promise].Include = ["letters/**"];
        trees.Options.Retention[Promise].Earlier = "before";
        trees.Manifest("before", FileTrees.Line("Letters/a.txt", "alpha"));
        (await trees.ResultAsync(Promise)).ShouldNotBeChecked().ShouldStartWith("before holds no file that the promise covers, so nothing shows whether any was deleted too early.");

        trees.Write("new/letters/past.txt", "past", FileTrees.Now.AddYears(-7));
        (await trees.FoundAsync(Promise)).ShouldBe(new Dictionary<string, long> { [KeepingFindings.KeptTooLong] = 1 });

        File.Delete(trees.At("new/letters/past.txt"));
        trees.Manifest("before", FileTrees.Line("letters/a.txt", "alpha"));
        (await trees.ResultAsync(Promise)).ShouldMatch();
    }

    [Fact]
    public async Task An_emptied_place_holds_its_landmark_alone()
    {
        using var trees = Emptied();
        (await trees.ResultAsync(Promise)).ShouldMatch();

        trees.Write("new/letters/left.txt", "left");
        (await trees.FoundAsync(Promise)).ShouldBe(new Dictionary<string, long> { [KeepingFindings.KeptTooLong] = 1 });
    }

    [Fact]
    public async Task A_place_that_is_not_mounted_is_not_taken_for_emptied()
    {
        using var trees = Emptied();
        File.Delete(trees.At("new/this-is-the-place.txt"));
        (await trees.ResultAsync(Promise)).ShouldNotBeChecked().ShouldContain("does not hold the landmark");

        Directory.Delete(trees.At("new"), recursive: true);
        (await trees.ResultAsync(Promise)).ShouldNotBeChecked().ShouldContain("does not exist");
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static FileTrees Days(int days) => With(new FileRetentionOptions { Store = "new", Days = days, ToleranceMinutes = 60 });

    private static FileTrees Years(int years) => With(new FileRetentionOptions { Store = "new", Years = years, ToleranceMinutes = 60 });

    private static FileTrees With(FileRetentionOptions promise)
    {
        var trees = new FileTrees();
        trees.Options.Comparisons.Clear();
        trees.Options.Retention[Promise] = promise;
        return trees;
    }

    private static FileTrees Emptied()
    {
        var trees = new FileTrees();
        trees.Options.Comparisons.Clear();
        trees.Options.Empty[Promise] = new EmptiedOptions { Store = "new", Landmark = "this-is-the-place.txt" };
        trees.Write("new/this-is-the-place.txt", "The old letters lay here.");
        return trees;
    }
}
