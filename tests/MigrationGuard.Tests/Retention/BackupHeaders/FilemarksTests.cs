using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Tests.Retention.BackupHeaders;

/// <summary>A file whose beginning and end are a back-up's, and from whose middle bytes are gone, or in whose middle there are more.</summary>
public sealed class FilemarksTests
{
    public static TheoryData<int, bool, string> Every
    {
        get
        {
            var data = new TheoryData<int, bool, string>();
            foreach (var block in new[] { 512, 4096, 65536 })
            {
                foreach (var isCompressed in new[] { false, true })
                {
                    foreach (var damage in new[] { "taken out", "put in", "written twice" })
                        data.Add(block, isCompressed, damage);
                }
            }
            return data;
        }
    }

    [Theory, MemberData(nameof(Every))]
    public async Task Bytes_that_were_taken_out_or_put_in_are_found(int block, bool isCompressed, string damage)
    {
        var whole = Make(block, isCompressed).Build();
        (await ReadAsync(whole)).ShouldBeOfType<BackupHeaderOutcome.Read>();

        var (at, count) = (4 * block + 8192, block);
        var damaged = damage switch
        {
            "taken out" => [.. whole[..at], .. whole[(at + count)..]],
            "put in" => [.. whole[..at], .. new byte[count], .. whole[at..]],
            _ => (byte[])[.. whole, .. whole],
        };
        (await ReadAsync(damaged)).ShouldBeOfType<BackupHeaderOutcome.Damaged>().Reason.ShouldContain("bytes between were taken out, put in or written twice");
    }

    [Fact]
    public async Task A_file_whose_filemarks_do_not_say_where_the_others_are_is_believed()
    {
        var whole = (Make(512, isCompressed: false) with { FilemarksRemember = false }).Build();
        (await ReadAsync([.. whole[..12288], .. whole[12800..]])).ShouldBeOfType<BackupHeaderOutcome.Read>();
    }

    [Fact]
    public async Task Addresses_that_are_meant_otherwise_say_nothing()
    {
        var whole = Make(512, isCompressed: false).Build();
        var last = whole.AsSpan().LastIndexOf("SFMB"u8);
        // In blocks, and not in bytes, as the format itself has it.
        foreach (var at in new[] { last + 72, last + 80 })
            BitConverter.TryWriteBytes(whole.AsSpan(at), BitConverter.ToInt64(whole, at) / 512);
        (await ReadAsync(whole)).ShouldBeOfType<BackupHeaderOutcome.Read>();
    }

    [Fact]
    public async Task A_filemark_that_is_not_where_the_last_one_says_is_missed()
    {
        var whole = Make(512, isCompressed: false).Build();
        var marks = whole.AsSpan();
        var before = marks[..marks.LastIndexOf("SFMB"u8)].LastIndexOf("SFMB"u8);
        marks.Slice(before, 4).Clear();
        (await ReadAsync(whole)).ShouldBeOfType<BackupHeaderOutcome.Damaged>().Reason.ShouldContain("and there is none.");
    }

    private static SyntheticBackup Make(int block, bool isCompressed) =>
        new() { Header = SyntheticBackup.Usual with { BlockSize = block, IsCompressed = isCompressed }, DataBytes = 40_000 + 12 * block };

    private static Task<BackupHeaderOutcome> ReadAsync(byte[] file) => BackupHeaderReader.ReadAsync(new BytesContent(file));
}
