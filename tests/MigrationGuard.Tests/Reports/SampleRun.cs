using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Tests.Reports;

/// <summary>A run that holds one of everything a report has to show.</summary>
internal static class SampleRun
{
    public static readonly DateTimeOffset Started = new(2026, 3, 7, 2, 14, 5, TimeSpan.FromHours(1));

    private const string OldScan = "SELECT [StateCode], COUNT_BIG(*), MAX([CreatedOn]), MAX([ModifiedOn]) FROM [dbo].[ContactBase] GROUP BY [StateCode]";
    private const string NewScan = "SELECT \"StateCode\", count(*), max(\"CreatedOn\"), max(\"ModifiedOn\") FROM \"dbo\".\"ContactBase\" GROUP BY \"StateCode\"";

    /// <summary>A result to be varied: as many accounts on both sides.</summary>
    public static CheckResult Match { get; } = new()
    {
        Comparison = "crm",
        Entity = "account",
        Check = CheckNames.RecordCount,
        Outcome = new CheckOutcome.Match(),
        Source = Rows(1_048_576),
        Target = Rows(1_048_576),
        SourceSql = "SELECT COUNT_BIG(*) FROM [dbo].[AccountBase]",
        TargetSql = "SELECT count(*) FROM \"dbo\".\"AccountBase\"",
        Seconds = 0.1234,
    };

    public static RunDocument Everything { get; } = new()
    {
        Run = "20260307-011405-7f3a",
        Verdict = Verdict.NoGo,
        Scope = Scope.Partial,
        LimitedTo = "the comparison crm",
        Started = Started,
        Finished = Started.AddSeconds(754.2),
        Label = "second dry run",
        Project = new ProjectDescription("Casework and fee register", "DPIA-2019-004, rec. 4.3", "Head of Digital and IT Architecture"),
        Tool = "migrationguard 0.1.0",
        Uncovered = [new TableRemark("crm", "dbo.new_letterBase")],
        Excluded = [new TableRemark("crm", "dbo.TraceLogBase", "diagnostic log, not migrated")],
        NotConfigured = ["crm, queue: last-timestamp (the entity has no CreatedOn or ModifiedOn)"],
        Servers =
        [
            new ServerRecord("crm", "source", "old", "Microsoft SQL Server", "11.0.7507.2", "Org_MSCRM", "secondary replica, 4 s behind", "read committed, each statement alone"),
            new ServerRecord("crm", "target", "new", "PostgreSQL", "15.14", "crm", null, "repeatable read, one snapshot"),
        ],
        Results = [.. Matches, .. Mismatches, .. Others],
    };

    /// <summary>A run in which everything is the same.</summary>
    public static RunDocument Clean { get; } = Everything with
    {
        Verdict = Verdict.Go,
        Scope = Scope.Full,
        LimitedTo = null,
        Uncovered = [],
        Results = [.. Matches],
    };

    private static IEnumerable<CheckResult> Matches =>
    [
        Match,
        Match with
        {
            Check = CheckNames.LastTimestamp,
            Source = Newest("2026-03-06T17:59:58.1234567Z", "2026-03-06T18:00:00Z"),
            Target = Newest("2026-03-06T17:59:58.123Z", "2026-03-06T18:00:00Z"),
            Narrowed = ["CreatedOn: compared to milliseconds, the target's step; the source keeps 100 ns"],
        },
        Match with
        {
            Check = CheckNames.EntityBreakdown,
            By = ["StateCode", "StatusCode"],
            Source = Groups(1_048_576, 2),
            Target = Groups(1_048_576, 2),
            Breakdown =
            [
                new GroupCount([new Scalar(0), new Scalar(100_000_001)], 1_000_000, 1_000_000),
                new GroupCount([Scalar.Null, new Scalar("NULL")], 48_576, 48_576),
            ],
        },
        Match with
        {
            Entity = null,
            Check = CheckNames.Query("orphans"),
            Proves = "no activity lost its parent (recommendation 4.3.c)",
            Source = Rows(0),
            Target = Rows(0),
            SourceSql = "SELECT count(*) AS orphans\nFROM ActivityPointerBase a\nWHERE NOT EXISTS (SELECT 1 FROM IncidentBase i WHERE i.IncidentId = a.RegardingObjectId)",
            TargetSql = "SELECT count(*) AS orphans\nFROM ActivityPointerBase a\nWHERE NOT EXISTS (SELECT 1 FROM IncidentBase i WHERE i.IncidentId = a.RegardingObjectId)",
        },
    ];

    private static IEnumerable<CheckResult> Mismatches =>
    [
        Contact(CheckNames.RecordCount, new Finding(FindingKinds.MissingInTarget, 3, Source: new(120_003), Target: new(120_000))) with
        {
            Source = Rows(120_003),
            Target = Rows(120_000),
        },
        Contact(CheckNames.EntityBreakdown, new Finding(FindingKinds.GroupDiffers, 3, Group: [new Scalar(1)], Source: new(20_003), Target: new(20_000))) with
        {
            By = ["StateCode"],
            Source = Groups(120_003, 3),
            Target = Groups(120_000, 3),
            Breakdown =
            [
                new GroupCount([new Scalar(1)], 20_003, 20_000),
                new GroupCount([new Scalar(0)], 99_990, 99_990),
                new GroupCount([Scalar.Null], 10, 10),
            ],
        },
        Contact(
            CheckNames.LastTimestamp,
            new Finding(FindingKinds.TimestampDiffers, Columns: ["ModifiedOn"], Source: new("2026-03-06T18:04:11Z"), Target: new("2026-03-06T17:58:00Z")),
            new Finding(FindingKinds.TimestampDiffers, 2, ["ModifiedOn"], Source: new("2026-03-06T18:04:11Z"), Detail: "2 rows on the source are newer than the freeze at 2026-03-06T18:00:00+00:00: the old system was written to.")) with
        {
            Source = Newest("2026-03-06T17:58:00Z", "2026-03-06T18:04:11Z"),
            Target = Newest("2026-03-06T17:58:00Z", "2026-03-06T17:58:00Z"),
        },
        Contact(
            CheckNames.Query("activities-by-type"),
            new Finding(FindingKinds.ValueDiffers, Columns: ["items"], Group: [new Scalar("email")], Source: new(81_220), Target: new(81_219)),
            new Finding(FindingKinds.MissingInTarget, Group: [new Scalar("fax")]),
            new Finding(FindingKinds.CountDiffers, Source: new(5), Target: new(4)),
            new Finding(FindingKinds.SchemaDiffers, Columns: ["subject"], Source: new("nvarchar(200)"), Target: new("text")),
            new Finding(FindingKinds.Changed, 12, ["subject", "body"])) with
        {
            Entity = null,
            Proves = "e-mails, calls and appointments came along, by type",
        },
    ];

    private static IEnumerable<CheckResult> Others =>
    [
        Contact(CheckNames.RecordCount) with
        {
            Entity = "incident",
            Outcome = new CheckOutcome.NotChecked("The source's login may not read dbo.IncidentBase. Grant SELECT on it, then run again."),
            TargetSql = null,
        },
        Contact(CheckNames.RecordCount) with
        {
            Entity = "systemuser",
            Outcome = new CheckOutcome.Accepted(
                [new Finding(FindingKinds.ExtraInTarget, 2, Source: new(40), Target: new(42))],
                "Information Asset Owner, until 2026-06-30: two service accounts of the new farm."),
            Source = Rows(40),
            Target = Rows(42),
            Notes = ["Covered by an expected difference of at most 2 rows."],
        },
    ];

    private static CheckResult Contact(string check, params Finding[] findings) => new()
    {
        Comparison = "crm",
        Entity = "contact",
        Check = check,
        Outcome = new CheckOutcome.Mismatch(findings),
        SourceSql = OldScan,
        TargetSql = NewScan,
        Seconds = 1.25,
    };

    private static Dictionary<string, Scalar> Rows(long rows) => new() { ["rows"] = new(rows) };

    private static Dictionary<string, Scalar> Groups(long rows, long groups) => new() { ["rows"] = new(rows), ["groups"] = new(groups) };

    private static Dictionary<string, Scalar> Newest(string created, string modified) =>
        new() { ["newestCreatedOn"] = new(created), ["newestModifiedOn"] = new(modified) };
}
