using MigrationGuard.Databases;

namespace MigrationGuard.Verification.QueryPairs;

/// <summary>The query files that configurations name, read from disk.</summary>
/// <param name="baseDirectory">Where relative paths are taken from first: the configuration file's folder.</param>
/// <param name="shippedDirectory">Where they are taken from next: the folder the shipped queries lie beside the program in.</param>
public sealed class QueryLibrary(string baseDirectory, string shippedDirectory)
{
    /// <summary>The queries of these folders and files, one for each name, in the order of their names.</summary>
    /// <remarks>A folder that is not there, or a file that cannot be used, is a query with a problem: it is never left out in silence.</remarks>
    public IReadOnlyList<NamedQuery> Find(IReadOnlyList<string> paths)
    {
        var files = new List<QueryFile>();
        var broken = new List<NamedQuery>();
        foreach (var path in paths)
        {
            List<string> found;
            try
            {
                found = FilesAt(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                broken.Add(new NamedQuery(path, [], $"The folder {path} cannot be read: {e.Message} Let this account read it."));
                continue;
            }
            if (found.Count == 0)
                broken.Add(new NamedQuery(path, [], $"There is no query file at {path}, neither below {baseDirectory} nor among the shipped ones. Correct Queries."));
            foreach (var file in found)
                Read(file, files, broken);
        }
        var named = files
            .GroupBy(file => file.Name, StringComparer.OrdinalIgnoreCase)
            .Select(group => new NamedQuery(group.Key, [.. group.DistinctBy(file => file.Path)], TwoTexts(group)));
        return [.. named.Concat(broken).OrderBy(query => query.Name, StringComparer.Ordinal)];
    }

    private List<string> FilesAt(string path)
    {
        foreach (var root in new[] { baseDirectory, shippedDirectory })
        {
            var full = Path.GetFullPath(path, root);
            if (File.Exists(full))
                return [full];
            if (Directory.Exists(full))
                return [.. Directory.EnumerateFiles(full, "*.sql", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        }
        return [];
    }

    private static void Read(string path, List<QueryFile> files, List<NamedQuery> broken)
    {
        try
        {
            files.Add(QueryFile.Parse(path, File.ReadAllText(path)));
        }
        catch (Exception e) when (e is QueryFileException or IOException or UnauthorizedAccessException)
        {
            broken.Add(new NamedQuery(Path.GetFileNameWithoutExtension(path), [], $"The query file {path} cannot be used: {e.Message}"));
        }
    }

    private static string? TwoTexts(IEnumerable<QueryFile> files)
    {
        var twice = files.DistinctBy(file => file.Path).GroupBy(file => file.Engine).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? null
            : $"The name is used by two files for the same engine: {string.Join(" and ", twice.Select(file => file.Path))}. Rename one.";
    }
}

/// <summary>A query by name, with its texts.</summary>
/// <param name="Texts">One for each engine, or one for all.</param>
/// <param name="Problem">Why it cannot be used; null when it can.</param>
public sealed record NamedQuery(string Name, IReadOnlyList<QueryFile> Texts, string? Problem)
{
    /// <summary>The text for an engine: its own, or the one for all; null when there is neither.</summary>
    public QueryFile? For(Provider provider) =>
        Texts.FirstOrDefault(text => text.Engine == provider) ?? Texts.FirstOrDefault(text => text.Engine is null);
}
