using System.Globalization;
using System.Text.Json.Nodes;
using MigrationGuard.Ledger.Chain;

namespace MigrationGuard.Ledger.Store;

/// <summary>What erasing an entry's payload came to.</summary>
/// <param name="Seq">The entry whose payload is gone.</param>
/// <param name="Kind">Its kind, as its line spells it.</param>
/// <param name="Subject">What it was about, which its line still says.</param>
/// <param name="Erasure">The entry that records it.</param>
/// <param name="Unsent">Messages that told of it and will not be sent any more.</param>
public sealed record ErasedEntry(long Seq, string Kind, string Subject, EntryLine Erasure, int Unsent);

/// <summary>Erases what an entry was about; the entry itself, its line, stays for ever.</summary>
internal static class Erasure
{
    /// <summary>A model that says nothing: what stands in the place of a notification's that went with its entry.</summary>
    public const string NothingTold = "{}";

    /// <summary>What holds a payload's content outside the chain and goes with it, by <c>@seq</c>, the entry.</summary>
    /// <remarks>A table that copies what an entry says adds its statement here. What the tables say of a thing as it is now, an asset's row say, is no copy and stays.</remarks>
    private static readonly IReadOnlyList<string> Copies =
    [
        "UPDATE notification SET document = '{}' WHERE seq = @seq",
    ];

    /// <exception cref="LedgerException">The entry is not there, has been erased, or is of a kind that never is.</exception>
    public static async Task<ErasedEntry> EraseAsync(LedgerTransaction ledger, long seq, string reason, Actor actor)
    {
        var entry = await FindAsync(ledger, seq);
        // Nothing waits for these any more: a message could not say what it is about.
        var unsent = await ledger.ExecuteAsync(
            "DELETE FROM delivery WHERE sent_at IS NULL AND notification_id IN (SELECT id FROM notification WHERE seq = @seq)", new { seq });
        var payload = new JsonObject { ["entry"] = seq, ["kind"] = entry.Kind, ["reason"] = reason, ["unsent"] = unsent };
        var erasure = await ledger.AppendAsync(new NewEntry(EntryKind.PayloadErased, RecordedErasure.SubjectOf(seq), payload, actor));
        await ledger.ExecuteAsync("UPDATE ledger_payload SET salt = NULL, payload = NULL WHERE seq = @seq", new { seq });
        foreach (var statement in Copies)
            await ledger.ExecuteAsync(statement, new { seq });
        // Files are named by attestations alone: one that no statement left names any more goes with it.
        await ledger.RemoveOrphanedAttachmentsAsync();
        return new ErasedEntry(seq, entry.Kind, entry.Subject, erasure, unsent);
    }

    private static async Task<EntryLine> FindAsync(LedgerTransaction ledger, long seq)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"Entry {seq}");
        var stored = await ledger.FirstAsync<StoredEntry>(LedgerReading.SelectEntries + " WHERE e.seq = @seq", new { seq })
            ?? throw new LedgerException(place, "is not in the ledger.", "See which entries are with: migrationguard ledger export");
        var entry = EntryLine.Parse(stored.Line)
            ?? throw new LedgerException(place, "is not what an entry's line is.", "See what else is wrong with: migrationguard ledger verify");
        if (entry.Kind == EntryKind.StoreCreated.Spelt())
            throw new LedgerException(place, "records that the ledger was made, and names nobody.", "Nothing of it needs to be erased.");
        if (entry.Kind == EntryKind.PayloadErased.Spelt())
            throw new LedgerException(place, "records an erasure itself: without it, what it erased would look tampered with.", "Erase the entry that holds what has to go.");
        if (stored.IsErased)
            throw await ErasedAlreadyAsync(ledger, seq, place);
        return entry;
    }

    private static async Task<LedgerException> ErasedAlreadyAsync(LedgerTransaction ledger, long seq, string place)
    {
        const string Remedy = "Every erasure, this one too, is a payload-erased entry in what this writes: migrationguard ledger export";
        if ((await ledger.ListErasuresAsync()).FirstOrDefault(erasure => erasure.Entry == seq) is not { Line: var line } first)
            return new LedgerException(place, "has been erased already, and no entry says by whom.", "See what else is wrong with: migrationguard ledger verify");
        var who = await ledger.FirstAsync<string>("SELECT account FROM actor WHERE id = @pseudonym", new { pseudonym = line.Actor }) ?? line.Actor;
        var why = string.Concat((first.Reason ?? "").Select(c => char.IsControl(c) ? ' ' : c));
        return new LedgerException(
            place, string.Create(CultureInfo.InvariantCulture, $"has been erased already, by {who} at {line.Time:yyyy-MM-dd HH:mm:ss} UTC (entry {line.Seq}). The reason given: {why}{(why.EndsWith('.') ? "" : ".")}"), Remedy);
    }
}
