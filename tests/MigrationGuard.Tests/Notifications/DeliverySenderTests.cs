using System.Text.Json.Nodes;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Notifications;
using MigrationGuard.Tests.Ledger;

namespace MigrationGuard.Tests.Notifications;

/// <summary>What is in the outbox arrives, whatever the servers do.</summary>
public sealed class DeliverySenderTests : IAsyncLifetime
{
    private const string From = "migrationguard@example.org";

    private readonly SettableTime _time = new(Samples.Created);
    private TestLedger _ledger = null!;
    private LedgerStore _store = null!;

    public async Task InitializeAsync()
    {
        _ledger = await TestLedger.CreateEmptyAsync(Provider.Sqlite);
        _store = await LedgerStore.OpenAsync(_ledger.Options, Path.GetTempPath(), _time, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await _ledger.DisposeAsync();
    }

    [Fact]
    public async Task A_reminder_arrives_under_one_name_whatever_the_mail_server_does()
    {
        MailFault[] faults =
        [
            new("connect"), new("connect", "554 Not today"), new("connect", Hangs: true), new("EHLO", "421 Closing"), new("MAIL", "451 Later"), new("RCPT", "450 Busy"),
            new("RCPT", "550 Unknown"), new("DATA", "452 Full"), new("message", Hangs: true), new("message"), new("message", KeepsTheMessage: true), new("message", "451 Later"), new("message", "554 Spam"),
        ];
        var port = HostileMailServer.FreePort();
        var options = Mail(port);
        await WriteAsync(options, Topics.ReviewReminder);

        // Nobody listens at first.
        (await SendAsync(options)).ShouldBe((0, 1, 0));
        await using var server = new HostileMailServer(faults, port: port);
        for (var round = 1; round <= faults.Length; round++)
        {
            (await SendAsync(options)).ShouldBe((0, 0, 0), "it is not tried again before its time");
            _time.Advance(TimeSpan.FromMinutes(options.RetryMaxMinutes));
            (await SendAsync(options)).ShouldBe((0, 1, round + 1 >= DeliverySender.ManyAttempts ? 1 : 0), $"round {round}");
        }
        _time.Advance(TimeSpan.FromMinutes(options.RetryMaxMinutes));
        (await SendAsync(options)).ShouldBe((1, 0, 0));

        var record = (await RecordsAsync()).ShouldHaveSingleItem();
        record.Attempts.ShouldBe(faults.Length + 1);
        record.SentAt.ShouldNotBeNull();
        server.Taken.Count(mail => mail.WasAccepted).ShouldBe(2, "once unknown to the sender, once for good");
        server.Taken.ShouldAllBe(mail => ReceivedMail.Read(mail.Text).Whole["Message-ID"] == record.MessageId);
        _time.Advance(TimeSpan.FromDays(30));
        (await SendAsync(options)).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task One_that_fails_stops_no_other()
    {
        await using var mail = new HostileMailServer([]);
        await using var web = new WebhookServer((response, _) =>
        {
            response.StatusCode = 500;
            return Task.CompletedTask;
        });
        var options = Mail(mail.Port);
        options.Webhooks["ops"] = new() { Kind = WebhookKind.Generic, Url = web.Root, Secret = "0123456789abcdef" };
        options.Webhooks["gone"] = new() { Kind = WebhookKind.Generic, Url = web.Root, Secret = "0123456789abcdef" };
        await WriteAsync(options, [.. Samples.TopicNames], "zoe", "nobody");
        options.Webhooks.Remove("gone");
        var topics = Samples.TopicNames.Count();

        (await SendAsync(options)).ShouldBe((topics, 3 * topics, 0));

        mail.Taken.Count.ShouldBe(topics);
        var errors = (await RecordsAsync()).Where(record => record.SentAt is null).GroupBy(record => record.LastError).ToDictionary(group => group.Key!, group => group.Count());
        errors.Values.ShouldAllBe(count => count == topics);
        errors.Keys.Order().ShouldBe(
        [
            "nobody is configured as nobody any more. Add them under People, or see that the role's new holder is told.",
            "the webhook gone is not configured any more. Add it under Notifications:Webhooks.",
            "the webhook ops answered 500.",
        ]);
    }

    [Fact]
    public async Task Mail_that_is_not_configured_any_more_waits_and_a_defect_tells_only_its_kind()
    {
        await WriteAsync(Mail(25), Topics.ReviewReminder);

        (await SendAsync(new NotificationOptions())).ShouldBe((0, 1, 0));
        (await RecordsAsync()).ShouldHaveSingleItem().LastError.ShouldBe("mail is not configured any more. Add Notifications:Smtp.");

        _time.Advance(TimeSpan.FromDays(1));
        using var channels = new DeliveryChannels(new Dictionary<string, IDeliveryChannel> { [Recipients.Smtp] = new Defect() });
        (await new DeliverySender(_store, channels, new NotificationOptions(), "worker-1", _time).SendDueAsync(CancellationToken.None)).Failed.ShouldBe(1);
        (await RecordsAsync()).ShouldHaveSingleItem().LastError!.ShouldSatisfyAllConditions(
            error => error.ShouldContain("InvalidOperationException"), error => error.ShouldNotContain("owner@example.org"));
    }

    [Fact]
    public async Task What_a_worker_took_before_it_died_is_sent_by_another_once_its_lease_has_run_out()
    {
        await using var server = new HostileMailServer([]);
        var options = Mail(server.Port);
        await WriteAsync(options, Topics.ReviewReminder);
        await _store.LeaseDeliveriesAsync("the dead one", 10, TimeSpan.FromMinutes(2), TimeSpan.FromHours(6), CancellationToken.None);

        (await SendAsync(options)).ShouldBe((0, 0, 0));
        _time.Advance(TimeSpan.FromMinutes(2));

        (await SendAsync(options)).ShouldBe((1, 0, 0));
    }

    [Fact]
    public async Task A_stop_leaves_what_is_under_way_for_later()
    {
        await using var server = new HostileMailServer([new MailFault("message", Hangs: true)]);
        var options = Mail(server.Port);
        options.Smtp!.TimeoutSeconds = 600;
        await WriteAsync(options, Topics.ReviewReminder);
        using var stop = new CancellationTokenSource();

        var sending = SendAsync(options, stop.Token);
        while (server.Taken.Count == 0 && !sending.IsCompleted)
            await Task.Delay(10);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(sending);

        (await RecordsAsync()).ShouldHaveSingleItem().Attempts.ShouldBe(0);
        _time.Advance(TimeSpan.FromHours(1));
        (await SendAsync(options)).ShouldBe((1, 0, 0));
    }

    [Theory]
    [InlineData(1, 0, 30)]
    [InlineData(2, 0, 60)]
    [InlineData(5, 0, 480)]
    [InlineData(10, 0, 15360)]
    [InlineData(11, 0, 21600)]
    [InlineData(int.MaxValue, 0, 21600)]
    [InlineData(2, 0.5, 54)]
    [InlineData(0, 0, 30)]
    public void Waits_double_up_to_the_longest(int failures, double jitter, double seconds)
    {
        new Backoff(TimeSpan.FromSeconds(30), TimeSpan.FromHours(6), () => jitter).After(failures).TotalSeconds.ShouldBe(seconds, 0.001);
    }

    private static NotificationOptions Mail(int port) => new()
    {
        From = From,
        Smtp = new() { Host = "localhost", Port = port, Security = SmtpSecurity.None, TimeoutSeconds = 2 },
    };

    private Task WriteAsync(NotificationOptions options, string topic) => WriteAsync(options, [topic], "zoe");

    private Task WriteAsync(NotificationOptions options, string[] topics, params string[] people) => _store.WriteAsync(
        async transaction =>
        {
            foreach (var notification in topics.Select(topic => Samples.Of(topic)))
            {
                var entry = await transaction.AppendAsync(new NewEntry(EntryKind.ObligationStep, "test", new JsonObject(), TestLedger.Engineer));
                await transaction.NotifyAsync([new OutgoingNotification(notification, entry.Seq, Recipients.Of(notification.Id, notification.Topic, people, options))]);
            }
            return 0;
        },
        CancellationToken.None);

    private async Task<(int Sent, int Failed, int Failing)> SendAsync(NotificationOptions options, CancellationToken cancellationToken = default)
    {
        using var channels = new DeliveryChannels(options, Samples.People, Path.GetTempPath(), _time);
        var report = await new DeliverySender(_store, channels, options, "worker-1", _time).SendDueAsync(cancellationToken);
        return (report.Sent, report.Failed, report.Failing.Count);
    }

    private Task<IReadOnlyList<DeliveryRecord>> RecordsAsync() => _store.ListDeliveriesAsync(waitingOnly: false, 1000, CancellationToken.None);

    private sealed class Defect : IDeliveryChannel
    {
        public TimeSpan Longest => TimeSpan.FromSeconds(1);

        public Task SendAsync(Delivery delivery, CancellationToken cancellationToken) => throw new InvalidOperationException("owner@example.org");
    }
}
