using System.Text.Json.Nodes;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Output;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Tests.Commands;

/// <summary>What each format of <c>diff</c> makes of the same rows: what is masked, NULL, empty or left out is never taken for another.</summary>
public sealed class DiffFormatsTests
{
    private static readonly DifferingRow Lost = new(
        FindingKinds.Changed, [new NamedValue("id", "5")], [new DifferingValue("note", "secret", null), new DifferingValue("title", "", "NULL")]);

    [Fact]
    public async Task NULL_is_masked_like_any_value()
    {
        var listed = new RowsListed([Lost], IsCut: false, NotLookedAt: 0);
        foreach (var write in Formats)
        {
            var (output, _) = await WriteAsync(write, listed, isRevealed: false);
            output.ShouldContain("•••");
            output.ShouldContain("note");
            output.ShouldNotContain("secret");
            output.ShouldNotContain("NULL", Case.Sensitive);
        }
        var (json, _) = await WriteAsync(DiffJson.WriteAsync, listed, isRevealed: false);
        Values(json).ShouldBe([("•••", "•••"), ("•••", "•••")]);
        var (csv, _) = await WriteAsync(DiffCsv.WriteAsync, listed, isRevealed: false);
        Lines(csv).ShouldBe(["kind,key,column,source,target", "changed,id=5,note,•••,•••", "changed,id=5,title,•••,•••"]);
    }

    [Fact]
    public async Task Revealed_NULL_is_neither_empty_text_nor_the_text_NULL()
    {
        var listed = new RowsListed([Lost], IsCut: false, NotLookedAt: 0);
        var (text, _) = await WriteAsync(DiffText.WriteAsync, listed, isRevealed: true);
        Lines(text).Select(Words).Take(4).ShouldBe(["Column Source Target", "changed id=5", "note secret NULL", "title \"\" \"NULL\""]);
        var (json, _) = await WriteAsync(DiffJson.WriteAsync, listed, isRevealed: true);
        Values(json).ShouldBe([("secret", null), ("", "NULL")]);
        var (csv, _) = await WriteAsync(DiffCsv.WriteAsync, listed, isRevealed: true);
        Lines(csv).ShouldBe(["kind,key,column,source,target", "changed,id=5,note,secret,", "changed,id=5,title,\"\",NULL"]);
    }

    [Fact]
    public async Task A_side_that_has_no_such_row_shows_no_value_there_masked_or_not()
    {
        var listed = new RowsListed([new DifferingRow(FindingKinds.MissingInTarget, [new NamedValue("id", "9")], [new DifferingValue("note", null, null)])], IsCut: false, NotLookedAt: 0);
        var (masked, _) = await WriteAsync(DiffJson.WriteAsync, listed, isRevealed: false);
        Values(masked).ShouldBe([("•••", null)]);
        var (revealed, _) = await WriteAsync(DiffText.WriteAsync, listed, isRevealed: true);
        Lines(revealed).Select(Words).Take(3).ShouldBe(["Column Source Target", "missing-in-target id=9", "note NULL"]);
        var (csv, _) = await WriteAsync(DiffCsv.WriteAsync, listed, isRevealed: false);
        Lines(csv)[1].ShouldBe("missing-in-target,id=9,note,•••,");
    }

    [Theory]
    [InlineData(false, 0, new string[0])]
    [InlineData(true, 0, new[] { "raise --limit" })]
    [InlineData(false, 2_000_000, new[] { "2000000 further rows" })]
    [InlineData(true, 2_000_000, new[] { "raise --limit", "2000000 further rows" })]
    public async Task What_a_higher_limit_would_show_and_what_no_limit_shows_are_said_apart(bool isCut, long notLookedAt, string[] expected)
    {
        var listed = new RowsListed([Lost], isCut, notLookedAt);
        string[] facts = ["raise --limit", "2000000 further rows"];

        var (text, nothing) = await WriteAsync(DiffText.WriteAsync, listed, isRevealed: false);
        facts.Where(fact => Lines(text).Any(line => line.Contains(fact, StringComparison.Ordinal))).ShouldBe(expected);
        nothing.ShouldBeEmpty();

        var (csv, said) = await WriteAsync(DiffCsv.WriteAsync, listed, isRevealed: false);
        facts.Where(fact => said.Contains(fact, StringComparison.Ordinal)).ShouldBe(expected);
        Lines(said).Count.ShouldBe(expected.Length == 0 ? 0 : 1);
        Lines(csv).Count.ShouldBe(3, "rows alone");

        var (json, _) = await WriteAsync(DiffJson.WriteAsync, listed, isRevealed: false);
        var document = JsonNode.Parse(json)!;
        ((bool)document["complete"]!).ShouldBe(expected.Length == 0);
        ((long)document["notLookedAt"]!).ShouldBe(notLookedAt);
    }

    [Theory]
    [InlineData("Jos\u00E9", "Jose\u0301", "Jos[U+00E9]", "Jose[U+0301]")]
    [InlineData("a b", "a\u00A0b", "a b", "a[U+00A0]b")]
    [InlineData("José", "Josef", "José", "Josef")]
    [InlineData("open", "open ", "open", "\"open \"")]
    public async Task Values_that_a_screen_would_show_alike_are_spelt_out(string source, string target, string sourceShown, string targetShown)
    {
        var row = new DifferingRow(FindingKinds.Changed, [new NamedValue("id", "5")], [new DifferingValue("name", source, target)]);
        var (text, _) = await WriteAsync(DiffText.WriteAsync, new RowsListed([row], IsCut: false, NotLookedAt: 0), isRevealed: true);
        Lines(text).Select(Words).ShouldContain($"name {sourceShown} {targetShown}");
    }

    private static readonly Func<ShownDifferences, ProgramContext, Task>[] Formats = [DiffText.WriteAsync, DiffJson.WriteAsync, DiffCsv.WriteAsync];

    private static async Task<(string Output, string Error)> WriteAsync(Func<ShownDifferences, ProgramContext, Task> write, RowsListed listed, bool isRevealed)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var context = new ProgramContext(output, error, false, false, new Dictionary<string, string>(), Path.GetTempPath(), TimeProvider.System);
        await write(new ShownDifferences("crm", "case", listed, isRevealed), context);
        return (output.ToString(), error.ToString());
    }

    private static List<string> Lines(string text) => [.. text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    private static string Words(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<(string? Source, string? Target)> Values(string json) => JsonNode.Parse(json)!["rows"]!.AsArray()
        .SelectMany(row => row!["columns"]!.AsArray()).Select(column => ((string?)column!["source"], (string?)column["target"]));
}
