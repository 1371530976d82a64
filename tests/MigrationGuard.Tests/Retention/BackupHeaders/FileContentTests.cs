using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Tests.Retention.BackupHeaders;

public sealed class FileContentTests
{
    [Fact]
    public async Task A_file_is_read_by_ranges()
    {
        using var folder = new TemporaryFolder();
        var bytes = new SyntheticBackup { DataBytes = 100_000 }.Build();
        await File.WriteAllBytesAsync(folder.At("a.bak"), bytes);
        using var file = FileContent.Open(folder.At("a.bak"));
        (await BackupHeaderReader.ReadAsync(file)).ShouldBe(new BackupHeaderOutcome.Read(SyntheticBackup.Usual));
    }

    [Fact]
    public void A_file_that_is_not_there_is_gone()
    {
        using var folder = new TemporaryFolder();
        Should.Throw<ContentChangedException>(() => FileContent.Open(folder.At("a.bak"))).IsGone.ShouldBeTrue();
        Should.Throw<ContentChangedException>(() => FileContent.Open(folder.At("no/a.bak"))).IsGone.ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_that_is_cut_while_it_is_read_is_shorter_and_not_truncated()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.At("a.bak"), new SyntheticBackup { DataBytes = 100_000 }.Build());
        using var file = FileContent.Open(folder.At("a.bak"));
        await using (var cut = new FileStream(folder.At("a.bak"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            cut.SetLength(50_000);
        var error = await Should.ThrowAsync<ContentChangedException>(() => BackupHeaderReader.ReadAsync(file));
        error.IsGone.ShouldBeFalse();
        error.Message.ShouldContain("fewer than");
    }
}
