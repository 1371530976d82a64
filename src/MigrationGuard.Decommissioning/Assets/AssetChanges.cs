namespace MigrationGuard.Decommissioning.Assets;

/// <summary>An asset that the ledger does not know yet, or knows otherwise.</summary>
internal sealed record AssetChange(Asset Asset, bool IsNew);

/// <summary>What has to be written so that the ledger knows what is said of assets elsewhere.</summary>
internal static class AssetChanges
{
    /// <summary>The changes, in the order of <paramref name="assets"/>; none for what is closed.</summary>
    /// <param name="known">What the ledger holds, by name in any case.</param>
    public static IReadOnlyList<AssetChange> Of(IEnumerable<Asset> assets, IReadOnlyDictionary<string, RegisteredAsset> known)
    {
        var changes = new List<AssetChange>();
        foreach (var asset in assets)
        {
            if (!known.TryGetValue(asset.Name, out var registered))
                changes.Add(new AssetChange(asset, IsNew: true));
            else if (!registered.IsClosed && Named(asset, registered) is var same && same != registered.Asset)
                changes.Add(new AssetChange(same, IsNew: false));
        }
        return changes;
    }

    // One asset keeps one spelling: entries are found by it.
    private static Asset Named(Asset asset, RegisteredAsset registered) => asset with { Name = registered.Asset.Name };
}
