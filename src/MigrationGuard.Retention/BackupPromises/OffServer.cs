using System.Globalization;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.BackupHistories;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>Whether back-ups lie elsewhere than on the server whose loss they are for: by the stores, and by where the server says it wrote them.</summary>
internal static class OffServer
{
    /// <summary>So many places stand in a sentence.</summary>
    private const int MostPlaces = 5;

    public static PromiseFinding Check(BackupPromiseOptions promise, DatabaseBackups backups, TakenBackups? taken, DateTimeOffset now)
    {
        var (findings, unknown) = OfStores(backups);
        if (taken is null)
        {
            unknown.Add("Whether the database's server keeps back-ups on its own disks beside these is not visible from here. What would show it: physical_device_name in its msdb.dbo.backupmediafamily, named as History, and its disks.");
            return new PromiseFinding(findings, string.Join(" ", unknown));
        }
        var from = now - TimeSpan.FromDays(promise.Days ?? DatabasePromises.UsualDays);
        var (local, unsure, elsewhere) = OfDevices(taken, backups, from);
        findings.AddRange(local);
        var doubts = taken.Doubts.Concat(unsure).ToList();
        if (elsewhere.Count == 0 && local.Count == 0 && doubts.Count == 0)
            doubts.Add($"No back-up of {backups.Key} is recorded since {Chains.Moment.Say(from)}, so nothing says where they go.");
        // What the server wrote, and where, answers what a path of this machine leaves open.
        return new PromiseFinding(findings, doubts.Count > 0 ? string.Join(" ", doubts.Concat(unknown)) : null)
        {
            Narrowed = elsewhere.Count == 0 ? [] : ["Whether a name that back-ups were written to is another name of the server itself is not visible from here. What would show it: its aliases in DNS, and for a failover cluster its nodes in sys.dm_os_cluster_nodes."],
            Notes = doubts.Count > 0 ? [] : [.. unknown, .. Elsewhere(elsewhere)],
        };
    }

    /// <summary>What the stores themselves show.</summary>
    /// <remarks>Where a folder is, its path says; a local one is of the machine that this program runs on.</remarks>
    private static (List<Finding> Findings, List<string> Unknown) OfStores(DatabaseBackups backups)
    {
        var findings = new List<Finding>();
        var unknown = new List<string>();
        foreach (var store in backups.Stores.Where(store => store.Kind != StoreKind.Container))
        {
            var host = store.Host ?? Environment.MachineName;
            var same = backups.Copies.Where(copy => copy.Copy.Store == store.Store && copy.Header!.HeaderIfAny!.Machine.Equals(host, StringComparison.OrdinalIgnoreCase)).ToList();
            if (same.Count > 0)
                findings.Add(new Finding(KeepingFindings.OnServer, same.Count, Detail: $"{store.Place} is on {host}, the database's own server."));
            else if (store.Host is null)
                unknown.Add($"{store.Place} is a path of this machine: whether a disk of the database's server is behind it cannot be seen from here.");
        }
        return (findings, unknown);
    }

    private static (List<Finding> Local, List<string> Unsure, List<string> Elsewhere) OfDevices(TakenBackups taken, DatabaseBackups backups, DateTimeOffset from)
    {
        var local = new List<Finding>();
        var unsure = new List<string>();
        var elsewhere = new List<string>();
        // Members of one availability group may back up to each other, and are all the database's own servers.
        var own = taken.Servers.SelectMany(server => new[] { server.From.History.Machine, server.Name.Split('\\')[0] }).OfType<string>().ToList();
        foreach (var server in taken.Servers)
        {
            if (server.NotSince(from, backups) is { } doubt)
                unsure.Add(doubt);
            var looked = server.Sets.Where(set => !(set.Started?.Latest < from)).ToLookup(server.WasRestored);
            if (looked[true].Count() is > 0 and var restored)
                unsure.Add(string.Create(CultureInfo.InvariantCulture, $"{restored} of the back-ups were restored on {server.Name} too, so that what it recorded as their devices may be what they were read from: where it wrote them is not visible from here."));
            var sets = looked[false].ToList();
            var places = sets.SelectMany(set => set.Devices.DefaultIfEmpty(new RecordedDevice(1, DeviceKind.Unknown, null)).Select(device => (Set: set, Place: DevicePlace.Of(device, own.Concat(Names(server, set)))))).ToList();
            elsewhere.AddRange(places.Where(written => written.Place.Is == DevicePlace.Where.Elsewhere).Select(written => written.Place.Root));
            local.AddRange(places.Where(written => written.Place.Is == DevicePlace.Where.OnServer).GroupBy(written => written.Place.Folder, StringComparer.OrdinalIgnoreCase).Select(folder => new Finding(
                KeepingFindings.OnServer,
                folder.Select(written => written.Set.Id).Distinct().Count(),
                Detail: $"{server.Name} wrote back-ups of {taken.Database} to {folder.Key}, which is of its own machine; the last began {folder.Select(written => written.Set).MaxBy(set => set.Started?.Earliest)!.Started}. Have them written elsewhere, and see what still lies there.")));
            unsure.AddRange(places.Where(written => written.Place.Is == DevicePlace.Where.NotVisible).GroupBy(written => written.Place.Folder, StringComparer.OrdinalIgnoreCase).Select(folder =>
                string.Create(CultureInfo.InvariantCulture, $"{server.Name} wrote {folder.Count()} of its back-ups to {folder.Key}: whether that is on its own machine is not visible from here.")));
        }
        return (local, unsure, elsewhere);
    }

    private static IEnumerable<string> Elsewhere(List<string> folders)
    {
        if (folders.Count == 0)
            return [];
        var places = folders.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase).ToList();
        var more = places.Count > MostPlaces ? string.Create(CultureInfo.InvariantCulture, $" and {places.Count - MostPlaces} more") : "";
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"{folders.Count} recorded files went to addresses and shares of other machines, by their names: {string.Join(", ", places.Take(MostPlaces))}{more}."),
        ];
    }

    // What a share of the server itself would be called by.
    private static IReadOnlyList<string> Names(ServerRecords server, RecordedBackup set) =>
        [.. new[] { set.Machine, server.From.History.Machine, server.Name.Split('\\')[0], "localhost", "." }.OfType<string>()];
}
