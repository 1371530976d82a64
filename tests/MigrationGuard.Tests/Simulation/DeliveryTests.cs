using System.Globalization;
using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Decommissioning.Assets;
using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Notifications;
using MigrationGuard.TestHost;
using MigrationGuard.Tests.Commands;
using MigrationGuard.Tests.Notifications;
using MigrationGuard.Tests.Schedule;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Simulation;

/// <summary>From an asset in the configuration to a mail in somebody's box, while the worker is killed and the mail server does what it likes.</summary>
public sealed class DeliveryTests
{
    private const int AssetCount = 10;

    private static readonly DateTimeOffset BeforeAnythingIsDue = new(2026, 5, 17, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset FirstReminder = new(2026, 5, 18, 9, 0, 0, TimeSpan.Zero);

    private static readonly MailFault[] Faults =
    [
        new("connect"), new("connect", "421 Not now"), new("message"), new("message", KeepsTheMessage: true), new("message", "451 Later"), new("RCPT", "550 Unknown"),
        new("message", Hangs: true, KeepsTheMessage: true), new("DATA", "452 Full"), new("EHLO", "421 Closing"), new("message", "554 Spam"), new("MAIL", "451 Later"),
    ];

    [SkippableTheory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.PostgreSql)]
    public async Task Every_reminder_arrives_under_one_Message_ID_though_the_worker_is_killed_and_the_mail_server_fails(Provider engine)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no SIGKILL.");
        await using var database = await TestEngine.For(engine).CreateDatabaseAsync();
        await using var mail = new HostileMailServer(Faults);
        using var folder = new WorkingFolder();
        folder.Configure(Options(database, mail.Port));
        var clock = folder.At("clock");
        FileClock.Set(clock, BeforeAnythingIsDue);
        await using var store = await LedgerStore.OpenAsync(Options(database, mail.Port).Store, folder.Path, TimeProvider.System, CancellationToken.None);
        var worker = KillableWorker.Start(folder.Path, clock);
        try
        {
            await Eventually.HoldsAsync(async () => await KnownAsync(store) == AssetCount, () => worker.Error);
            var (now, killed) = (FirstReminder, 0);
            await Eventually.HoldsAsync(
                async () =>
                {
                    // Minutes go by, for back-offs and leases to end in; the next reminders are days away.
                    FileClock.Set(clock, now = now.AddMinutes(3));
                    if (mail.Conversations > 5 * (killed + 1) && killed < 3)
                    {
                        worker.Dispose();
                        worker = KillableWorker.Start(folder.Path, clock);
                        killed++;
                    }
                    return (await DeliveriesAsync(store)).Count(delivery => delivery.SentAt is not null) == AssetCount;
                },
                () => $"{mail.Conversations} conversations. {worker.Error}");
            killed.ShouldBeGreaterThan(0);
        }
        finally
        {
            worker.Dispose();
        }
        ShouldHaveArrived(mail, await DeliveriesAsync(store));
        (await store.VerifyAsync(CancellationToken.None)).Problems.ShouldBeEmpty();
    }

    private static void ShouldHaveArrived(HostileMailServer server, IReadOnlyList<DeliveryRecord> deliveries)
    {
        deliveries.Count.ShouldBe(AssetCount);
        var accepted = server.Taken.Where(mail => mail.WasAccepted).Select(mail => ReceivedMail.Read(mail.Text)).ToList();
        accepted.Count.ShouldBeGreaterThan(AssetCount, "The server kept messages whose sending then failed: they came again.");
        accepted.Select(mail => mail.Whole["Message-ID"]).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(deliveries.Select(delivery => delivery.MessageId).Order(StringComparer.Ordinal));
        foreach (var repeats in accepted.GroupBy(mail => mail.Whole["Message-ID"]))
            repeats.Select(mail => mail.Whole["Subject"]).Distinct().ShouldHaveSingleItem();
        accepted.ShouldAllBe(mail => mail.Parts.Any(part => part["Content-Type"].StartsWith("text/calendar", StringComparison.Ordinal)));
    }

    private static Task<long> KnownAsync(LedgerStore store) =>
        store.ReadAsync(ledger => ledger.FirstAsync<long>("SELECT COUNT(*) FROM mark WHERE name LIKE 'series:%'"), CancellationToken.None);

    // Of reminders: a worker that is killed again and again may also have something to say of itself, to nobody here.
    private static async Task<IReadOnlyList<DeliveryRecord>> DeliveriesAsync(LedgerStore store) =>
        [.. (await store.ListDeliveriesAsync(waitingOnly: false, 100, CancellationToken.None)).Where(delivery => delivery.Topic == Topics.ReviewReminder)];

    private static MigrationGuardOptions Options(ScratchDatabase database, int port) => new()
    {
        Store = { Provider = database.Provider, ConnectionString = database.ConnectionString },
        People = new() { ["owner"] = new() { Name = "An owner", Email = "owner@example.org" } },
        Roles = new() { ["Head of IT architecture"] = new() { People = ["owner"] }, ["Information Asset Owner"] = new() { People = ["owner"] } },
        Assets = Enumerable.Range(0, AssetCount).ToDictionary(
            number => string.Create(CultureInfo.InvariantCulture, $"asset-{number}"),
            _ => new AssetOptions
            {
                Kind = AssetKind.Database,
                Location = "old farm",
                Holder = "Digital and IT",
                OwnerRole = "Head of IT architecture",
                Commitment = "DPIA recommendation 3",
                Holds = "case files",
                GoLive = new DateOnly(2026, 3, 1),
            }),
        Notifications =
        {
            From = "migrationguard@example.org",
            Smtp = new() { Host = "127.0.0.1", Port = port, Security = SmtpSecurity.None, TimeoutSeconds = 2 },
            RetrySeconds = 1,
            RetryMaxMinutes = 1,
        },
        Worker = { SweepSeconds = 1, HealthUrl = "", ClusterCheckinSeconds = 1, LedgerCheckHours = 24 * 60 },
    };
}
