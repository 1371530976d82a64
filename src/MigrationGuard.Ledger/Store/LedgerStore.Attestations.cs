using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationGuard.Ledger.Attestations;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Ledger.Store;

public sealed partial class LedgerStore
{
    /// <summary>Records an attestation with its files; both are durable when it returns, or neither is.</summary>
    /// <exception cref="AttestationException">It cannot be recorded as it is; nothing was.</exception>
    /// <exception cref="LedgerException">The ledger could not be read or written; nothing was recorded.</exception>
    public async Task<RecordedAttestation> AttestAsync(AttestationDraft draft, IReadOnlyList<FileToAttach> files, Actor actor, CancellationToken cancellationToken)
    {
        var said = draft.Checked(_time.GetUtcNow());
        // Before the ledger is locked: a file may lie at the far end of a slow line.
        var attached = await AttachedContent.ReadAsync(files, cancellationToken);
        var id = RunIds.New(_time);
        return await _connections.WriteAsync(
            async session =>
            {
                var attestation = new Attestation
                {
                    Id = id,
                    Kind = said.Kind,
                    Who = said.Who,
                    Role = said.Role,
                    At = said.At,
                    Statement = said.Statement,
                    Outcome = said.Outcome,
                    Asset = said.Asset is null ? null : await RequireAssetAsync(session, said.Asset),
                    Run = said.Run is null ? null : await RequireRunAsync(session, said.Run),
                    Corrects = said.Corrects is null ? null : (await AttestationsAsync(session)).Correctable(said.Corrects).Attestation.Id,
                    Files = [.. attached.Select(content => content.File)],
                };
                var payload = new JsonObject { ["attestation"] = JsonSerializer.SerializeToNode(attestation, LedgerJson.Compact) };
                var entry = await _appender.AppendAsync(session, EntryKind.AttestationMade, AttestationSubject.Of(attestation), payload, actor);
                await KeepAsync(session, attached);
                return new RecordedAttestation(attestation, entry.Seq, new DateTimeOffset(entry.Time), entry.Actor, CorrectedBy: null);
            },
            cancellationToken);
    }

    /// <summary>Every attestation, in the order of the chain.</summary>
    /// <exception cref="LedgerException">The store could not be read.</exception>
    public Task<AttestationRecords> ReadAttestationsAsync(CancellationToken cancellationToken) =>
        _connections.ReadAsync(AttestationsAsync, cancellationToken);

    /// <summary>The attestations that can be read, in the order of the chain; those erased are among <see cref="ReadAttestationsAsync"/>.</summary>
    /// <exception cref="LedgerException">The store could not be read.</exception>
    public async Task<IReadOnlyList<RecordedAttestation>> ListAttestationsAsync(CancellationToken cancellationToken) =>
        (await ReadAttestationsAsync(cancellationToken)).Kept;

    /// <summary>Writes an attached file to a stream, once its bytes are known to have their hash: of others, not one is written.</summary>
    /// <param name="sha256">In lower-case hex, as the attestation has it.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="LedgerException">The file is not in the ledger, is not what was attached, or the store could not be read.</exception>
    public async Task<long> ReadAttachmentAsync(string sha256, Stream destination, CancellationToken cancellationToken)
    {
        var content = await _connections.ReadAsync(
            session => session.FirstAsync<byte[]>("SELECT content FROM attachment WHERE sha256 = @sha256", new { sha256 }), cancellationToken)
            ?? throw new LedgerException($"Attachment {sha256}", "is not in the ledger.", "See what else is wrong with: migrationguard ledger verify");
        if (Convert.ToHexStringLower(SHA256.HashData(content)) != sha256)
            throw new LedgerException($"Attachment {sha256}", "is not the file that was attached: its bytes have another hash.", "See what else is wrong with: migrationguard ledger verify");
        await destination.WriteAsync(content, cancellationToken);
        return content.Length;
    }

    /// <summary>The account that an entry's pseudonym stands for; the pseudonym once the tie between them has been cut.</summary>
    /// <exception cref="LedgerException">The store could not be read.</exception>
    public async Task<string> AccountOfAsync(string pseudonym, CancellationToken cancellationToken) =>
        await _connections.ReadAsync(session => session.FirstAsync<string>("SELECT account FROM actor WHERE id = @pseudonym", new { pseudonym }), cancellationToken) ?? pseudonym;

    private async Task<AttestationRecords> AttestationsAsync(StoreSession session) => AttestationRecords.Of(
        [.. (await session.ListByKeysAsync<StoredEntry>(LedgerReading.SelectEntries + " WHERE p.kind IN @keys", [EntryKind.AttestationMade.Spelt()])).OrderBy(stored => stored.Seq).Select(LedgerReading.Opened)]);

    private static async Task<string> RequireAssetAsync(StoreSession session, string name) =>
        (await session.ListAsync<string>("SELECT name FROM asset")).FirstOrDefault(known => known.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw new AttestationException($"Asset {name}", "is not in the ledger.", "See what is with: migrationguard assets list --all");

    private static async Task<string> RequireRunAsync(StoreSession session, string name) =>
        (await FindStoredAsync(session, name.Trim().ToLowerInvariant()))?.Id
            ?? throw new AttestationException($"Run {name}", "is not in the ledger.", "See which are with: migrationguard runs list");

    // Under its hash, a file is there once, whoever attaches it again.
    private static async Task KeepAsync(StoreSession session, IReadOnlyList<AttachedContent> attached)
    {
        foreach (var content in attached.DistinctBy(content => content.File.Sha256))
        {
            if (await session.FirstAsync<int>("SELECT COUNT(*) FROM attachment WHERE sha256 = @Sha256", new { content.File.Sha256 }) == 0)
                await session.InsertAsync("attachment", ["sha256", "bytes", "content"], [[content.File.Sha256, content.File.Bytes, content.Content]]);
        }
    }
}

public sealed partial class LedgerTransaction
{
    /// <summary>Removes the attachments that no attestation names any more; to be called where the payload of one is erased.</summary>
    /// <returns>How many were removed.</returns>
    public async Task<int> RemoveOrphanedAttachmentsAsync()
    {
        var named = await AttachmentNames.ReadAsync(Session);
        var removed = 0;
        foreach (var sha256 in (await ListAsync<string>("SELECT sha256 FROM attachment")).Where(sha256 => !named.Contains(sha256)))
            removed += await ExecuteAsync("DELETE FROM attachment WHERE sha256 = @sha256", new { sha256 });
        return removed;
    }
}
