using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MigrationGuard.Databases;
using MigrationGuard.Evidence.Privacy;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Packing;

namespace MigrationGuard.Tests.Privacy;

/// <summary>What of a run a pack may hold.</summary>
public sealed class PackPrivacyTests
{
    private static readonly byte[] Key = SHA256.HashData("a project's key"u8);

    public static TheoryData<Provider, Provider> Pairs => new()
    {
        { Provider.Sqlite, Provider.Sqlite },
        { Provider.Sqlite, Provider.PostgreSql },
        { Provider.PostgreSql, Provider.PostgreSql },
    };

    [SkippableTheory, MemberData(nameof(Pairs))]
    public async Task Of_data_full_of_canaries_none_is_in_what_a_pack_may_hold(Provider source, Provider target)
    {
        await using var migration = await CanaryMigration.CreateAsync(source, target);
        // The twin: without it, they are there.
        migration.Canaries.In(Written(migration.Run)).Count.ShouldBeGreaterThan(20);
        migration.Run.Results.SelectMany(result => result.Outcome.AllFindings).Select(finding => finding.Kind).Distinct().ShouldBe(FindingKinds.All, ignoreOrder: true);
        migration.Run.Results.Count(result => result.Outcome is CheckOutcome.NotChecked).ShouldBeGreaterThan(1);

        var shown = PackPrivacy.Of(migration.Run, PackCodes.Of(migration.LoadConfiguration()), Key);
        migration.Canaries.In(Written(shown)).ShouldBeEmpty(Encoding.UTF8.GetString(Written(shown)));
        shown.Results.Count.ShouldBe(migration.Run.Results.Count);
        foreach (var (before, after) in migration.Run.Results.Zip(shown.Results))
        {
            (after.Check, after.Outcome.Name, after.Outcome.AllFindings.Count, after.Breakdown?.Sum(group => group.Source)).ShouldBe(
                (before.Check, before.Outcome.Name, before.Outcome.AllFindings.Count, before.Breakdown?.Sum(group => group.Source)));
        }
        var statuses = shown.Results.Single(result => result.By is ["status"]);
        statuses.Breakdown!.Select(group => group.Group[0].ToString()).ShouldBe(CanaryMigration.Codes, ignoreOrder: true);
        shown.Results.Single(result => result.Check == "last-timestamp" && result.Entity == "person").Source!["newestModifiedOn"].ToString().ShouldStartWith("2026-02-01T10:00:00");
    }

    [Fact]
    public void Codes_are_shown_and_text_is_digested_by_column()
    {
        var shown = Shown(Breakdown(["status", "town"], [(Text("OPEN"), Text("Ely")), (Text("CLOSED"), Text("Ely")), (Scalar.Null, Text("OPEN"))]), ("crm", "Case", "STATUS"));
        var groups = shown.Breakdown!.Select(group => group.Group).ToList();
        groups.Select(group => group[0].ToString()).ShouldBe(["OPEN", "CLOSED", "NULL"]);
        groups[0][1].ToString().ShouldMatch("^digest:[0-9a-f]{16}$");
        groups[1][1].ShouldBe(groups[0][1]);
        Shown(Breakdown(["status", "town"], [(Text("OPEN"), Text("Ely"))])).Breakdown![0].Group[1].ShouldBe(groups[0][1]);
        Shown(Breakdown(["status", "village"], [(Text("OPEN"), Text("Ely"))])).Breakdown![0].Group[1].ShouldNotBe(groups[0][1]);
        groups[2][1].ShouldNotBe(Shown(Breakdown(["status", "town"], [(Text("OPEN"), Text("x"))])).Breakdown![0].Group[0]);
    }

    [Fact]
    public void A_column_is_one_of_codes_only_if_all_of_it_is()
    {
        Labels(new Scalar(1), new Scalar(2), Scalar.Null).ShouldBe(["1", "2", "NULL"]);
        Labels(new Scalar(true), new Scalar(false)).ShouldBe(["true", "false"]);
        Labels(new Scalar(1), Text("Ely")).ShouldAllBe(label => label.StartsWith("digest:"));
        Labels(new Scalar(1), new Scalar(1.5m)).ShouldAllBe(label => label.StartsWith("digest:"));
        Labels(Text("1"), Text("2")).ShouldAllBe(label => label.StartsWith("digest:"));

        static IReadOnlyList<string> Labels(params Scalar[] values) =>
            [.. Shown(Breakdown(["a"], [.. values.Select(value => (value, Scalar.Null))])).Breakdown!.Select(group => group.Group[0].ToString())];
    }

    [Fact]
    public void A_querys_rows_are_digested_where_they_are_not_declared_whatever_they_are()
    {
        const string sql = "-- name: q\n-- key: id, status\n-- codes: status, people\n--\n-- codes: name\nSELECT 1";
        var found = new Finding(FindingKinds.ValueDiffers, 1, ["name"], [new Scalar(17), Text("OPEN")], Text("Ann"), Text("Anne"));
        var result = new CheckResult
        {
            Comparison = "crm",
            Check = "query:q",
            Outcome = new CheckOutcome.Mismatch([found, found with { Columns = ["people"], Source = new Scalar(3), Target = new Scalar(4) }]),
            SourceSql = sql,
            TargetSql = sql,
        };
        var findings = Shown(result).Outcome.AllFindings;
        findings[0].Group!.Select(value => value.ToString()).ShouldBe([findings[1].Group![0].ToString(), "OPEN"]);
        findings[0].Group![0].ToString().ShouldStartWith("digest:");
        new[] { findings[0].Source, findings[0].Target }.ShouldAllBe(value => value!.ToString().StartsWith("digest:"));
        findings[0].Source.ShouldNotBe(findings[0].Target);
        (findings[1].Source, findings[1].Target).ShouldBe((new Scalar(3), new Scalar(4)));
        // Declared on one side only is not declared.
        Shown(result with { TargetSql = sql.Replace("status, people", "people", StringComparison.Ordinal) }).Outcome.AllFindings[0].Group![1].ToString().ShouldStartWith("digest:");
    }

    [Fact]
    public void Digests_depend_on_the_projects_key()
    {
        var result = Breakdown(["town"], [(Text("Ely"), Scalar.Null)]);
        var one = PackPrivacy.Of(Run(result), DeclaredCodes.None, Key).Results[0].Breakdown![0].Group[0];
        PackPrivacy.Of(Run(result), DeclaredCodes.None, SHA256.HashData("another"u8)).Results[0].Breakdown![0].Group[0].ShouldNotBe(one);
    }

    [Fact]
    public void An_approval_names_its_groups_by_the_digests_that_findings_have()
    {
        var approval = new Approval { Comparison = "crm", Entity = "case", Check = "entity-breakdown", Kind = "group-differs", Columns = ["town"], Groups = [["Ely"], [null], ["*"]], Reason = "Merged; see jo@example.org.", ApprovedBy = "The owner", Expires = new DateOnly(2027, 1, 1) };
        var shown = PackPrivacy.Of(approval, DeclaredCodes.None, Key);
        shown.Groups.ShouldBe([[Shown(Breakdown(["town"], [(Text("Ely"), Scalar.Null)])).Breakdown![0].Group[0].ToString()], [null], ["*"]]);
        shown.Reason.ShouldBe("Merged; see [left out]");
    }

    [Fact]
    public void An_extent_is_keyed_and_still_tells_two_apart()
    {
        var (one, two) = (Shown(Count() with { Extent = "3fa1" }), Shown(Count() with { Extent = "3fa2" }));
        one.Extent.ShouldNotBe("3fa1");
        one.Extent.ShouldNotBe(two.Extent);
        Shown(Count() with { Extent = "3fa1" }).Extent.ShouldBe(one.Extent);
    }

    [Theory]
    [InlineData(RunKinds.Backups, "Log", "Log")]
    [InlineData(RunKinds.Backups, "45000000012300001", "45000000012300001")]
    [InlineData(RunKinds.Backups, "0f1e2d3c4b5a69788796a5b4c3d2e1f0", "0f1e2d3c4b5a69788796a5b4c3d2e1f0")]
    [InlineData(RunKinds.Backups, "Ann", PackPrivacy.LeftOut)]
    [InlineData(null, "Log", PackPrivacy.LeftOut)]
    [InlineData(null, "45000000012300001", PackPrivacy.LeftOut)]
    [InlineData(RunKinds.Records, "0f1e2d3c4b5a69788796a5b4c3d2e1f0", PackPrivacy.LeftOut)]
    public void What_headers_of_back_ups_say_is_nobodys_and_the_same_words_elsewhere_may_be_somebodys(string? kind, string value, string shown)
    {
        var finding = new Finding(FindingKinds.ValueDiffers, Source: Text(value), Target: Text(value));
        var run = Run(new CheckResult { Comparison = "backups", Entity = "crm", Check = "backup:recorded", Outcome = new CheckOutcome.Mismatch([finding]) }) with { Kind = kind };
        var found = PackPrivacy.Of(run, DeclaredCodes.None, Key).Results[0].Outcome.AllFindings[0];
        (found.Source!.Text, found.Target!.Text).ShouldBe((shown, shown));
    }

    [Fact]
    public void A_server_with_the_name_of_an_instance_is_no_account()
    {
        var notes = (string[])[@"SQL01\CRM took it, and CORP\ann restored it from SQL01\CRM.", @"SQL02\CRM is declared nowhere."];
        var run = Run(Count() with { Check = "backup:recorded", Notes = notes }) with { Kind = RunKinds.Backups };
        PackPrivacy.Of(run, new DeclaredCodes([], [], [@"sql01\crm"]), Key).Results[0].Notes.ShouldBe([@"SQL01\CRM took it, and [left out] restored it from SQL01\CRM.", "[left out] is declared nowhere."]);
    }

    internal static CheckResult Shown(CheckResult result, params (string, string, string)[] codes) => PackPrivacy.Of(Run(result), new DeclaredCodes(codes, [], []), Key).Results[0];

    internal static RunDocument Run(params CheckResult[] results) => new()
    {
        Run = "r",
        Results = results,
        Servers = [new("crm", "source", "old", "SQL Server", "16", "Contoso_MSCRM", null, "SNAPSHOT"), new("crm", "target", "new", "PostgreSQL", "15", "crm", null, "one snapshot")],
    };

    internal static CheckResult Count() => new() { Comparison = "crm", Entity = "case", Check = CheckNames.RecordCount, Outcome = new CheckOutcome.Match() };

    private static CheckResult Breakdown(IReadOnlyList<string> by, (Scalar First, Scalar Second)[] groups) => Count() with
    {
        Check = CheckNames.EntityBreakdown,
        By = by,
        Breakdown = [.. groups.Select(group => new GroupCount(by.Count == 1 ? [group.First] : [group.First, group.Second], 2, 2))],
    };

    private static Scalar Text(string text) => new(text);

    private static byte[] Written(RunDocument run) => JsonSerializer.SerializeToUtf8Bytes(run, LedgerJson.Readable);
}
