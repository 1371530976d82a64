using System.Globalization;
using System.Text.Json.Nodes;
using MigrationGuard.Ledger.Outbox;

namespace MigrationGuard.Notifications.Calendars;

/// <summary>An iCalendar object on its way to one person (RFC 5545, RFC 5546).</summary>
/// <param name="Method"><c>REQUEST</c> or <c>CANCEL</c>; the mail's part that carries it says the same.</param>
/// <param name="Text">The object, lines ending in CRLF.</param>
public sealed record CalendarMessage(string Method, string Text);

/// <summary>The entry of a review in the calendars of those who decide it.</summary>
/// <remarks>
/// <para>Every reminder carries the request, not the first alone: whoever takes over a role between two reminders gets the entry with
/// the next, and a calendar that has it takes the same UID and SEQUENCE for what it knows. A move is a request with a higher
/// SEQUENCE. Escalations carry none: their readers are asked to act, not to keep a day free. A decision and a withdrawal cancel.</para>
/// <para>The time stamp is the notification's, so that a repeated delivery is the same to the last octet.</para>
/// </remarks>
internal static class ReviewCalendar
{
    private const string Request = "REQUEST";
    private const string Cancel = "CANCEL";

    /// <summary>The calendar object that goes with a notification; null when none does.</summary>
    /// <param name="from">The organiser's address.</param>
    /// <param name="name">The attendee's name; the address when empty.</param>
    public static CalendarMessage? Of(Notification notification, string subject, string text, string from, string name, string address)
    {
        var model = notification.Model;
        if (MethodOf(notification.Topic) is not { } method || Text(model, "occurrence") is not { Length: > 0 } occurrence
            || !DateOnly.TryParseExact(Text(model, "dueOn"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || day == DateOnly.MaxValue)
        {
            return null;
        }
        var lines = new ContentLines();
        lines.Add("BEGIN", "VCALENDAR");
        lines.Add("PRODID", "-//MigrationGuard//MigrationGuard//EN");
        lines.Add("VERSION", "2.0");
        lines.Add("METHOD", method);
        lines.Add("BEGIN", "VEVENT");
        lines.AddText("UID", $"{occurrence}@{MessageIds.HostOf(from)}");
        lines.Add("SEQUENCE", Sequence(model, method).ToString(CultureInfo.InvariantCulture));
        lines.Add("DTSTAMP", notification.Created.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        // Days, not moments: the day is the same wherever the calendar is. The end is the first day that is not part of it.
        lines.Add("DTSTART;VALUE=DATE", Date(day));
        lines.Add("DTEND;VALUE=DATE", Date(day.AddDays(1)));
        lines.Add("ORGANIZER;CN=" + ContentLines.Quoted("MigrationGuard"), MailTo(from));
        lines.Add($"ATTENDEE;CN={ContentLines.Quoted(name.Length == 0 ? address : name)};ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE", MailTo(address));
        lines.AddText("SUMMARY", subject);
        lines.AddText("DESCRIPTION", text.TrimEnd());
        lines.Add("STATUS", method == Cancel ? "CANCELLED" : "CONFIRMED");
        lines.Add("TRANSP", "TRANSPARENT");
        // Outlook takes an entry from midnight to midnight for one of the whole day only when told so.
        lines.Add("X-MICROSOFT-CDO-ALLDAYEVENT", "TRUE");
        lines.Add("X-MICROSOFT-CDO-BUSYSTATUS", "FREE");
        lines.Add("END", "VEVENT");
        lines.Add("END", "VCALENDAR");
        return new CalendarMessage(method, lines.ToString());
    }

    private static string? MethodOf(string topic) => topic switch
    {
        Topics.ReviewReminder or Topics.ReviewMoved => Request,
        Topics.ReviewDecided or Topics.ReviewWithdrawn => Cancel,
        _ => null,
    };

    // RFC 5546, section 2.1.4: a cancellation is a revision, and has a number of its own.
    private static int Sequence(JsonObject model, string method)
    {
        var sequence = model["sequence"] is JsonValue value && value.TryGetValue<int>(out var number) && number is >= 0 and < int.MaxValue ? number : 0;
        return method == Cancel ? sequence + 1 : sequence;
    }

    private static string Date(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string MailTo(string address) => "mailto:" + Uri.EscapeDataString(address).Replace("%40", "@", StringComparison.Ordinal);

    private static string Text(JsonObject model, string member) => model[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
