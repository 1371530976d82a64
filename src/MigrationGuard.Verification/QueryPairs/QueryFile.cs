using System.Globalization;
using MigrationGuard.Databases;

namespace MigrationGuard.Verification.QueryPairs;

/// <summary>A query file: a comment header that says what the query proves, and one SELECT.</summary>
/// <param name="Path">Where it was read from.</param>
/// <param name="Name">Its name; the check is <c>query:NAME</c>.</param>
/// <param name="Title">One line for readers.</param>
/// <param name="Proves">What it proves, with the DPIA reference.</param>
/// <param name="Key">The result columns that identify a row.</param>
/// <param name="Engine">The engine it is written for; null for all.</param>
/// <param name="Tolerances">How far numbers of a column may lie apart, by the column's name.</param>
/// <param name="Sql">The whole text, header included, as it is sent.</param>
public sealed record QueryFile(
    string Path,
    string Name,
    string Title,
    string Proves,
    IReadOnlyList<string> Key,
    Provider? Engine,
    IReadOnlyDictionary<string, decimal> Tolerances,
    string Sql)
{
    /// <summary>Whether it reads definitions that SQL Server hides from logins without VIEW DEFINITION: <c>-- needs: view definition</c>.</summary>
    public bool NeedsDefinitions { get; private init; }

    /// <summary>Result columns that hold codes, counts or moments and identify nobody, which evidence packs may therefore show: <c>-- codes: column, column</c>.</summary>
    public IReadOnlyList<string> Codes { get; private init; } = [];

    private static readonly string[] KnownHeaders = ["name", "title", "proves", "key", "engine", "levels", "needs", "tolerance", "codes"];

    // A slip of the hand that would be read as no header at all.
    private static readonly Dictionary<string, string> Slips = new(StringComparer.Ordinal)
    {
        ["tolerances"] = "tolerance", ["keys"] = "key", ["engines"] = "engine", ["code"] = "codes",
    };

    /// <summary>Reads a file's text.</summary>
    /// <exception cref="QueryFileException">The header is incomplete or wrong; all that is wrong is said.</exception>
    public static QueryFile Parse(string path, string text)
    {
        var headers = ReadHeaders(text);
        var problems = new List<string>();
        string Required(string name)
        {
            if (headers.Find(header => header.Name == name).Value is { Length: > 0 } value)
                return value;
            problems.Add($"has no line '-- {name}: …' in its header.");
            return "";
        }
        var query = new QueryFile(
            path,
            Required("name"),
            Required("title"),
            Required("proves"),
            [.. Required("key").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
            EngineOf(headers, problems),
            TolerancesOf(headers, problems),
            text)
        {
            NeedsDefinitions = NeedsOf(headers, problems),
            Codes = [.. headers.Where(header => header.Name == "codes").SelectMany(header => header.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
        };
        if (query.Key.Count == 0 && headers.Exists(header => header.Name == "key" && header.Value.Length > 0))
            problems.Add("has a line '-- key: …' that names no column.");
        if (query.Codes.Count == 0 && headers.Exists(header => header.Name == "codes"))
            problems.Add("has a line '-- codes: …' that names no column.");
        foreach (var header in headers.Where(header => Slips.ContainsKey(header.Name)))
            problems.Add($"has a header '{header.Name}' that means nothing; write '{Slips[header.Name]}'.");
        return problems.Count == 0 ? query : throw new QueryFileException(path, problems);
    }

    /// <summary>How a header names an engine.</summary>
    public static string Spelt(Provider provider) => provider.ToString().ToLowerInvariant();

    // The header ends at an empty comment line: the prose after it may hold colons.
    private static List<(string Name, string Value)> ReadHeaders(string text)
    {
        var headers = new List<(string, string)>();
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            if (!line.StartsWith("--", StringComparison.Ordinal))
            {
                if (line.Length == 0)
                    continue;
                break;
            }
            var comment = line.TrimStart('-').Trim();
            if (comment.Length == 0 && headers.Count > 0)
                break;
            var colon = comment.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
                continue;
            var name = comment[..colon].Trim().ToLowerInvariant();
            if (KnownHeaders.Contains(name) || Slips.ContainsKey(name))
                headers.Add((name, comment[(colon + 1)..].Trim()));
        }
        return headers;
    }

    private static Provider? EngineOf(List<(string Name, string Value)> headers, List<string> problems)
    {
        var engine = headers.Find(header => header.Name == "engine").Value;
        if (engine is null)
            return null;
        foreach (var provider in Enum.GetValues<Provider>())
        {
            if (string.Equals(engine, Spelt(provider), StringComparison.OrdinalIgnoreCase))
                return provider;
        }
        problems.Add($"names the engine '{engine}'; it is one of {string.Join(", ", Enum.GetValues<Provider>().Select(Spelt))}.");
        return null;
    }

    private static bool NeedsOf(List<(string Name, string Value)> headers, List<string> problems)
    {
        if (headers.Find(header => header.Name == "needs").Value is not { } needs)
            return false;
        if (!string.Equals(needs, "view definition", StringComparison.OrdinalIgnoreCase))
            problems.Add($"needs '{needs}'; the one thing a query can need is 'view definition'.");
        return true;
    }

    private static Dictionary<string, decimal> TolerancesOf(List<(string Name, string Value)> headers, List<string> problems)
    {
        var tolerances = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase);
        foreach (var (_, value) in headers.Where(header => header.Name == "tolerance"))
        {
            var parts = value.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts.Length == 2 && parts[0].Length > 0 && decimal.TryParse(parts[1], NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) && amount >= 0)
                tolerances[parts[0]] = amount;
            else
                problems.Add($"has the tolerance '{value}'; write '-- tolerance: column = 5'.");
        }
        return tolerances;
    }
}

/// <summary>A query file that cannot be used, and everything that is wrong with it.</summary>
public sealed class QueryFileException(string path, IReadOnlyList<string> problems)
    : Exception(string.Join(" ", problems.Select(problem => $"{System.IO.Path.GetFileName(path)} {problem}")))
{
    public string Path { get; } = path;

    public IReadOnlyList<string> Problems { get; } = problems;
}
