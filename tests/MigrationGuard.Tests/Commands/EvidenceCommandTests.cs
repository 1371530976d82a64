using System.Text.Json;
using MigrationGuard.Tests.Packs;

namespace MigrationGuard.Tests.Commands;

/// <summary><c>evidence verify</c> and <c>evidence stamp</c>: what they say, and what they end with.</summary>
public sealed class EvidenceCommandTests : IDisposable
{
    private readonly WorkingFolder _folder = new();
    private readonly PackWorkshop _workshop = new();

    public EvidenceCommandTests() => File.WriteAllText(_folder.At("root.pem"), _workshop.Identity.RootPem);

    public void Dispose()
    {
        _folder.Dispose();
        _workshop.Dispose();
    }

    [Fact]
    public async Task A_pack_under_its_root_is_0_without_a_root_2_and_changed_3()
    {
        var pack = await _workshop.BuildAsync();

        (await _folder.RunAsync("evidence", "verify", pack, "--trust", "root.pem")).ShouldExitWith(ExitCode.Done).LastLine.ShouldContain("its signer is proven");
        var unproven = (await _folder.RunAsync("evidence", "verify", pack)).ShouldExitWith(ExitCode.Incomplete);
        unproven.Output.ShouldContain("anyone can re-seal a changed pack");
        unproven.LastLine.ShouldContain("UNPROVEN");

        await File.AppendAllTextAsync(Path.Combine(pack, "data", "claims.csv"), "changed");
        var broken = (await _folder.RunAsync("evidence", "verify", pack, "--trust", "root.pem")).ShouldExitWith(ExitCode.NoGo);
        broken.Output.ShouldContain("data/claims.csv: is not the file that was sealed");
        broken.LastLine.ShouldContain("does NOT hold");
    }

    [Fact]
    public async Task A_pack_that_was_unpacked_one_folder_deeper_is_found_and_named()
    {
        var outer = Directory.CreateDirectory(_workshop.At("unpacked")).FullName;
        var pack = await _workshop.BuildAsync();
        Directory.Move(pack, Path.Combine(outer, "evidence-1"));
        await File.WriteAllTextAsync(Path.Combine(outer, "letter.txt"), "Dear all");

        var run = (await _folder.RunAsync("evidence", "verify", outer, "--trust", "root.pem")).ShouldExitWith(ExitCode.Done);
        run.Output.ShouldContain($"{outer} is not a pack itself. What was verified is the one pack in it, the folder evidence-1;");
        using (var document = JsonDocument.Parse((await _folder.RunAsync("evidence", "verify", outer, "--trust", "root.pem", "--format", "json")).Output))
            document.RootElement.GetProperty("path").GetString().ShouldBe(Path.Combine(outer, "evidence-1"));

        await File.AppendAllTextAsync(Path.Combine(outer, "evidence-1", "data", "claims.csv"), "changed");
        (await _folder.RunAsync("evidence", "verify", outer, "--trust", "root.pem")).ShouldExitWith(ExitCode.NoGo);
        Directory.CreateDirectory(Path.Combine(outer, "evidence-2"));
        await File.WriteAllTextAsync(Path.Combine(outer, "evidence-2", "bagit.txt"), "");
        (await _folder.RunAsync("evidence", "verify", outer)).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("holds several: evidence-1, evidence-2. Name one of them.");
    }

    [Fact]
    public async Task What_is_no_pack_at_all_is_a_matter_of_usage_and_a_damaged_pack_is_not()
    {
        await File.WriteAllTextAsync(_folder.At("letter.txt"), "Dear all");
        foreach (var path in new[] { "letter.txt", "." })
        {
            var run = (await _folder.RunAsync("evidence", "verify", path)).ShouldExitWith(ExitCode.Usage);
            run.Error.ShouldContain("is not a pack");
            run.Output.ShouldBeEmpty();
        }

        var pack = await _workshop.BuildAsync();
        File.Delete(Path.Combine(pack, "bagit.txt"));
        (await _folder.RunAsync("evidence", "verify", pack)).ShouldExitWith(ExitCode.NoGo).Output.ShouldContain("bagit.txt: is not there.");
    }

    [Fact]
    public async Task A_signer_is_named_by_its_SHA_256_in_any_usual_spelling()
    {
        using var signer = _workshop.Identity.Signer();
        var pack = await _workshop.BuildAsync(signer: signer);
        var spelt = string.Join(':', signer.Sha256Thumbprint.ToUpperInvariant().Chunk(2).Select(pair => new string(pair)));

        (await _folder.RunAsync("evidence", "verify", pack, "--trust", "root.pem", "--signer", spelt)).ShouldExitWith(ExitCode.Done);
        (await _folder.RunAsync("evidence", "verify", pack, "--trust", "root.pem", "--signer", new string('0', 64))).ShouldExitWith(ExitCode.NoGo).Output.ShouldContain("--signer");
        (await _folder.RunAsync("evidence", "verify", pack, "--signer", "0123")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("64 hexadecimal digits");
    }

    [Fact]
    public async Task Json_says_the_same_as_one_document()
    {
        var pack = await _workshop.BuildAsync();
        await File.WriteAllTextAsync(Path.Combine(pack, "data", "added.txt"), "added");

        var run = (await _folder.RunAsync("evidence", "verify", pack, "--trust", "root.pem", "--format", "json")).ShouldExitWith(ExitCode.NoGo);
        using var document = JsonDocument.Parse(run.Output);
        var root = document.RootElement;
        root.GetProperty("schema").GetString().ShouldBe("migrationguard.evidence-verification/1");
        root.GetProperty("conclusion").GetString().ShouldBe("broken");
        root.GetProperty("intact").GetBoolean().ShouldBeFalse();
        root.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("file").GetString()).ShouldContain("data/added.txt");
        root.GetProperty("signer").GetProperty("proven").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("gone", "root.pem", "is not there")]
    [InlineData(".", "gone.pem", "--trust")]
    [InlineData(".", "empty.pem", "holds no certificate")]
    public async Task A_pack_or_a_root_that_is_not_there_is_a_matter_of_usage(string pack, string root, string says)
    {
        await File.WriteAllTextAsync(_folder.At("empty.pem"), "nothing");

        (await _folder.RunAsync("evidence", "verify", pack, "--trust", root)).ShouldExitWith(ExitCode.Usage).Error.ShouldContain(says);
    }

    [Fact]
    public async Task Names_in_a_pack_cannot_repaint_the_terminal()
    {
        var pack = await _workshop.BuildAsync();
        if (!OperatingSystem.IsWindows())
            await File.WriteAllTextAsync(Path.Combine(pack, "data", "x\u001b[2Jy\nThe pack is intact"), "x");

        var run = await _folder.RunAsync("evidence", "verify", pack, "--trust", "root.pem");
        run.Output.ShouldNotContain("\u001b");
        run.Output.Split('\n').ShouldNotContain(line => line.StartsWith("The pack is intact", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_stamp_is_added_by_the_configured_authority_and_one_is_needed()
    {
        Skip.IfNot(AuditorShell.IsThere, "There is no openssl here.");
        await using var tsa = new LocalTimestampAuthority();
        var pack = await _workshop.BuildAsync();
        _folder.Configure("""{ "MigrationGuard": {} }""");
        (await _folder.RunAsync("evidence", "stamp", pack)).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("names no authority");

        _folder.Configure($$$"""{ "MigrationGuard": { "Evidence": { "TimestampAuthority": { "Url": "{{{tsa.Address}}}" } } } }""");
        (await _folder.RunAsync("evidence", "stamp", pack)).ShouldExitWith(ExitCode.Done).Output.ShouldContain("Stamped at");
        (await _folder.RunAsync("evidence", "verify", pack, "--trust", "root.pem", "--trust-tsa", tsa.RootFile)).ShouldExitWith(ExitCode.Done);
        (await _folder.RunAsync("evidence", "stamp", pack)).ShouldExitWith(ExitCode.Incomplete).Error.ShouldContain("has a stamp already");
    }
}
