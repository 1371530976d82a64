using MigrationGuard.Databases;
using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.BackupPromises;
using MigrationGuard.Retention.Inventory;
using MigrationGuard.Tests.Ledger;
using MigrationGuard.Tests.Retention.BackupHeaders;
using MigrationGuard.Tests.Retention.Inventory;

namespace MigrationGuard.Tests.Retention.BackupPromises;

/// <summary>Reading everything that a store holds, on the fake service.</summary>
public sealed class StoreInventoryTests : IAsyncLifetime
{
    private static readonly byte[] Backup = new SyntheticBackup().Build();

    private readonly FakeBlobPlace _place = new();

    private FakeBlobService Service => _place.Service;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _place.DisposeAsync();

    [Fact]
    public async Task Every_copy_is_there_in_its_order_with_what_its_header_says()
    {
        Service.Blobs = [.. Enumerable.Range(0, 40).Select(number => Numbered(number))];
        var inventory = await ReadAsync(concurrency: 7);
        inventory.NotListed.ShouldBeNull();
        inventory.Unseen.ShouldBeEmpty();
        inventory.Traits.ShouldNotBeNull();
        (inventory.Store, inventory.Kind, inventory.HeadersRead).ShouldBe(("vault", StoreKind.Container, 40));
        inventory.Copies.Select(copy => (copy.Copy.Name, copy.Header!.HeaderIfAny!.Database)).ShouldBe(Enumerable.Range(0, 40).Select(number => ($"{number:00}.bak", $"Database{number}")));
        inventory.Copies.ShouldAllBe(copy => copy.NotRead == null);
    }

    [Fact]
    public async Task Never_more_headers_are_read_at_once_than_allowed()
    {
        var (open, most) = (0, 0);
        var counting = new CountingStore(_place.Open(), change => Interlocked.Exchange(ref most, Math.Max(most, Interlocked.Add(ref open, change))));
        Service.Blobs = [.. Enumerable.Range(0, 30).Select(number => Numbered(number))];
        await StoreInventory.ReadAsync(new InventoryReading(counting, memory: null, concurrency: 3), CancellationToken.None);
        most.ShouldBeInRange(1, 3);
        open.ShouldBe(0);
    }

    [Fact]
    public async Task Headers_are_read_once_and_then_of_what_is_new_or_changed_alone()
    {
        Service.Blobs = [Numbered(0), Numbered(1), Numbered(2)];
        await using var ledger = await TestLedger.CreateAsync(Provider.Sqlite);
        var first = await ReadAsync(new HeaderMemory(ledger.Store, "vault"));
        Service.Blobs = [Numbered(0), Numbered(7) with { Name = "01.bak", ETag = "0xNEW" }, Numbered(2), Numbered(3)];
        var requests = Service.Count(BlobOperation.GetBlob);

        var second = await ReadAsync(new HeaderMemory(ledger.Store, "vault"));
        (first.HeadersRead, second.HeadersRead).ShouldBe((3, 2));
        Service.Calls.Where(call => call.Operation == BlobOperation.GetBlob).Skip(requests).Select(call => call.Blob).Distinct().Order().ShouldBe(["01.bak", "03.bak"]);
        second.Copies.Select(copy => copy.Header!.HeaderIfAny!.Database).ShouldBe(["Database0", "Database7", "Database2", "Database3"]);
        (await KeptAsync(ledger)).ShouldBe(4);
    }

    [Fact]
    public async Task A_truncated_back_up_is_read_again_the_next_time()
    {
        Service.Blobs = [new("a.bak", Backup[..(Backup.Length / 2)])];
        await using var ledger = await TestLedger.CreateAsync(Provider.Sqlite);
        (await ReadAsync(new HeaderMemory(ledger.Store, "vault"))).Copies.ShouldHaveSingleItem().Header.ShouldBeOfType<BackupHeaderOutcome.Truncated>();
        (await ReadAsync(new HeaderMemory(ledger.Store, "vault"))).HeadersRead.ShouldBe(1);
    }

    [Fact]
    public async Task What_nobody_can_read_as_it_is_is_not_read_and_is_there_all_the_same()
    {
        Service.Blobs =
        [
            new("archived.bak", Backup) { Tier = "Archive" },
            new("deleted.bak", Backup) { Deleted = DateTimeOffset.UnixEpoch, RemainingDays = 3 },
            new("version.bak", Backup) { VersionId = "1", IsCurrentVersion = false },
        ];
        var inventory = await ReadAsync();
        inventory.Copies.Select(copy => (copy.Copy.Name, copy.Header is null, copy.NotRead)).ShouldBe([("archived.bak", true, null), ("deleted.bak", true, null), ("version.bak", false, null)]);
        Service.Calls.Where(call => call.Operation == BlobOperation.GetBlob).ShouldAllBe(call => call.Blob == "version.bak");
    }

    [Fact]
    public async Task A_listing_that_breaks_off_is_not_listed_and_what_came_before_is_there_with_its_headers()
    {
        Service.PageSize = 3;
        Service.Blobs = [.. Enumerable.Range(0, 9).Select(number => Numbered(number))];
        Service.Fault = call => call is { IsLaterPage: true, Marker: "6" } ? BlobFault.Cut(300) : null;
        await using var ledger = await TestLedger.CreateAsync(Provider.Sqlite);
        var inventory = await ReadAsync(new HeaderMemory(ledger.Store, "vault"), concurrency: 8);
        inventory.NotListed.ShouldNotBeNull().ShouldContain("cannot be listed to its end");
        inventory.Traits.ShouldBeNull();
        inventory.Copies.Select(copy => copy.Header!.HeaderIfAny!.Database).ShouldBe(Enumerable.Range(0, 6).Select(number => $"Database{number}"));
        (await KeptAsync(ledger)).ShouldBe(6);
    }

    [Fact]
    public async Task A_store_that_cannot_be_listed_at_all_is_not_listed_and_not_empty()
    {
        Service.Fault = _ => BlobFault.ExpiredSignature;
        var inventory = await ReadAsync();
        inventory.NotListed.ShouldNotBeNull().ShouldContain("expired");
        (inventory.Copies.Count, inventory.Traits).ShouldBe((0, null));
    }

    [Fact]
    public async Task What_a_plain_listing_does_not_show_is_said()
    {
        Service.Blobs = [Numbered(0)];
        Service.Fault = call => call.Include.Contains("versions") ? new BlobFault(400, "InvalidQueryParameterValue") : null;
        var inventory = await ReadAsync();
        inventory.Unseen.ShouldHaveSingleItem();
        (inventory.NotListed, inventory.Copies.Count).ShouldBe((null, 1));
    }

    [Fact]
    public async Task Blobs_that_vanish_or_are_replaced_between_list_and_read_say_so_and_are_not_remembered()
    {
        Service.Blobs = [Numbered(0), Numbered(1), Numbered(2)];
        Service.Arrived = call =>
        {
            if (call is { Operation: BlobOperation.GetBlob, Time: 1 })
                Service.Blobs = [Numbered(1) with { ETag = "0xNEW" }, Numbered(2)];
        };
        await using var ledger = await TestLedger.CreateAsync(Provider.Sqlite);
        var inventory = await ReadAsync(new HeaderMemory(ledger.Store, "vault"), concurrency: 1);
        inventory.NotListed.ShouldBeNull();
        inventory.Copies.Select(copy => (copy.Header is null, copy.NotRead)).ShouldBe(
        [
            (true, "00.bak is gone: it was deleted or moved after it was listed. List again."),
            (true, "01.bak was replaced after it was listed. List again."),
            (false, null),
        ]);
        (inventory.HeadersRead, await KeptAsync(ledger)).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_header_that_could_not_be_read_is_an_error_of_its_own_blob()
    {
        Service.Blobs = [Numbered(0), Numbered(1), Numbered(2)];
        Service.Fault = call => call.Blob == "01.bak" ? new BlobFault(403, "AuthorizationFailure") : null;
        var inventory = await ReadAsync();
        inventory.Copies.Select(copy => copy.Header is null).ShouldBe([false, true, false]);
        inventory.Copies[1].NotRead.ShouldNotBeNull().ShouldContain("cannot give 01.bak: the service refuses the credential (AuthorizationFailure)");
    }

    [Fact]
    public async Task A_service_that_goes_down_after_the_listing_is_not_asked_for_every_blob_in_vain()
    {
        Service.Blobs = [.. Enumerable.Range(0, 200).Select(number => Numbered(number))];
        Service.Fault = call => call.Operation == BlobOperation.GetBlob ? new BlobFault(503, "ServerBusy") : null;
        var inventory = await ReadAsync(concurrency: 1);
        inventory.Copies.Count.ShouldBe(200);
        inventory.Copies.ShouldAllBe(copy => copy.Header == null && copy.NotRead != null);
        inventory.Copies[199].NotRead!.ShouldContain("it was not asked");
        Service.Count(BlobOperation.GetBlob).ShouldBe(3 * 6);
    }

    [Fact]
    public async Task A_single_blob_that_cannot_be_had_does_not_keep_the_others_from_being_read()
    {
        Service.Blobs = [.. Enumerable.Range(0, 12).Select(number => Numbered(number))];
        Service.Fault = call => call.Operation == BlobOperation.GetBlob && call.Blob is "01.bak" or "03.bak" or "05.bak" or "07.bak" ? new BlobFault(503, "ServerBusy") : null;
        (await ReadAsync(concurrency: 1)).HeadersRead.ShouldBe(8);
    }

    [Fact]
    public async Task A_reading_that_is_given_up_is_no_inventory()
    {
        using var given = new CancellationTokenSource();
        Service.Blobs = [Numbered(0), Numbered(1)];
        Service.Arrived = call =>
        {
            if (call.Operation == BlobOperation.GetBlob)
                given.Cancel();
        };
        await Should.ThrowAsync<OperationCanceledException>(() => StoreInventory.ReadAsync(new InventoryReading(_place.Open(), memory: null, concurrency: 4), given.Token));
    }

    private Task<StoreInventory> ReadAsync(HeaderMemory? memory = null, int concurrency = 4) =>
        StoreInventory.ReadAsync(new InventoryReading(_place.Open(), memory, concurrency), CancellationToken.None);

    private static Task<long> KeptAsync(TestLedger ledger) =>
        ledger.Store.ReadAsync(reading => reading.FirstAsync<long>("SELECT COUNT(*) FROM backup_header"), CancellationToken.None);

    private static FakeBlob Numbered(int number) =>
        new($"{number:00}.bak", new SyntheticBackup { Header = SyntheticBackup.Usual with { Database = $"Database{number}" } }.Build()) { ETag = $"0x{number:X}" };

    /// <summary>A store that tells when a header begins and ends to be read.</summary>
    private sealed class CountingStore(IContentStore store, Action<int> changed) : IContentStore
    {
        public string Name => store.Name;

        public string Place => store.Place;

        public StoreKind Kind => store.Kind;

        public string? Host => store.Host;

        public Task<StoreListing> ListAsync(CancellationToken cancellationToken) => store.ListAsync(cancellationToken);

        public IRangedContent Open(StoredCopy copy)
        {
            changed(1);
            return new CountedContent(store.Open(copy), changed);
        }

        public Task<StoreTraits> ReadTraitsAsync(CancellationToken cancellationToken) => store.ReadTraitsAsync(cancellationToken);
    }

    private sealed class CountedContent(IRangedContent content, Action<int> changed) : IRangedContent, IDisposable
    {
        public long Length => content.Length;

        public ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken) => content.ReadAsync(offset, destination, cancellationToken);

        public void Dispose() => changed(-1);
    }
}
