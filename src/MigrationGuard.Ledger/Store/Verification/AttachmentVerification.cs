using System.Security.Cryptography;
using MigrationGuard.Ledger.Chain;

namespace MigrationGuard.Ledger.Store.Verification;

/// <summary>Holds attached files against the attestations that name them.</summary>
/// <remarks>
/// Attachments are read after the chain, and what payloads name by then after the attachments: so an attestation made, or erased
/// with its files, meanwhile is neither missing a file nor leaves one that nothing names.
/// </remarks>
internal sealed class AttachmentVerification(StoreSession session, VerificationFindings findings)
{
    private readonly OrderedDictionary<string, (long Seq, string Name)> _named = new(StringComparer.Ordinal);

    public void Take(ReplayedEntry entry)
    {
        if (!entry.Is(EntryKind.AttestationMade) || entry.Payload is not { } payload)
            return;
        foreach (var file in AttachmentNames.Of(payload))
            _named.TryAdd(file.Sha256, (entry.Seq, file.Name));
    }

    /// <summary>Reports files that are changed, missing, or named by nobody. To be called after the last entry.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in session.StreamAsync<AttachmentRow>("SELECT sha256 AS Sha256, bytes AS Bytes, content AS Content FROM attachment").WithCancellation(cancellationToken))
        {
            found.Add(row.Sha256);
            if (Convert.ToHexStringLower(SHA256.HashData(row.Content)) != row.Sha256 || row.Content.Length != row.Bytes)
                findings.Report(Seq(row.Sha256), $"Attachment {row.Sha256} is not what was attached: its bytes were changed.");
        }
        var named = await AttachmentNames.ReadAsync(session);
        foreach (var (sha256, (seq, name)) in _named.Where(file => !found.Contains(file.Key) && named.Contains(file.Key)))
            findings.Report(seq, $"Attachment {sha256}, which this entry names {name}, is not in the ledger: it was removed.");
        foreach (var sha256 in found.Where(sha256 => !_named.ContainsKey(sha256) && !named.Contains(sha256)).Order(StringComparer.Ordinal))
        {
            if (await session.FirstAsync<int>("SELECT COUNT(*) FROM attachment WHERE sha256 = @sha256", new { sha256 }) > 0)
                findings.Report(null, $"Attachment {sha256} is in the ledger, but no attestation names it.");
        }
    }

    private long? Seq(string sha256) => _named.TryGetValue(sha256, out var file) ? file.Seq : null;

    private sealed record AttachmentRow
    {
        public string Sha256 { get; init; } = "";

        public long Bytes { get; init; }

        public byte[] Content { get; init; } = [];
    }
}
