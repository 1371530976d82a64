using System.Security.Cryptography;
using System.Text;
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
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_hash_in_hex_alone_is_what_its_length_says(bool isUpperCase)
    {
        string Bare(byte[] hash) => isUpperCase ? Convert.ToHexString(hash) : Convert.ToHexStringLower(hash);
        string[] Lines(string first, string second) =>
        [
            $"a.txt,5,{Bare(SHA256.HashData(Encoding.UTF8.GetBytes(first)))},2025-03-20T12:00:00Z,",
            $"\"letters/b, c.txt\",5,{Bare(MD5.HashData(Encoding.UTF8.GetBytes(second)))},2025-03-20T12:00:00Z,",
        ];
        using var trees = Exported();
        trees.Manifest("new", Lines("alpha", "bravo"));
        (await trees.ResultAsync()).ShouldMatch();

        trees.Manifest("new", Lines("alphA", "bravO"));
        (await trees.FoundAsync()).ShouldBe(new Dictionary<string, long> { ["changed content"] = 2 });
    }

    [Fact]
    public async Task A_manifest_that_was_cut_off_at_the_end_of_a_line_is_not_used_where_its_files_were_counted()
    {
        using var trees = Exported(FileTrees.Line("a.txt", "alpha"), FileTrees.Line("letters/b, c.txt", "bravo"));
        var whole = await trees.ResultAsync();
        whole.ShouldMatch();
        whole.Narrowed.ShouldContain(sentence => sentence.StartsWith("new: nothing shows that the manifest lists all that was there.", StringComparison.Ordinal));

        trees.Options.Stores["new"].ExportedFiles = 2;
        var counted = await trees.ResultAsync();
        counted.ShouldMatch();
        counted.Narrowed.ShouldNotContain(sentence => sentence.Contains("nothing shows", StringComparison.Ordinal));

        trees.Manifest("new", FileTrees.Line("a.txt", "alpha")).ExportedFiles = 2;
        (await trees.ResultAsync()).ShouldNotBeChecked().ShouldContain("It lists 1 file where ExportedFiles says 2: it was cut off, or is another.");
    }

    [Fact]
    public async Task Files_are_counted_with_those_that_the_prefix_leaves_out()
    {
        using var trees = Exported();
        trees.Manifest("new", FileTrees.Line("site/a.txt", "alpha"), FileTrees.Line("site/letters/b, c.txt", "bravo"), FileTrees.Line("other/d.txt", "delta"));
        (trees.Options.Stores["new"].Prefix, trees.Options.Stores["new"].ExportedFiles) = ("site/", 3);
        (await trees.ResultAsync()).ShouldMatch();

        trees.Options.Stores["new"].ExportedFiles = 2;
        (await trees.ResultAsync()).ShouldNotBeChecked();
    }

    [Theory]
    [InlineData("md5:LBwaS0FXz0yUA49WtWiUVw==")]
    [InlineData("MD5:2c1c1a4b4157cf4c94038f56b5689457")]
    public async Task A_hash_of_another_kind_is_made_of_the_side_that_can_be_read(string hash)
    {
        using var trees = Exported();
        var md5 = Convert.ToHexStringLower(MD5.HashData("alpha"u8));
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
    [InlineData("a.txt,5,2fd4e1c67a2d28fced849ee1bb76e7391b93eb12,,", "Line 2 has a hash that is not understood.")]
    [InlineData("a.txt,5,zd1c1a4b4157cf4c94038f56b5689457,,", "Line 2 has a hash that is not understood.")]
    [InlineData("a.txt,x,,,\nb.txt,5,,,\nc.txt,y,,,", "Lines 2 and 4 have bytes that are not a whole number.")]
    [InlineData("a.txt,x,,,\nb.txt,y,,,\nc.txt,z,yes,,", "Lines 2, 3 and 4 have bytes that are not a whole number. Write the file's length in bytes, in digits alone. Line 4 has a hash")]
    [InlineData("a,b\nc,d", "Lines 2 and 3 have 2 fields where the first line names 5.")]
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
    [InlineData("Name,Size,hsah\n", "Line 1 names columns that a manifest does not have (columns 1 and 2 of 3). Known here: path, bytes, hash, created, modified. Line 1 names a column")]
    [InlineData("path,bytes,hsah\n", "Line 1 names a column that a manifest does not have (column 3 of 3). Did you mean hash?")]
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
    public async Task Lines_with_the_same_problem_are_one_sentence_and_ten_sentences_are_told()
    {
        using var trees = Exported(Enumerable.Range(0, 25).Select(number => $"{number}.txt,x,,,"));
        (await trees.ResultAsync()).ShouldNotBeChecked().ShouldContain(
            "cannot be used. Lines 2, 3, 4 and 22 more have bytes that are not a whole number. Write the file's length in bytes, in digits alone. Then run again");

        trees.Manifest("new", Enumerable.Range(6, 12).Select(fields => new string(',', fields)));
        var reason = (await trees.ResultAsync()).ShouldNotBeChecked();
        reason.ShouldContain("Line 11 has 16 fields");
        reason.ShouldNotContain("Line 12 ");
        reason.ShouldContain("And 2 more problems.");
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
