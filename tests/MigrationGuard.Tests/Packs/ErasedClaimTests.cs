using System.Globalization;
using System.Text;
using MigrationGuard.Evidence.Checking;
using MigrationGuard.Evidence.Packs;
using MigrationGuard.Ledger.Chain;

namespace MigrationGuard.Tests.Packs;

/// <summary>A pack that says "erased" has to hold the entry that records it.</summary>
public sealed class ErasedClaimTests : IDisposable
{
    private const string Statement = "data/attestations/20260301-120000-aaaaaa/attestation.json";
    private const string Run = "20260301-181502-7f3a9c";

    // The third entry held a statement and the fifth ended a run; both were erased, by the sixth and the seventh.
    private static readonly (string Kind, string Subject, bool IsShown)[] Entries =
    [
        ("store-created", "store", true), ("run-started", "run-" + Run, true), ("attestation-made", "20260301-120000-aaaaaa", false), ("approval", "expected-difference", false),
        ("run-finished", "run-" + Run, false), ("payload-erased", "entry-3", true), ("payload-erased", "entry-5", true),
    ];

    private readonly PackWorkshop _workshop = new();

    public void Dispose() => _workshop.Dispose();

    [Fact]
    public async Task What_is_recorded_to_be_erased_may_be_said_to_be()
    {
        var report = await VerifyAsync(Entries, ErasedBy("6"), RunsFile("5", "7"));

        report.Problems.ShouldBeEmpty();
        report.Conclusion.ShouldBe(PackConclusion.Proven);
    }

    [Theory]
    [InlineData("null", "5", "7", "does not name the entry that records it")]
    [InlineData("7", "5", "7", "entry 7 of the segment does not record it")]
    [InlineData("4", "5", "7", "entry 4 of the segment does not record it")]
    [InlineData("99", "5", "7", "entry 99 of the segment does not record it")]
    [InlineData("6", "5", "6", "entry 6 of the segment does not record it")]
    [InlineData("6", "5", "", "does not name the entry that records it")]
    [InlineData("6", "3", "6", "the segment has no such entry of it")]
    [InlineData("6", "4", "7", "the segment has no such entry of it")]
    public async Task What_is_said_to_be_erased_without_its_record_is_told(string statementErasure, string runErased, string runErasure, string says)
    {
        var report = await VerifyAsync(Entries, ErasedBy(statementErasure), RunsFile(runErased, runErasure));

        report.Problems.ShouldHaveSingleItem().Problem.ShouldContain(says);
        report.Conclusion.ShouldBe(PackConclusion.Broken);
    }

    [Fact]
    public async Task A_segment_that_ends_before_the_erasure_is_told() =>
        (await VerifyAsync([.. Entries.Take(5)], ErasedBy("6"), RunsFile("5", "7"))).Problems.Select(problem => problem.File).ShouldBe([Statement, PackLayout.Runs], ignoreOrder: true);

    [Fact]
    public async Task Content_of_an_entry_that_is_recorded_to_be_erased_is_told()
    {
        var entries = Entries.ToArray();
        entries[3].IsShown = true;
        (await VerifyAsync(entries, ErasedBy("6"), RunsFile("5", "7"))).Problems.ShouldBeEmpty();

        entries[2].IsShown = true;
        var problem = (await VerifyAsync(entries, ErasedBy("6"), RunsFile("5", "7"))).Problems.ShouldHaveSingleItem();
        (problem.File, problem.Problem).ShouldBe((PackLayout.Payloads, "holds the content of entry 3, which entry 6 says was erased."));
    }

    [Theory]
    [InlineData("entry-7")]
    [InlineData("entry-8")]
    [InlineData("entry-03")]
    [InlineData("something")]
    public async Task An_erasure_of_no_entry_before_it_is_told(string subject)
    {
        var entries = Entries.ToArray();
        entries[6].Subject = subject;

        (await VerifyAsync(entries, ErasedBy("6"), RunsFile("", ""))).Problems.ShouldHaveSingleItem().Problem.ShouldBe("entry 7 records an erasure, and of no entry before it.");
    }

    [Fact]
    public async Task Without_the_lines_of_the_chain_nothing_may_be_said_to_be_erased()
    {
        var report = await VerifyAsync(null, ErasedBy("6"), RunsFile("", ""));

        report.Problems.ShouldHaveSingleItem().File.ShouldBe(Statement);
    }

    private static PackFile ErasedBy(string erasure) => PackFile.OfText(Statement, $$"""{ "erased": true, "entry": 3, "erasure": {{erasure}} }""");

    private static PackFile RunsFile(string erased, string erasure) =>
        PackFile.OfText(PackLayout.Runs, $"run,verdict,{PackLayout.RunsErasedColumn},{PackLayout.RunsErasureColumn}\r\nanother,GO,,\r\n{Run},GO,{erased},{erasure}\r\n");

    private async Task<PackReport> VerifyAsync((string Kind, string Subject, bool IsShown)[]? entries, params PackFile[] claims)
    {
        using var signer = _workshop.Identity.Signer();
        var request = _workshop.Request(Path.GetRandomFileName(), [.. claims, .. entries is null ? [] : Audit(entries)]);
        var pack = await PackBuilder.BuildAsync(request, signer, authority: null, beforePublishing: null, TimeProvider.System, CancellationToken.None);
        return await PackVerification.VerifyAsync(pack.Path, _workshop.Trust, TimeProvider.System, CancellationToken.None);
    }

    private static IEnumerable<PackFile> Audit((string Kind, string Subject, bool IsShown)[] entries)
    {
        var (lines, payloads, previous) = (new StringBuilder(), new StringBuilder(), EntryLine.NoPredecessor);
        foreach (var (index, (kind, subject, isShown)) in entries.Index())
        {
            var payload = SealedPayload.Seal("{}"u8.ToArray());
            var line = new EntryLine(index + 1, new DateTime(2026, 3, 1, 12, index, 0, DateTimeKind.Utc), kind, "actor-1", subject, payload.Hash, previous);
            previous = line.Hash;
            lines.Append(line.Text).Append('\n');
            if (isShown)
                payloads.Append(CultureInfo.InvariantCulture, $$"""{"seq":{{line.Seq}},"salt":"{{Convert.ToBase64String(payload.Salt)}}","payload":"{{Convert.ToBase64String(payload.Content)}}"}""").Append('\n');
        }
        yield return PackFile.OfText(PackLayout.Segment, lines.ToString());
        yield return PackFile.OfText(PackLayout.Payloads, payloads.ToString());
    }
}
