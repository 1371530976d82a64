using System.Globalization;
using System.Text.RegularExpressions;
using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Retention.BackupNames;

/// <summary>Names that a regular expression describes, by its named groups: server, database, kind, date, stripe.</summary>
/// <remarks>
/// It is matched against the whole path, with <c>/</c> between folders, so that folders can say what names do not. Whoever configures it may
/// write one that takes for ever on some name, so it is given up after a fixed time, and that is not the same as a name that does not match.
/// </remarks>
public sealed class ExpressionNames : NameScheme
{
    private static readonly string[] KnownGroups = ["server", "database", "kind", "date", "stripe"];

    private static readonly Dictionary<string, BackupKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["full"] = BackupKind.Full,
        ["bak"] = BackupKind.Full,
        ["database"] = BackupKind.Full,
        ["d"] = BackupKind.Full,
        ["diff"] = BackupKind.Differential,
        ["dif"] = BackupKind.Differential,
        ["differential"] = BackupKind.Differential,
        ["i"] = BackupKind.Differential,
        ["log"] = BackupKind.Log,
        ["trn"] = BackupKind.Log,
        ["tlog"] = BackupKind.Log,
        ["l"] = BackupKind.Log,
    };

    private readonly Regex _expression;
    private readonly string _dateFormat;

    /// <param name="dateFormat">How the date is written, in .NET's custom format; it is the server's local time.</param>
    /// <param name="timeout">How long one name may take.</param>
    /// <exception cref="ArgumentException">The expression or the format is not valid: see <see cref="Problem"/>.</exception>
    public ExpressionNames(string expression, string dateFormat, TimeSpan timeout)
    {
        if (Problem(expression, dateFormat) is { } problem)
            throw new ArgumentException($"The expression for names of back-ups {problem}", nameof(expression));
        _expression = new Regex(expression, RegexOptions.CultureInvariant, timeout);
        _dateFormat = dateFormat;
    }

    /// <summary>What is wrong with an expression and its date format, and what to do; null where nothing is. A sentence without its subject.</summary>
    public static string? Problem(string? expression, string? dateFormat)
    {
        if (string.IsNullOrWhiteSpace(expression))
            return "is empty. Write one with the named groups server, database, kind, date, stripe, or leave it out.";
        Regex read;
        try
        {
            read = new Regex(expression, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException invalid)
        {
            return $"is not a regular expression: {invalid.Message} Correct it.";
        }

        var groups = read.GetGroupNames().Where(group => !char.IsAsciiDigit(group[0])).ToList();
        if (groups.FirstOrDefault(group => !KnownGroups.Contains(group)) is { } unknown)
            return $"has a group named {unknown}, which means nothing. The groups are server, database, kind, date and stripe.";
        if (groups.Count == 0)
            return "has no named group, so it would say nothing of any file. Name at least one of server, database, kind, date, stripe, as in (?<database>[^/]+).";
        return groups.Contains("date") ? ProblemOfDate(dateFormat) : null;
    }

    public override NameReading Read(string path)
    {
        Match match;
        try
        {
            match = _expression.Match(path.Replace('\\', '/'));
        }
        catch (RegexMatchTimeoutException)
        {
            return new NameReading.NotRead($"The expression for names of back-ups took too long on {path}. Write it without nested repetitions.");
        }

        if (!match.Success)
            return new NameReading.NotUnderstood();
        return new NameReading.Understood(new BackupName
        {
            Server = Text(match, "server")?.Replace('$', '\\'),
            Database = Text(match, "database"),
            Kind = Text(match, "kind") is { } kind && Kinds.TryGetValue(kind, out var known) ? known : null,
            Stripe = int.TryParse(Text(match, "stripe"), NumberStyles.None, CultureInfo.InvariantCulture, out var stripe) ? stripe : null,
            Taken = Date(Text(match, "date")),
        });
    }

    /// <summary>A format is right when a moment written in it can be read again, to the day.</summary>
    private static string? ProblemOfDate(string? format)
    {
        var sample = new DateTime(2021, 11, 22, 13, 14, 15);
        try
        {
            var isRead = !string.IsNullOrWhiteSpace(format) &&
                DateTime.TryParseExact(sample.ToString(format, CultureInfo.InvariantCulture), format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var again) &&
                again.Date == sample.Date;
            return isRead ? null : "has a group named date, but no date format by which a day can be read. Set one, such as yyyyMMdd_HHmmss.";
        }
        catch (FormatException)
        {
            return $"has the date format {format}, which is none. Set one, such as yyyyMMdd_HHmmss.";
        }
    }

    private DateTime? Date(string? text) =>
        DateTime.TryParseExact(text, _dateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var taken) ? taken : null;

    private static string? Text(Match match, string group) => match.Groups[group] is { Success: true, Length: > 0 } found ? found.Value : null;
}
