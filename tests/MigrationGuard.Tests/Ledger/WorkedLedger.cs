using MigrationGuard.Databases;
using MigrationGuard.Decommissioning.Assets;
using MigrationGuard.Decommissioning.Partners;
using MigrationGuard.Decommissioning.Reviews;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Tests.Decommissioning;
using MigrationGuard.Verification;
using MigrationGuard.Watch;

namespace MigrationGuard.Tests.Ledger;

/// <summary>
/// A ledger after half a year's work: assets registered, changed and closed; reviews decided, moved and open; an obligation completed,
/// and its next withdrawn; partners told too late; a run, a job and a clock that somebody had to hear of.
/// </summary>
internal static class WorkedLedger
{
    private static readonly CheckOutcome Missing = new CheckOutcome.Mismatch([new Finding(FindingKinds.MissingInTarget, 3)]);

    private static readonly Dictionary<string, ComparisonOptions> Partnered = new()
    {
        ["crm"] = new() { Partner = new() { Name = "The national register", Contact = "its duty desk", OwnerRole = "Head of IT architecture", EscalateTo = "Data protection officer", TellWithinHours = 72 } },
    };

    public static async Task<TestDecommissioning> CreateAsync(Provider engine)
    {
        var test = await TestDecommissioning.CreateAsync(engine, SetClock.At(2026, 3, 1));
        await ReviewAsync(test);
        await TellPartnersAsync(test);
        await TellOfTroubleAsync(test);
        await test.ShouldHoldAsync();
        return test;
    }

    public static AssetRegister Register(TestDecommissioning test) => new(test.Ledger.Store, test.People, "Information Asset Owner", test.Audience);

    private static async Task ReviewAsync(TestDecommissioning test)
    {
        var database = TestDecommissioning.Asset("old-db", new DateOnly(2026, 3, 1));
        var files = TestDecommissioning.Asset("old-files", new DateOnly(2026, 3, 1));
        var monthly = TestDecommissioning.Monthly(new DateOnly(2026, 3, 1));
        await SynchroniseAsync(test, database, files);
        await test.SweepAsync(test.Series(database), test.Series(files), monthly);
        test.Clock.Now = new DateTimeOffset(2026, 4, 2, 12, 0, 0, TimeSpan.Zero);
        await test.SweepAsync(test.Series(database), test.Series(files), monthly);
        await test.Obligations.CompleteAsync("audit-log-review", "Looked through it.", [], new("FARM\\dpo", "the board"), CancellationToken.None);
        test.Clock.Now = new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
        await test.SweepAsync(test.Series(database), test.Series(files), monthly);
        await test.Desk.DecideAsync(database, ReviewDecision.Destroy, "Nobody needs it.", TestDecommissioning.Owner, CancellationToken.None);
        await SynchroniseAsync(test, database, files with { Holder = "the supplier" });
        await Register(test).CloseAsync("old-files", "Wiped.", TestDecommissioning.Owner, CancellationToken.None);
        test.Clock.Now = new DateTimeOffset(2026, 8, 30, 12, 0, 0, TimeSpan.Zero);
        await test.SweepAsync(test.Series(database));
        await SynchroniseAsync(test, database with { GoLive = new DateOnly(2026, 3, 10) });
        await test.SweepAsync(test.Series(database with { GoLive = new DateOnly(2026, 3, 10) }));
    }

    private static async Task TellPartnersAsync(TestDecommissioning test)
    {
        var partners = new PartnerClock(test.Ledger.Store, Partnered, new PartnerNotices(test.Audience, TestDecommissioning.Owner, "Project"), test.Clock);
        var alerts = new RunAlerts(test.Ledger.Store, test.Audience, TestDecommissioning.Owner, "Project");
        await partners.RunAsync(CancellationToken.None);
        await alerts.RunAsync(CancellationToken.None);
        var run = await test.Ledger.RunAsync(TestLedger.Result("contact", Missing));
        await test.Ledger.Database.ExecuteAsync($"INSERT INTO scheduled_run (schedule, due, run_id) VALUES ('nightly', '{run.Run}', '{run.Run}')");
        await partners.RunAsync(CancellationToken.None);
        await alerts.RunAsync(CancellationToken.None);
        await test.Obligations.CompleteAsync("partner-notice.crm", "Called their duty desk.", [], TestDecommissioning.Owner, CancellationToken.None);
        await test.Ledger.RunAsync(TestLedger.Result("contact", Missing), TestLedger.Result("user", Missing));
        await partners.RunAsync(CancellationToken.None);
    }

    private static async Task TellOfTroubleAsync(TestDecommissioning test)
    {
        await new JobAlerts(test.Ledger.Store, test.Audience, TestDecommissioning.Owner, "Project").TellAsync("reviews", 5, test.Clock.Now, "No route.", CancellationToken.None);
        await new LedgerCheck(test.Ledger.Store, test.Audience, TestDecommissioning.Owner, test.Clock, TimeSpan.FromHours(24), "Project").RunAsync(CancellationToken.None);
        test.Clock.Now = test.Clock.Now.AddHours(-2);
        await new ClockCheck(test.Ledger.Store, test.Audience, TestDecommissioning.Owner, test.Clock, "Project").RunAsync(CancellationToken.None);
    }

    private static Task SynchroniseAsync(TestDecommissioning test, params Asset[] assets) =>
        Register(test).SynchroniseAsync(assets, TestDecommissioning.Owner, CancellationToken.None);
}
