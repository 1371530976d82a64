using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace MigrationGuard.Evidence.Privacy;

/// <summary>Takes the words of a database, its driver or the machine out of the sentences of this program that they stand in.</summary>
/// <remarks>
/// What such words hold nobody can say: a value of a row in any shape, in any language, or what a trigger's author liked. So a problem is
/// let through only as far as it begins as this program's own sentences do, and all else of it is left out. The ledger keeps it whole.
/// </remarks>
internal static partial class DriverWords
{
    /// <summary>What stands where such words are not shown.</summary>
    public const string Their = "(the words of the database are left out)";

    // As the dialects phrase what went wrong, where nothing of the server's own follows.
    private static readonly ImmutableArray<string> Own =
    [
        "the login was refused.", "there is no such database.", "there is no such database, or the login may not open it.", "a lock was not released in time.",
        "the statement was cancelled by the server.", "the server is shutting down or starting.", "the statement took longer than it may.",
        "the statement was chosen as a deadlock's victim, and again when retried.", "the file cannot be opened.",
        "the file is not a SQLite database, or it is encrypted.", "another program holds a lock on the file.", "the file is damaged.", "permission was denied.",
        "the disk is full.", "it cannot be written.", "the server cannot be reached: it did not answer in time.",
        "the snapshot that all connections share was lost more than once.", "the driver gave up waiting.", "a value cannot be read by this program.",
        "a row of more than 2 GB cannot be compared.",
    ];

    // As they phrase it where something does: with a colon.
    private static readonly ImmutableArray<string> Leading =
    [
        "permission was denied", "there is no such table or view", "row-level security would hide rows from the login",
        "the server cannot be reached or the connection broke", "the server cannot be reached", "the connection broke", "a value cannot be read by this program",
    ];

    /// <summary>The sentences without such words.</summary>
    /// <param name="databases">The databases' names in the configuration, of which a problem is told.</param>
    public static string LeftOut(string sentence, IEnumerable<string> databases) =>
        string.Join(" ", StoreWords.Parts(sentence).Select(part => StoreWords.LeftOut(part.TrimEnd()) ?? OfOne(part, databases)).Select(part => part.TrimEnd()));

    private static string OfOne(string sentence, IEnumerable<string> databases)
    {
        // The ledger's own, by its server.
        if (sentence.StartsWith("Store ", StringComparison.Ordinal))
            return "The ledger could not be read or written " + Their + ".";
        var places = databases.Distinct(StringComparer.Ordinal).ToList();
        // A side's failure may follow the other's; whatever stands before the first is this program's own.
        var parts = Failure().Split(sentence);
        if (parts.Length == 1)
            return Placed(sentence, places) is { } place ? place + Known(sentence[place.Length..]) : sentence;
        var kept = parts.Skip(1).Chunk(2).Select(failure =>
        {
            // The name of a database that never answered is in no list of servers; it stands before the problem all the same.
            var place = Placed(failure[1], places) ?? PlainName().Match(failure[1]).Value;
            return failure[0] + place + Known(failure[1][place.Length..]);
        });
        return parts[0] + string.Join(" ", kept);
    }

    private static string? Placed(string text, IEnumerable<string> places) =>
        places.Select(place => place + ": ").Where(place => text.StartsWith(place, StringComparison.Ordinal)).MaxBy(place => place.Length);

    private static string Known(string problem)
    {
        problem = problem.TrimEnd();
        if (Own.FirstOrDefault(own => problem.StartsWith(own, StringComparison.Ordinal)) is { } own)
            return own;
        if (Failed().Match(problem) is { Success: true } failed)
            return failed.Value;
        var lead = Leading.FirstOrDefault(lead => problem.StartsWith(lead + ": ", StringComparison.Ordinal));
        var code = Code().Match(problem);
        return (lead, code.Success) switch
        {
            (not null, _) => $"{lead} {Their}.",
            (null, true) => $"the database refused it {Their} {code.Value}.",
            _ => $"the database or its driver failed {Their}.",
        };
    }

    [GeneratedRegex("(The (?:source|target|live database|frozen copy|history) could not be read: )", RegexOptions.CultureInvariant)]
    private static partial Regex Failure();

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,50}: ", RegexOptions.CultureInvariant)]
    private static partial Regex PlainName();

    [GeneratedRegex(@"\Areading failed with [A-Za-z0-9]{1,80}\.", RegexOptions.CultureInvariant)]
    private static partial Regex Failed();

    [GeneratedRegex(@"\((?:PostgreSQL error [0-9A-Z]{5}|SQL Server error -?[0-9]{1,10}|SQLite error [0-9]{1,5})\)", RegexOptions.CultureInvariant | RegexOptions.RightToLeft)]
    private static partial Regex Code();
}
