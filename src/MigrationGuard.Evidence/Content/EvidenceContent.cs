using MigrationGuard.Evidence.Commitments;
using MigrationGuard.Ledger.Attestations;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Evidence.Content;

/// <summary>Everything that a pack and its reports say, gathered from the ledger and rid of what may not leave it.</summary>
public sealed record EvidenceContent
{
    /// <summary>The pack's name, such as <c>evidence-20260301-181502-7f3a9c</c>.</summary>
    public required string Id { get; init; }

    public required EvidenceScope Scope { get; init; }

    public required ProjectDescription Project { get; init; }

    /// <summary>The moment that everything is said as of.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The program's version and commit.</summary>
    public required string Tool { get; init; }

    /// <summary>Finished runs with their results, the oldest first; labels of groups that are no codes are keyed digests already.</summary>
    public IReadOnlyList<RunDocument> Runs { get; init; } = [];

    /// <summary>The ids of those runs that are there without their results, since a pack cannot hold those of thousands; the ledger has them.</summary>
    public IReadOnlySet<string> InBrief { get; init; } = new HashSet<string>();

    /// <summary>The newest run of full scope that the ledger holds, without its results, whether or not it is of the scope; null where there is none.</summary>
    public RunDocument? NewestWhole { get; init; }

    /// <summary>Runs whose end was erased from the ledger: nothing holds their results.</summary>
    public IReadOnlySet<string> UnprovenRuns { get; init; } = new HashSet<string>();

    /// <summary>Subjects of entries that were erased: nothing holds what the ledger's tables say of them.</summary>
    public IReadOnlySet<string> UnprovenSubjects { get; init; } = new HashSet<string>();

    /// <summary>Differences that were accepted beforehand, and the entries that say so.</summary>
    public IReadOnlyList<RecordedApproval> Approvals { get; init; } = [];

    public IReadOnlyList<RecordedAttestation> Attestations { get; init; } = [];

    public IReadOnlyList<AssetRecord> Assets { get; init; } = [];

    /// <summary>Deletion reviews and other obligations, each time that one fell or falls due.</summary>
    public IReadOnlyList<DutyRecord> Duties { get; init; } = [];

    /// <summary>What was planted to see the verification find it; null when nobody ever did.</summary>
    public QualificationRecord? Qualification { get; init; }

    /// <summary>What was promised, and where each template has it.</summary>
    public CommitmentMapping Mapping { get; init; } = CommitmentMapping.Shipped;

    /// <summary>Where each commitment stands, in the order of the mapping.</summary>
    public IReadOnlyList<CommitmentStanding> Commitments { get; init; } = [];

    /// <summary>The erasures of what entries in this part of the chain were about, in the order of the chain.</summary>
    public IReadOnlyList<RecordedErasure> Erasures { get; init; } = [];

    /// <summary>The entries that what is said here rests on, in the order of the chain; what records an erasure is one of them.</summary>
    public IReadOnlyList<long> Entries { get; init; } = [];

    /// <summary>The part of the chain that the pack carries.</summary>
    public required ChainRecord Chain { get; init; }

    /// <summary>How the pack is signed.</summary>
    public required SealRecord Seal { get; init; }
}

/// <summary>An approved expected difference.</summary>
/// <param name="Seq">The entry that records it.</param>
public sealed record RecordedApproval(Approval Approval, long Seq, DateTimeOffset Recorded);

/// <summary>Something to be destroyed.</summary>
/// <param name="Kind">As the configuration spells it.</param>
/// <param name="Commitment">The commitment it stands under.</param>
/// <param name="Closed">When it was closed; null while it is not.</param>
/// <param name="ClosedBecause">The reason given; null while it is open.</param>
public sealed record AssetRecord(
    string Name, string Kind, string Location, string Holder, string OwnerRole, string Commitment, string Holds, DateOnly? GoLive,
    long RegisteredSeq, DateTimeOffset Registered, long? ClosedSeq, DateTimeOffset? Closed, string? ClosedBecause);

/// <summary>One time that a duty falls due.</summary>
/// <param name="Id">Such as <c>deletion-review.old-casework.3</c>.</param>
/// <param name="Duty">Such as <c>deletion-review</c>, or an obligation's name.</param>
/// <param name="Subject">The asset reviewed; empty for duties of the whole project.</param>
/// <param name="DueAt">The moment from which it is overdue.</param>
/// <param name="Outcome">keep, destroy, hold, completed, withdrawn, resolved or told; null while it is open.</param>
/// <param name="Reason">What was said of it; null where nothing was, or it was erased.</param>
public sealed record DutyRecord(
    string Id, string Duty, string Subject, string Title, string OwnerRole, DateOnly DueOn, DateTimeOffset DueAt,
    long OpenedSeq, long? ClosedSeq, DateTimeOffset? Closed, string? Outcome, string? Reason)
{
    /// <summary>A day on which it was due and not done, before it was given another; null where there was none.</summary>
    public DateOnly? MissedOn { get; init; }

    /// <summary>Whether it was done later than it was due, or is not done and was due before a moment.</summary>
    public bool IsLate(DateTimeOffset asOf) => MissedOn is not null || (Closed ?? asOf) > DueAt;
}

/// <summary>What a qualification came to.</summary>
/// <param name="Document">The record itself, <c>migrationguard.qualification/1</c>, in JSON.</param>
public sealed record QualificationRecord(
    long Seq, DateTimeOffset Finished, string Tool, int Planted, int Found, int TwinsMatched, bool Passed, string? Document);

/// <summary>A part of the chain: entries that follow each other without a gap.</summary>
/// <param name="First">The first entry.</param>
/// <param name="Last">The last entry.</param>
/// <param name="Size">Entries in the whole chain when the pack was made.</param>
/// <param name="Head">SHA-256 of the chain's last line.</param>
/// <param name="Origin">What the chain's checkpoints call it.</param>
/// <param name="Intact">What replaying the whole chain came to when the pack was made.</param>
public sealed record ChainRecord(long First, long Last, long Size, string Head, string Origin, bool Intact, IReadOnlyList<string> Problems)
{
    /// <summary>The Merkle root over the entries replayed (RFC 6962), in lower-case hex.</summary>
    public string Root { get; init; } = "";
}

/// <summary>How a pack is signed.</summary>
/// <param name="Signer">The certificate's subject.</param>
/// <param name="IsDevelopment">Whether the certificate is one that this program made for itself, which proves nobody.</param>
/// <param name="Authority">The RFC 3161 authority that stamps the signature; null where none is configured.</param>
public sealed record SealRecord(string Signer, string Sha256Thumbprint, DateTimeOffset NotAfter, bool IsDevelopment, string? Authority);
