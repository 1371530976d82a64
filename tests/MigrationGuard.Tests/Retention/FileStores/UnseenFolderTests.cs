using System.Text.Json;
using MigrationGuard.Retention.FileStores;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Retention.FileStores;

/// <summary>Folders that are not looked into, links and refused ones: what lies there is not known, and what they are called is not told.</summary>
public sealed class UnseenFolderTests : IDisposable
{
    private const string Person = "John Smith 12 High St";

    private readonly FileTrees _trees = new();

    public UnseenFolderTests()
    {
        _trees.WriteBoth("letters/a.txt", "alpha");
        _trees.Write("elsewhere/b.txt", "bravo");
        _trees.Options.Retention["kept"] = new FileRetentionOptions { Store = "old", Years = 6 };
        _trees.Options.Empty["emptied"] = new EmptiedOptions { Store = "old", Include = ["paperless/**"], Landmark = "paperless/here.txt" };
        _trees.Write("old/paperless/here.txt", "here");
        _trees.Comparison.Include = ["letters/**"];
    }

    public void Dispose() => _trees.Dispose();

    [SkippableTheory]
    [InlineData("letters", "moved", "kept")]
    [InlineData("paperless/2019", "kept", "emptied")]
    [InlineData("other", "kept")]
    public async Task What_lies_behind_a_link_is_not_checked_where_it_may_be_covered(string folder, params string[] notChecked)
    {
        Link(folder);
        var report = await _trees.VerifyAsync();
        foreach (var result in report.Results)
        {
            if (notChecked.Contains(result.Check["files:".Length..]))
                result.ShouldNotBeChecked().ShouldStartWith("old: what lies behind 1 link to a folder is not listed, as links are not followed.");
            else
                result.ShouldMatch();
        }
        JsonSerializer.Serialize(report.Results).ShouldNotContain("Smith");
        report.Revealed.ShouldBe(notChecked.Select(promise => new RevealedFile("files:" + promise, "link-not-followed", $"{folder}/{Person}", null)), ignoreOrder: true);
    }

    [SkippableFact]
    public async Task A_link_that_Exclude_names_hides_nothing_that_is_covered()
    {
        Link("letters");
        _trees.Comparison.Exclude = ["letters/John*/**"];
        (await _trees.ResultAsync()).ShouldMatch();

        _trees.Comparison.Exclude = ["letters/John*/b.txt"];
        (await _trees.ResultAsync()).ShouldNotBeChecked();
    }

    [SkippableFact]
    public async Task A_place_that_itself_lies_behind_a_link_is_not_checked()
    {
        Link("sites");
        _trees.Comparison.Include = [];
        _trees.Options.Stores["old"].Prefix = $"sites/{Person}/deep/";
        _trees.Comparison.ExtraAllowed = true;
        (await _trees.ResultAsync()).ShouldNotBeChecked().ShouldStartWith("old: what lies behind 1 link to a folder");
    }

    [SkippableFact]
    public async Task A_folder_that_is_refused_is_named_neither_in_a_result_nor_when_stores_are_tried()
    {
        Skip.If(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Nothing is refused here by a folder's mode.");
        _trees.Options.Retention.Clear();
        _trees.Options.Empty.Clear();
        Directory.CreateDirectory(_trees.At($"closed/{Person}"));
        _trees.Options.Stores["new"].Folder = "closed";
        (await ProblemsAsync()).ShouldBeEmpty();

        SetMode(UnixFileMode.None);
        try
        {
            (await _trees.ResultAsync()).ShouldNotBeChecked().ShouldNotContain("Smith");
            (await ProblemsAsync()).ShouldHaveSingleItem().ShouldNotContain("Smith");
        }
        finally
        {
            // Or nobody could delete it.
            SetMode(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private void SetMode(UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_trees.At($"closed/{Person}"), mode);
    }

    private Task<IReadOnlyList<string>> ProblemsAsync() => _trees.Verification().ProblemsAsync(CancellationToken.None);

    private void Link(string folder)
    {
        Skip.If(OperatingSystem.IsWindows(), "Making a link needs a privilege on Windows.");
        Directory.CreateDirectory(_trees.At("old/" + folder));
        Directory.CreateSymbolicLink(_trees.At($"old/{folder}/{Person}"), _trees.At("elsewhere"));
    }
}
