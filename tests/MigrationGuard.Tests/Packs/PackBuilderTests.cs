using System.IO.Compression;
using MigrationGuard.Evidence;
using MigrationGuard.Evidence.Checking;
using MigrationGuard.Evidence.Packs;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Tests.Packs;

/// <summary>Packs are bags, whole or not there at all.</summary>
public sealed class PackBuilderTests : IDisposable
{
    private readonly PackWorkshop _workshop = new();

    public void Dispose() => _workshop.Dispose();

    [Fact]
    public async Task A_pack_is_a_valid_bag()
    {
        var pack = await _workshop.BuildAsync();

        RfcBag.Problems(pack).ShouldBeEmpty();
        File.ReadAllText(Path.Combine(pack, "bag-info.txt")).ShouldContain("MigrationGuard-Pack-Version: 1\n");

        await File.AppendAllTextAsync(Path.Combine(pack, "data", "claims.csv"), "more");
        RfcBag.Problems(pack).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_pack_verifies_under_its_root_as_a_folder_and_as_a_ZIP()
    {
        foreach (var pack in new[] { await _workshop.BuildAsync("one"), await _workshop.BuildAsync("two", zip: true) })
        {
            var report = await PackVerification.VerifyAsync(pack, _workshop.Trust, TimeProvider.System, CancellationToken.None);

            report.Problems.ShouldBeEmpty();
            report.Conclusion.ShouldBe(PackConclusion.Proven);
            report.Audit.ShouldBe(new AuditFinding(1, 3, Payloads: 2, Proofs: 2));
            (await PackVerification.VerifyAsync(pack, PackTrust.Nobody, TimeProvider.System, CancellationToken.None)).Conclusion.ShouldBe(PackConclusion.SignerUnproven);
        }
    }

    [Fact]
    public async Task A_ZIP_holds_one_folder_whose_entries_bear_no_time_of_their_own()
    {
        var pack = await _workshop.BuildAsync("evidence-9", zip: true);

        using var zip = ZipFile.OpenRead(pack);
        zip.Entries.ShouldAllBe(entry => entry.FullName.StartsWith("evidence-9/", StringComparison.Ordinal) && entry.LastWriteTime.Year == 1980);
        ZipFile.ExtractToDirectory(pack, _workshop.At("unpacked"));
        RfcBag.Problems(_workshop.At("unpacked/evidence-9")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_has_the_name_already_is_left_alone()
    {
        Directory.CreateDirectory(_workshop.At("evidence-1"));
        await File.WriteAllTextAsync(_workshop.At("evidence-1/mine.txt"), "mine");
        await File.WriteAllTextAsync(_workshop.At("evidence-1.zip"), "mine");

        foreach (var zip in new[] { false, true })
            (await Should.ThrowAsync<EvidenceException>(() => _workshop.BuildAsync(zip: zip))).Problem.ShouldContain("exists already");
        (await File.ReadAllTextAsync(_workshop.At("evidence-1.zip"))).ShouldBe("mine");
        Directory.EnumerateFileSystemEntries(_workshop.Path).Count().ShouldBe(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pack_whose_recording_fails_is_not_there(bool zip)
    {
        using var signer = _workshop.Identity.Signer();

        await Should.ThrowAsync<InvalidOperationException>(() => PackBuilder.BuildAsync(
            _workshop.Request("evidence-1") with { Zip = zip }, signer, null, (_, _) => throw new InvalidOperationException("The ledger is gone."), TimeProvider.System, CancellationToken.None));
        Directory.EnumerateFileSystemEntries(_workshop.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pack_has_no_name_before_it_is_recorded(bool zip)
    {
        using var signer = _workshop.Identity.Signer();
        var final = _workshop.At("evidence-1" + (zip ? ".zip" : ""));
        SealedPack? recorded = null;

        var built = await PackBuilder.BuildAsync(
            _workshop.Request("evidence-1") with { Zip = zip },
            signer,
            null,
            (pack, _) =>
            {
                Path.Exists(final).ShouldBeFalse();
                recorded = pack;
                return Task.CompletedTask;
            },
            TimeProvider.System,
            CancellationToken.None);
        built.Path.ShouldBe(final);
        recorded.ShouldNotBeNull().PayloadFiles.ShouldBe(4);
        Path.Exists(final).ShouldBeTrue();
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_full_disk_is_told_and_leaves_nothing(bool zip)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "There is no /dev/full.");
        using var signer = _workshop.Identity.Signer();
        var written = 0;

        // The third file meets a disk that really says so.
        Stream Over(Stream stream) => ++written == 3 ? new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0) : stream;
        var failure = await Should.ThrowAsync<EvidenceException>(() => PackBuilder.BuildAsync(
            _workshop.Request("evidence-1", PackFile.OfText("data/a.txt", "a")) with { Zip = zip }, signer, null, null, TimeProvider.System, Over, CancellationToken.None));
        failure.Problem.ShouldContain("disk is full");
        failure.Place.ShouldBe(_workshop.Path);
        Directory.EnumerateFileSystemEntries(_workshop.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_disk_that_is_full_only_when_a_file_is_closed_is_told_and_leaves_nothing(bool zip)
    {
        using var signer = _workshop.Identity.Signer();
        var written = 0;

        Stream Over(Stream stream) => ++written == 3 ? new FullAtTheEnd(stream) : stream;
        var failure = await Should.ThrowAsync<EvidenceException>(() => PackBuilder.BuildAsync(
            _workshop.Request("evidence-1", PackFile.OfText("data/a.txt", "a")) with { Zip = zip }, signer, null, null, TimeProvider.System, Over, CancellationToken.None));
        failure.Problem.ShouldContain("disk is full");
        Directory.EnumerateFileSystemEntries(_workshop.Path).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_folder_that_may_not_be_written_to_is_told()
    {
        Skip.If(Environment.IsPrivilegedProcess, "Permissions mean nothing to root; run the tests as another user.");
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such mode for a folder.");
        var folder = Directory.CreateDirectory(_workshop.At("locked"));
        using var signer = _workshop.Identity.Signer();
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            var failure = await Should.ThrowAsync<EvidenceException>(() => PackBuilder.BuildAsync(
                _workshop.Request("evidence-1") with { Directory = folder.FullName }, signer, null, null, TimeProvider.System, CancellationToken.None));
            failure.Place.ShouldBe(folder.FullName);
            failure.Remedy.ShouldContain("may write to");
        }
        finally
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_attachment_that_vanishes_while_it_is_copied_is_told_as_it_is_and_leaves_nothing(bool zip)
    {
        using var signer = _workshop.Identity.Signer();
        var vanishing = new PackFile("data/attestations/letter.pdf", async (stream, cancellationToken) =>
        {
            await stream.WriteAsync("half a let"u8.ToArray(), cancellationToken);
            throw new LedgerException("Attachment letter.pdf", "is gone.", "See what else is wrong with: migrationguard ledger verify");
        });

        (await Should.ThrowAsync<LedgerException>(() => PackBuilder.BuildAsync(
            _workshop.Request("evidence-1", vanishing) with { Zip = zip }, signer, null, null, TimeProvider.System, CancellationToken.None))).Message.ShouldContain("letter.pdf");
        Directory.EnumerateFileSystemEntries(_workshop.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("../escape.txt")]
    [InlineData("/data/absolute.txt")]
    [InlineData("data\\windows.txt")]
    [InlineData("data/é.txt")]
    [InlineData("data/CON.txt")]
    [InlineData("data/a%0Ab.txt")]
    [InlineData("data/ending.")]
    [InlineData("data//twice.txt")]
    [InlineData("DATA/claims.csv/x/../y")]
    [InlineData("data/CLAIMS.csv")]
    [InlineData("signatures/extra.pem")]
    [InlineData("BagIt.txt")]
    [InlineData("fetch.txt")]
    public async Task A_path_that_no_pack_may_have_is_refused_before_anything_is_written(string path)
    {
        using var signer = _workshop.Identity.Signer();

        await Should.ThrowAsync<EvidenceException>(() => PackBuilder.BuildAsync(
            _workshop.Request("evidence-1", PackFile.OfText(path, "x")), signer, null, null, TimeProvider.System, CancellationToken.None));
        Directory.EnumerateFileSystemEntries(_workshop.Path).ShouldBeEmpty();
    }

    /// <summary>Takes everything, and has no room for what is written when it is closed: as a deflated entry's last block is.</summary>
    private sealed class FullAtTheEnd(Stream inner) : Stream
    {
        private const int DiskFull = 28;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            throw new IOException("No space left on device", DiskFull);
        }
    }
}
