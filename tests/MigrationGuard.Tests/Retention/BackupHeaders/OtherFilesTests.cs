using System.Text;
using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Tests.Retention.BackupHeaders;

/// <summary>Files that are no back-ups, or none that can be read, and what is said of them.</summary>
public sealed class OtherFilesTests
{
    [Fact]
    public async Task An_empty_file_is_no_back_up() => (await NotABackupAsync([])).ShouldContain("empty");

    [Fact]
    public async Task Storage_that_was_only_reserved_is_no_back_up() => (await NotABackupAsync(new byte[65536])).ShouldContain("zeros");

    [Fact]
    public async Task Text_is_no_back_up_and_is_not_repeated()
    {
        var reason = await NotABackupAsync(Encoding.UTF8.GetBytes("Jane Doe, 3 Mill Lane".PadRight(9000)));
        reason.ShouldNotContain("Jane");
    }

    [Fact]
    public async Task Another_programs_tape_archive_is_no_back_up()
    {
        (await NotABackupAsync(new SyntheticBackup { Software = "Windows Backup" }.Build())).ShouldContain("not SQL Server's");
    }

    [Fact]
    public async Task Bytes_as_even_as_encrypted_ones_may_be_an_encrypted_back_up()
    {
        var bytes = new byte[64 * 1024];
        new Random(7).NextBytes(bytes);
        (await BytesContent.ReadHeaderAsync(bytes)).ShouldBeOfType<BackupHeaderOutcome.Unreadable>().Reason.ShouldContain("encrypted");

        // No sector is that short; no back-up then.
        await NotABackupAsync(bytes[..^100]);
    }

    [Fact]
    public async Task A_compressed_container_of_another_version_says_its_version()
    {
        var bytes = new SyntheticBackup { Header = SyntheticBackup.Usual with { IsCompressed = true } }.Build();
        bytes[8] = 1;
        (await BytesContent.ReadHeaderAsync(bytes)).ShouldBeOfType<BackupHeaderOutcome.Unreadable>().Reason.ShouldContain("of version 1;");
    }

    [Theory]
    [InlineData(480)]
    [InlineData(600)]
    public async Task A_compressed_container_whose_content_means_nothing_is_readable_as_far_as_the_container_goes(int at)
    {
        var bytes = new SyntheticBackup { Header = SyntheticBackup.Usual with { IsCompressed = true } }.Build();
        new Random(11).NextBytes(bytes.AsSpan(at, 300));
        bytes[at] = 0x77;
        (await BytesContent.ReadHeaderAsync(bytes)).ShouldBeOfType<BackupHeaderOutcome.Unreadable>().Reason.ShouldContain("only the container could be read");
    }

    private static async Task<string> NotABackupAsync(byte[] bytes) =>
        (await BytesContent.ReadHeaderAsync(bytes)).ShouldBeOfType<BackupHeaderOutcome.NotABackup>().Reason;
}
