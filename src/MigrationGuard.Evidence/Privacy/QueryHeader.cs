namespace MigrationGuard.Evidence.Privacy;

/// <summary>What the header of a query's text says of its columns, read from the text that was sent.</summary>
/// <param name="Key">The columns that identify a row of the result.</param>
/// <param name="Codes">The columns declared to be codes, counts or moments.</param>
/// <remarks>
/// From the text as executed and not from the file, which may have changed since: what a run's results mean is what the run was asked.
/// The files themselves are checked where they are read, so what is not understood here declares nothing.
/// </remarks>
internal sealed record QueryHeader(IReadOnlyList<string> Key, IReadOnlySet<string> Codes)
{
    private static readonly QueryHeader None = new([], new HashSet<string>());

    /// <summary>The header of a text; empty when there is no text.</summary>
    public static QueryHeader Of(string? sql)
    {
        if (sql is null)
            return None;
        var (key, codes) = (new List<string>(), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        var began = false;
        foreach (var line in sql.Split('\n').Select(line => line.Trim()).SkipWhile(line => line.Length == 0))
        {
            var comment = line.TrimStart('-').Trim();
            // An empty comment line ends the header: the prose after it may hold anything.
            if (!line.StartsWith("--", StringComparison.Ordinal) || (comment.Length == 0 && began))
                break;
            began = true;
            if (Listed(comment, "key") is { } named)
                key = [.. named];
            else if (Listed(comment, "codes") is { } declared)
                codes.UnionWith(declared);
        }
        return new QueryHeader(key, codes);
    }

    private static IReadOnlyList<string>? Listed(string comment, string name) =>
        comment.Split(':', 2) is [var header, var list] && header.Trim().Equals(name, StringComparison.OrdinalIgnoreCase)
            ? list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : null;
}
