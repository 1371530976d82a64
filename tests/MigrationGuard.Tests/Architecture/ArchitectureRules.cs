using System.Text.RegularExpressions;

namespace MigrationGuard.Tests.Architecture;

/// <summary>What may reference what, as the tables of <c>src/ARCHITECTURE.md</c> say.</summary>
/// <param name="MayReference">Per project, or per folder as <c>Project/Folder</c>, the names it may reference.</param>
/// <param name="DriverPlaces">Per driver's namespace, the only projects or folders that use it.</param>
/// <remarks>Read from the document, so that the document cannot say one thing and the tests hold another.</remarks>
internal sealed partial record ArchitectureRules(
    IReadOnlyDictionary<string, IReadOnlySet<string>> MayReference,
    IReadOnlyDictionary<string, IReadOnlySet<string>> DriverPlaces)
{
    public static ArchitectureRules Read() => Parse(File.ReadAllText(RepositoryRoot.At("src", "ARCHITECTURE.md")));

    public static ArchitectureRules Parse(string markdown) =>
        new(Table(markdown, "| Project or folder | May reference |"), Table(markdown, "| Driver | Used only in |"));

    /// <summary>The folders of <paramref name="project"/> that have a row.</summary>
    public IReadOnlyList<string> FoldersOf(string project) =>
        [.. MayReference.Keys.Where(name => name.StartsWith(project + "/", StringComparison.Ordinal)).Select(name => name[(project.Length + 1)..])];

    private static Dictionary<string, IReadOnlySet<string>> Table(string markdown, string header)
    {
        var rows = markdown.ReplaceLineEndings("\n").Split('\n')
            .SkipWhile(line => line.Trim() != header)
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|', ' ').Split('|'))
            .ToDictionary(
                cells => Names(cells[0]).Single(),
                cells => (IReadOnlySet<string>)Names(cells[1]).ToHashSet(StringComparer.Ordinal),
                StringComparer.Ordinal);
        if (rows.Count == 0)
            throw new InvalidOperationException($"src/ARCHITECTURE.md has no table '{header}'. The architecture tests read it: put it back.");
        return rows;
    }

    private static IEnumerable<string> Names(string cell) => Quoted().Matches(cell).Select(match => match.Groups[1].Value);

    [GeneratedRegex("`([^`]+)`", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();
}
