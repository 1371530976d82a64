using System.Text.Json.Nodes;
using MigrationGuard.Databases;
using MigrationGuard.Decommissioning.Assets;
using MigrationGuard.Decommissioning.Obligations;
using MigrationGuard.Decommissioning.Reviews;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Ledger.People;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Tests.Ledger;

namespace MigrationGuard.Tests.Decommissioning;

/// <summary>A ledger with people, roles, and a clock that is set by hand.</summary>
internal sealed class TestDecommissioning : IAsyncDisposable
{
    public static readonly Actor Owner = new("FARM\\owner");
    public static readonly Actor AssetOwner = new("FARM\\iao");
    public static readonly Actor Stranger = new("FARM\\stranger");

    private TestDecommissioning(TestLedger ledger, SetClock clock) => (Ledger, Clock) = (ledger, clock);

    public TestLedger Ledger { get; }

    public SetClock Clock { get; }

    public ReviewOptions Reviews { get; } = new()
    {
        Escalations = [new() { DaysAfter = 7, Role = "Information Asset Owner" }, new() { DaysAfter = 14, Role = "Data protection officer" }],
    };

    public PeopleDirectory People { get; } = new(
        new Dictionary<string, PersonOptions>
        {
            ["owner"] = new() { Name = "An owner", Accounts = ["FARM\\owner"], TimeZone = "Europe/London" },
            ["iao"] = new() { Name = "An asset owner", Accounts = ["FARM\\iao"] },
            ["dpo"] = new() { Name = "An officer", Accounts = ["FARM\\dpo"] },
        },
        new Dictionary<string, RoleOptions>
        {
            ["Head of IT architecture"] = new() { People = ["owner"] },
            ["Information Asset Owner"] = new() { People = ["iao"] },
            ["Data protection officer"] = new() { People = ["dpo"] },
        },
        TimeZoneInfo.Utc);

    public Audience Audience => new(People, Address, "Data protection officer");

    public ReviewDesk Desk => new(Ledger.Store, People, Reviews, Audience, "Project", Clock);

    public ObligationDesk Obligations => new(Ledger.Store, People, Audience);

    public static async Task<TestDecommissioning> CreateAsync(Provider engine, SetClock clock) => new(await TestLedger.CreateAsync(engine, clock), clock);

    public static Asset Asset(string name, DateOnly? goLive, string? owner = "owner") => new()
    {
        Name = name,
        Kind = AssetKind.Database,
        Location = "old farm",
        Holder = "Digital and IT",
        OwnerRole = "Head of IT architecture",
        Owner = owner,
        Commitment = "DPIA recommendation 3",
        Holds = "case files",
        GoLive = goLive,
    };

    public ObligationSeries Series(Asset asset) => ReviewSeries.Of(asset, Reviews, People, "Project")!;

    public Task<SweepOutcome> SweepAsync(params ObligationSeries[] series) => SweepAsync(Ledger.Store, series);

    public Task<SweepOutcome> SweepAsync(LedgerStore store, IReadOnlyList<ObligationSeries> series) =>
        new ObligationSweep(store, Audience, Owner, Clock).RunAsync(series, CancellationToken.None);

    public static ObligationSeries Monthly(DateOnly from) => ConfiguredObligations.Series(
        new Dictionary<string, ObligationOptions>
        {
            ["audit-log-review"] = new() { Title = "Review the audit log", Source = "section 6", OwnerRole = "Data protection officer", EveryMonths = 1, From = from },
        },
        new PeopleDirectory(new Dictionary<string, PersonOptions>(), new Dictionary<string, RoleOptions>(), TimeZoneInfo.Utc),
        "Project")[0];

    /// <summary>Ids of all notifications, in the order of their entries.</summary>
    public Task<IReadOnlyList<string>> NotificationsAsync() => Ledger.Store.ReadAsync(
        ledger => ledger.ListAsync<string>("SELECT id FROM notification ORDER BY seq, id"), CancellationToken.None);

    public async Task<JsonObject> ModelAsync(string notification) => JsonNode.Parse((await Ledger.Store.ReadAsync(
        ledger => ledger.FirstAsync<string>("SELECT document FROM notification WHERE id = @notification", new { notification }), CancellationToken.None))!)!.AsObject();

    public async Task ShouldHoldAsync() => (await Ledger.Store.VerifyAsync(CancellationToken.None)).Problems.ShouldBeEmpty();

    public ValueTask DisposeAsync() => Ledger.DisposeAsync();

    private static IReadOnlyList<Recipient> Address(string notification, string topic, IReadOnlyList<string> people) =>
        [.. people.Select(person => new Recipient("smtp", person, $"<{notification}.{person}@test>"))];
}
