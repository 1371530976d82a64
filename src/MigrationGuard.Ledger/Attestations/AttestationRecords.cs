using System.Text.Json;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Ledger.Attestations;

/// <summary>An attestation whose content was erased: that it was made, and when, is all that is left.</summary>
/// <param name="Kind">What kind of thing was stated, which its entry's line still says.</param>
/// <param name="Seq">Its entry.</param>
/// <param name="Recorded">When it was recorded.</param>
/// <param name="CorrectedBy">The attestation that corrects it; null while none does.</param>
public sealed record ErasedAttestation(string Id, string Kind, long Seq, DateTimeOffset Recorded, string? CorrectedBy);

/// <summary>Every attestation there is.</summary>
/// <param name="Kept">Those that can be read, in the order of the chain.</param>
/// <param name="Erased">Those that cannot any more, in the order of the chain.</param>
public sealed record AttestationRecords(IReadOnlyList<RecordedAttestation> Kept, IReadOnlyList<ErasedAttestation> Erased)
{
    /// <summary>The attestations that some entries record.</summary>
    internal static AttestationRecords Of(IReadOnlyList<LedgerEntry> entries)
    {
        var read = entries.Select(entry => (Entry: entry, Subject: AttestationSubject.Read(entry.Line.Subject))).Where(item => item.Subject is not null).ToList();
        var correctedBy = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (_, subject) in read.Where(item => item.Subject!.Corrects is not null))
            correctedBy.TryAdd(subject!.Corrects!, subject.Id);
        var (kept, erased) = (new List<RecordedAttestation>(), new List<ErasedAttestation>());
        foreach (var (entry, subject) in read)
        {
            var (seq, recorded, corrected) = (entry.Line.Seq, new DateTimeOffset(entry.Line.Time), correctedBy.GetValueOrDefault(subject!.Id));
            if (entry.Content?["attestation"]?.Deserialize<Attestation>(LedgerJson.Compact) is { } attestation)
                kept.Add(new RecordedAttestation(attestation, seq, recorded, entry.Line.Actor, corrected));
            else
                erased.Add(new ErasedAttestation(subject.Id, subject.Kind, seq, recorded, corrected));
        }
        return new AttestationRecords(kept, erased);
    }

    /// <summary>The attestation that a new one may correct.</summary>
    /// <param name="name">Its id, or an unambiguous beginning of it.</param>
    /// <exception cref="AttestationException">There is none of that name, it was erased, or it is corrected already.</exception>
    public RecordedAttestation Correctable(string name)
    {
        var found = Find(name);
        // Two corrections of one would leave nobody able to say which of them counts.
        return found.CorrectedBy is { } by
            ? throw new AttestationException($"Attestation {found.Attestation.Id}", $"is corrected by {by} already.", $"Correct that one: --corrects {by}")
            : found;
    }

    /// <summary>An attestation by name.</summary>
    /// <param name="name">Its id, or an unambiguous beginning of it.</param>
    /// <exception cref="AttestationException">There is none, it was erased, or there are several.</exception>
    public RecordedAttestation Find(string name)
    {
        var wanted = name.Trim().ToLowerInvariant();
        bool IsMeant(string id) => wanted.Length > 0 && id.StartsWith(wanted, StringComparison.Ordinal);
        var found = Kept.Where(kept => IsMeant(kept.Attestation.Id)).ToList();
        var erased = Erased.Where(gone => IsMeant(gone.Id)).ToList();
        if (found.Count + erased.Count > 1)
            throw new AttestationException($"Attestation {name}", $"is the beginning of {string.Join(", ", found.Select(kept => kept.Attestation.Id).Concat(erased.Select(gone => gone.Id)).Order(StringComparer.Ordinal).Take(5))}.", "Give more of its id.");
        if (erased.Count == 1)
            throw new AttestationException($"Attestation {erased[0].Id}", "was erased: nobody can say any more what it stated.", "Make a new one that corrects none.");
        return found.Count == 1
            ? found[0]
            : throw new AttestationException($"Attestation {name}", "is not in the ledger.", "See what is with: migrationguard attest list --all");
    }
}

/// <summary>The subject of an attestation's entry: what kind it is, which one, and which it corrects.</summary>
/// <remarks>
/// The line is never erased. So erasing a correction does not bring back what it corrected, and erasing a failure does not let an older
/// success of its kind speak again.
/// </remarks>
internal sealed record AttestationSubject(string Kind, string Id, string? Corrects)
{
    private const string Prefix = "attestation";
    private const string Correcting = "corrects";

    public static string Of(Attestation attestation) =>
        $"{Prefix}:{attestation.Kind}:{attestation.Id}" + (attestation.Corrects is null ? "" : $":{Correcting}:{attestation.Corrects}");

    /// <summary>What a subject names; null when it is not an attestation's.</summary>
    public static AttestationSubject? Read(string subject) => subject.Split(':') switch
    {
        [Prefix, var kind, var id] => new AttestationSubject(kind, id, null),
        [Prefix, var kind, var id, Correcting, var corrects] => new AttestationSubject(kind, id, corrects),
        _ => null,
    };
}
