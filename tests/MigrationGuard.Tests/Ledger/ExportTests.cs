using System.Text;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Ledger;

/// <summary>The chain's lines outside the store are followed by a shell loop and by this program, and by neither once something was changed.</summary>
public sealed class ExportTests
{
    private static readonly Dictionary<string, Func<List<string>, string>> Corruptions = new(StringComparer.Ordinal)
    {
        ["a character changed"] = lines => Joined(lines, 2, lines[2].Replace("\"subject\":\"thing", "\"subject\":\"think", StringComparison.Ordinal)),
        ["a line removed"] = lines => string.Concat(lines.Where((_, at) => at != 2).Select(line => line + "\n")),
        ["two lines swapped"] = lines => string.Concat(lines[..2].Append(lines[3]).Append(lines[2]).Concat(lines[4..]).Select(line => line + "\n")),
        ["a line twice"] = lines => string.Concat(lines[..3].Append(lines[2]).Concat(lines[3..]).Select(line => line + "\n")),
        ["an empty line"] = lines => Joined(lines, 2, "\n" + lines[2]),
        ["the last line cut off"] = lines => string.Concat(lines.Select(line => line + "\n"))[..^20],
        ["line ends of another kind"] = lines => string.Concat(lines.Select(line => line + "\r\n")),
        ["something after the last line"] = lines => string.Concat(lines.Select(line => line + "\n")) + "{}",
    };

    public static TheoryData<string> EveryCorruption => [.. Corruptions.Keys];

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Exported_lines_are_the_stored_ones_to_the_byte_and_verify(Provider engine)
    {
        await using var ledger = await FilledAsync(engine);
        var lines = new List<string>();
        (await ledger.Store.ReadLinesAsync(line => { lines.Add(line); return ValueTask.CompletedTask; }, CancellationToken.None)).ShouldBe(6);
        lines.ShouldBe(await ledger.LinesAsync());
        var report = await VerifyAsync(string.Concat(lines.Select(line => line + "\n")));
        var chain = (await ledger.Store.VerifyAsync(CancellationToken.None)).Tree;
        report.Problems.ShouldBeEmpty();
        (report.First, report.Last, report.Head, report.Root, report.Previous).ShouldBe((1, 6, chain.Head, chain.Root, EntryLine.NoPredecessor));
    }

    [SkippableFact]
    public async Task A_part_of_the_chain_verifies_from_the_hash_before_it()
    {
        await using var ledger = await FilledAsync(Provider.Sqlite);
        var lines = await ledger.LinesAsync();
        var report = await VerifyAsync(string.Concat(lines.Skip(3).Select(line => line + "\n")));
        report.Problems.ShouldBeEmpty();
        (report.First, report.Last, report.Previous).ShouldBe((4, 6, EntryLine.HashOf(lines[2])));
        (await LoopAsync(string.Concat(lines.Skip(3).Select(line => line + "\n")), EntryLine.HashOf(lines[2]))).ExitCode.ShouldBe(0);
        (await LoopAsync(string.Concat(lines.Skip(3).Select(line => line + "\n")), EntryLine.HashOf(lines[1]))).ExitCode.ShouldBe(1);
    }

    [SkippableFact]
    public async Task The_shell_loop_follows_what_was_exported()
    {
        await using var ledger = await FilledAsync(Provider.Sqlite);
        var run = await LoopAsync(string.Concat((await ledger.LinesAsync()).Select(line => line + "\n")));
        run.Output.ShouldBe($"intact; SHA-256 of the last line: {(await ledger.Store.VerifyAsync(CancellationToken.None)).Head}\n");
        run.ExitCode.ShouldBe(0);
        ExportedChain.ShellLoop.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(5);
    }

    [Fact]
    public void The_readme_shows_the_shell_loop_as_it_is() =>
        File.ReadAllText(RepositoryRoot.At("README.md")).ReplaceLineEndings("\n").ShouldContain($"```\n{ExportedChain.ShellLoop}```\n");

    [SkippableTheory, MemberData(nameof(EveryCorruption))]
    public async Task The_shell_loop_stops_at_what_was_changed_and_so_does_this_program(string what)
    {
        await using var ledger = await FilledAsync(Provider.Sqlite);
        var corrupted = Corruptions[what]([.. await ledger.LinesAsync()]);
        (await VerifyAsync(corrupted)).Problems.ShouldNotBeEmpty();
        var run = await LoopAsync(corrupted);
        run.Output.ShouldStartWith("BROKEN at ");
        run.ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_line_that_never_ends_is_refused_in_bounded_memory()
    {
        using var endless = new MemoryStream(new byte[8 * 1024 * 1024]);
        (await ExportedLines.VerifyAsync(endless, null, CancellationToken.None)).Problems.ShouldHaveSingleItem().ShouldContain("has no end");
        (await VerifyAsync(new string('x', 200_000) + "\n")).Problems.ShouldHaveSingleItem().ShouldContain("is not what an entry's line is");
    }

    private static async Task<ExportedReport> VerifyAsync(string lines)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(lines));
        return await ExportedLines.VerifyAsync(stream, null, CancellationToken.None);
    }

    private static async Task<(int ExitCode, string Output)> LoopAsync(string lines, params string[] previous)
    {
        Skip.IfNot(StockTool.IsThere("bash") && StockTool.IsThere("sha256sum"), "bash and sha256sum are not installed.");
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At("verify-chain.sh"), ExportedChain.ShellLoop);
        await File.WriteAllTextAsync(folder.At("ledger.jsonl"), lines);
        return await StockTool.RunAsync(folder.Path, "bash", ["verify-chain.sh", "ledger.jsonl", .. previous]);
    }

    private static string Joined(List<string> lines, int at, string line)
    {
        lines[at].ShouldNotBe(line);
        lines[at] = line;
        return string.Concat(lines.Select(line => line + "\n"));
    }

    private static async Task<TestLedger> FilledAsync(Provider engine)
    {
        var ledger = await TestLedger.CreateAsync(engine);
        for (var i = 0; i < 5; i++)
            await ledger.Store.AppendAsync(EntryKind.Approval, $"thing-{i}", [], TestLedger.Engineer, CancellationToken.None);
        return ledger;
    }
}
