using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Evidence.Commitments;

/// <summary>What a commitment asks for as proof, read from the mapping's spelling of it.</summary>
/// <param name="Spelling">As the mapping spells it.</param>
internal abstract record ProofRequest(string Spelling)
{
    /// <summary>What there is, for an error.</summary>
    public const string Known =
        "check:record-count, check:entity-breakdown, check:last-timestamp, check:schema, check:fingerprint, query:NAME, verdict, qualification, chain, "
        + "attestation:KIND, duty:NAME, asset:NAME, backup:NAME, retention:NAME, drift:NAME, files:NAME and not-visible:WHAT WOULD SHOW IT";

    private static readonly IReadOnlyList<string> Checks =
        [CheckNames.RecordCount, CheckNames.EntityBreakdown, CheckNames.LastTimestamp, CheckNames.Schema, CheckNames.Fingerprint];

    /// <summary>A check's results in the newest run of full scope.</summary>
    /// <param name="Check">As results name it.</param>
    /// <param name="Comparison">One comparison; null for all.</param>
    public sealed record OfCheck(string Spelling, string Check, string? Comparison) : ProofRequest(Spelling);

    public sealed record OfVerdict(string Spelling) : ProofRequest(Spelling);

    public sealed record OfQualification(string Spelling) : ProofRequest(Spelling);

    public sealed record OfChain(string Spelling) : ProofRequest(Spelling);

    public sealed record OfAttestation(string Spelling, string Kind) : ProofRequest(Spelling);

    /// <param name="Subject">The asset it is about; null for all.</param>
    public sealed record OfDuty(string Spelling, string Duty, string? Subject) : ProofRequest(Spelling);

    /// <param name="Name">An asset's name, or what it is registered under.</param>
    public sealed record OfAsset(string Spelling, string Name) : ProofRequest(Spelling);

    /// <summary>Something that nothing of ours can see.</summary>
    /// <param name="WouldShow">What would show it.</param>
    public sealed record NotVisible(string Spelling, string WouldShow) : ProofRequest(Spelling);

    /// <summary>A request as the mapping spells it; null for one that there is not.</summary>
    public static ProofRequest? Parse(string spelling)
    {
        var colon = spelling.IndexOf(':', StringComparison.Ordinal);
        var (kind, rest) = colon < 0 ? (spelling, "") : (spelling[..colon], spelling[(colon + 1)..].Trim());
        var (name, of) = Parted(rest);
        return (kind, colon >= 0) switch
        {
            ("verdict", false) => new OfVerdict(spelling),
            ("qualification", false) => new OfQualification(spelling),
            ("chain", false) => new OfChain(spelling),
            ("not-visible", true) when rest.Length > 0 => new NotVisible(spelling, rest),
            (_, true) when name.Length == 0 => null,
            ("check", true) when Checks.Contains(name, StringComparer.Ordinal) => new OfCheck(spelling, name, of),
            ("query", true) => new OfCheck(spelling, CheckNames.Query(name), of),
            ("backup" or "retention" or "drift" or "files", true) => new OfCheck(spelling, $"{kind}:{name}", of),
            ("attestation", true) => new OfAttestation(spelling, rest),
            ("duty", true) => new OfDuty(spelling, name, of),
            ("asset", true) => new OfAsset(spelling, rest),
            _ => null,
        };
    }

    private static (string Name, string? Of) Parted(string rest)
    {
        var at = rest.LastIndexOf('@');
        return at < 0 || at == rest.Length - 1 ? (rest, null) : (rest[..at], rest[(at + 1)..]);
    }
}
