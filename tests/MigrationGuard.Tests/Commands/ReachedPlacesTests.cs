using System.Text.Json.Nodes;
using MigrationGuard.Retention.BackupHistories;
using MigrationGuard.Retention.BackupPromises;
using MigrationGuard.Retention.FileStores;
using MigrationGuard.Retention.Inventory;
using MigrationGuard.Tests.Retention.BackupPromises;
using MigrationGuard.Tests.Retention.Inventory;

namespace MigrationGuard.Tests.Commands;

/// <summary><c>check-config</c> tries the stores and histories that a configuration names.</summary>
public sealed class ReachedPlacesTests
{
    [Fact]
    public async Task Stores_and_histories_that_can_be_read_are_no_problem()
    {
        using var folder = new RecordedFolder(("recorded", new BackupPromiseOptions { Kind = BackupPromiseKind.Recorded, Days = 1 }));
        folder.Folder.Options.Files = Files();
        Directory.CreateDirectory(folder.Folder.Working.At("old"));
        await File.WriteAllTextAsync(folder.Folder.Working.At("new.csv"), "path,bytes\n");
        (await ProblemsAsync(folder.RunAsync, ExitCode.Done)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Those_that_cannot_are_told_each_with_its_place_and_remedy()
    {
        await using var service = new FakeBlobService { Fault = _ => new BlobFault(404, "ContainerNotFound") };
        using var folder = new BackupFolder(days: 1);
        var backups = folder.Options.Backups;
        backups.Stores["share"].Folder = "nowhere";
        backups.Stores["cloud"] = new ContentStoreOptions { Container = service.ContainerAddress, Credential = StorageCredential.Anonymous };
        backups.Databases["registration"].Stores.Add("cloud");
        backups.Databases["registration"].History.Add(new BackupHistoryOptions { Export = "no-history.csv" });
        folder.Options.Files = Files();
        var problems = await ProblemsAsync(folder.RunAsync, ExitCode.Incomplete);
        problems.Count.ShouldBe(5, string.Join('\n', problems));
        problems.ShouldContain(problem => problem.StartsWith("Store share, folder ", StringComparison.Ordinal) && problem.Contains("nowhere", StringComparison.Ordinal));
        problems.ShouldContain(problem => problem.StartsWith("Store cloud, container ", StringComparison.Ordinal));
        problems.ShouldContain(problem => problem.Contains("no-history.csv does not exist. Correct Export, or export it again.", StringComparison.Ordinal));
        problems.ShouldContain(problem => problem.StartsWith("Store old, folder ", StringComparison.Ordinal));
        problems.ShouldContain(problem => problem.Contains("new.csv, does not exist. Correct Manifest, or export it again.", StringComparison.Ordinal));
        (await folder.RunAsync("check-config")).ShouldExitWith(ExitCode.Incomplete).Output.ShouldContain("Problems met in stores and histories:");
    }

    [Fact]
    public async Task A_history_that_is_too_old_to_say_what_is_so_now_is_told()
    {
        using var folder = new RecordedFolder(("recorded", new BackupPromiseOptions { Kind = BackupPromiseKind.Recorded, Days = 1 }));
        folder.Live.ExportedAt = folder.Folder.Clock.Now.AddDays(-8);
        (await ReportAsync(folder.RunAsync, ExitCode.Done))["remarks"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldContain("more than 7 days ago");
    }

    [Fact]
    public async Task A_store_that_holds_nothing_is_told()
    {
        using var folder = new BackupFolder(days: 1);
        folder.Options.Backups.Stores["share"].Folder = "empty";
        Directory.CreateDirectory(folder.Working.At("empty"));
        (await ReportAsync(folder.RunAsync, ExitCode.Done))["remarks"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldContain("holds nothing at all");
    }

    private static FilesOptions Files() => new()
    {
        Stores = { ["old"] = new FileStoreOptions { Folder = "old" }, ["new"] = new FileStoreOptions { Manifest = "new.csv" } },
        Comparisons = { ["moved"] = new FileComparisonOptions { Source = "old", Target = "new" } },
    };

    private static async Task<IReadOnlyList<string>> ProblemsAsync(Func<string[], Task<CommandRun>> run, ExitCode code) =>
        [.. (await ReportAsync(run, code))["storeProblems"]!.AsArray().Select(problem => problem!.GetValue<string>())];

    private static async Task<JsonNode> ReportAsync(Func<string[], Task<CommandRun>> run, ExitCode code)
    {
        var report = JsonNode.Parse((await run(["check-config", "--format", "json"])).ShouldExitWith(code).Output)!;
        report["configurationProblems"]!.AsArray().ShouldBeEmpty();
        return report;
    }
}
