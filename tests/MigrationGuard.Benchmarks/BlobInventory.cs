using System.Globalization;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.BackupPromises;
using MigrationGuard.Retention.Inventory;
using MigrationGuard.Tests.Retention.BackupHeaders;
using MigrationGuard.Tests.Retention.Inventory;

namespace MigrationGuard.Benchmarks;

/// <summary>What listing a container costs beside a bare listing, and beside that again an inventory whose headers are all known.</summary>
/// <remarks>
/// Method: the tests' blob service on loopback, in this process, whose pages of 5000 are written before anything is measured; or, given a
/// connection string, a service of its own. The floor
/// is Azure's library going through the same pages and looking at each blob's name. What is known of headers, one of a log back-up for every
/// blob, lies in a ledger of its own on SQLite, and is looked up there. Rounds of all, one after the other; the first warms
/// up and is not counted; medians. Before the rounds the inventory is gone through once, and what it holds alive is looked at every 20,000 blobs;
/// and what an inventory kept for <c>backups verify</c> holds is looked at once.
/// </remarks>
internal static class BlobInventory
{
    private const int Rounds = 7;
    private const int Glance = 20_000;

    /// <summary>On the tests' service, which costs as little as a service can, so that all else shows.</summary>
    public static async Task RunAsync(int blobs)
    {
        await using var service = new FakeBlobService();
        service.Blobs = [.. Enumerable.Range(0, blobs).Select(number => new FakeBlob(Name(number), []) { ETag = string.Create(CultureInfo.InvariantCulture, $"0x8DD{number:X12}") })];
        var store = BlobStore.Open("bench", new ContentStoreOptions { Container = service.ContainerAddress, Credential = StorageCredential.Anonymous });
        await RunAsync(blobs, store, () => new BlobContainerClient(new Uri(service.ContainerAddress)));
    }

    /// <summary>On a service of its own, such as Azurite: in a container that is made for it and deleted after it.</summary>
    public static async Task RunAsync(int blobs, string connectionString)
    {
        var container = new BlobContainerClient(connectionString, "migrationguard-benchmark-" + Guid.NewGuid().ToString("N"));
        await container.CreateAsync();
        try
        {
            // Empty ones take one request each, and no header is read of what is known.
            await Parallel.ForEachAsync(
                Enumerable.Range(0, blobs),
                new ParallelOptions { MaxDegreeOfParallelism = 16 },
                async (number, stop) => await container.GetAppendBlobClient(Name(number)).CreateAsync(new AppendBlobCreateOptions(), stop));
            var store = BlobStore.Open("bench", new ContentStoreOptions { Container = container.Name, Credential = StorageCredential.ConnectionString, ConnectionString = connectionString });
            await RunAsync(blobs, store, () => new BlobContainerClient(connectionString, container.Name));
        }
        finally
        {
            await container.DeleteAsync();
        }
    }

    private static async Task RunAsync(int blobs, BlobStore store, Func<BlobContainerClient> bareClient)
    {
        var folder = Directory.CreateTempSubdirectory("migrationguard-benchmark-").FullName;
        var ledger = await LedgerStore.OpenAsync(new StoreOptions { ConnectionString = "Data Source=ledger.db" }, folder, TimeProvider.System, CancellationToken.None);
        Require(await ListAsync(store), blobs);
        await KnowAsync(store, ledger);
        await ReportMemoryAsync(store, ledger);
        var (bare, listing, inventory) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            bare.Add(await Packs.SecondsAsync(async () => Require(await BareAsync(bareClient()), blobs)));
            listing.Add(await Packs.SecondsAsync(async () => Require(await ListAsync(store), blobs)));
            inventory.Add(await Packs.SecondsAsync(async () => Require(await InventoryAsync(store, ledger), blobs)));
        }
        Report($"list {blobs:N0} blobs (under 1.2 times)", listing, bare);
        Report($"inventory of {blobs:N0} blobs, every header known (under 1.2 times)", inventory, bare);
        await ledger.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"CRM-SQL/Registration_MSCRM/LOG/CRM-SQL_Registration_MSCRM_LOG_20250309_{number:000000}.trn");

    private static async Task KnowAsync(BlobStore store, LedgerStore ledger)
    {
        var memory = new HeaderMemory(ledger, store.Name);
        await foreach (var copy in (await store.ListAsync(CancellationToken.None)).Copies)
            await memory.KeepAsync(HeaderMemory.KeyOf(copy)!, new BackupHeaderOutcome.Read(SyntheticBackup.Usual with { Kind = BackupKind.Log }), CancellationToken.None);
        await memory.CompleteAsync(wasWhole: false, CancellationToken.None);
    }

    private static async Task<int> BareAsync(BlobContainerClient container)
    {
        var (blobs, letters) = (0, 0L);
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.ImmutabilityPolicy | BlobTraits.LegalHold, BlobStates.Snapshots | BlobStates.Version | BlobStates.Deleted))
        {
            blobs++;
            letters += blob.Name.Length;
        }
        return letters > 0 ? blobs : 0;
    }

    private static async Task<int> ListAsync(BlobStore store)
    {
        var copies = 0;
        await foreach (var _ in (await store.ListAsync(CancellationToken.None)).Copies)
            copies++;
        return copies;
    }

    private static async Task<int> InventoryAsync(BlobStore store, LedgerStore ledger)
    {
        var (reading, copies) = (Reading(store, ledger), 0);
        await foreach (var copy in reading.CopiesAsync(CancellationToken.None))
            copies += copy.Header is BackupHeaderOutcome.Read ? 1 : 0;
        return reading is { NotListed: null, HeadersRead: 0 } ? copies : 0;
    }

    private static InventoryReading Reading(BlobStore store, LedgerStore ledger) => new(store, new HeaderMemory(ledger, store.Name), concurrency: 8);

    private static async Task ReportMemoryAsync(BlobStore store, LedgerStore ledger)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (copies, alive) = (0, new List<string>());
        await foreach (var _ in Reading(store, ledger).CopiesAsync(CancellationToken.None))
        {
            if (++copies % Glance == 0)
                alive.Add(Mebibytes(before));
        }
        Console.WriteLine($"memory that the inventory holds as it goes, every {Glance:N0} blobs: {string.Join(", ", alive)} MiB");
        var kept = await StoreInventory.ReadAsync(Reading(store, ledger), CancellationToken.None);
        Console.WriteLine($"memory of {kept.Copies.Count:N0} copies with their headers, as backups verify keeps them: {Mebibytes(before)} MiB");
        GC.KeepAlive(kept);
    }

    private static string Mebibytes(long before) =>
        string.Create(CultureInfo.InvariantCulture, $"{(GC.GetTotalMemory(forceFullCollection: true) - before) / 1048576.0:0.0}");

    private static void Require(int found, int blobs)
    {
        if (found != blobs)
            throw new InvalidOperationException($"{found} of {blobs} blobs were found.");
    }

    private static void Report(string what, List<double> times, List<double> floors)
    {
        var (time, floor) = (Figures.Median(times.Skip(1)), Figures.Median(floors.Skip(1)));
        Console.WriteLine($"{what}: {Figures.Listed(times.Skip(1))}; floor {Figures.Listed(floors.Skip(1))}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {time:0.00} s, {time / floor:0.00} times the floor"));
    }
}
