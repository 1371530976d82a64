using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MigrationGuard.Ledger.Attestations;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Ledger.Store;

/// <summary>The files that attestations name.</summary>
internal static partial class AttachmentNames
{
    /// <summary>The hashes that stand anywhere in payloads which have not been erased.</summary>
    /// <remarks>
    /// Anywhere, a statement's words included and within a longer run of digits too, as for the trigger that guards attachments, which reads
    /// no JSON. What the trigger sees and this does not would be asked to go, be refused, and take the whole erasure back with it.
    /// </remarks>
    public static async Task<IReadOnlySet<string>> ReadAsync(StoreSession session)
    {
        var payloads = await session.ListAsync<byte[]>("SELECT payload FROM ledger_payload WHERE kind = @kind AND payload IS NOT NULL", new { kind = EntryKind.AttestationMade.Spelt() });
        return payloads.SelectMany(payload => Sha256().Matches(Encoding.UTF8.GetString(payload))).Select(match => match.Groups[1].Value.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The files that the payload of an attestation's entry says are attached; none where it is not such a payload.</summary>
    public static IReadOnlyList<AttachedFile> Of(JsonElement payload)
    {
        try
        {
            return payload.GetProperty("attestation").GetProperty("files").Deserialize<List<AttachedFile>>(LedgerJson.Compact) ?? [];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return [];
        }
    }

    // Looked ahead for, so that windows may overlap; in capitals too, as most of SQL Server's collations read them alike.
    [GeneratedRegex("(?=([0-9a-fA-F]{64}))", RegexOptions.CultureInvariant)]
    private static partial Regex Sha256();
}
