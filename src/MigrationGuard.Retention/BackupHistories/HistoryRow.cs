using System.Globalization;
using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Retention.BackupHistories;

/// <summary>The values of one row, each by its column; what is not understood is a problem of the row and stands as unknown.</summary>
/// <remarks>No problem repeats what stands there: the names of databases and files are the server's own business.</remarks>
internal sealed class HistoryRow(Func<string, string?> value, Action<string> onProblem, TimeZoneInfo? zone)
{
    private static readonly string[] DateFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss.FFFFFFF"];

    public void Problem(string problem, string remedy) => onProblem($"{problem} {remedy}");

    /// <summary>The text; null of NULL.</summary>
    public string? Text(string column) => value(column) is { } text && !string.IsNullOrWhiteSpace(text) && text != "NULL" ? text.Trim() : null;

    /// <summary>A text without which the row says nothing.</summary>
    public string Required(string column)
    {
        if (Text(column) is { } text)
            return text;
        Problem($"has no {column}.", "Without it nobody knows what the row is of; see how it came to be.");
        return "";
    }

    public Guid? Id(string column) => Parsed<Guid>(column, text => Guid.TryParse(text, out var id) ? id : null, "an identifier");

    public int? Number(string column) => Parsed<int>(column, text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null, "a whole number");

    public Lsn? Lsn(string column) => Parsed<Lsn>(column, BackupHeaders.Lsn.Parse, "a log sequence number");

    public bool? Flag(string column) => Parsed<bool>(column, text => text switch
    {
        "0" or "False" or "false" => false,
        "1" or "True" or "true" => true,
        _ => null,
    }, "0 or 1");

    public DateTime? Date(string column) => Parsed<DateTime>(
        column, text => DateTime.TryParseExact(text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is > 1 and < 9999 ? date : null, "a date such as 2026-03-20T12:00:00");

    /// <summary>A moment by the server's clock.</summary>
    /// <param name="hasZone">Whether the column <c>time_zone</c> is of it.</param>
    public RecordedMoment? Moment(string column, bool hasZone) =>
        Date(column) is { } local ? RecordedMoment.Of(local, hasZone ? RecordedMoment.DifferenceOf(Number("time_zone")) : null, zone) : null;

    private T? Parsed<T>(string column, Func<string, T?> parse, string kind)
        where T : struct
    {
        if (Text(column) is not { } text)
            return null;
        var parsed = parse(text);
        if (parsed is null)
            Problem($"has a {column} that is not {kind}.", "Export it as the statement gives it, without formatting.");
        return parsed;
    }
}
