using System.Text.Json.Nodes;

namespace MigrationGuard.Tests.Retention.BackupPromises;

/// <summary><c>backups list</c> over folders of back-ups.</summary>
public sealed class BackupsListTests
{
    [Fact]
    public async Task The_list_shows_what_headers_say()
    {
        using var folder = new BackupFolder(days: 1);
        folder.Write("half.bak", BackupFolder.Full(-2) with { FamilyCount = 2, FamilyNumber = 2 });
        var json = JsonNode.Parse((await folder.RunAsync("backups", "list", "--format", "json")).ShouldExitWith(ExitCode.Done).Output)!;
        json["schema"]!.GetValue<string>().ShouldBe("migrationguard.backups/1");
        var copies = json["stores"]![0]!["copies"]!.AsArray();
        copies.Count.ShouldBe(26);
        var half = copies.Single(copy => copy!["name"]!.GetValue<string>() == "half.bak")!;
        (half["kind"]!.GetValue<string>(), half["stripe"]!.GetValue<string>(), half["content"]!.GetValue<string>(), half["database"]!.GetValue<string>())
            .ShouldBe(("full", "2/2", "whole", BackupFolder.Database));
        var text = (await folder.RunAsync("backups", "list")).ShouldExitWith(ExitCode.Done).Output;
        text.ShouldContain("26 copies");
    }

    [Fact]
    public async Task A_file_that_was_replaced_with_its_length_and_date_is_read_for_what_it_is()
    {
        using var folder = new BackupFolder(days: 1);
        await folder.VerifyAsync(ExitCode.NoGo);
        var name = folder.File(BackupFolder.LogName(-3));
        var (length, written) = (new FileInfo(name).Length, File.GetLastWriteTimeUtc(name));
        await File.WriteAllBytesAsync(name, new byte[length]);
        File.SetLastWriteTimeUtc(name, written);
        (await folder.RunAsync("backups", "list")).Output.ShouldContain("not-a-backup");
    }
}
