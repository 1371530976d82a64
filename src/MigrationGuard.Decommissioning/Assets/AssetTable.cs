using System.Text.Json;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Decommissioning.Assets;

/// <summary>The store's table of assets.</summary>
public static class AssetTable
{
    /// <summary>The subject of an asset's entries.</summary>
    public static string Subject(string name) => "asset:" + name;

    /// <summary>All assets, closed ones included, by name in any case.</summary>
    public static async Task<IReadOnlyDictionary<string, RegisteredAsset>> ReadAsync(LedgerReading reading)
    {
        var rows = await reading.ListAsync<StoredAsset>("SELECT document AS Document, registered_seq AS RegisteredSeq, closed_seq AS ClosedSeq FROM asset");
        return rows
            .Select(row => new RegisteredAsset(JsonSerializer.Deserialize<Asset>(row.Document, LedgerJson.Compact)!, row.RegisteredSeq, row.ClosedSeq))
            .ToDictionary(asset => asset.Asset.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Writes changes, each with the sequence number of its entry.</summary>
    internal static async Task WriteAsync(LedgerTransaction transaction, IReadOnlyList<(AssetChange Change, long Seq)> changes)
    {
        await transaction.InsertAsync(
            "asset",
            ["name", "document", "registered_seq"],
            changes.Where(written => written.Change.IsNew).Select(written => (object?[])[written.Change.Asset.Name, Document(written.Change.Asset), written.Seq]));
        foreach (var (change, _) in changes.Where(written => !written.Change.IsNew))
            await transaction.ExecuteAsync("UPDATE asset SET document = @document WHERE name = @Name", new { document = Document(change.Asset), change.Asset.Name });
    }

    private static string Document(Asset asset) => JsonSerializer.Serialize(asset, LedgerJson.Compact);

    private sealed record StoredAsset
    {
        public string Document { get; init; } = "";

        public long RegisteredSeq { get; init; }

        public long? ClosedSeq { get; init; }
    }
}
