using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Notifications;
using MigrationGuard.Notifications.Calendars;

namespace MigrationGuard.Tests.Notifications;

public sealed class ReviewCalendarTests
{
    private const string From = "migrationguard@example.org";

    private static readonly Gen<string> Any =
        from count in Gen.Choose(0, 40)
        from parts in Gen.Elements(
            "a", "crm-old-db", ",", ";", ":", "\\", "\\n", "\"", "\n", "\r\n", "\r", "\0", "\u0007", "\t", "é", "ß", "🗄", "漢字", " ", "BEGIN:VEVENT", "END:VCALENDAR\r\n", "=", "^", "\u2028").ListOf(count)
        select string.Concat(parts);

    [Fact]
    public void Whatever_a_review_is_called_its_entry_keeps_to_the_rules_and_reads_back()
    {
        var cases =
            from subject in Any.Where(text => text.Any(c => !char.IsControl(c)))
            from text in Any
            from name in Any
            from occurrence in Any.Where(text => text.Any(c => !char.IsControl(c)))
            from sequence in Gen.Choose(0, 9)
            from day in Gen.Choose(0, DateOnly.MaxValue.DayNumber - 1)
            from topic in Gen.Elements(Topics.ReviewReminder, Topics.ReviewMoved, Topics.ReviewDecided, Topics.ReviewWithdrawn)
            select (subject, text: text + "x", name, occurrence, sequence, day: DateOnly.FromDayNumber(day), topic);

        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var notification = Samples.Of(one.topic, model =>
                (model["occurrence"], model["sequence"], model["dueOn"]) = (one.occurrence, one.sequence, one.day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
            var message = ReviewCalendar.Of(notification, one.subject, one.text, From, one.name, "o'neil+x@example.org")!;
            var read = CalendarObject.Read(Encoding.UTF8.GetBytes(message.Text));
            var isCancelled = one.topic is Topics.ReviewDecided or Topics.ReviewWithdrawn;

            read.Method.ShouldBe(isCancelled ? "CANCEL" : "REQUEST");
            message.Method.ShouldBe(read.Method);
            read.Text("UID").ShouldBe(AsText(one.occurrence) + "@example.org");
            read.Text("SUMMARY").ShouldBe(AsText(one.subject));
            read.Text("DESCRIPTION").ShouldBe(AsText(one.text));
            read.Day("DTSTART").ShouldBe(one.day);
            read.Day("DTEND").ShouldBe(one.day.AddDays(1));
            read["SEQUENCE"].Value.ShouldBe((one.sequence + (isCancelled ? 1 : 0)).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_reminder_that_is_repeated_is_the_same_to_the_last_octet_and_a_later_one_the_same_entry()
    {
        var first = Calendar(Topics.ReviewReminder);
        var later = CalendarObject.Read(Encoding.UTF8.GetBytes(Calendar(Topics.ReviewReminder, step: "before-3").Text));
        var read = CalendarObject.Read(Encoding.UTF8.GetBytes(first.Text));

        Calendar(Topics.ReviewReminder).ShouldBe(first);
        later["UID"].Value.ShouldBe(read["UID"].Value);
        later["SEQUENCE"].Value.ShouldBe(read["SEQUENCE"].Value);
    }

    [Fact]
    public void A_move_and_a_decision_are_later_revisions_of_the_same_entry()
    {
        var entries = new[] { Topics.ReviewReminder, Topics.ReviewMoved, Topics.ReviewDecided }
            .Select((topic, moves) => CalendarObject.Read(Encoding.UTF8.GetBytes(Calendar(topic, sequence: Math.Min(moves, 1)).Text))).ToList();

        entries.Select(entry => entry["UID"].Value).Distinct().ShouldHaveSingleItem();
        entries.Select(entry => entry["SEQUENCE"].Value).ShouldBe(["0", "1", "2"]);
    }

    [Theory]
    [InlineData(Topics.ReviewEscalation)]
    [InlineData(Topics.ObligationReminder)]
    [InlineData(Topics.RunMismatch)]
    public void What_is_no_day_to_keep_has_no_entry(string topic)
    {
        ReviewCalendar.Of(Samples.Of(topic), "s", "t", From, "n", "a@example.org").ShouldBeNull();
    }

    [Fact]
    public void A_review_without_a_day_has_no_entry()
    {
        ReviewCalendar.Of(Samples.Of(Topics.ReviewReminder, model => model["dueOn"] = "soon"), "s", "t", From, "n", "a@example.org").ShouldBeNull();
    }

    [Fact]
    public void The_entry_is_as_approved()
    {
        Calendar(Topics.ReviewReminder).Text.ShouldBeApproved("MigrationGuard.Tests/Notifications/Approved/review-reminder.ics.txt");
        Calendar(Topics.ReviewDecided).Text.ShouldBeApproved("MigrationGuard.Tests/Notifications/Approved/review-decided.ics.txt");
    }

    [Theory]
    [InlineData("\r\n", "\n", "every line ends in CRLF")]
    [InlineData("\r\n ", "", "no line is longer than 75 octets")]
    [InlineData("SUMMARY:", "SUMMARY:a;b", "SUMMARY is escaped text")]
    [InlineData("SUMMARY:", "SUMMARY:\\x", "SUMMARY is escaped text")]
    [InlineData("SUMMARY:", "SUMMARY", "every line is a name, parameters and a value")]
    [InlineData("SUMMARY:", "SUMMARY:\u0007", "no line holds a control character")]
    [InlineData("SUMMARY:", "\r\nSUMMARY:", "no line is empty")]
    [InlineData("TRANSP:", "UID:", "UID is there 1 to 1 times")]
    [InlineData("SUMMARY:", "SOMETHING:", "SUMMARY is there 1 to 1 times")]
    [InlineData("TRANSP:", "SOMETHING:", "SOMETHING belongs here")]
    [InlineData("METHOD:REQUEST", "METHOD:PUBLISH", "the method is one that was asked for")]
    [InlineData("METHOD:REQUEST\r\n", "", "METHOD is there 1 to 1 times")]
    [InlineData("METHOD:REQUEST", "METHOD:CANCEL", "STATUS goes with the method")]
    [InlineData("VERSION:2.0", "VERSION:1.0", "the version is 2.0")]
    [InlineData("DTSTART;VALUE=DATE:20260601", "DTSTART;VALUE=DATE:20260631", "DTSTART is a date")]
    [InlineData("DTSTART;VALUE=DATE", "DTSTART", "DTSTART says that it is a date")]
    [InlineData("DTEND;VALUE=DATE:20260602", "DTEND;VALUE=DATE:20260601", "DTEND is after DTSTART")]
    [InlineData("T080003Z", "T080003", "DTSTAMP is a moment in UTC")]
    [InlineData("SEQUENCE:0", "SEQUENCE:-1", "SEQUENCE is a number from 0")]
    [InlineData("mailto:migrationguard", "migrationguard", "ORGANIZER is a mailto address")]
    [InlineData("CN=\"MigrationGuard\"", "CN=\"Migration\"Guard\"", "every line is a name, parameters and a value")]
    [InlineData("BEGIN:VEVENT\r\n", "", "it holds one VEVENT, and nothing after it")]
    [InlineData("END:VCALENDAR\r\n", "", "an object begins and ends with VCALENDAR")]
    public void A_corrupted_entry_is_refused_by_the_check(string whole, string corrupted, string rule)
    {
        var text = Calendar(Topics.ReviewReminder).Text;
        CalendarObject.Read(Encoding.UTF8.GetBytes(text));

        Should.Throw<FormatException>(() => CalendarObject.Read(Encoding.UTF8.GetBytes(text.Replace(whole, corrupted, StringComparison.Ordinal)))).Message.ShouldBe(rule);
    }

    [Fact]
    public void A_line_folded_within_a_character_is_refused_by_the_check()
    {
        var octets = Encoding.UTF8.GetBytes(Calendar(Topics.ReviewReminder).Text);
        var at = octets.AsSpan().IndexOf("ë"u8) + 1;

        Should.Throw<FormatException>(() => CalendarObject.Read([.. octets[..at], .. "\r\n "u8, .. octets[at..]])).Message.ShouldBe("every line is UTF-8");
    }

    private static CalendarMessage Calendar(string topic, string step = "before-14", int sequence = 0)
    {
        var notification = Samples.Of(topic, model => (model["step"], model["sequence"]) = (step, sequence));
        var rendered = Samples.Templates.Render(notification, Samples.People);
        return ReviewCalendar.Of(notification, rendered.Subject, rendered.Text, From, "Zoë Quill", "zoe@example.org")!;
    }

    // What RFC 5545 cannot carry is left out, and a line's end is one character.
    private static string AsText(string text) =>
        string.Concat(text.ReplaceLineEndings("\n").TrimEnd('\0').Where(c => c is '\n' or '\t' || !char.IsControl(c)));
}
