using System.Text.Json.Nodes;
using MigrationGuard.Decommissioning.Obligations;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Decommissioning.Assets;

/// <summary>One entry of the chain about an asset or one of its reviews.</summary>
/// <param name="Account">Who it was done by; the pseudonym alone once the tie to the account has been cut.</param>
/// <param name="Payload">What there is to say of it; null once that has been erased.</param>
public sealed record AssetEvent(long Seq, DateTime Time, string Kind, string Account, string Subject, JsonObject? Payload)
{
    /// <summary>A text of the payload; empty when there is none of that name.</summary>
    public string Said(string member) => Payload?[member]?.ToString() ?? "";
}

/// <summary>What the ledger says of an asset, from its registration on.</summary>
public static class AssetHistory
{
    private static readonly EntryKind[] Kinds =
    [
        EntryKind.AssetRegistered, EntryKind.AssetChanged, EntryKind.AssetClosed,
        EntryKind.ObligationStep, EntryKind.ObligationMoved, EntryKind.ObligationWithdrawn, EntryKind.ReviewDecided,
    ];

    /// <summary>The entries about an asset and its reviews, in the order of the chain.</summary>
    /// <param name="name">As the ledger spells it.</param>
    /// <exception cref="LedgerException">The store could not be read.</exception>
    public static Task<IReadOnlyList<AssetEvent>> OfAsync(LedgerStore store, string name, CancellationToken cancellationToken) => store.ReadAsync<IReadOnlyList<AssetEvent>>(
        async ledger =>
        {
            var (own, reviews) = (AssetTable.Subject(name), $"{ObligationSeries.DeletionReview}.{name}.");
            var rows = await ledger.ListByKeysAsync<StoredEvent>(
                """
                SELECT e.line AS Line, p.payload AS Payload FROM ledger_payload p JOIN ledger_entry e ON e.seq = p.seq
                WHERE p.kind IN @keys
                """,
                Kinds.Select(kind => kind.Spelt()));
            var accounts = (await ledger.ListAsync<StoredActor>("SELECT id AS Id, account AS Account FROM actor"))
                .ToDictionary(actor => actor.Id, actor => actor.Account, StringComparer.Ordinal);
            return
            [
                .. rows
                    .Select(row => (Line: EntryLine.Parse(row.Line), row.Payload))
                    .Where(row => row.Line is { } line && (line.Subject == own || IsReview(line.Subject, reviews)))
                    .Select(row => new AssetEvent(
                        row.Line!.Seq, row.Line.Time, row.Line.Kind, accounts.GetValueOrDefault(row.Line.Actor, row.Line.Actor), row.Line.Subject,
                        row.Payload is null ? null : JsonNode.Parse(row.Payload)!.AsObject()))
                    .OrderBy(found => found.Seq),
            ];
        },
        cancellationToken);

    // A name may hold dots: the reviews of old.2 begin as those of old do.
    private static bool IsReview(string subject, string prefix) =>
        subject.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && subject.AsSpan(prefix.Length).IndexOfAnyExceptInRange('0', '9') < 0;

    private sealed record StoredEvent
    {
        public string Line { get; init; } = "";

        public byte[]? Payload { get; init; }
    }

    private sealed record StoredActor
    {
        public string Id { get; init; } = "";

        public string Account { get; init; } = "";
    }
}
