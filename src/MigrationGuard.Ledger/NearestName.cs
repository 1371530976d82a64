namespace MigrationGuard.Ledger;

/// <summary>The known name that a mistyped one was probably meant to be.</summary>
public static class NearestName
{
    // What is longer is no name, and finding how far it is from one would take as much time as somebody cares to make it take.
    private const int LongestName = 200;

    /// <summary>The nearest of <paramref name="known"/>, or null when none is near enough to be a slip of the hand.</summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        if (name.Length > LongestName)
            return null;
        var nearest = known
            .Where(candidate => candidate.Length <= LongestName)
            .Select(candidate => (Candidate: candidate, Distance: Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .OrderBy(pair => pair.Distance).ThenBy(pair => pair.Candidate, StringComparer.Ordinal)
            .FirstOrDefault();
        return nearest.Candidate is { } best && nearest.Distance <= Math.Max(1, best.Length / 3) ? best : null;
    }

    /// <summary>A remedy for an unknown name: the nearest known one, or all of them.</summary>
    public static string Remedy(string name, IReadOnlyCollection<string> known) =>
        Of(name, known) is { } nearest ? $"Did you mean {nearest}?" : $"Known here: {string.Join(", ", known)}.";

    // Optimal string alignment: insertions, deletions, substitutions and swapped neighbours each cost one.
    private static int Distance(string a, string b)
    {
        var distances = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            distances[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            distances[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = distances[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                var best = Math.Min(substitution, Math.Min(distances[i - 1, j], distances[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    best = Math.Min(best, distances[i - 2, j - 2] + 1);
                distances[i, j] = best;
            }
        }
        return distances[a.Length, b.Length];
    }
}
