using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Tests.Retention.BackupHeaders;

/// <summary>A file cut anywhere is never whole, and says as much as it holds.</summary>
public sealed class TruncatedBackupTests
{
    public static TheoryData<int, bool> Layouts => BackupHeaderReaderTests.Layouts;

    [Theory, MemberData(nameof(Layouts))]
    public async Task Cut_at_any_multiple_of_512_it_is_truncated_with_its_header_from_where_that_is_whole(int blockSize, bool isCompressed)
    {
        var backup = Backup(blockSize, isCompressed);
        var whole = backup.Build();
        var headerIsWhole = false;
        for (var length = 512; length < whole.Length; length += 512)
        {
            var truncated = (await BytesContent.ReadHeaderAsync(whole[..length])).ShouldBeOfType<BackupHeaderOutcome.Truncated>($"cut at {length}");
            truncated.Reason.ShouldContain(FormattableString.Invariant($"after {length} bytes"));
            if (headerIsWhole)
                truncated.Header.ShouldBe(backup.Header with { Finished = null });
            headerIsWhole |= truncated.Header is not null;
        }
        headerIsWhole.ShouldBeTrue();
        (await BytesContent.ReadHeaderAsync(whole)).ShouldBeOfType<BackupHeaderOutcome.Read>();
    }

    [Theory, MemberData(nameof(Layouts))]
    public async Task Cut_at_any_byte_it_is_truncated(int blockSize, bool isCompressed)
    {
        var whole = Backup(blockSize, isCompressed).Build();
        // Of fewer than 8 bytes nothing says what they are. Every boundary of the header is among the first bytes.
        for (var cut = 8; cut < Math.Min(8192, whole.Length); cut++)
            (await BytesContent.ReadHeaderAsync(whole[..cut])).ShouldBeOfType<BackupHeaderOutcome.Truncated>($"cut at {cut}");
        var cuts = Gen.OneOf(Gen.Choose(8, 8192), Gen.Choose(8, whole.Length - 1), Gen.Choose(whole.Length - 4 * blockSize, whole.Length - 1))
            .Where(cut => cut < whole.Length);
        Prop.ForAll(cuts.ToArbitrary(), cut => BytesContent.ReadHeaderAsync(whole[..cut]).Result is BackupHeaderOutcome.Truncated)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Theory, MemberData(nameof(Layouts))]
    public async Task Storage_that_was_reserved_but_not_written_to_its_end_is_truncated(int blockSize, bool isCompressed)
    {
        var backup = Backup(blockSize, isCompressed);
        var whole = backup.Build();
        foreach (var written in new[] { Math.Max(1024, blockSize), backup.SetAt, backup.SetAt + 20_480, whole.Length - blockSize })
        {
            byte[] bytes = [.. whole[..written], .. new byte[whole.Length - written]];
            (await BytesContent.ReadHeaderAsync(bytes)).ShouldBeOfType<BackupHeaderOutcome.Truncated>($"written to {written}");
        }
    }

    [Fact]
    public async Task A_filemark_behind_no_end_of_a_set_ends_no_back_up()
    {
        var bytes = new SyntheticBackup { DataBytes = 40_000 }.Build();
        (await BytesContent.ReadHeaderAsync(bytes)).ShouldBeOfType<BackupHeaderOutcome.Read>();
        bytes.AsSpan(bytes.Length - 512 - 3072, 3072).Fill(1);
        (await BytesContent.ReadHeaderAsync(bytes)).ShouldBeOfType<BackupHeaderOutcome.Truncated>();
    }

    [Fact]
    public async Task An_appended_back_up_that_was_cut_does_not_end_with_the_end_of_the_one_before()
    {
        var whole = new SyntheticBackup().Build();
        var appended = new SyntheticBackup { Header = SyntheticBackup.Usual with { Position = 2 }, LastPosition = 2 }.Build()[1024..];
        (await BytesContent.ReadHeaderAsync([.. whole, .. appended])).ShouldBeOfType<BackupHeaderOutcome.Read>().Header.HoldsMoreBackups.ShouldBeTrue();
        for (var length = 512; length < appended.Length; length += 512)
        {
            // After 512 bytes, the filemark between the two, nothing shows that more was to come.
            if (length > 512)
                (await BytesContent.ReadHeaderAsync([.. whole, .. appended[..length]])).ShouldBeOfType<BackupHeaderOutcome.Truncated>($"cut at {length}");
        }
    }

    private static SyntheticBackup Backup(int blockSize, bool isCompressed) =>
        new() { Header = SyntheticBackup.Usual with { BlockSize = blockSize, IsCompressed = isCompressed }, DataBytes = 30_000 };
}
