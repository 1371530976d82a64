using System.Text.RegularExpressions;
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
        await BreakAsync(pack, "data/audit/checkpoint.txt", string.Join('\n', commands.Where(command => command.Contains("audit/checkpoint.txt", StringComparison.Ordinal))));
    }

    [SkippableFact]
    public async Task The_README_shows_the_same_hash_for_a_payload_and_for_its_line()
    {
        Skip.IfNot(AuditorShell.IsThere, "There is no openssl or sha512sum here.");
        var pack = await _workshop.BuildAsync();
        var commands = Commands(await File.ReadAllTextAsync(Path.Combine(pack, "README-VERIFY.txt")));

        var shown = await AuditorShell.SucceedAsync(pack, commands.Single(command => command.StartsWith("n=$(sed", StringComparison.Ordinal)));
        var lines = shown.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(2, shown);
        lines[1].ShouldStartWith(lines[0]);
        lines[0].Length.ShouldBe(64);
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
