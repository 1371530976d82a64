using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>What bears on a promise and no listing of a container shows: it is said, with what would show it, and never assumed.</summary>
/// <remarks>The data plane of Azure Storage knows nothing of these; the management plane, to which this program has no access, does.</remarks>
internal static class NotVisibleFromHere
{
    public static IEnumerable<string> Of(BackupPromiseKind kind, StoreInventory store) =>
        store.Kind != StoreKind.Container ? [] : Of(kind).Select(fact => $"{store.Store}: not visible from here: {fact.What}. What would show it: {fact.ShownBy}.");

    private static (string What, string ShownBy)[] Of(BackupPromiseKind kind) => kind switch
    {
        BackupPromiseKind.OffServer => [Region],
        BackupPromiseKind.Redundancy => [Region],
        BackupPromiseKind.KeptNoLonger =>
        [
            ("lifecycle rules, which delete and move blobs by themselves", "az storage account management-policy show"),
            ("containers that were deleted and can still be restored", "az storage container list --include-deleted"),
            ("recovery points that Azure Backup keeps in a vault of its own", "az backup recoverypoint list"),
        ],
        BackupPromiseKind.RestorableFor => [("lifecycle rules, which may delete or archive blobs before their time", "az storage account management-policy show")],
        BackupPromiseKind.SoftDelete => [("soft delete of containers, and whether the account keeps versions", "az storage account blob-service-properties show")],
        BackupPromiseKind.NoPublicAccess => [("whether the account allows public access at all, and from which networks it can be reached", "az storage account show")],
        BackupPromiseKind.Encrypted => [("with whose key the service encrypts", "az storage account show --query encryption")],
        _ => [],
    };

    private static (string What, string ShownBy) Region => ("the region of the storage account, and the region that it is paired with", "az storage account show, as primaryLocation and secondaryLocation");
}
