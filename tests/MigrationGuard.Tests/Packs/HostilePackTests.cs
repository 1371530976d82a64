using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using MigrationGuard.Evidence.Checking;
using MigrationGuard.Evidence.Packs;

namespace MigrationGuard.Tests.Packs;

/// <summary>Packs that somebody made to be believed, or to do harm.</summary>
public sealed class HostilePackTests : IDisposable
{
    private readonly PackWorkshop _workshop = new();

    public void Dispose() => _workshop.Dispose();

    [Fact]
    public async Task A_pack_that_a_stranger_changed_and_sealed_again_fails_under_the_root_and_is_unproven_without()
    {
        var pack = await _workshop.BuildAsync();
        using var stranger = new TestIdentity("CN=Root of a test");
        using var signer = stranger.Signer();
        await File.WriteAllTextAsync(Path.Combine(pack, "data/results/001-crm-contact-record-count.csv"), "side,rows\nsource,1000\ntarget,997\n");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(pack, "data/audit"), "*", SearchOption.AllDirectories))
            File.Delete(file);
        Directory.Delete(Path.Combine(pack, "data/audit"), recursive: true);
        await PackWorkshop.ResealAsync(pack, signer);

        RfcBag.Problems(pack).ShouldBeEmpty();
        var trusted = await VerifyAsync(pack);
        trusted.Conclusion.ShouldBe(PackConclusion.Broken);
        trusted.Problems.ShouldHaveSingleItem().Problem.ShouldContain("is not trusted");
        var blind = await PackVerification.VerifyAsync(pack, PackTrust.Nobody, TimeProvider.System, CancellationToken.None);
        blind.Conclusion.ShouldBe(PackConclusion.SignerUnproven);
        blind.Notes.ShouldContain(note => note.Contains("anyone can re-seal", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pack_that_its_own_signer_sealed_again_passes()
    {
        using var signer = _workshop.Identity.Signer();
        var pack = await _workshop.BuildAsync(signer: signer);
        await File.WriteAllTextAsync(Path.Combine(pack, "data/results/001-crm-contact-record-count.csv"), "corrected");
        await PackWorkshop.ResealAsync(pack, signer);

        (await VerifyAsync(pack)).Conclusion.ShouldBe(PackConclusion.Proven);
    }

    [SkippableFact]
    public async Task Links_and_pipes_are_told_and_never_followed()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Links and pipes as Linux has them.");
        var pack = await _workshop.BuildAsync();
        File.CreateSymbolicLink(Path.Combine(pack, "data/link.csv"), "/etc/passwd");
        Directory.CreateSymbolicLink(Path.Combine(pack, "data/loop"), pack);
        var claims = Path.Combine(pack, "data/claims.csv");
        File.Move(claims, _workshop.At("claims.csv"));
        File.CreateSymbolicLink(claims, _workshop.At("claims.csv"));
        using (var made = Process.Start("mkfifo", Path.Combine(pack, "data/pipe.json")))
            await made.WaitForExitAsync();

        var report = await VerifyAsync(pack);
        Says(report, "data/link.csv", "is a link");
        Says(report, "data/loop", "is a link");
        Says(report, "data/claims.csv", "is a link");
        Says(report, "data/pipe.json", "a pipe");
    }

    [SkippableFact]
    public async Task Twins_by_case_or_Unicode_folders_and_hidden_files_are_told()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Names as Linux has them.");
        var pack = await _workshop.BuildAsync();
        await File.WriteAllTextAsync(Path.Combine(pack, "data/CLAIMS.csv"), "twin");
        await File.WriteAllTextAsync(Path.Combine(pack, "data/caf\u00E9.csv"), "composed");
        await File.WriteAllTextAsync(Path.Combine(pack, "data/cafe\u0301.csv"), "decomposed");
        await File.WriteAllTextAsync(Path.Combine(pack, "data/.hidden"), "hidden");
        Directory.CreateDirectory(Path.Combine(pack, "data/empty"));

        var report = await VerifyAsync(pack);
        report.Problems.ShouldContain(problem => problem.File.EndsWith("laims.csv", StringComparison.OrdinalIgnoreCase) && problem.Problem.Contains("by case only", StringComparison.Ordinal));
        Says(report, "data/caf\u00E9.csv", "holds a character");
        Says(report, "data/cafe\u0301.csv", "holds a character");
        Says(report, "data/.hidden", "holds a character");
        Says(report, "data/empty/", "no file of the pack");
    }

    [Fact]
    public async Task An_added_payload_file_that_sha512sum_does_not_see_is_told()
    {
        var pack = await _workshop.BuildAsync();
        await File.WriteAllTextAsync(Path.Combine(pack, "data/results/added.csv"), "added");

        var report = await VerifyAsync(pack);
        Says(report, "data/results/added.csv", "it was added");
        Says(report, "bag-info.txt", "another number of bytes and files");
    }

    [Theory]
    [InlineData("../../escape.txt", "leaves its folder")]
    [InlineData("data/../../escape.txt", "leaves its folder")]
    [InlineData("/etc/passwd", "relative")]
    [InlineData("data\\windows.txt", "relative")]
    [InlineData("C:/windows.txt", "relative")]
    [InlineData("data/AUX", "device")]
    public async Task A_listed_path_that_leaves_the_pack_is_told_and_never_read(string path, string says)
    {
        using var signer = _workshop.Identity.Signer();
        var pack = await _workshop.BuildAsync(signer: signer);
        await File.AppendAllTextAsync(Path.Combine(pack, PackLayout.Manifest), $"{new string('0', 128)}  {path}\n");

        Says(await VerifyAsync(pack), path, says);
    }

    [Theory]
    [InlineData("no digest\n")]
    [InlineData("\n")]
    [InlineData("00  data/claims.csv\n")]
    [InlineData("a line without an end")]
    public async Task A_malformed_manifest_is_told(string line)
    {
        var pack = await _workshop.BuildAsync();
        await File.AppendAllTextAsync(Path.Combine(pack, PackLayout.Manifest), line);

        Says(await VerifyAsync(pack), PackLayout.Manifest, "is not a digest");
    }

    [Fact]
    public async Task A_manifest_without_end_is_not_read_to_its_end()
    {
        var pack = await _workshop.BuildAsync();
        using (var huge = new FileStream(Path.Combine(pack, PackLayout.Manifest), FileMode.Open, FileAccess.Write))
            huge.SetLength(100L * 1024 * 1024 * 1024);
        File.Delete(Path.Combine(pack, PackLayout.TagManifest));

        Says(await VerifyAsync(pack), PackLayout.Manifest, "far larger");
    }

    [Fact]
    public async Task A_signature_with_bytes_after_its_end_is_told()
    {
        var pack = await _workshop.BuildAsync();
        await using (var file = new FileStream(Path.Combine(pack, PackLayout.Signature), FileMode.Append))
            file.WriteByte(0);

        Says(await VerifyAsync(pack), PackLayout.Signature, "in DER, from its first byte to its last");
    }

    [Fact]
    public async Task Claims_that_point_at_nothing_and_documents_that_are_none_are_told()
    {
        using var signer = _workshop.Identity.Signer();
        var pack = await _workshop.BuildAsync(signer: signer);
        await File.WriteAllTextAsync(Path.Combine(pack, PackLayout.Claims), "claim,evidence_file\r\na,data/results/gone.csv\r\nb\r\n");
        await File.WriteAllTextAsync(Path.Combine(pack, "data/results/run.json"), "{ \"results\": [1, 2");
        await PackWorkshop.ResealAsync(pack, signer);

        var report = await VerifyAsync(pack);
        Says(report, PackLayout.Claims, "points at data/results/gone.csv");
        Says(report, PackLayout.Claims, "row 3");
        Says(report, "data/results/run.json", "is not a JSON document");
    }

    [Theory]
    [InlineData("data/audit/segment.jsonl", "subject-2", "subject-X", "does not follow")]
    [InlineData("data/audit/segment.jsonl", "\"seq\":3", "\"seq\":4", "entries are missing")]
    [InlineData("data/audit/segment.jsonl", "{\"seq\":2", "{\"sek\":2", "not an entry's")]
    [InlineData("data/audit/payloads.jsonl", "\"seq\":3", "\"seq\":2", "its hash differs")]
    [InlineData("data/audit/payloads.jsonl", "\"seq\":3", "\"seq\":9", "which the segment does not have")]
    [InlineData("data/audit/checkpoint.txt", "\n3\n", "\n4\n", "not signed by")]
    [InlineData("data/audit/proofs/000000001.txt", "index 0", "index 1", "does not prove")]
    public async Task A_chain_that_the_signer_changed_is_told(string file, string from, string to, string says)
    {
        using var signer = _workshop.Identity.Signer();
        var pack = await _workshop.BuildAsync(signer: signer);
        var path = Path.Combine(pack, file);
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace(from, to, StringComparison.Ordinal));
        await PackWorkshop.ResealAsync(pack, signer);

        (await VerifyAsync(pack)).Problems.ShouldContain(problem => problem.Problem.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pack_of_a_newer_version_is_never_a_pass()
    {
        using var signer = _workshop.Identity.Signer();
        var pack = await _workshop.BuildAsync(signer: signer);
        var info = Path.Combine(pack, PackLayout.BagInfo);
        await File.WriteAllTextAsync(info, (await File.ReadAllTextAsync(info)).Replace("Pack-Version: 1", "Pack-Version: 2", StringComparison.Ordinal));
        await PackWorkshop.ResealAsync(pack, signer);

        var report = await VerifyAsync(pack);
        report.Problems.ShouldBeEmpty();
        report.Conclusion.ShouldBe(PackConclusion.NewerVersion);
        ExitCodes.Of(report).ShouldBe(ExitCode.Incomplete);
    }

    [Theory]
    [InlineData("evidence-1/../../escape.txt", "leaves its folder")]
    [InlineData("elsewhere/file.txt", "one folder")]
    [InlineData("evidence-1\\windows.txt", "one folder")]
    [InlineData("evidence-1/data\\windows.txt", "relative")]
    [InlineData("evidence-1/data/claims.csv", "more than once")]
    [InlineData("evidence-1/data/Claims.csv", "by case only")]
    [InlineData("evidence-1/evidence-1/bagit.txt", "it was added")]
    [InlineData("evidence-1/data/empty/", "no file of the pack")]
    public async Task A_ZIP_with_an_entry_that_should_not_be_there_is_told(string entry, string says)
    {
        var pack = await _workshop.BuildAsync(zip: true);
        using (var zip = ZipFile.Open(pack, ZipArchiveMode.Update))
            zip.CreateEntry(entry);

        (await VerifyAsync(pack)).Problems.ShouldContain(problem => problem.Problem.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_in_a_ZIP_is_told()
    {
        var pack = await _workshop.BuildAsync(zip: true);
        using (var zip = ZipFile.Open(pack, ZipArchiveMode.Update))
        {
            var link = zip.CreateEntry("evidence-1/data/link.csv");
            link.ExternalAttributes = unchecked((int)(0xA1FFu << 16));
            await using var target = link.Open();
            await target.WriteAsync("/etc/passwd"u8.ToArray());
        }

        Says(await VerifyAsync(pack), "data/link.csv", "is a link");
    }

    [Fact]
    public async Task A_ZIP_that_would_fill_the_disk_is_not_read_to_its_end()
    {
        var path = _workshop.At("bomb.zip");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            await using (var manifest = zip.CreateEntry("bomb/" + PackLayout.Manifest).Open())
                await manifest.WriteAsync(Encoding.ASCII.GetBytes($"{new string('0', 128)}  data/zeroes.bin\n"));
            await using var zeroes = zip.CreateEntry("bomb/data/zeroes.bin", CompressionLevel.Optimal).Open();
            var block = new byte[1024 * 1024];
            for (var megabytes = 0; megabytes < 400; megabytes++)
                await zeroes.WriteAsync(block);
        }

        var report = await VerifyAsync(path);
        report.Problems.ShouldContain(problem => problem.Problem.Contains("times its size", StringComparison.Ordinal));
        report.Bytes.ShouldBeLessThan(400L * 1024 * 1024);
    }

    [Fact]
    public async Task What_is_neither_a_folder_nor_a_ZIP_is_no_pack()
    {
        foreach (var content in new[] { [], "PK"u8.ToArray(), [0, .. RandomNumberGenerator.GetBytes(4096)] })
        {
            await File.WriteAllBytesAsync(_workshop.At("any"), content);
            (await Should.ThrowAsync<NoPackException>(() => VerifyAsync(_workshop.At("any")))).Problem.ShouldBe("is not a pack: it is neither a folder nor a ZIP.");
        }
        Directory.CreateDirectory(_workshop.At("empty"));
        (await Should.ThrowAsync<NoPackException>(() => VerifyAsync(_workshop.At("empty")))).Problem.ShouldContain("has none of the files that every pack has");
    }

    [Fact]
    public async Task A_ZIP_of_something_else_is_no_pack_and_one_of_a_pack_that_was_cut_off_does_not_hold()
    {
        using (var zip = ZipFile.Open(_workshop.At("letter.docx"), ZipArchiveMode.Create))
        {
            foreach (var name in new[] { "[Content_Types].xml", "_rels/.rels", "word/document.xml" })
                zip.CreateEntry(name);
        }
        (await Should.ThrowAsync<NoPackException>(() => VerifyAsync(_workshop.At("letter.docx")))).Problem.ShouldContain("has none of the files that every pack has");

        var pack = await _workshop.BuildAsync(zip: true);
        await using (var file = new FileStream(pack, FileMode.Open))
            file.SetLength(file.Length - 100);
        (await VerifyAsync(pack)).Problems.ShouldHaveSingleItem().Problem.ShouldBe("is a ZIP that has lost its end.");
    }

    [Theory]
    [InlineData("bagit.txt")]
    [InlineData("signatures/signer.pem")]
    public async Task A_folder_with_one_file_of_a_pack_left_is_a_pack_that_does_not_hold(string left)
    {
        var pack = await _workshop.BuildAsync();
        foreach (var file in Directory.EnumerateFiles(pack, "*", SearchOption.AllDirectories).Where(file => Path.GetRelativePath(pack, file) != left))
            File.Delete(file);

        (await VerifyAsync(pack)).Conclusion.ShouldBe(PackConclusion.Broken);
    }

    private Task<PackReport> VerifyAsync(string pack) => PackVerification.VerifyAsync(pack, _workshop.Trust, TimeProvider.System, CancellationToken.None);

    private static void Says(PackReport report, string file, string says) =>
        report.Problems.ShouldContain(problem => problem.File == file && problem.Problem.Contains(says, StringComparison.Ordinal), string.Join('\n', report.Problems));
}
