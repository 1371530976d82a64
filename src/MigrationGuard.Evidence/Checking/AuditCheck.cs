using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using MigrationGuard.Evidence.Packs;
using MigrationGuard.Ledger.Chain;

namespace MigrationGuard.Evidence.Checking;

/// <summary>Follows the lines of the chain that a pack carries, and holds what they were about against them.</summary>
/// <param name="signer">The certificate that sealed the pack; null where no seal holds.</param>
/// <remarks>Line by line: a segment may be as long as the chain.</remarks>
internal sealed class AuditCheck(PackContents contents, X509Certificate2? signer, PackFindings findings)
{
    // An entry's line has fewer than 700 characters; what it was about is a document.
    private const int MostLineBytes = 2 * 1024;
    private const int MostPayloadLineBytes = 64 * 1024 * 1024;

    private readonly ErasureCheck _erasures = new(contents, findings);
    private long _payloads;

    /// <summary>What the pack carries; null where it carries nothing of the chain, or nothing that can be read.</summary>
    public AuditFinding? Finding { get; private set; }

    public void Run()
    {
        if (!contents.Files.ContainsKey(PackLayout.Segment))
        {
            foreach (var file in contents.Files.Keys.Where(file => file is PackLayout.Payloads or PackLayout.Checkpoint || file.StartsWith(PackLayout.Proofs, StringComparison.Ordinal)))
                findings.Report(file, "is there without the lines that it belongs to.");
            _erasures.Finish();
            return;
        }
        try
        {
            using var payloads = contents.Files.ContainsKey(PackLayout.Payloads) ? new BoundedLines(contents.Understand(PackLayout.Payloads), MostPayloadLineBytes) : null;
            Follow(payloads);
            _erasures.Finish();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            findings.Report(PackLayout.Segment, $"cannot be followed to its end: {e.Message}");
        }
    }

    private void Follow(BoundedLines? payloads)
    {
        using var lines = new BoundedLines(contents.Understand(PackLayout.Segment), MostLineBytes);
        var checkpoint = new CheckpointCheck(contents, signer, findings);
        EntryLine? last = null;
        var (first, previous) = (0L, (string?)null);
        var payload = Next(payloads);
        while (lines.Next() is { } bytes)
        {
            if (EntryLine.Parse(Encoding.Latin1.GetString(bytes)) is not { } entry)
            {
                findings.Report(PackLayout.Segment, Says(last, "is followed by a line that is not an entry's."));
                return;
            }
            if (last is not null && entry.Seq != last.Seq + 1)
                findings.Report(PackLayout.Segment, Says(last, string.Create(CultureInfo.InvariantCulture, $"is followed by entry {entry.Seq}: entries are missing, or out of order.")));
            if (previous is not null && entry.Previous != previous)
                findings.Report(PackLayout.Segment, Says(entry, "does not follow from the line before it: one of the two was changed."));
            if (last is null && entry.Seq == 1 && entry.Previous != EntryLine.NoPredecessor)
                findings.Report(PackLayout.Segment, Says(entry, "is the first of the chain, and names one before it."));
            checkpoint.Take(entry, bytes);
            _erasures.Take(entry);
            first = last is null ? entry.Seq : first;
            (last, previous) = (entry, Convert.ToHexStringLower(SHA256.HashData(bytes)));
            while (payload is not null && payload.Seq <= entry.Seq)
            {
                Hold(payload, entry);
                payload = Next(payloads);
            }
        }
        checkpoint.Finish();
        if (!lines.EndsWhole)
            findings.Report(PackLayout.Segment, "does not end with a whole line.");
        if (last is null)
            findings.Report(PackLayout.Segment, "is empty.");
        else
            Finding = new AuditFinding(first, last.Seq, _payloads, checkpoint.Proven);
        if (payload is not null)
            findings.Report(PackLayout.Payloads, string.Create(CultureInfo.InvariantCulture, $"holds the content of entry {payload.Seq}, which the segment does not have."));
    }

    private void Hold(PayloadLine payload, EntryLine entry)
    {
        if (payload.Seq < entry.Seq)
            findings.Report(PackLayout.Payloads, string.Create(CultureInfo.InvariantCulture, $"holds the content of entry {payload.Seq} out of order, or twice, or without its line."));
        else if (new SealedPayload(payload.Salt, payload.Content).Hash != entry.Payload)
            findings.Report(PackLayout.Payloads, Says(entry, "was not about what stands here: its hash differs."));
        else
        {
            _payloads++;
            _erasures.TakeShown(entry.Seq);
        }
    }

    private PayloadLine? Next(BoundedLines? payloads)
    {
        if (payloads is null)
            return null;
        if (payloads.Next() is not { } bytes)
        {
            if (!payloads.EndsWhole)
                findings.Report(PackLayout.Payloads, "does not end with a whole line.");
            return null;
        }
        if (PayloadLine.Parse(bytes) is { } payload)
            return payload;
        findings.Report(PackLayout.Payloads, "holds a line that is not an entry's content; what follows it was not looked at.");
        return null;
    }

    private static string Says(EntryLine? entry, string what) =>
        entry is null ? "begins with what is not an entry: its first line " + what : string.Create(CultureInfo.InvariantCulture, $"entry {entry.Seq} {what}");

    /// <summary>A line of payloads.jsonl: <c>{"seq":7,"salt":"…","payload":"…"}</c>, both in base64.</summary>
    private sealed record PayloadLine(long Seq, byte[] Salt, byte[] Content)
    {
        public static PayloadLine? Parse(byte[] line)
        {
            try
            {
                using var document = JsonDocument.Parse(line);
                var root = document.RootElement;
                return root.ValueKind == JsonValueKind.Object && root.EnumerateObject().Select(member => member.Name).SequenceEqual(["seq", "salt", "payload"])
                    && root.GetProperty("seq").TryGetInt64(out var seq)
                    && root.GetProperty("salt").TryGetBytesFromBase64(out var salt)
                    && root.GetProperty("payload").TryGetBytesFromBase64(out var payload)
                        ? new PayloadLine(seq, salt, payload)
                        : null;
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                return null;
            }
        }
    }
}
