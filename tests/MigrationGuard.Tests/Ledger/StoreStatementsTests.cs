using System.Globalization;
using System.Text.RegularExpressions;
using MigrationGuard.Anchors;
using MigrationGuard.Databases;
using MigrationGuard.Decommissioning.Assets;
using MigrationGuard.Ledger.Attestations;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.BackupPromises;
using MigrationGuard.Retention.Inventory;
using MigrationGuard.Schedule.Health;
using MigrationGuard.Tests.Anchors;
using MigrationGuard.Tests.Decommissioning;
using MigrationGuard.Tests.Ledger.Checkpoints;
using MigrationGuard.Watch;

namespace MigrationGuard.Tests.Ledger;

/// <summary>Every statement that the store is sent, recorded while the store is at work and approved as text.</summary>
/// <remarks>
/// All engines are sent the same text. So what is recorded here on SQLite is what SQL Server is sent, and MigrationGuard.TSql.Tests
/// gives the approved file to Microsoft's parser, and finds what was never recorded.
/// </remarks>
public sealed partial class StoreStatementsTests
{
    // What SQL Server takes: fewer than 2100 parameters a statement, and 1000 rows of values.
    private const int MostParameters = 2099;

    private const int MostRows = 1000;

    [Fact]
    public async Task The_statements_sent_to_the_store_read_as_approved_and_keep_to_SQL_Servers_limits()
    {
        using var recording = new StatementRecording();
        await using (var test = await WorkedLedger.CreateAsync(Provider.Sqlite))
        {
            await ManyAtOnceAsync(test);
            await DeliverAsync(test.Ledger.Store);
            await KeepRunsAsync(test.Ledger.Store);
            await AttestAsync(test.Ledger);
            await ListAsync(test);
            await KeepCheckpointsAsync(test);
            await KeepHeadersAsync(test.Ledger.Store);
        }
        foreach (var sql in recording.Statements)
        {
            Parameter().Matches(sql).DistinctBy(parameter => parameter.Value).Count().ShouldBeLessThanOrEqualTo(MostParameters, sql);
            RowOfValues().Count(sql).ShouldBeLessThanOrEqualTo(MostRows, sql);
        }
        (string.Join(";\n\n", recording.Shapes()) + ";\n").ShouldBeApproved("MigrationGuard.Tests/Ledger/Approved/store-statements.sql");
    }

    private static async Task ManyAtOnceAsync(TestDecommissioning test)
    {
        var assets = Enumerable.Range(1, 700).Select(i => TestDecommissioning.Asset(string.Create(CultureInfo.InvariantCulture, $"asset-{i}"), new DateOnly(2026, 8, 30))).ToList();
        await WorkedLedger.Register(test).SynchroniseAsync(assets, TestDecommissioning.Owner, CancellationToken.None);
        var series = assets.Select(test.Series).ToArray();
        await test.SweepAsync(series);
        test.Clock.Now = test.Clock.Now.AddMonths(3);
        await test.SweepAsync(series);
        using var file = new MemoryStream("name,kind,location,holder,ownerRole,owner,commitment,holds,goLive\nimported,Server,farm,IT,Head of IT architecture,owner,DPIA,files,\n"u8.ToArray());
        await WorkedLedger.Register(test).ImportAsync("assets.csv", file, [], TestDecommissioning.Owner, CancellationToken.None);
    }

    private static async Task DeliverAsync(LedgerStore store)
    {
        var leased = await store.LeaseDeliveriesAsync("worker", 10, TimeSpan.FromMinutes(1), TimeSpan.FromHours(6), CancellationToken.None);
        await store.MarkSentAsync(leased[0], CancellationToken.None);
        await store.MarkFailedAsync(leased[1], "refused", leased[1].Notification.Created.AddHours(1), CancellationToken.None);
        await store.ListDeliveriesAsync(waitingOnly: true, 10, CancellationToken.None);
        await store.ListDeliveriesAsync(waitingOnly: false, 10, CancellationToken.None);
        await store.RetryDeliveriesAsync(null, CancellationToken.None);
        await store.RetryDeliveriesAsync(leased[1].Notification.Id, CancellationToken.None);
        await store.CountFailingDeliveriesAsync(1, CancellationToken.None);
    }

    private static async Task KeepRunsAsync(LedgerStore store)
    {
        await store.RecordConfigurationAsync("{}", TestLedger.Engineer, CancellationToken.None);
        var approval = new Approval { Comparison = "crm", Check = "record-count", Kind = "missing-in-target", Reason = "Duplicates.", ApprovedBy = "the owner", Expires = new DateOnly(2027, 1, 1) };
        await store.RecordApprovalsAsync([approval], TestLedger.Engineer, CancellationToken.None);
        await store.ListRunsAsync(10, CancellationToken.None);
        var latest = await store.FindRunAsync("latest", CancellationToken.None);
        await store.FindRunAsync(latest!.Run, CancellationToken.None);
        await store.ProjectKeyAsync(CancellationToken.None);
        var unfinished = TestLedger.Header();
        await store.BeginRunAsync(unfinished, TestLedger.Engineer, CancellationToken.None);
        await store.AddSegmentAsync(unfinished.Run, 0, 0, "{}", CancellationToken.None);
        await store.ListSegmentsAsync(unfinished.Run, 0, CancellationToken.None);
        await store.WriteAsync(ledger => ledger.ResumeRunAsync(unfinished.Run, TestLedger.Engineer), CancellationToken.None);
        await store.ReadAsync(ledger => ledger.ListResultsByPlaceAsync(unfinished.Run), CancellationToken.None);
    }

    private static async Task AttestAsync(TestLedger ledger)
    {
        var draft = new AttestationDraft(AttestationKinds.UserTesting, AttestedOutcome.Passed, "Letters print.", "Zoë", "test lead", new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var made = await ledger.AttestAsync(draft with { Asset = "old-db", Run = "latest" }, ("a.txt", [1]));
        await ledger.AttestAsync(draft with { Corrects = made.Attestation.Id });
        await ledger.ReadAsync(made.Attestation.Files[0].Sha256);
        await ledger.Store.AccountOfAsync(made.Recorder, CancellationToken.None);
        await ledger.Store.EraseAsync(made.Seq, "Asked for.", TestLedger.Engineer, CancellationToken.None);
        await ledger.AttestAsync(draft, ("a.txt", [1]));
        await ledger.ShouldHoldAsync();
    }

    private static async Task KeepCheckpointsAsync(TestDecommissioning test)
    {
        using var signer = TestSigner.Curve();
        var sweep = new CheckpointSweep(
            test.Ledger.Store, [new MemoryAnchor("folder")], ["owner"], _ => Task.FromResult(new CheckpointSigners(signer, [])),
            test.Audience, TestDecommissioning.Owner, test.Clock, TimeSpan.FromHours(1), "Project");
        await sweep.RunAsync(CancellationToken.None);
        await test.Ledger.Store.ReadLinesAsync(_ => ValueTask.CompletedTask, CancellationToken.None);
        await test.Ledger.Store.EraseAsync(2, "Not needed.", TestDecommissioning.Owner, CancellationToken.None);
    }

    private static async Task KeepHeadersAsync(LedgerStore store)
    {
        var copy = new StoredCopy { Store = "share", Name = "a.bak", Length = 1, Modified = default, ETag = "1" };
        var key = HeaderMemory.KeyOf(copy)!;
        var memory = new HeaderMemory(store, "share");
        await memory.FindAsync([key], CancellationToken.None);
        await memory.KeepAsync(key, new BackupHeaderOutcome.NotABackup("It is text."), CancellationToken.None);
        await memory.CompleteAsync(wasWhole: true, CancellationToken.None);
        (await new HeaderMemory(store, "share").FindAsync([key], CancellationToken.None))[key].ShouldBe(new BackupHeaderOutcome.NotABackup("It is text."));
        await new HeaderMemory(store, "share").CompleteAsync(wasWhole: true, CancellationToken.None);
        (await new HeaderMemory(store, "share").FindAsync([key], CancellationToken.None)).ShouldBeEmpty("It is no longer there.");
    }

    private static async Task ListAsync(TestDecommissioning test)
    {
        var assets = (await WorkedLedger.Register(test).ListAsync(includeClosed: false, CancellationToken.None)).Select(asset => asset.Asset).ToList();
        await test.Desk.ListAsync(assets, CancellationToken.None);
        await test.Obligations.ListAsync(includeClosed: true, CancellationToken.None);
        await test.Obligations.ListAsync(includeClosed: false, CancellationToken.None);
        await test.Obligations.UpcomingAsync([TestDecommissioning.Monthly(new DateOnly(2026, 1, 1))], test.Clock.Now, CancellationToken.None);
        await AssetHistory.OfAsync(test.Ledger.Store, "old-db", CancellationToken.None);
        await LedgerCheck.LastAsync(test.Ledger.Store, CancellationToken.None);
        await ClockCheck.AheadAsync(test.Ledger.Store, test.Clock, CancellationToken.None);
        await new StoreCheck(test.Ledger.Store).CheckHealthAsync(new(), CancellationToken.None);
    }

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\(@p[0-9]+_0")]
    private static partial Regex RowOfValues();
}
