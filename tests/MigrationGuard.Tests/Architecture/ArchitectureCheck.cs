using System.Text.RegularExpressions;

namespace MigrationGuard.Tests.Architecture;

/// <summary>Finds what breaks the <see cref="ArchitectureRules"/>: a sentence for each breach, none when all is well.</summary>
internal sealed partial class ArchitectureCheck(ArchitectureRules rules)
{
    /// <summary>A project's references, from its project file or its compiled assembly.</summary>
    public IEnumerable<string> ProjectReferences(string project, IEnumerable<string> references)
    {
        if (!rules.MayReference.TryGetValue(project, out var allowed))
            return [$"{project} has no row in src/ARCHITECTURE.md. Say there what it may reference."];
        return references.Where(reference => !allowed.Contains(reference))
            .Select(reference => $"{project} references {reference}, which its row in src/ARCHITECTURE.md does not allow.");
    }

    /// <summary>A folder that needs a row and has none.</summary>
    public IEnumerable<string> Folder(string project, string folder)
    {
        var known = rules.FoldersOf(project);
        return known.Count == 0 || known.Contains(folder) ? [] : [$"{project}/{folder} has no row in src/ARCHITECTURE.md. Say there what it may reference."];
    }

    /// <summary>What a source file uses: neighbouring folders and drivers.</summary>
    /// <param name="project">The project the file is in.</param>
    /// <param name="folder">The project's folder the file is in; null for its root.</param>
    /// <param name="source">The file's text.</param>
    public IEnumerable<string> Source(string project, string? folder, string source)
    {
        var code = Comment().Replace(source, "");
        var place = folder is null ? project : project + "/" + folder;
        return NeighbouringFolders(project, folder, code)
            .Select(neighbour => $"{place} uses {neighbour}, which its row in src/ARCHITECTURE.md does not allow.")
            .Concat(Drivers(project, place, code));
    }

    private IEnumerable<string> NeighbouringFolders(string project, string? folder, string code)
    {
        if (folder is null || !rules.MayReference.TryGetValue(project + "/" + folder, out var allowed))
            return [];
        return rules.FoldersOf(project)
            .Where(neighbour => neighbour != folder && !allowed.Contains(neighbour) && IsUsed(project, neighbour, code));
    }

    private IEnumerable<string> Drivers(string project, string place, string code) =>
        from driver in rules.DriverPlaces
        where !driver.Value.Contains(project) && !driver.Value.Contains(place)
        where Regex.IsMatch(code, $@"(?<![\w.]){Regex.Escape(driver.Key)}\s*[.;]", RegexOptions.CultureInvariant)
        select $"{place} uses {driver.Key}, which src/ARCHITECTURE.md keeps to {string.Join(" and ", driver.Value)}.";

    // Inside its project a folder is named in full or from any part of the namespace on: Verification.RecordCounts.X, RecordCounts.X.
    private static bool IsUsed(string project, string folder, string code)
    {
        var prefix = project.Split('.').Aggregate("", (outer, part) => $@"(?:{outer}{Regex.Escape(part)}\.)?");
        var name = $@"(?:global::)?{prefix}{Regex.Escape(folder)}";
        return Regex.IsMatch(code, $@"\busing\s+{name}\s*;|(?<![\w.]){name}\s*\.\s*[A-Z]", RegexOptions.CultureInvariant);
    }

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Comment();
}
