using System.Diagnostics;
using System.Text;
using MigrationGuard.Databases;
using MigrationGuard.Decommissioning;
using MigrationGuard.Decommissioning.Assets;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Tests.Servers;
using static MigrationGuard.Tests.Decommissioning.TestDecommissioning;

namespace MigrationGuard.Tests.Decommissioning;

/// <summary>Assets in the ledger, on every engine that the ledger can be on.</summary>
public sealed class AssetRegisterConformance
{
    private static readonly DateOnly GoLive = new(2026, 3, 7);

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Configured_assets_are_registered_once_and_changed_when_they_change(Provider engine)
    {
        await using var test = await CreateAsync(engine);
        var register = Register(test);
        var old = Asset("crm-old-db", GoLive);

        (await register.SynchroniseAsync([old, Asset("hop-1", null)], Owner, CancellationToken.None)).ShouldBe(2);
        (await register.SynchroniseAsync([old, Asset("hop-1", null)], Owner, CancellationToken.None)).ShouldBe(0);
        (await register.SynchroniseAsync([old with { Location = "moved" }], Owner, CancellationToken.None)).ShouldBe(1);

        (await register.ListAsync(includeClosed: false, CancellationToken.None)).Select(asset => asset.Asset.Name).ShouldBe(["crm-old-db", "hop-1"]);
        (await register.FindAsync("CRM-OLD-DB", CancellationToken.None))!.Asset.ShouldBe(old with { Location = "moved" });
        (await AssetHistory.OfAsync(test.Ledger.Store, "crm-old-db", CancellationToken.None)).Select(item => item.Kind).ShouldBe(["asset-registered", "asset-changed"]);
        await test.ShouldHoldAsync();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_name_is_the_same_in_any_case_and_keeps_its_first_spelling(Provider engine)
    {
        await using var test = await CreateAsync(engine);
        var register = Register(test);

        await register.SynchroniseAsync([Asset("crm-old-db", GoLive)], Owner, CancellationToken.None);
        (await register.SynchroniseAsync([Asset("CRM-Old-DB", GoLive)], Owner, CancellationToken.None)).ShouldBe(0);
        (await register.SynchroniseAsync([Asset("CRM-Old-DB", null)], Owner, CancellationToken.None)).ShouldBe(1);

        (await register.ListAsync(includeClosed: true, CancellationToken.None)).ShouldHaveSingleItem().Asset.ShouldBe(Asset("crm-old-db", null));
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_closed_asset_stays_closed_and_its_reviews_end(Provider engine)
    {
        await using var test = await CreateAsync(engine, new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
        var register = Register(test);
        var old = Asset("crm-old-db", GoLive);
        await register.SynchroniseAsync([old], Owner, CancellationToken.None);
        await test.SweepAsync(test.Series(old));
        (await test.Desk.ListAsync([old], CancellationToken.None))[0].IsOpen.ShouldBeTrue();

        (await register.CloseAsync("Crm-Old-Db", " Wiped, certificate 7. ", Owner, CancellationToken.None)).IsClosed.ShouldBeTrue();

        (await register.ListAsync(includeClosed: false, CancellationToken.None)).ShouldBeEmpty();
        (await register.ListAsync(includeClosed: true, CancellationToken.None)).ShouldHaveSingleItem().IsClosed.ShouldBeTrue();
        (await test.Desk.ListAsync([old], CancellationToken.None))[0].IsOpen.ShouldBeFalse();
        (await test.NotificationsAsync())[^1].ShouldEndWith(".withdrawn");
        (await register.SynchroniseAsync([old with { Location = "elsewhere" }], Owner, CancellationToken.None)).ShouldBe(0);
        var closing = (await AssetHistory.OfAsync(test.Ledger.Store, "crm-old-db", CancellationToken.None)).Single(item => item.Kind == "asset-closed");
        (closing.Said("reason"), closing.Said("person"), closing.Account).ShouldBe(("Wiped, certificate 7.", "owner", Owner.Account));
        await Should.ThrowAsync<DecommissioningException>(() => register.CloseAsync("crm-old-db", "Again.", Owner, CancellationToken.None));
        await test.ShouldHoldAsync();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task The_owner_and_the_overseer_may_close_and_nobody_else(Provider engine)
    {
        await using var test = await CreateAsync(engine);
        var register = Register(test);
        await register.SynchroniseAsync([Asset("one", GoLive), Asset("two", GoLive, owner: null), Asset("three", GoLive)], Owner, CancellationToken.None);
        var before = (await test.Ledger.LinesAsync()).Count;

        foreach (var actor in new[] { new Actor("FARM\\dpo"), Stranger, Stranger with { OnBehalfOf = "owner" }, Stranger with { OnBehalfOf = Owner.Account } })
            await Should.ThrowAsync<DecommissioningException>(() => register.CloseAsync("one", "Gone.", actor, CancellationToken.None));
        await Should.ThrowAsync<DecommissioningException>(() => register.CloseAsync("one", " ", Owner, CancellationToken.None));
        await Should.ThrowAsync<DecommissioningException>(() => register.CloseAsync("four", "Gone.", Owner, CancellationToken.None));
        (await test.Ledger.LinesAsync()).Count.ShouldBe(before);

        await register.CloseAsync("one", "Gone.", Owner, CancellationToken.None);
        await register.CloseAsync("two", "Gone.", Owner, CancellationToken.None);
        await register.CloseAsync("three", "Gone.", AssetOwner, CancellationToken.None);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task An_import_registers_changes_and_leaves_alone(Provider engine)
    {
        await using var test = await CreateAsync(engine);
        var register = Register(test);
        const string header = "name,kind,location,ownerRole,goLive\n";

        (await ImportAsync(register, header + "a,Server,here,Head of IT architecture,2026-03-07\nb,queue,there,head of it architecture,\n", Owner)).ShouldBe(new ImportedAssets(2, 0, 0));
        (await ImportAsync(register, header + "A,Server,elsewhere,Head of IT architecture,2026-03-07\nb,queue,there,head of it architecture,\n", Owner)).ShouldBe(new ImportedAssets(0, 1, 1));

        (await register.FindAsync("a", CancellationToken.None))!.Asset.Location.ShouldBe("elsewhere");
        await test.ShouldHoldAsync();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task An_import_changes_nothing_that_is_anothers_or_closed(Provider engine)
    {
        await using var test = await CreateAsync(engine);
        var register = Register(test);
        await register.SynchroniseAsync([Asset("theirs", GoLive), Asset("gone", GoLive)], Owner, CancellationToken.None);
        await register.CloseAsync("gone", "Wiped.", Owner, CancellationToken.None);
        var before = (await test.Ledger.LinesAsync()).Count;
        const string file = "name,kind,location,ownerRole,owner\ntheirs,Database,old farm,Data protection officer,dpo\nnew,Server,x,Data protection officer,\ngone,Server,x,Data protection officer,\n";

        var refused = await Should.ThrowAsync<DecommissioningException>(() => ImportAsync(register, file, new Actor("FARM\\dpo")));

        refused.Problems.Select(problem => problem.Place).ShouldBe(["file.csv, line 2, name", "file.csv, line 4, name"]);
        (await test.Ledger.LinesAsync()).Count.ShouldBe(before);
        (await register.FindAsync("new", CancellationToken.None)).ShouldBeNull();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Registers_that_synchronise_at_once_write_each_asset_once(Provider engine)
    {
        await using var test = await CreateAsync(engine);
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => test.Ledger.OpenAsync()));
        var assets = Enumerable.Range(0, 20).Select(number => Asset($"asset-{number}", GoLive)).ToList();

        await Task.WhenAll(stores.Select(store => Task.Run(() => new AssetRegister(store, test.People, "Information Asset Owner", test.Audience).SynchroniseAsync(assets, Owner, CancellationToken.None))));

        (await test.Ledger.LinesAsync()).Count(line => line.Contains("asset-registered", StringComparison.Ordinal)).ShouldBe(20);
        await test.ShouldHoldAsync();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Ten_thousand_assets_are_imported_in_seconds(Provider engine)
    {
        await using var test = await CreateAsync(engine);
        var file = "name,kind,location,ownerRole\n" + string.Concat(Enumerable.Range(0, 10_000).Select(number => $"asset-{number},Server,here,Head of IT architecture\n"));
        var started = Stopwatch.GetTimestamp();

        (await ImportAsync(Register(test), file, Owner)).Registered.ShouldBe(10_000);

        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromMinutes(4));
    }

    [Fact]
    public async Task What_has_not_changed_waits_for_no_writer()
    {
        await using var test = await CreateAsync(Provider.Sqlite);
        await Register(test).SynchroniseAsync([Asset("one", GoLive)], Owner, CancellationToken.None);
        var store = await test.Ledger.OpenAsync(options => options.LockTimeoutSeconds = 1);
        var register = new AssetRegister(store, test.People, "Information Asset Owner", test.Audience);

        await test.Ledger.Store.WriteAsync(
            async ledger =>
            {
                (await register.SynchroniseAsync([Asset("one", GoLive)], Owner, CancellationToken.None)).ShouldBe(0);
                await Should.ThrowAsync<LedgerException>(() => register.SynchroniseAsync([Asset("two", GoLive)], Owner, CancellationToken.None));
                return ledger.Now;
            },
            CancellationToken.None);
    }

    [Fact]
    public async Task The_history_of_one_asset_is_not_anothers_whose_name_begins_with_it()
    {
        await using var test = await CreateAsync(Provider.Sqlite, new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
        Asset[] assets = [Asset("old", GoLive), Asset("old.2", GoLive), Asset("old_2", GoLive)];
        await Register(test).SynchroniseAsync(assets, Owner, CancellationToken.None);
        await test.SweepAsync([.. assets.Select(test.Series)]);

        foreach (var asset in assets)
            (await AssetHistory.OfAsync(test.Ledger.Store, asset.Name, CancellationToken.None)).Select(item => item.Kind).ShouldBe(["asset-registered", "obligation-step"]);
    }

    private static Task<TestDecommissioning> CreateAsync(Provider engine, DateTimeOffset? now = null) =>
        TestDecommissioning.CreateAsync(engine, new SetClock(now ?? new DateTimeOffset(2026, 4, 1, 12, 0, 0, TimeSpan.Zero)));

    private static AssetRegister Register(TestDecommissioning test) => new(test.Ledger.Store, test.People, "Information Asset Owner", test.Audience);

    private static Task<ImportedAssets> ImportAsync(AssetRegister register, string csv, Actor actor) =>
        register.ImportAsync("file.csv", new MemoryStream(Encoding.UTF8.GetBytes(csv)), [], actor, CancellationToken.None);
}
