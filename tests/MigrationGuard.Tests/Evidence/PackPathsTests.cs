using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Tests.Reports;

namespace MigrationGuard.Tests.Evidence;

public sealed class PackPathsTests
{
    [Fact]
    public void A_result_is_named_by_its_place_and_what_it_is_of()
    {
        PackPaths.Result("20260307-011405-7f3a", 3, SampleRun.Match).ShouldBe("data/results/20260307-011405-7f3a/003-crm-account-record-count.csv");
        PackPaths.Result("r", 1234, SampleRun.Match with { Entity = null, Check = CheckNames.Query("orphans") }).ShouldBe("data/results/r/1234-crm-query-orphans.csv");
        PackPaths.Sql("r", 3, SampleRun.Match).ShouldBe("data/results/r/003-crm-account-record-count.sql");
    }

    [Fact]
    public void A_file_keeps_its_extension_and_nothing_else_that_could_lead_elsewhere()
    {
        PackPaths.AttachedFile("a1", 1, "go-live script.pdf").ShouldBe("data/attestations/a1/01-go-live_script.pdf");
        PackPaths.AttachedFile("a1", 2, "../../etc/passwd").ShouldBe("data/attestations/a1/02-passwd");
        PackPaths.AttachedFile("a1", 3, "\u202Efdp.exe").ShouldBe("data/attestations/a1/03-fdp.exe");
        PackPaths.AttachedFile("..", 4, "..").ShouldBe("data/attestations/_/04-_");
    }

    [Fact]
    public void No_name_leads_out_of_its_folder_or_cannot_be_a_file() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), name =>
        {
            var path = PackPaths.Result(name ?? "", 1, SampleRun.Match with { Comparison = name ?? "", Entity = name, Check = name ?? "" });
            path.Split('/').Length.ShouldBe(4);
            path.ShouldAllBe(character => char.IsAsciiLetterOrDigit(character) || "/._-".Contains(character, StringComparison.Ordinal));
            path.Split('/').ShouldAllBe(part => part != ".." && part != "." && part.Length > 0);
            return true;
        }).QuickCheckThrowOnFailure();
}
