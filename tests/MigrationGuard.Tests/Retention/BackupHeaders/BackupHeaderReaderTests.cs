using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Tests.Retention.BackupHeaders;

/// <summary>What is read of back-ups of every kind, and of files that are none.</summary>
public sealed class BackupHeaderReaderTests
{
    public static TheoryData<int, bool> Layouts => new()
    {
        { 512, false },
        { 512, true },
        { 4096, false },
        { 4096, true },
        { 65536, false },
        { 65536, true },
    };

    [Theory, MemberData(nameof(Layouts))]
    public async Task Every_field_is_read_of_every_layout(int blockSize, bool isCompressed)
    {
        var header = SyntheticBackup.Usual with { BlockSize = blockSize, IsCompressed = isCompressed };
        (await ReadAsync(new SyntheticBackup { Header = header, DataBytes = 200_000 })).ShouldBe(header);
    }

    [Theory]
    [InlineData(BackupKind.Full)]
    [InlineData(BackupKind.Differential)]
    [InlineData(BackupKind.Log)]
    public async Task Every_kind_is_told_apart_copy_only_or_not(BackupKind kind)
    {
        foreach (var isCopyOnly in new[] { false, true })
        {
            var header = SyntheticBackup.Usual with { Kind = kind, IsCopyOnly = isCopyOnly };
            (await ReadAsync(new SyntheticBackup { Header = header })).ShouldBe(header);
        }
    }

    [Fact]
    public async Task A_stripe_says_which_of_how_many_it_is()
    {
        var header = SyntheticBackup.Usual with { FamilyCount = 2, FamilyNumber = 1 };
        (await ReadAsync(new SyntheticBackup { Header = header })).ShouldBe(header);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 0)]
    [InlineData(2, 3)]
    [InlineData(65, 1)]
    public async Task A_stripe_that_no_set_has_is_damage(int count, int number)
    {
        var backup = new SyntheticBackup { Header = SyntheticBackup.Usual with { FamilyCount = count, FamilyNumber = number } };
        (await BytesContent.ReadHeaderAsync(backup.Build())).ShouldBeOfType<BackupHeaderOutcome.Damaged>().Reason.ShouldContain("stripe");
    }

    [Fact]
    public async Task A_media_password_is_seen()
    {
        (await ReadAsync(new SyntheticBackup { Header = SyntheticBackup.Usual with { HasMediaPassword = true } })).HasMediaPassword.ShouldBeTrue();
        (await ReadAsync(new SyntheticBackup())).HasMediaPassword.ShouldBeFalse();
    }

    [Fact]
    public async Task Names_in_any_script_are_read_as_they_are()
    {
        var header = SyntheticBackup.Usual with { Server = @"ÅRHUS\Übung", Machine = "ÅRHUS", Database = "登録 Ž😀", SetName = "Řád – полная копия" };
        (await ReadAsync(new SyntheticBackup { Header = header })).ShouldBe(header);
        var compressed = header with { IsCompressed = true };
        (await ReadAsync(new SyntheticBackup { Header = compressed })).ShouldBe(compressed);
    }

    [Fact]
    public async Task Names_in_ANSI_are_read_too()
    {
        (await ReadAsync(new SyntheticBackup { StringType = 1 })).ShouldBe(SyntheticBackup.Usual);
    }

    [Fact]
    public async Task A_type_of_text_that_is_unknown_is_damage()
    {
        var outcome = await BytesContent.ReadHeaderAsync(new SyntheticBackup { StringType = 3 }.Build());
        outcome.ShouldBeOfType<BackupHeaderOutcome.Damaged>().Reason.ShouldContain("unknown type");
    }

    [Theory]
    [InlineData('F')]
    [InlineData('G')]
    [InlineData('P')]
    [InlineData('Q')]
    public async Task A_back_up_of_some_files_only_is_no_back_up_of_the_database(char type)
    {
        var outcome = await BytesContent.ReadHeaderAsync(new SyntheticBackup { TypeLetter = type }.Build());
        outcome.ShouldBeOfType<BackupHeaderOutcome.Unreadable>().Reason.ShouldContain("some of a database's files");
    }

    [Fact]
    public async Task A_file_that_was_appended_to_shows_its_first_back_up_and_says_that_there_are_more()
    {
        var header = await ReadAsync(new SyntheticBackup { LastPosition = 3 });
        header.ShouldBe(SyntheticBackup.Usual with { HoldsMoreBackups = true, Finished = null });
    }

    [Fact]
    public async Task Storage_that_was_reserved_behind_the_end_changes_nothing()
    {
        byte[] longer = [.. new SyntheticBackup().Build(), .. new byte[2048]];
        (await BytesContent.ReadHeaderAsync(longer)).ShouldBeOfType<BackupHeaderOutcome.Read>();
        longer[^1] = 1;
        (await BytesContent.ReadHeaderAsync(longer)).ShouldBeOfType<BackupHeaderOutcome.Truncated>();
    }

    [Theory]
    [InlineData(512)]
    [InlineData(4096)]
    [InlineData(65536)]
    public async Task A_wrong_checksum_is_damage_and_said_with_where(int blockSize)
    {
        var backup = new SyntheticBackup { Header = SyntheticBackup.Usual with { BlockSize = blockSize } };
        var whole = backup.Build();
        var endAt = whole.AsSpan().LastIndexOf("ESET"u8);
        foreach (var at in new[] { 0, backup.SetAt, backup.SetAt + 1024, backup.SetAt + 2048, endAt, whole.Length - blockSize })
        {
            byte[] damaged = [.. whole];
            damaged[at + 40] ^= 0x10;
            var reason = (await BytesContent.ReadHeaderAsync(damaged)).ShouldBeOfType<BackupHeaderOutcome.Damaged>().Reason;
            reason.ShouldStartWith(FormattableString.Invariant($"At byte {at}: the block's checksum is wrong."));
        }
    }

    [Fact]
    public async Task What_looks_like_a_chunk_behind_the_end_of_the_set_is_not_taken_for_one()
    {
        var header = SyntheticBackup.Usual with { BlockSize = 4096, IsCompressed = true };
        var bytes = new SyntheticBackup { Header = header }.Build();
        // In what fills the last block but one: a chunk longer than what is left of the file.
        new byte[] { 0x21, 2, 0xFF, 0xFF }.CopyTo(bytes, bytes.Length - 4096 - 512);
        (await BytesContent.ReadHeaderAsync(bytes)).ShouldBe(new BackupHeaderOutcome.Read(header));
    }

    [Theory]
    [InlineData(512, 1)]
    [InlineData(4096, 1)]
    [InlineData(65536, 2)]
    public async Task No_more_ranges_are_read_than_the_layout_demands(int blockSize, int beforeTheEnd)
    {
        foreach (var isCompressed in new[] { false, true })
        {
            var header = SyntheticBackup.Usual with { BlockSize = blockSize, IsCompressed = isCompressed };
            var content = new BytesContent(new SyntheticBackup { Header = header, DataBytes = 2_000_000 }.Build());
            (await BackupHeaderReader.ReadAsync(content)).ShouldBeOfType<BackupHeaderOutcome.Read>();
            content.Reads.ShouldBe(beforeTheEnd + 1);
            content.BytesRead.ShouldBeLessThanOrEqualTo(32 * 1024 + 4 * blockSize + 8 * 1024);
        }
    }

    [Fact]
    public async Task A_file_no_longer_than_the_first_range_is_read_once()
    {
        var content = new BytesContent(new SyntheticBackup().Build());
        content.Length.ShouldBeLessThan(16 * 1024);
        (await BackupHeaderReader.ReadAsync(content)).ShouldBeOfType<BackupHeaderOutcome.Read>();
        content.Reads.ShouldBe(1);
    }

    [Fact]
    public async Task What_vanished_or_shrank_since_it_was_listed_is_an_error_and_no_outcome()
    {
        var bytes = new SyntheticBackup { DataBytes = 100_000 }.Build();
        (await Should.ThrowAsync<ContentChangedException>(() => BackupHeaderReader.ReadAsync(new BytesContent(bytes) { IsGone = true }))).IsGone.ShouldBeTrue();
        (await Should.ThrowAsync<ContentChangedException>(() => BackupHeaderReader.ReadAsync(new BytesContent(bytes, bytes.Length + 512)))).IsGone.ShouldBeFalse();
    }

    private static async Task<BackupHeader> ReadAsync(SyntheticBackup backup) =>
        (await BytesContent.ReadHeaderAsync(backup.Build())).ShouldBeOfType<BackupHeaderOutcome.Read>().Header;
}
