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
    public async Task<EntryLine> AppendAsync(StoreSession session, EntryKind kind, string subject, JsonObject payload, Actor actor)
    {
        if (!EntryLine.IsSubject(subject))
            throw new ArgumentException($"'{subject}' cannot be the subject of an entry: use letters, digits and . _ : - only.", nameof(subject));
        var last = await session.FirstAsync<StoredEntry>(
            "SELECT seq AS Seq, line AS Line FROM ledger_entry WHERE seq = (SELECT MAX(seq) FROM ledger_entry)");
        var content = SealedPayload.Seal(JsonSerializer.SerializeToUtf8Bytes(Complete(payload, actor), LedgerJson.Compact));
        var entry = new EntryLine(
            (last?.Seq ?? 0) + 1,
            time.GetUtcNow().UtcDateTime,
            kind.Spelt(),
            await PseudonymAsync(session, actor),
            subject,
            content.Hash,
            // Of the line itself, not of the hash kept beside it: what is chained is what was written.
            last is null ? EntryLine.NoPredecessor : EntryLine.HashOf(last.Line));
        await session.ExecuteAsync(
            "INSERT INTO ledger_entry (seq, line, hash) VALUES (@Seq, @Text, @Hash)",
            new { entry.Seq, entry.Text, entry.Hash });
        await session.ExecuteAsync(
            "INSERT INTO ledger_payload (seq, kind, salt, payload) VALUES (@Seq, @Kind, @Salt, @Content)",
            new { entry.Seq, entry.Kind, content.Salt, content.Content });
        return entry;
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
