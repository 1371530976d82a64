using System.Text.Json.Nodes;

namespace MigrationGuard.Ledger.Chain;

/// <summary>An entry to be added to the chain.</summary>
/// <param name="Subject">The id of what it is about: letters, digits and <c>. _ : -</c> only.</param>
/// <param name="Payload">What there is to say of it; kept apart from the chain, so that it can be erased.</param>
public sealed record NewEntry(EntryKind Kind, string Subject, JsonObject Payload, Actor Actor);
