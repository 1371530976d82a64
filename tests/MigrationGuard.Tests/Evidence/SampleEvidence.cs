using MigrationGuard.Evidence.Commitments;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Ledger.Attestations;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Tests.Reports;

namespace MigrationGuard.Tests.Evidence;

/// <summary>Content that holds one of everything evidence has to show.</summary>
internal static class SampleEvidence
{
    public const string Tool = "migrationguard 0.1.0";

    public static readonly DateTimeOffset AsOf = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Content without anything: what a project has on its first day.</summary>
    public static EvidenceContent Empty { get; } = new()
    {
        Id = "evidence-20260901-080000-7f3a9c",
        Scope = new EvidenceScope.OfProject(),
        Project = new ProjectDescription("Casework and fee register", "DPIA-2019-004", "Head of Digital and IT Architecture"),
        AsOf = AsOf,
        Tool = Tool,
        Chain = new ChainRecord(1, 412, 412, "9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab", "migrationguard/casework", Intact: true, []),
        Seal = new SealRecord("CN=Evidence, O=Example", "4a5b6c", new DateTimeOffset(2028, 1, 1, 0, 0, 0, TimeSpan.Zero), IsDevelopment: false, "http://tsa.example.org"),
    };

    /// <summary>What an approval says that covers the accepted difference of the sample run.</summary>
    public static Approval Approval { get; } = new()
    {
        Comparison = "crm", Entity = "systemuser", Check = CheckNames.RecordCount, Kind = FindingKinds.ExtraInTarget, AtMost = 2,
        Reason = "two service accounts of the new farm", ApprovedBy = "Information Asset Owner", Expires = new DateOnly(2026, 6, 30),
    };

    /// <summary>One of everything, with its commitments evaluated by the mapping that the program comes with.</summary>
    public static EvidenceContent Everything { get; } = (Empty with
    {
        Runs = [Good, SampleRun.Everything with { Scope = Scope.Full, LimitedTo = null, Results = [.. SampleRun.Everything.Results.Select(Exposed), .. Rows] }],
        Approvals = [new RecordedApproval(Approval, 12, AsOf.AddDays(-200))],
        Attestations =
        [
            Stated("20260307-201500-aaaaaa", AttestationKinds.UserTesting, AttestedOutcome.Failed) with { CorrectedBy = "20260308-101500-bbbbbb" },
            Stated("20260308-101500-bbbbbb", AttestationKinds.UserTesting, AttestedOutcome.Passed, corrects: "20260307-201500-aaaaaa"),
            Stated("20260308-111500-cccccc", AttestationKinds.FailoverTest, AttestedOutcome.Failed),
        ],
        Assets =
        [
            Asset("registration-old-server", "Server", null),
            Asset("hopping-server-1", "HoppingServer", AsOf.AddDays(-30)),
        ],
        Duties =
        [
            Review(1, new DateOnly(2026, 6, 7), AsOf.AddDays(-90), "keep"),
            Review(2, new DateOnly(2026, 8, 30), null, null),
            Review(3, new DateOnly(2026, 12, 7), null, null),
        ],
        Qualification = new QualificationRecord(300, AsOf.AddDays(-60), Tool, 24, 24, 24, Passed: true, null),
        Seal = new SealRecord("CN=MigrationGuard development", "00ff", new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), IsDevelopment: true, null),
    }).Evaluated(CommitmentMapping.Shipped);

    /// <summary>A run of full scope in which everything is the same.</summary>
    public static RunDocument Good => Run("20260301-011405-1111", AsOf.AddDays(-180), SampleRun.Match, SampleRun.Match with { Check = CheckNames.EntityBreakdown, By = ["StateCode"] }, SampleRun.Match with { Check = CheckNames.LastTimestamp });

    /// <summary>A run of full scope that came to its end, with the verdict that its results make.</summary>
    public static RunDocument Run(string id, DateTimeOffset finished, params IReadOnlyList<CheckResult> results) => new()
    {
        Run = id,
        Scope = Scope.Full,
        Verdict = Verdicts.Of([.. results], Scope.Full, 0),
        Started = finished.AddMinutes(-12),
        Finished = finished,
        Tool = Tool,
        Results = results,
    };

    public static RecordedAttestation Stated(string id, string kind, AttestedOutcome outcome, DateTimeOffset? at = null, string? corrects = null, string? asset = null) => new(
        new Attestation
        {
            Id = id, Kind = kind, Who = "A. Tester", Role = "test lead", At = at ?? AsOf.AddDays(-170), Statement = "Twelve users worked through the go-live script.", Outcome = outcome,
            Corrects = corrects, Asset = asset, Files = [new AttachedFile("script.pdf", 1200, "ab12")],
        },
        40, (at ?? AsOf.AddDays(-170)).AddHours(1), "pseudonym-7", null);

    public static AssetRecord Asset(string name, string kind, DateTimeOffset? closed) => new(
        name, kind, "crm-old.example.org", "Infrastructure team", "Head of IT architecture", "DPIA recommendation 3: old servers", "A full copy of the live data", new DateOnly(2026, 3, 7),
        20, AsOf.AddDays(-200), closed is null ? null : 300, closed, closed is null ? null : "cleared by the checklist");

    public static DutyRecord Review(int number, DateOnly due, DateTimeOffset? closed, string? outcome, string subject = "registration-old-server") => new(
        $"deletion-review.{subject}.{number}", "deletion-review", subject, "Is it still needed?", "Head of IT architecture", due, new DateTimeOffset(due.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero),
        30 + number, closed is null ? null : 60 + number, closed, outcome, outcome is null ? null : "still the only copy of the audit log");

    /// <summary>Comparisons of rows, one of them of a part.</summary>
    public static IReadOnlyList<CheckResult> Rows =>
    [
        SampleRun.Match with { Check = CheckNames.Fingerprint },
        SampleRun.Match with
        {
            Entity = "contact", Check = CheckNames.Fingerprint,
            Notes = ["Read on both sides: one snapshot.", LeftOutNotes.OfColumnsAs("IgnoreColumns says", ["VersionNumber"]), LeftOutNotes.OfColumns(LeftOutNotes.OnlyOnSourceWithoutValues, ["Fax"])],
        },
    ];

    private static CheckResult Exposed(CheckResult result) => result.Outcome is not CheckOutcome.Mismatch
        ? result
        : result with { Exposure = new Exposure("20260301-011405-1111", SampleRun.Started.AddDays(-6), "20260307-011405-7f3a", SampleRun.Started.AddMinutes(13), 3) };
}
