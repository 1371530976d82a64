using System.Globalization;

namespace MigrationGuard.Retention.Exports;

/// <summary>What is wrong with an exported file: lines with the same problem are one sentence.</summary>
internal sealed class LineProblems
{
    private const int MostLines = 3;
    private const int MostSentences = 10;

    private readonly OrderedDictionary<string, Lines> _problems = new(StringComparer.Ordinal);

    public bool Any => _problems.Count > 0;

    /// <summary>Adds a problem of the file as a whole: sentences, with the remedy.</summary>
    public void Add(string problem) => _problems.TryAdd(problem, new Lines());

    /// <param name="line">From 1.</param>
    /// <param name="problem">What is wrong, as it follows <c>Line 3</c> and begins with its verb, <c>has</c> or <c>is</c> where many lines can have it; with the remedy.</param>
    public void Add(int line, string problem)
    {
        if (!_problems.TryGetValue(problem, out var lines))
            _problems.Add(problem, lines = new Lines());
        lines.Count++;
        if (lines.First.Count < MostLines)
            lines.First.Add(line);
    }

    /// <summary>The first sentences, and how many more there are.</summary>
    public override string ToString()
    {
        var more = _problems.Count > MostSentences ? string.Create(CultureInfo.InvariantCulture, $" And {_problems.Count - MostSentences} more problems.") : "";
        return string.Join(" ", _problems.Take(MostSentences).Select(problem => Sentence(problem.Key, problem.Value))) + more;
    }

    private static string Sentence(string problem, Lines lines) => lines.Count switch
    {
        0 => problem,
        1 => FormattableString.Invariant($"Line {lines.First[0]} {problem}"),
        _ => FormattableString.Invariant($"Lines {Named(lines)} {Plural(problem)}"),
    };

    private static string Named(Lines lines)
    {
        var first = lines.First.Select(line => line.ToString(CultureInfo.InvariantCulture)).ToList();
        var last = lines.Count > first.Count ? FormattableString.Invariant($"{lines.Count - first.Count:N0} more") : first[^1];
        return $"{string.Join(", ", lines.Count > first.Count ? first : first[..^1])} and {last}";
    }

    private static string Plural(string problem)
    {
        var verb = problem[..problem.IndexOf(' ', StringComparison.Ordinal)];
        return (verb switch { "has" => "have", "is" => "are", _ => verb }) + problem[verb.Length..];
    }

    private sealed class Lines
    {
        public long Count { get; set; }

        public List<int> First { get; } = [];
    }
}
