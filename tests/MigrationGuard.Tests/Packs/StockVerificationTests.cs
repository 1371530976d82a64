using System.Text.RegularExpressions;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Packs;

namespace MigrationGuard.Tests.Packs;

/// <summary>What an auditor does with nothing but stock tools, as README-VERIFY.txt of each pack says it.</summary>
public sealed partial class StockVerificationTests : IDisposable
{
    private readonly PackWorkshop _workshop = new();

    public void Dispose() => _workshop.Dispose();

    [SkippableFact]
    public async Task Every_command_of_the_README_succeeds_and_each_fails_once_what_it_is_for_is_damaged()
    {
        Skip.IfNot(AuditorShell.IsThere, "There is no openssl or sha512sum here.");
        await using var tsa = new LocalTimestampAuthority();
        using var authority = tsa.Open();
        var pack = await _workshop.BuildAsync(authority: authority);
        await File.WriteAllTextAsync(_workshop.At("org-root.pem"), _workshop.Identity.RootPem);
        await File.WriteAllTextAsync(_workshop.At("tsa-root.pem"), tsa.RootPem);
        var commands = Commands(await File.ReadAllTextAsync(Path.Combine(pack, "README-VERIFY.txt")));

        foreach (var command in commands)
            (await AuditorShell.SucceedAsync(pack, command)).ShouldNotContain("BROKEN");
        await AuditorShell.SucceedAsync(pack, "sha512sum -c --strict manifest-sha512.txt tagmanifest-sha512.txt signatures/checksums-sha512.txt");

        await BreakAsync(pack, "data/claims.csv", commands.Single(command => command.StartsWith("sha512sum", StringComparison.Ordinal)));
        await BreakAsync(pack, "tagmanifest-sha512.txt", commands.Single(command => command.StartsWith("openssl cms", StringComparison.Ordinal)));
        await BreakAsync(pack, "signatures/tagmanifest-sha512.txt.p7s", commands.Single(command => command.StartsWith("openssl ts -verify", StringComparison.Ordinal)));
        await BreakAsync(pack, "data/audit/segment.jsonl", commands.Single(command => command.StartsWith("(set", StringComparison.Ordinal)));
        await BreakAsync(pack, "data/audit/segment.jsonl", Proofs(commands));
        await BreakAsync(pack, "data/audit/payloads.jsonl", Payloads(commands));
        await BreakAsync(pack, "data/audit/checkpoint.txt", commands.Single(command => command.StartsWith("scratch=", StringComparison.Ordinal)));
        await BreakAsync(pack, PackPaths.Proof(3), Proofs(commands));
    }

    [SkippableFact]
    public async Task Each_command_prints_what_the_README_says_it_does()
    {
        Skip.IfNot(AuditorShell.IsThere, "There is no openssl or sha512sum here.");
        await using var tsa = new LocalTimestampAuthority();
        using var authority = tsa.Open();
        var pack = await _workshop.BuildAsync(authority: authority);
        await File.WriteAllTextAsync(_workshop.At("org-root.pem"), _workshop.Identity.RootPem);
        await File.WriteAllTextAsync(_workshop.At("tsa-root.pem"), tsa.RootPem);
        var readMe = await File.ReadAllTextAsync(Path.Combine(pack, "README-VERIFY.txt"));
        var commands = Commands(readMe);

        foreach (var (begins, prints) in new[]
        {
            ("sha512sum", "OK"), ("[ \"$(find", "OK"), ("openssl cms", "CMS Verification successful"), ("openssl ts -verify", "Verification: OK"),
            ("openssl ts -reply", "Time stamp:"), ("(set", "intact"), ("scratch=", "Verified OK"), ("(count=0\n", "OK: 2"), ("(count=0; ", "OK: 2"), ("sed -n 's/.*,\"payload", "{\"entry\":1}\n{\"entry\":3}\n"),
        })
        {
            (await AuditorShell.SucceedAsync(pack, commands.Single(command => command.StartsWith(begins, StringComparison.Ordinal)))).ShouldContain(prints);
            if (!prints.StartsWith("OK:", StringComparison.Ordinal) && !prints.StartsWith('{'))
                readMe.ShouldContain(prints);
        }
    }

    [SkippableFact]
    public async Task A_file_that_was_added_is_found_by_the_command_for_it_wherever_it_lies()
    {
        Skip.IfNot(AuditorShell.IsThere, "There is no openssl or sha512sum here.");
        var pack = await _workshop.BuildAsync();
        var listed = Commands(await File.ReadAllTextAsync(Path.Combine(pack, "README-VERIFY.txt"))).Single(command => command.StartsWith("[ ", StringComparison.Ordinal));

        (await AuditorShell.SucceedAsync(pack, listed)).ShouldBe("OK\n");
        foreach (var file in new[] { "data/results/added.csv", "added.txt", "data/.hidden" })
        {
            await File.WriteAllTextAsync(Path.Combine(pack, file), "x");
            (await AuditorShell.RunAsync(pack, listed)).ExitCode.ShouldNotBe(0, file);
            File.Delete(Path.Combine(pack, file));
        }
        File.Delete(Path.Combine(pack, "data/claims.csv"));
        (await AuditorShell.RunAsync(pack, listed)).ExitCode.ShouldNotBe(0);
    }

    [SkippableFact]
    public async Task What_openssl_says_of_a_wrong_root_a_missing_one_and_a_changed_pack_is_explained()
    {
        Skip.IfNot(AuditorShell.IsThere, "There is no openssl or sha512sum here.");
        var pack = await _workshop.BuildAsync();
        var readMe = await File.ReadAllTextAsync(Path.Combine(pack, "README-VERIFY.txt"));
        var verify = Commands(readMe).Single(command => command.StartsWith("openssl cms", StringComparison.Ordinal));
        await File.WriteAllTextAsync(_workshop.At("org-root.pem"), _workshop.Identity.RootPem);
        await AuditorShell.SucceedAsync(pack, verify);

        await File.AppendAllTextAsync(Path.Combine(pack, PackLayout.TagManifest), "\n");
        await ExplainedAsync("content verify error");
        using var stranger = new TestIdentity("CN=A stranger");
        await File.WriteAllTextAsync(_workshop.At("org-root.pem"), stranger.RootPem);
        await ExplainedAsync("self-signed certificate", "unable to get local issuer certificate");
        File.Delete(_workshop.At("org-root.pem"));
        await ExplainedAsync("No such file");

        async Task ExplainedAsync(params string[] messages)
        {
            var (exitCode, output) = await AuditorShell.RunAsync(pack, verify);
            exitCode.ShouldNotBe(0);
            messages.ShouldContain(message => output.Contains(message, StringComparison.Ordinal), output);
            foreach (var message in messages)
                readMe.ShouldContain($"\"{message}\"");
        }
    }

    [SkippableFact]
    public async Task Every_content_is_held_against_its_line_and_not_the_first_alone()
    {
        Skip.IfNot(AuditorShell.IsThere, "There is no openssl or sha512sum here.");
        var pack = await _workshop.BuildAsync();
        var commands = Commands(await File.ReadAllTextAsync(Path.Combine(pack, "README-VERIFY.txt")));
        var file = Path.Combine(pack, PackLayout.Payloads);
        var lines = await File.ReadAllLinesAsync(file);

        (await AuditorShell.SucceedAsync(pack, Payloads(commands))).ShouldBe("OK: 2\n");
        await File.WriteAllTextAsync(file, lines[0] + "\n" + lines[0].Replace("{\"seq\":1,", "{\"seq\":3,", StringComparison.Ordinal) + "\n");
        (await AuditorShell.RunAsync(pack, Payloads(commands))).Output.ShouldBe("BROKEN at entry 3\n");
        await File.WriteAllTextAsync(file, lines[0].Replace("{\"seq\":1,", "{\"seq\":9,", StringComparison.Ordinal) + "\n");
        (await AuditorShell.RunAsync(pack, Payloads(commands))).Output.ShouldBe("BROKEN at entry 9\n");
    }

    [SkippableFact]
    public async Task A_pack_without_an_authority_shows_no_command_for_a_stamp()
    {
        Skip.IfNot(AuditorShell.IsThere, "There is no openssl or sha512sum here.");
        var readMe = await File.ReadAllTextAsync(Path.Combine(await _workshop.BuildAsync(), "README-VERIFY.txt"));

        Commands(readMe).ShouldNotContain(command => command.StartsWith("openssl ts", StringComparison.Ordinal));
        readMe.ShouldContain("No time-stamping authority was configured");
        readMe.ShouldNotContain('{' + "STAMP");
    }

    [SkippableFact]
    public async Task A_signature_verifies_without_the_options_of_the_README_while_its_certificate_is_valid()
    {
        Skip.IfNot(AuditorShell.IsThere, "There is no openssl or sha512sum here.");
        var pack = await _workshop.BuildAsync();
        await File.WriteAllTextAsync(_workshop.At("org-root.pem"), _workshop.Identity.RootPem);
        const string Verify = $"openssl cms -verify -binary -inform DER -in {PackLayout.Signature} -content {PackLayout.TagManifest} -CAfile ../org-root.pem -out /dev/null";

        await AuditorShell.SucceedAsync(pack, Verify);

        using var stranger = new TestIdentity("CN=A stranger");
        await File.WriteAllTextAsync(_workshop.At("org-root.pem"), stranger.RootPem);
        (await AuditorShell.RunAsync(pack, Verify)).ExitCode.ShouldNotBe(0);
    }

    private static string Payloads(IEnumerable<string> commands) => commands.Single(command => command.StartsWith("(count=0\n", StringComparison.Ordinal));

    private static string Proofs(IEnumerable<string> commands) => commands.Single(command => command.StartsWith("(count=0; ", StringComparison.Ordinal));

    private static async Task BreakAsync(string pack, string file, string command)
    {
        var path = Path.Combine(pack, file);
        var whole = await File.ReadAllBytesAsync(path);
        var broken = whole.ToArray();
        broken[broken.Length / 3] ^= 1;
        await File.WriteAllBytesAsync(path, broken);
        (await AuditorShell.RunAsync(pack, command)).ExitCode.ShouldNotBe(0, $"{file} is damaged, and this says nothing: {command}");
        await File.WriteAllBytesAsync(path, whole);
    }

    // Lines that are indented by four blanks and more, a command each block.
    private static List<string> Commands(string readMe) =>
        [.. Block().Matches(readMe.ReplaceLineEndings("\n")).Select(match => string.Join('\n', match.Value.Trim('\n').Split('\n').Select(line => line[4..])))];

    [GeneratedRegex(@"(?<=\n\n)(?:    .*\n)+", RegexOptions.CultureInvariant)]
    private static partial Regex Block();
}
