using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Ledger.Store;

/// <summary>Adds entries to the chain; to be used as the store's only writer.</summary>
internal sealed class EntryAppender(TimeProvider time)
{
    /// <summary>Adds an entry after the last one.</summary>
    /// <exception cref="ArgumentException">The subject holds characters that a line cannot.</exception>
    public async Task<EntryLine> AppendAsync(StoreSession session, EntryKind kind, string subject, JsonObject payload, Actor actor) =>
        (await AppendAsync(session, [new NewEntry(kind, subject, payload, actor)], time.GetUtcNow()))[0];

    /// <summary>Adds entries after the last one, in their order.</summary>
    /// <param name="now">The moment of all of them: what is durable together was written together.</param>
    /// <exception cref="ArgumentException">A subject holds characters that a line cannot; then none was added.</exception>
    public async Task<IReadOnlyList<EntryLine>> AppendAsync(StoreSession session, IReadOnlyList<NewEntry> entries, DateTimeOffset now)
    {
        if (entries.FirstOrDefault(entry => !EntryLine.IsSubject(entry.Subject)) is { } unfit)
            throw new ArgumentException($"'{unfit.Subject}' cannot be the subject of an entry: use letters, digits and . _ : - only.", nameof(entries));
        var last = await session.FirstAsync<StoredEntry>(
            "SELECT seq AS Seq, line AS Line FROM ledger_entry WHERE seq = (SELECT MAX(seq) FROM ledger_entry)");
        // Of the line itself, not of the hash kept beside it: what is chained is what was written.
        var (seq, previous) = (last?.Seq ?? 0, last is null ? EntryLine.NoPredecessor : EntryLine.HashOf(last.Line));
        var pseudonyms = new Dictionary<string, string>(StringComparer.Ordinal);
        var lines = new List<EntryLine>(entries.Count);
        var payloads = new List<SealedPayload>(entries.Count);
        foreach (var entry in entries)
        {
            if (!pseudonyms.TryGetValue(entry.Actor.Account, out var pseudonym))
                pseudonyms[entry.Actor.Account] = pseudonym = await PseudonymAsync(session, entry.Actor);
            var content = SealedPayload.Seal(JsonSerializer.SerializeToUtf8Bytes(Complete(entry.Payload, entry.Actor), LedgerJson.Compact));
            var line = new EntryLine(++seq, now.UtcDateTime, entry.Kind.Spelt(), pseudonym, entry.Subject, content.Hash, previous);
            previous = line.Hash;
            lines.Add(line);
            payloads.Add(content);
        }
        await session.InsertAsync("ledger_entry", ["seq", "line", "hash"], lines.Select(line => (object?[])[line.Seq, line.Text, line.Hash]));
        await session.InsertAsync(
            "ledger_payload", ["seq", "kind", "salt", "payload"], lines.Zip(payloads, (line, content) => (object?[])[line.Seq, line.Kind, content.Salt, content.Content]));
        return lines;
    }

    private static JsonObject Complete(JsonObject payload, Actor actor)
    {
        var complete = payload.DeepClone().AsObject();
        if (actor.OnBehalfOf is not null)
            complete["onBehalfOf"] = actor.OnBehalfOf;
        return complete;
    }

    // Random, not derived: once its row is gone, nothing leads from a pseudonym back to the account.
    private static async Task<string> PseudonymAsync(StoreSession session, Actor actor)
    {
        var known = await session.FirstAsync<string>("SELECT id FROM actor WHERE account = @Account", new { actor.Account });
        if (known is not null)
            return known;
        var id = string.Create(CultureInfo.InvariantCulture, $"actor-{RandomNumberGenerator.GetHexString(16, lowercase: true)}");
        await session.ExecuteAsync("INSERT INTO actor (id, account) VALUES (@id, @Account)", new { id, actor.Account });
        return id;
    }
}
