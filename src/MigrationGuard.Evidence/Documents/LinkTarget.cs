using System.Text;

namespace MigrationGuard.Evidence.Documents;

/// <summary>Where links of a document lead, seen from its own folder.</summary>
internal static class LinkTarget
{
    /// <param name="foldersDeep">The folders below which the document lies in its pack.</param>
    public static string Of(Inline.Link link, int foldersDeep)
    {
        if (link.Anchor is { } anchor)
            return "#" + Uri.EscapeDataString(anchor);
        // Each part is escaped, so that no path can become another scheme, another host or a query.
        var path = string.Join('/', link.Target.Split('/').Select(Uri.EscapeDataString));
        return new StringBuilder().Insert(0, "../", foldersDeep).Append(path).ToString();
    }
}
