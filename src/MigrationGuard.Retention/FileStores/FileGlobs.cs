using System.Text;
using System.Text.RegularExpressions;

namespace MigrationGuard.Retention.FileStores;

/// <summary>Which paths are looked at: those like one of the included patterns and none of the excluded.</summary>
/// <remarks><c>*</c> is any part of a name, <c>?</c> one character of it, <c>**</c> any folders. Upper and lower case are told apart, as paths are.</remarks>
internal sealed class FileGlobs(IReadOnlyCollection<string> include, IReadOnlyCollection<string> exclude)
{
    private const string Everything = "**";

    private readonly IReadOnlyList<Regex> _include = [.. include.Select(glob => Expression(glob))];
    private readonly IReadOnlyList<Regex> _exclude = [.. exclude.Select(glob => Expression(glob))];
    private readonly IReadOnlyList<Regex> _alike = [.. include.Select(glob => Expression(FilePairing.Composed(glob), RegexOptions.IgnoreCase))];
    private readonly IReadOnlyList<Regex> _excludedFolders = [.. exclude.Select(Whole).Where(glob => glob.EndsWith(Everything, StringComparison.Ordinal)).Select(glob => Expression(glob))];

    /// <summary>The folders that the included patterns name in plain letters.</summary>
    public IReadOnlyList<string> Named { get; } = NamedFolders.Of(include);

    public bool Cover(string path) => (_include.Count == 0 || _include.Any(pattern => pattern.IsMatch(path))) && !Exclude(path);

    public bool Exclude(string path) => _exclude.Any(pattern => pattern.IsMatch(path));

    /// <summary>Whether anything below a folder may be covered: said too often rather than too seldom.</summary>
    /// <param name="folder">Empty for all there is.</param>
    public bool MayCoverBelow(string folder) =>
        !_excludedFolders.Any(pattern => pattern.IsMatch(folder + '/'))
        && (folder.Length == 0 || Named.Count < include.Count || include.Count == 0 || Named.Any(named => IsWithin(folder, named) || IsWithin(named, folder)));

    /// <summary>Whether a path is, or lies below, what the included patterns name in plain letters, upper and lower case and the encoding of accents aside.</summary>
    public bool IsBelowNamed(string path) => Named.Any(named => IsWithin(FilePairing.Composed(path), FilePairing.Composed(named)));

    /// <summary>Whether the included patterns would cover a path, upper and lower case and the encoding of accents aside.</summary>
    public bool IsLikeIncluded(string path) => _alike.Any(pattern => pattern.IsMatch(FilePairing.Composed(path)));

    private static bool IsWithin(string path, string folder) =>
        string.Equals(path, folder, StringComparison.OrdinalIgnoreCase) || NamedFolders.Holds(folder, path, StringComparison.OrdinalIgnoreCase);

    // A folder is everything in it.
    private static string Whole(string glob) => NamedFolders.Written(glob) is var pattern && pattern.EndsWith('/') ? pattern + Everything : pattern;

    private static Regex Expression(string glob, RegexOptions options = RegexOptions.None)
    {
        var pattern = Whole(glob);
        var expression = new StringBuilder(@"\A");
        for (var at = 0; at < pattern.Length; at++)
        {
            var rest = pattern.AsSpan(at);
            if (rest.StartsWith("**/"))
            {
                expression.Append("(?:.*/)?");
                at += 2;
            }
            else if (rest.StartsWith(Everything))
            {
                expression.Append(".*");
                at++;
            }
            else
            {
                expression.Append(pattern[at] switch { '*' => "[^/]*", '?' => "[^/]", var other => Regex.Escape(other.ToString()) });
            }
        }
        // Whatever somebody writes as a pattern, a path is matched in time that grows with its length alone.
        return new Regex(expression.Append(@"\z").ToString(), options | RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking);
    }
}
