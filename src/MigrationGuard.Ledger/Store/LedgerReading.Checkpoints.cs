using System.Text.Json;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Checkpoints;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Ledger.Store;

public partial class LedgerReading
{
    /// <summary>The checkpoints that the chain says were written, the newest first; one whose payload was erased is not among them.</summary>
    public async Task<IReadOnlyList<WrittenCheckpoint>> ListCheckpointsAsync()
    {
        var payloads = await ListAsync<byte[]>(
            "SELECT payload FROM ledger_payload WHERE kind = @kind AND payload IS NOT NULL ORDER BY seq DESC", new { kind = EntryKind.CheckpointWritten.Spelt() });
        return [.. payloads.Select(Read).OfType<WrittenCheckpoint>()];
    }

    // Whoever changes a payload must not keep the checkpoints outside from being looked at; verification finds the change.
    private static WrittenCheckpoint? Read(byte[] payload)
    {
        try
        {
            return JsonSerializer.Deserialize<WrittenCheckpoint>(payload, LedgerJson.Compact);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
