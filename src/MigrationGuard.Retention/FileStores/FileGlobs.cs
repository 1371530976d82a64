using System.Text;
using System.Text.RegularExpressions;

namespace MigrationGuard.Retention.FileStores;

/// <summary>Which paths are looked at: those like one of the included patterns and none of the excluded.</summary>
/// <remarks><c>*</c> is any part of a name, <c>?</c> one character of it, <c>**</c> any folders. Upper and lower case are told apart, as paths are.</remarks>
internal sealed class FileGlobs(IEnumerable<string> include, IEnumerable<string> exclude)
{
    private readonly IReadOnlyList<Regex> _include = [.. include.Select(Expression)];
    private readonly IReadOnlyList<Regex> _exclude = [.. exclude.Select(Expression)];

    public bool Cover(string path) =>
        (_include.Count == 0 || _include.Any(pattern => pattern.IsMatch(path))) && !_exclude.Any(pattern => pattern.IsMatch(path));

    private static Regex Expression(string glob)
    {
        var pattern = glob.Replace('\\', '/').TrimStart('/');
        // A folder is everything in it.
        if (pattern.EndsWith('/'))
            pattern += "**";
        var expression = new StringBuilder(@"\A");
        for (var at = 0; at < pattern.Length; at++)
        {
            var rest = pattern.AsSpan(at);
            if (rest.StartsWith("**/"))
            {
                expression.Append("(?:.*/)?");
                at += 2;
            }
            else if (rest.StartsWith("**"))
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
        return new Regex(expression.Append(@"\z").ToString(), RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking);
    }
}
