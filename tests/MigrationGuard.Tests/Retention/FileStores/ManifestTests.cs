using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Retention.FileStores;

/// <summary>Stores that only export a list of what they hold.</summary>
public sealed class ManifestTests
{
    [Fact]
    public async Task A_folder_and_the_manifest_of_where_it_went_match()
    {
        using var trees = Exported(FileTrees.Line("a.txt", "alpha"), FileTrees.Line("letters/b, c.txt", "bravo"));
        var result = await trees.ResultAsync();
        result.ShouldMatch();
        result.Narrowed.ShouldContain("2 files compared by hashes that a store or a manifest has recorded, and not by reading both contents.");
    }

    [Theory]
    [InlineData("\"a.txt\",5,{0},2025-03-20T12:00:00Z,", "alphA", "changed content")]
    [InlineData("\"a.txt\",6,{0},2025-03-20T12:00:00Z,", "alpha", "changed bytes")]
    [InlineData("\"A.txt\",5,{0},2025-03-20T12:00:00Z,", "alpha", FileFindings.NameCaseDiffers)]
    [InlineData("\"other.txt\",5,{0},2025-03-20T12:00:00Z,", "alpha", FileFindings.Renamed)]
    [InlineData("\"a.txt\",5,{0},2025-03-20T12:00:03Z,", "alpha", FileFindings.CreatedDiffers)]
    public async Task A_manifest_of_something_else_does_not(string line, string content, string kind)
    {
        using var trees = Exported(string.Format(System.Globalization.CultureInfo.InvariantCulture, line, FileTrees.Sha256(content)), FileTrees.Line("letters/b, c.txt", "bravo"));
        (await trees.FoundAsync()).ShouldBe(new Dictionary<string, long> { [kind] = 1 });
    }

    [Theory]
    [InlineData("md5:LBwaS0FXz0yUA49WtWiUVw==")]
    [InlineData("MD5:2c1c1a4b4157cf4c94038f56b5689457")]
    public async Task A_hash_of_another_kind_is_made_of_the_side_that_can_be_read(string hash)
    {
        using var trees = Exported();
        var md5 = Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData("alpha"u8));
        trees.Manifest("new", $"a.txt,5,md5:{md5},2025-03-20T12:00:00Z,", FileTrees.Line("letters/b, c.txt", "bravo"));
        (await trees.ResultAsync()).ShouldMatch();

        trees.Manifest("new", $"a.txt,5,{hash},2025-03-20T12:00:00Z,", FileTrees.Line("letters/b, c.txt", "bravo"));
        (await trees.FoundAsync()).ShouldBe(new Dictionary<string, long> { ["changed content"] = 1 });
    }

    [Fact]
    public async Task Files_of_one_length_without_a_hash_are_not_checked()
    {
        using var trees = Exported("a.txt,5,,2025-03-20T12:00:00Z,", FileTrees.Line("letters/b, c.txt", "bravo"));
        (await trees.ResultAsync()).ShouldNotBeChecked().ShouldStartWith("1 file can be compared by length alone");
    }

    [Fact]
    public async Task Hashes_of_two_kinds_that_nobody_can_make_anew_are_not_checked()
    {
        using var trees = Exported(FileTrees.Line("a.txt", "alpha"));
        trees.Manifest("old", "a.txt,5,md5:LBwaS0FXz0yUA49WtWiUVw==,2025-03-20T12:00:00Z,");
        (await trees.ResultAsync()).ShouldNotBeChecked().ShouldContain("no hash of one kind");
    }

    [Fact]
    public async Task Backslashes_and_header_names_in_any_case_are_understood()
    {
        using var trees = Exported();
        File.WriteAllText(trees.At("new.csv"), $"BYTES,Path,Created,HASH\r\n5,\\letters\\b.txt,2025-03-20 12:00Z,{FileTrees.Sha256("bravo")}\r\n");
        trees.Manifest("old", FileTrees.Line("letters/b.txt", "bravo"));
        trees.Options.Stores["new"].ExportedAt = FileTrees.Now;
        (await trees.ResultAsync()).ShouldMatch();
    }

    [Theory]
    [InlineData("a.txt,five,,,", "Line 2 has bytes that are not a whole number.")]
    [InlineData("a.txt,-5,,,", "Line 2 has bytes that are not a whole number.")]
    [InlineData(",5,,,", "Line 2 has no path of a file.")]
    [InlineData("../a.txt,5,,,", "Line 2 has no path of a file.")]
    [InlineData("a.txt,5,sha1:00,,", "Line 2 has a hash that is not understood.")]
    [InlineData("a.txt,5,sha256:00,,", "Line 2 has a hash that is not understood.")]
    [InlineData("a.txt,5,,20/03/2025,", "Line 2 has a created that is not understood.")]
    [InlineData("a.txt,5,,2025-03-20T12:00:00,", "Line 2 has a created that is not understood.")]
    [InlineData("a.txt,5,,,yesterday", "Line 2 has a modified that is not understood.")]
    [InlineData("a.txt,5", "Line 2 has 2 fields where the first line names 5.")]
    [InlineData("Doe, Jane.txt,5,,,", "Line 2 has 6 fields where the first line names 5.")]
    [InlineData("a.txt,5,,,\na.txt,5,,,", "Line 3 has the path of an earlier line.")]
    [InlineData("\"a.txt,5,,,\nb.txt,5,,,", "has quotes in the middle of a field, or none at its end.")]
    [InlineData("a\"b.txt,5,,,", "Line 2 has quotes in the middle of a field, or none at its end.")]
    public async Task A_line_that_is_not_understood_is_told_and_nothing_is_skipped(string lines, string told)
    {
        using var trees = Exported(lines);
        var reason = (await trees.ResultAsync()).ShouldNotBeChecked();
        reason.ShouldContain(told);
        reason.ShouldContain("no line of it was used.");
        reason.ShouldNotContain("Jane");
    }

    [Theory]
    [InlineData("", "It is empty.")]
    [InlineData("path,hash\n", "Line 1 names no column bytes.")]
    [InlineData("path,bytes,bytes\n", "Line 1 names bytes twice.")]
    [InlineData("path,bytes,hsah\n", "Did you mean hash?")]
    public async Task A_manifest_whose_first_line_is_wrong_is_not_used(string text, string told)
    {
        using var trees = Exported();
        File.WriteAllText(trees.At("new.csv"), text);
        (await trees.ResultAsync()).ShouldNotBeChecked().ShouldContain(told);
    }

    [Fact]
    public async Task A_manifest_that_is_not_UTF_8_is_not_guessed_at()
    {
        using var trees = Exported();
        File.WriteAllBytes(trees.At("new.csv"), [.. "path,bytes\nR"u8, 0xE9, .. "s.txt,5\n"u8]);
        (await trees.ResultAsync()).ShouldNotBeChecked().ShouldContain("is not UTF-8. Export it as UTF-8");
    }

    [Fact]
    public async Task Ten_bad_lines_are_told_and_the_rest_is_counted()
    {
        using var trees = Exported(Enumerable.Range(0, 25).Select(number => $"{number}.txt,x,,,"));
        var reason = (await trees.ResultAsync()).ShouldNotBeChecked();
        reason.ShouldContain("Line 11 ");
        reason.ShouldNotContain("Line 12 ");
        reason.ShouldContain("And 15 more lines.");
    }

    [Fact]
    public async Task An_old_export_says_nothing_of_what_is_there_now()
    {
        using var trees = Exported(FileTrees.Line("a.txt", "alpha"), FileTrees.Line("letters/b, c.txt", "bravo"));
        trees.Options.Stores["new"].ExportedAt = FileTrees.Now.AddDays(-7);
        (await trees.ResultAsync()).ShouldMatch();

        trees.Options.Stores["new"].ExportedAt = FileTrees.Now.AddDays(-7).AddSeconds(-1);
        (await trees.ResultAsync()).ShouldNotBeChecked().ShouldContain("Export it anew.");
    }

    [Fact]
    public async Task A_source_that_is_gone_can_be_compared_by_an_export_of_any_age()
    {
        using var trees = Exported(FileTrees.Line("a.txt", "alpha"));
        trees.Manifest("old", FileTrees.Line("a.txt", "alpha")).ExportedAt = FileTrees.Now.AddYears(-2);
        (await trees.ResultAsync()).ShouldMatch();

        trees.Manifest("new", FileTrees.Line("b.txt", "bravo"));
        (await trees.FoundAsync()).Keys.ShouldBe([FindingKinds.MissingInTarget, FindingKinds.ExtraInTarget], ignoreOrder: true);
    }

    [Fact]
    public async Task What_an_old_export_lists_and_has_become_too_old_since_is_not_missed()
    {
        using var trees = Exported();
        trees.Comparison.WithinYears = 6;
        trees.Manifest("new", FileTrees.Line("a.txt", "alpha"));
        trees.Manifest("old", FileTrees.Line("a.txt", "alpha"), FileTrees.Line("b.txt", "bravo", FileTrees.Now.AddYears(-6).AddDays(-1))).ExportedAt = FileTrees.Now.AddYears(-2);
        (await trees.ResultAsync()).ShouldMatch();

        trees.Manifest("old", FileTrees.Line("a.txt", "alpha"), FileTrees.Line("b.txt", "bravo", FileTrees.Now.AddYears(-6).AddDays(1))).ExportedAt = FileTrees.Now.AddYears(-2);
        (await trees.FoundAsync()).Keys.ShouldBe([FindingKinds.MissingInTarget]);
    }

    [Fact]
    public async Task Only_what_is_under_the_prefix_counts_and_paths_begin_below_it()
    {
        using var trees = Exported();
        trees.Manifest("new", FileTrees.Line("sites/finance/a.txt", "alpha"), FileTrees.Line("sites/finance/letters/b, c.txt", "bravo"), FileTrees.Line("sites/other/d.txt", "delta")).Prefix = "sites/finance/";
        (await trees.ResultAsync()).ShouldMatch();

        trees.Options.Stores["new"].Prefix = "sites/";
        (await trees.ResultAsync()).ShouldMismatch();
    }

    private static FileTrees Exported(params IEnumerable<string> lines)
    {
        var trees = new FileTrees();
        trees.Write("old/a.txt", "alpha");
        trees.Write("old/letters/b, c.txt", "bravo");
        trees.Manifest("new", lines);
        return trees;
    }
}
