using System.Text.Json.Nodes;

namespace MigrationGuard.Ledger.Chain;

/// <summary>An entry of the ledger as it is read back: its line, and what it was about.</summary>
/// <param name="Line">The entry.</param>
/// <param name="Payload">Salt and content; null once they were erased.</param>
public sealed record LedgerEntry(EntryLine Line, SealedPayload? Payload)
{
    /// <summary>What there is to say of it; null once that was erased.</summary>
    public JsonObject? Content => Payload is null ? null : JsonNode.Parse(Payload.Content)?.AsObject();
}
