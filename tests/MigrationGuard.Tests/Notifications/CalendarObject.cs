using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MigrationGuard.Tests.Notifications;

/// <summary>A property of an iCalendar object.</summary>
internal sealed record CalendarProperty(string Name, IReadOnlyDictionary<string, string> Parameters, string Value);

/// <summary>Reads a review's calendar object by the rules of RFC 5545 and RFC 5546, and knows nothing of how it is written.</summary>
internal sealed partial class CalendarObject
{
    // RFC 5545, 3.6 and 3.6.1; RFC 5546, 3.2.2 and 3.2.5: least and most, by method.
    private static readonly Dictionary<string, (int Least, int Most)> OfCalendar = new()
    {
        ["PRODID"] = (1, 1), ["VERSION"] = (1, 1), ["METHOD"] = (1, 1), ["CALSCALE"] = (0, 1),
    };

    private static readonly Dictionary<string, (int Least, int Most)> OfRequest = new()
    {
        ["ATTENDEE"] = (1, 1), ["DTSTAMP"] = (1, 1), ["DTSTART"] = (1, 1), ["ORGANIZER"] = (1, 1), ["SEQUENCE"] = (0, 1), ["SUMMARY"] = (1, 1), ["UID"] = (1, 1),
        ["DTEND"] = (0, 1), ["DESCRIPTION"] = (0, 1), ["STATUS"] = (0, 1), ["TRANSP"] = (0, 1),
    };

    private static readonly Dictionary<string, (int Least, int Most)> OfCancel = new(OfRequest)
    {
        ["ATTENDEE"] = (0, 1), ["DTSTART"] = (0, 1), ["SUMMARY"] = (0, 1), ["SEQUENCE"] = (1, 1), ["STATUS"] = (1, 1),
    };

    private static readonly string[] Texts = ["UID", "SUMMARY", "DESCRIPTION", "PRODID"];

    private CalendarObject(IReadOnlyList<CalendarProperty> calendar, IReadOnlyList<CalendarProperty> entry) => (Calendar, Event) = (calendar, entry);

    public IReadOnlyList<CalendarProperty> Calendar { get; }

    public IReadOnlyList<CalendarProperty> Event { get; }

    public string Method => Calendar.Single(property => property.Name == "METHOD").Value;

    public CalendarProperty this[string name] => Event.Single(property => property.Name == name);

    /// <exception cref="FormatException">It breaks a rule.</exception>
    public static CalendarObject Read(byte[] octets)
    {
        var lines = Unfolded(octets).Select(Parse).ToList();
        Rule(lines.Count >= 4 && Is(lines[0], "BEGIN", "VCALENDAR") && Is(lines[^1], "END", "VCALENDAR"), "an object begins and ends with VCALENDAR");
        var begin = lines.FindIndex(line => Is(line, "BEGIN", "VEVENT"));
        Rule(begin > 0 && Is(lines[^2], "END", "VEVENT") && lines.Count(line => line.Name is "BEGIN" or "END") == 4, "it holds one VEVENT, and nothing after it");
        var read = new CalendarObject(lines[1..begin], lines[(begin + 1)..^2]);
        Count(read.Calendar, OfCalendar);
        Rule(read.Calendar.Single(property => property.Name == "VERSION").Value == "2.0", "the version is 2.0");
        Rule(read.Method is "REQUEST" or "CANCEL", "the method is one that was asked for");
        Count(read.Event, read.Method == "REQUEST" ? OfRequest : OfCancel);
        read.CheckValues();
        return read;
    }

    /// <summary>The value of a property of text, unescaped.</summary>
    public string Text(string name) => EscapedPair().Replace(this[name].Value, pair => pair.Value is "\\n" or "\\N" ? "\n" : pair.Value[1..]);

    public DateOnly Day(string name)
    {
        var property = this[name];
        Rule(property.Parameters.GetValueOrDefault("VALUE") == "DATE", $"{name} says that it is a date");
        Rule(DateOnly.TryParseExact(property.Value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day), $"{name} is a date");
        return day;
    }

    private void CheckValues()
    {
        foreach (var property in Calendar.Concat(Event).Where(property => Texts.Contains(property.Name)))
        {
            Rule(TextValue().IsMatch(property.Value), $"{property.Name} is escaped text");
            Rule(property.Value.Length > 0, $"{property.Name} says something");
        }
        Rule(this["DTSTAMP"].Value is var stamp
            && DateTime.TryParseExact(stamp, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _), "DTSTAMP is a moment in UTC");
        Rule(Event.All(property => property.Name != "DTEND") || Day("DTEND") > Day("DTSTART"), "DTEND is after DTSTART");
        foreach (var property in Event.Where(property => property.Name is "ORGANIZER" or "ATTENDEE"))
            Rule(MailTo().IsMatch(property.Value), $"{property.Name} is a mailto address");
        foreach (var property in Event.Where(property => property.Name == "SEQUENCE"))
            Rule(int.TryParse(property.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _), "SEQUENCE is a number from 0");
        foreach (var property in Event.Where(property => property.Name == "STATUS"))
            Rule(property.Value == (Method == "CANCEL" ? "CANCELLED" : "CONFIRMED"), "STATUS goes with the method");
        foreach (var property in Event.Where(property => property.Name == "TRANSP"))
            Rule(property.Value is "OPAQUE" or "TRANSPARENT", "TRANSP is one of two");
    }

    private static void Count(IReadOnlyList<CalendarProperty> properties, Dictionary<string, (int Least, int Most)> rules)
    {
        foreach (var (name, (least, most)) in rules)
        {
            var count = properties.Count(property => property.Name == name);
            Rule(count >= least && count <= most, $"{name} is there {least} to {most} times");
        }
        foreach (var property in properties)
            Rule(rules.ContainsKey(property.Name) || property.Name.StartsWith("X-", StringComparison.Ordinal), $"{property.Name} belongs here");
    }

    // 3.1: lines end in CRLF and have at most 75 octets; each is UTF-8 by itself, as many readers unfold late.
    private static List<string> Unfolded(byte[] octets)
    {
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        var unfolded = new List<string>();
        var start = 0;
        while (start < octets.Length)
        {
            var end = Array.IndexOf(octets, (byte)'\n', start);
            Rule(end > start && octets[end - 1] == '\r', "every line ends in CRLF");
            Rule(end - 1 - start <= 75, "no line is longer than 75 octets");
            string line;
            try
            {
                line = strict.GetString(octets, start, end - 1 - start);
            }
            catch (DecoderFallbackException)
            {
                throw new FormatException("every line is UTF-8");
            }
            Rule(!line.Any(c => char.IsControl(c) && c != '\t'), "no line holds a control character");
            Rule(line.Length > 0, "no line is empty");
            if (line[0] is ' ' or '\t')
            {
                Rule(unfolded.Count > 0, "the first line continues nothing");
                unfolded[^1] += line[1..];
            }
            else
            {
                unfolded.Add(line);
            }
            start = end + 1;
        }
        return unfolded;
    }

    private static CalendarProperty Parse(string line)
    {
        var match = ContentLine().Match(line);
        Rule(match.Success, "every line is a name, parameters and a value");
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in match.Groups["parameter"].Captures.Zip(match.Groups["content"].Captures))
            Rule(parameters.TryAdd(name.Value, value.Value.Trim('"')), "no parameter is there twice");
        return new CalendarProperty(match.Groups["name"].Value.ToUpperInvariant(), parameters, match.Groups["value"].Value);
    }

    private static bool Is(CalendarProperty property, string name, string value) => property.Name == name && property.Value == value;

    private static void Rule(bool holds, string rule)
    {
        if (!holds)
            throw new FormatException(rule);
    }

    [GeneratedRegex("""^(?<name>[A-Za-z0-9-]+)(;(?<parameter>[A-Za-z0-9-]+)=(?<content>"[^"\x00-\x08\x0A-\x1F\x7F]*"|[^";:,\x00-\x08\x0A-\x1F\x7F]*))*:(?<value>.*)$""", RegexOptions.Singleline)]
    private static partial Regex ContentLine();

    // 3.3.11: a comma, a semicolon and a backslash only after a backslash.
    [GeneratedRegex(@"^([^\\;,]|\\[\\;,nN])*$", RegexOptions.Singleline)]
    private static partial Regex TextValue();

    [GeneratedRegex(@"\\.", RegexOptions.Singleline)]
    private static partial Regex EscapedPair();

    [GeneratedRegex(@"^mailto:[A-Za-z0-9%._~-]+@[A-Za-z0-9%._~-]+$")]
    private static partial Regex MailTo();
}
