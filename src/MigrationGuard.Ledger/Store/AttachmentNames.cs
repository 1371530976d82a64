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
    /// <remarks>Anywhere, a statement's words included, as for the trigger that guards attachments, which reads no JSON: the two must not disagree.</remarks>
    public static async Task<IReadOnlySet<string>> ReadAsync(StoreSession session)
    {
        var payloads = await session.ListAsync<byte[]>("SELECT payload FROM ledger_payload WHERE kind = @kind AND payload IS NOT NULL", new { kind = EntryKind.AttestationMade.Spelt() });
        return payloads.SelectMany(payload => Sha256().Matches(Encoding.UTF8.GetString(payload))).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
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

    [GeneratedRegex("[0-9a-f]{64}", RegexOptions.CultureInvariant)]
    private static partial Regex Sha256();
}
