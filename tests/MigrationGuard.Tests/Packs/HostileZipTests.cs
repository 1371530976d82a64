using System.Buffers.Binary;
using System.IO.Compression;
using MigrationGuard.Evidence.Checking;

namespace MigrationGuard.Tests.Packs;

/// <summary>ZIPs whose files are all as they were sealed, and which hold something else beside them.</summary>
public sealed class HostileZipTests : IDisposable
{
    private const int EndBytes = 22;
    private const int ListOffset = 16;

    private readonly PackWorkshop _workshop = new();

    public void Dispose() => _workshop.Dispose();

    [Theory]
    [InlineData("..")]
    [InlineData("C:")]
    [InlineData("")]
    [InlineData("a\\b")]
    [InlineData("evidence\u0007")]
    [InlineData("-rf")]
    public async Task A_folder_that_would_be_unpacked_elsewhere_or_under_no_plain_name_is_refused(string folder)
    {
        var pack = await RezipAsync(folder, prefix: []);

        (await VerifyAsync(pack)).Problems.ShouldHaveSingleItem().Problem.ShouldContain("folder");
    }

    [Theory]
    [InlineData("another-name")]
    [InlineData("evidence-1")]
    public async Task A_pack_that_was_zipped_again_under_a_plain_name_passes(string folder)
    {
        var pack = await RezipAsync(folder, prefix: []);

        var report = await VerifyAsync(pack);
        report.Problems.ShouldBeEmpty();
        report.Conclusion.ShouldBe(PackConclusion.Proven);
    }

    [Fact]
    public async Task A_pack_that_was_zipped_on_the_way_with_lengths_after_the_contents_passes()
    {
        var pack = await _workshop.BuildAsync();
        var zip = _workshop.At("streamed.zip");
        await using (var file = File.Create(zip))
        await using (var oneWay = new GZipStream(file, CompressionLevel.NoCompression))
            ZipFile.CreateFromDirectory(pack, oneWay, CompressionLevel.Optimal, includeBaseDirectory: true);
        var unwrapped = _workshop.At("unwrapped.zip");
        await using (var wrapped = new GZipStream(File.OpenRead(zip), CompressionMode.Decompress))
        await using (var file = File.Create(unwrapped))
            await wrapped.CopyToAsync(file);

        (await VerifyAsync(unwrapped)).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Bytes_before_the_first_entry_are_refused()
    {
        var pack = await RezipAsync("evidence-1", prefix: "MZ and a program"u8.ToArray());

        (await VerifyAsync(pack)).Problems.ShouldHaveSingleItem().Problem.ShouldContain("belong to no entry");
    }

    [Fact]
    public async Task Bytes_between_the_entries_and_their_list_are_refused()
    {
        var pack = await _workshop.BuildAsync(zip: true);
        var content = await File.ReadAllBytesAsync(pack);
        var offset = content.AsSpan(content.Length - EndBytes + ListOffset, 4);
        var list = BinaryPrimitives.ReadInt32LittleEndian(offset);
        BinaryPrimitives.WriteInt32LittleEndian(offset, list + 100);
        await File.WriteAllBytesAsync(pack, [.. content[..list], .. new byte[100], .. content[list..]]);

        (await VerifyAsync(pack)).Problems.ShouldHaveSingleItem().Problem.ShouldContain("belong to no entry");
    }

    [Fact]
    public async Task Bytes_after_the_end_are_refused()
    {
        var pack = await _workshop.BuildAsync(zip: true);
        await using (var file = new FileStream(pack, FileMode.Append))
            await file.WriteAsync("and a program"u8.ToArray());

        (await VerifyAsync(pack)).Problems.ShouldHaveSingleItem().Problem.ShouldContain("after its end");
    }

    // Every file as it is in a pack, in a folder of another name, after other bytes.
    private async Task<string> RezipAsync(string folder, byte[] prefix)
    {
        var pack = await _workshop.BuildAsync(zip: true);
        var path = _workshop.At("rezipped.zip");
        await using var file = File.Create(path);
        await file.WriteAsync(prefix);
        using var from = ZipFile.OpenRead(pack);
        using var to = new ZipArchive(file, ZipArchiveMode.Create);
        foreach (var entry in from.Entries)
        {
            await using var source = entry.Open();
            await using var target = to.CreateEntry(folder + entry.FullName[entry.FullName.IndexOf('/', StringComparison.Ordinal)..]).Open();
            await source.CopyToAsync(target);
        }
        return path;
    }

    private Task<PackReport> VerifyAsync(string pack) => PackVerification.VerifyAsync(pack, _workshop.Trust, TimeProvider.System, CancellationToken.None);
}
