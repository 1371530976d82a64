using System.Globalization;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.BackupPromises;
using MigrationGuard.Retention.Inventory;
using MigrationGuard.Tests.Retention.Inventory;

namespace MigrationGuard.Benchmarks;

/// <summary>What listing a container costs beside a bare listing, and beside that again an inventory whose headers are all known.</summary>
/// <remarks>
/// Method: the tests' blob service on loopback, in this process, whose pages of 5000 are written before anything is measured. The floor
/// is Azure's library going through the same pages and looking at each blob's name. Rounds of all three, one after the other; the first warms
/// up and is not counted; medians. Before the rounds the listing is gone through once, and what it holds alive is looked at every 20,000 blobs.
/// </remarks>
internal static class BlobInventory
{
    private const int Rounds = 7;
    private const int Glance = 20_000;

    public static async Task RunAsync(int blobs)
    {
        await using var service = new FakeBlobService();
        service.Blobs = [.. Enumerable.Range(0, blobs).Select(number => new FakeBlob(Name(number), []) { ETag = string.Create(CultureInfo.InvariantCulture, $"0x8DD{number:X12}") })];
        var store = BlobStore.Open("bench", new ContentStoreOptions { Container = service.ContainerAddress, Credential = StorageCredential.Anonymous });
        Require(await ListAsync(store), blobs);
        await ReportMemoryAsync(store);
        var known = await KnownAsync(store);
        var (bare, listing, inventory) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            bare.Add(await Packs.SecondsAsync(async () => Require(await BareAsync(service.ContainerAddress), blobs)));
            listing.Add(await Packs.SecondsAsync(async () => Require(await ListAsync(store), blobs)));
            inventory.Add(await Packs.SecondsAsync(async () => Require(await InventoryAsync(store, known), blobs)));
        }
        Report($"list {blobs:N0} blobs (under 1.2 times)", listing, bare);
        Report($"inventory of {blobs:N0} blobs, every header known (under 1.2 times)", inventory, bare);
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"CRM-SQL/Registration_MSCRM/LOG/CRM-SQL_Registration_MSCRM_LOG_20250309_{number:000000}.trn");

    private static async Task<Dictionary<string, BackupHeaderOutcome>> KnownAsync(BlobStore store)
    {
        var outcome = new BackupHeaderOutcome.NotABackup("It is of a benchmark.");
        var known = new Dictionary<string, BackupHeaderOutcome>(StringComparer.Ordinal);
        await foreach (var copy in (await store.ListAsync(CancellationToken.None)).Copies)
            known[HeaderMemory.KeyOf(copy)] = outcome;
        return known;
    }

    private static async Task<int> BareAsync(string container)
    {
        var (blobs, letters) = (0, 0L);
        await foreach (var blob in new BlobContainerClient(new Uri(container)).GetBlobsAsync(BlobTraits.ImmutabilityPolicy | BlobTraits.LegalHold, BlobStates.Snapshots | BlobStates.Version | BlobStates.Deleted))
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

    private static async Task<int> InventoryAsync(BlobStore store, Dictionary<string, BackupHeaderOutcome> known)
    {
        var inventory = await StoreInventory.ReadAsync(store, new HeaderMemory(known), 8, CancellationToken.None);
        return inventory is { NotListed: null, HeadersRead: 0 } ? inventory.Copies.Count : 0;
    }

    private static async Task ReportMemoryAsync(BlobStore store)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (copies, alive) = (0, new List<string>());
        await foreach (var _ in (await store.ListAsync(CancellationToken.None)).Copies)
        {
            if (++copies % Glance == 0)
                alive.Add(string.Create(CultureInfo.InvariantCulture, $"{(GC.GetTotalMemory(forceFullCollection: true) - before) / 1048576.0:0.0}"));
        }
        Console.WriteLine($"memory that the listing holds, every {Glance:N0} blobs: {string.Join(", ", alive)} MiB");
    }

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
