using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.FileStores;

namespace MigrationGuard.Tests.Retention.FileStores;

/// <summary>Whatever a tree is like: an untouched copy matches, and any single change is found.</summary>
public sealed class AnyChangeTests
{
    private static readonly Gen<string> Names =
        from length in Gen.Choose(1, 4)
        from letters in Gen.Elements("a", "b", "é", "水", "😀", " ", "'", ",", "\u0301", "İ").ArrayOf(length)
        select "f" + string.Concat(letters).TrimEnd() + "_";

    private static readonly Gen<string> Paths =
        from depth in Gen.Choose(0, 2)
        from folders in Gen.Elements("x", "Letters 2019", "ÿ", "d,d").ArrayOf(depth)
        from name in Names
        select string.Join('/', folders.Append(name));

    private static readonly Gen<Planted[]> Trees =
        from paths in Paths.NonEmptyListOf()
        // Two names that are one to a reader would be two files of one path in some store.
        let distinct = paths.DistinctBy(path => FilePairing.Composed(path).ToUpperInvariant()).ToArray()
        from contents in Gen.Elements("", "a", "b", "aa", "ab", "a longer content, the same in several files").ArrayOf(distinct.Length)
        from ages in Gen.Choose(0, 5000).ArrayOf(distinct.Length)
        select distinct.Zip(contents, ages).Select(file => new Planted(file.First, file.Second, FileTrees.Now.AddDays(-file.Third))).ToArray();

    private static readonly Gen<(Planted[] Tree, Change Change, int At)> Changed =
        from tree in Trees
        from change in Gen.Elements(Enum.GetValues<Change>())
        from at in Gen.Choose(0, tree.Length - 1)
        select (tree, change, at);

    private enum Change
    {
        Removed,
        Added,
        Cut,
        Rewritten,
        Renamed,
        CaseChanged,
        MadeLater,
    }

    [Fact]
    public void An_untouched_copy_matches_in_folders_and_in_manifests() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll(Trees.ToArbitrary(), tree =>
    {
        foreach (var isManifest in new[] { false, true })
            Compare(tree, tree, isManifest).Outcome.ShouldBeOfType<CheckOutcome.Match>();
    }));

    [Fact]
    public void Any_single_change_is_found_in_folders_and_in_manifests() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(Changed.ToArbitrary(), changed =>
    {
        var target = Apply(changed.Tree, changed.Change, changed.At);
        foreach (var isManifest in new[] { false, true })
        {
            var findings = Compare(changed.Tree, target, isManifest).Outcome.ShouldBeOfType<CheckOutcome.Mismatch>().Findings;
            findings.Sum(finding => finding.Count).ShouldBe(IsTwo(changed.Change, changed.Tree[changed.At]) ? 2 : 1);
            findings.Select(finding => finding.Kind).ShouldBeSubsetOf(Kinds(changed.Change));
        }
    }));

    private static Planted[] Apply(Planted[] tree, Change change, int at)
    {
        var file = tree[at];
        var target = tree.ToList();
        target[at] = change switch
        {
            Change.Cut => file with { Content = file.Content.Length == 0 ? "more" : file.Content[..^1] },
            Change.Rewritten => file with { Content = file.Content.Length == 0 ? "more" : file.Content[..^1] + "~" },
            Change.Renamed => file with { Path = "renamed/" + file.Path + "~" },
            Change.CaseChanged => file with { Path = CaseChanged(file.Path) },
            Change.MadeLater => file with { Made = file.Made.AddSeconds(3) },
            _ => file,
        };
        if (change == Change.Removed)
            target.RemoveAt(at);
        if (change == Change.Added)
            target.Add(file with { Path = file.Path + "~" });
        return [.. target];
    }

    // Every name begins with this letter, and no folder is renamed for it.
    private static string CaseChanged(string path)
    {
        var name = path.LastIndexOf('/') + 1;
        return path[..name] + "F" + path[(name + 1)..];
    }

    // An empty file that has another name is one missing and one extra: all empty files are alike.
    private static bool IsTwo(Change change, Planted file) => change == Change.Renamed && file.Content.Length == 0;

    private static string[] Kinds(Change change) => change switch
    {
        Change.Removed => [FindingKinds.MissingInTarget],
        Change.Added => [FindingKinds.ExtraInTarget],
        Change.Cut or Change.Rewritten => [FindingKinds.Changed],
        Change.Renamed => [FileFindings.Renamed, FindingKinds.MissingInTarget, FindingKinds.ExtraInTarget],
        Change.CaseChanged => [FileFindings.NameCaseDiffers],
        _ => [FileFindings.CreatedDiffers],
    };

    private static CheckResult Compare(Planted[] source, Planted[] target, bool isManifest)
    {
        using var trees = new FileTrees();
        foreach (var (store, files) in new[] { ("old", source), ("new", target) })
        {
            if (isManifest)
                trees.Manifest(store, files.Select(file => FileTrees.Line(file.Path, file.Content, file.Made)));
            else
                files.ToList().ForEach(file => trees.Write($"{store}/{file.Path}", file.Content, file.Made));
        }
        return trees.ResultAsync().GetAwaiter().GetResult();
    }

    private sealed record Planted(string Path, string Content, DateTimeOffset Made);
}
