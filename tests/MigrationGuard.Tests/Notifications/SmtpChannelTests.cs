using System.Text;
using MigrationGuard.Notifications;
using MigrationGuard.Notifications.Smtp;

namespace MigrationGuard.Tests.Notifications;

public sealed class SmtpChannelTests : IDisposable
{
    private const string From = "migrationguard@example.org";

    private readonly TestAuthority _authority = new();
    private readonly SettableTime _time = new(new DateTimeOffset(2026, 5, 18, 8, 1, 2, TimeSpan.Zero));

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task A_reminder_arrives_as_text_page_and_calendar_entry()
    {
        await using var server = new HostileMailServer([]);
        var delivery = Samples.Delivery(Topics.ReviewReminder);

        await SendAsync(server, delivery);

        var taken = server.Taken.ShouldHaveSingleItem();
        (taken.From, taken.To, taken.WasSecured).ShouldBe((From, "owner@example.org", false));
        var (whole, parts) = ReceivedMail.Read(taken.Text);
        whole["Message-ID"].ShouldBe(delivery.MessageId);
        whole["Auto-Submitted"].ShouldBe("auto-generated");
        whole["To"].ShouldBe("Zoë Quill <owner@example.org>");
        whole["Subject"].ShouldBe("Deletion review due Monday 1 June 2026: crm-old-db");
        ReceivedMail.Date(whole).ShouldBe(_time.GetUtcNow());
        parts.Select(part => part["Content-Type"]).ShouldBe(["text/plain; charset=utf-8", "text/html; charset=utf-8", "text/calendar; charset=utf-8; method=REQUEST"]);
        var rendered = Samples.Templates.Render(delivery.Notification, Samples.People);
        parts[0].Text.ShouldBe(rendered.Text.ReplaceLineEndings("\r\n"));
        parts[1].Text.ShouldBe(rendered.Html.ReplaceLineEndings("\r\n"));
        CalendarObject.Read(parts[2].Content).Method.ShouldBe("REQUEST");
    }

    [Fact]
    public async Task A_name_or_a_value_begins_no_header_of_its_own()
    {
        await using var server = new HostileMailServer([]);
        var people = Samples.PeopleWith("owner@example.org", "Zoë\r\nBcc: all@example.org\r\n\r\n🗄" + new string('x', 200));
        var delivery = Samples.Delivery(Topics.ReviewReminder, change: model => model["asset"] = "crm\r\nBcc: all@example.org\r\n.\r\nQUIT");

        await Channel(Options(server), people).SendAsync(delivery, CancellationToken.None);

        var (whole, parts) = ReceivedMail.Read(server.Taken.ShouldHaveSingleItem().Text);
        whole.Headers.Select(header => header.Name).ShouldBe(["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"]);
        whole["Subject"].ShouldContain("crm Bcc: all@example.org");
        CalendarObject.Read(parts[2].Content);
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    public async Task A_login_is_sent_only_once_the_connection_is_secured(string mechanisms)
    {
        using var certificate = _authority.Certify("localhost");
        await using var server = new HostileMailServer([], certificate) { Mechanisms = mechanisms };

        await SendAsync(server, secured: true, login: true);

        var taken = server.Taken.ShouldHaveSingleItem();
        (taken.WasSecured, taken.Login).ShouldBe((true, "mg:pässword"));
    }

    [Fact]
    public async Task An_authority_nobody_named_is_not_trusted()
    {
        using var certificate = _authority.Certify("localhost");
        await using var server = new HostileMailServer([], certificate);

        (await FailAsync(server, TrustedAuthorities.None, secured: true)).ShouldContain("certificate does not hold");
    }

    [Theory]
    [InlineData("elsewhere.example.org", 1, 20)]
    [InlineData("localhost", 0, 1)]
    [InlineData("localhost", 3, 20)]
    public async Task A_trusted_authority_makes_no_wrong_name_right_and_no_day(string host, double fromDay, double toDay)
    {
        using var certificate = _authority.Certify(host, fromDay, toDay);
        await using var server = new HostileMailServer([], certificate);

        (await FailAsync(server, _authority.Trusted, secured: true)).ShouldContain("certificate does not hold");
        server.Taken.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_sent_readable_where_that_was_not_asked_for()
    {
        await using var server = new HostileMailServer([]) { OffersStartTls = false };

        (await FailAsync(server, _authority.Trusted, secured: true)).ShouldContain("does not offer STARTTLS");
        server.Taken.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_said_ahead_of_the_protection_is_not_believed()
    {
        using var certificate = _authority.Certify("localhost");
        await using var server = new HostileMailServer([], certificate) { Injected = "\r\n250 AUTH PLAIN" };

        (await FailAsync(server, _authority.Trusted, secured: true)).ShouldContain("before STARTTLS took effect");
    }

    [Theory]
    [InlineData("connect", "554 Not today", "answered to the connection: 554 Not today")]
    [InlineData("EHLO", "421 Closing", "answered to the greeting: 421 Closing")]
    [InlineData("MAIL", "451 Later", "answered to the sender: 451 Later")]
    [InlineData("RCPT", "550 5.1.1 <owner@example.org>: owner@example.org unknown", "answered to the recipient: 550 5.1.1 …: … unknown")]
    [InlineData("DATA", "452 Full", "answered to the message: 452 Full")]
    [InlineData("message", "554 Spam", "answered to the message: 554 Spam")]
    [InlineData("connect", "HTTP/1.1 400 Bad Request", "does not answer as SMTP prescribes")]
    [InlineData("connect", null, "ended the connection")]
    [InlineData("message", null, "ended the connection")]
    public async Task A_refusal_is_told_with_its_stage_and_without_addresses(string stage, string? answer, string told)
    {
        await using var server = new HostileMailServer([new MailFault(stage, answer)]);

        var reason = await FailAsync(server, TrustedAuthorities.None);

        reason.ShouldContain(told);
        reason.ShouldNotContain("owner@example.org");
    }

    [Fact]
    public async Task A_refused_login_is_told()
    {
        await using var server = new HostileMailServer([new MailFault("AUTH", "535 No")]);

        (await FailAsync(server, TrustedAuthorities.None, login: true)).ShouldContain("answered to the login: 535 No");
    }

    [Theory]
    [InlineData("connect", null)]
    [InlineData("connect", "220-still")]
    [InlineData("RCPT", null)]
    [InlineData("message", null)]
    public async Task A_server_that_stalls_is_left_in_time(string stage, string? answer)
    {
        await using var server = new HostileMailServer([new MailFault(stage, answer, Hangs: true)]);

        (await FailAsync(server, TrustedAuthorities.None)).ShouldContain("took longer than 1 s");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_without_an_end_is_not_read_to_its_end(bool isOneLine)
    {
        var answer = isOneLine ? new string('2', 100_000) : string.Join("\r\n", Enumerable.Repeat("220-more", 1000));
        await using var server = new HostileMailServer([new MailFault("connect", answer)]);

        (await FailAsync(server, TrustedAuthorities.None)).ShouldContain("does not answer as SMTP prescribes");
    }

    [Fact]
    public async Task A_mail_that_was_taken_is_sent_even_if_no_goodbye_comes()
    {
        await using var server = new HostileMailServer([new MailFault("QUIT")]);

        await SendAsync(server);

        server.Taken.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Somebody_who_is_not_configured_or_has_no_address_is_told_of()
    {
        await using var server = new HostileMailServer([]);
        var channel = Channel(Options(server), Samples.PeopleWith(email: null));

        (await ReasonAsync(channel, Samples.Delivery(Topics.ReviewReminder))).ShouldContain("zoe has no address");
        (await ReasonAsync(channel, Samples.Delivery(Topics.ReviewReminder, recipient: "ian"))).ShouldContain("nobody is configured as ian any more");
        server.Conversations.ShouldBe(0);
    }

    [Fact]
    public async Task A_line_that_begins_with_a_dot_ends_nothing()
    {
        await using var server = new HostileMailServer([]);
        await using (var conversation = await SmtpConversation.OpenAsync(Options(server), TrustedAuthorities.None, CancellationToken.None))
            await conversation.SendAsync("a@example.org", "b@example.org", Encoding.ASCII.GetBytes(".first\r\n.\r\n..\r\nlast\r\n"), CancellationToken.None);

        server.Taken.ShouldHaveSingleItem().Text.ShouldBe(".first\r\n.\r\n..\r\nlast\r\n");
    }

    private static SmtpOptions Options(HostileMailServer server, bool secured = false, bool login = false) => new()
    {
        Host = "localhost",
        Port = server.Port,
        Security = secured ? SmtpSecurity.StartTls : SmtpSecurity.None,
        User = login ? "mg" : null,
        Password = login ? "pässword" : null,
        TimeoutSeconds = 1,
    };

    private SmtpChannel Channel(SmtpOptions options, MigrationGuard.Ledger.People.PeopleDirectory? people = null, TrustedAuthorities? authorities = null) =>
        new(options, From, authorities ?? _authority.Trusted, Samples.Templates, people ?? Samples.People, _time);

    private Task SendAsync(HostileMailServer server, MigrationGuard.Ledger.Outbox.Delivery? delivery = null, bool secured = false, bool login = false)
    {
        var options = Options(server, secured, login);
        options.TimeoutSeconds = 30;
        return Channel(options).SendAsync(delivery ?? Samples.Delivery(Topics.ReviewReminder), CancellationToken.None);
    }

    private Task<string> FailAsync(HostileMailServer server, TrustedAuthorities authorities, bool secured = false, bool login = false)
    {
        var options = Options(server, secured, login);
        // Only what stalls should run into its limit, on however busy a machine.
        options.TimeoutSeconds = server.Stalls ? 1 : 30;
        return ReasonAsync(Channel(options, authorities: authorities), Samples.Delivery(Topics.ReviewReminder));
    }

    private static async Task<string> ReasonAsync(SmtpChannel channel, MigrationGuard.Ledger.Outbox.Delivery delivery) =>
        (await Should.ThrowAsync<DeliveryException>(() => channel.SendAsync(delivery, CancellationToken.None))).Message;
}
