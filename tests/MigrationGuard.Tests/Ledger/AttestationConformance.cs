using System.Security.Cryptography;
using System.Text;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Attestations;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Tests.Decommissioning;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Ledger;

/// <summary>Attestations and their files, on every engine.</summary>
public sealed class AttestationConformance
{
    private static readonly byte[] Log = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("imported 1000 of 1000 contacts\n", 5000)));

    private static readonly string Empty = Convert.ToHexStringLower(SHA256.HashData([]));

    private static readonly DateTimeOffset Noon = new(2026, 3, 8, 12, 0, 0, TimeSpan.Zero);

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task An_attestation_comes_back_as_it_was_made_and_so_do_its_files(Provider engine)
    {
        await using var ledger = await AtNoonAsync(engine);
        var run = await ledger.RunAsync(TestLedger.Result("contact"));
        var made = await ledger.AttestAsync(Draft() with { Statement = " Zoë’s team tested “letters” 🙂. ", Run = run.Run[..^2] }, ("import.log", Log), ("empty.txt", []));

        var read = (await ledger.Store.ListAttestationsAsync(CancellationToken.None)).ShouldHaveSingleItem();
        (read with { Attestation = read.Attestation with { Files = made.Attestation.Files } }).ShouldBe(made);
        read.Attestation.Statement.ShouldBe("Zoë’s team tested “letters” 🙂.");
        read.Attestation.Run.ShouldBe(run.Run);
        read.Attestation.Files.Select(file => (file.Name, file.Bytes, file.Sha256)).ShouldBe(
            [("import.log", Log.Length, Convert.ToHexStringLower(SHA256.HashData(Log))), ("empty.txt", 0, Empty)]);
        (await ledger.ReadAsync(read.Attestation.Files[0].Sha256)).ShouldBe(Log);
        (await ledger.Store.AccountOfAsync(read.Recorder, CancellationToken.None)).ShouldBe(TestLedger.Engineer.Account);
        EntryLine.Parse((await ledger.LinesAsync())[^1])!.Kind.ShouldBe("attestation-made");
        await ledger.ShouldHoldAsync();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_file_that_two_attest_is_kept_once(Provider engine)
    {
        await using var ledger = await AtNoonAsync(engine);
        await ledger.AttestAsync(Draft(), ("import.log", Log), ("copy.log", Log), ("import.log", Log));
        var second = await ledger.AttestAsync(Draft() with { Kind = "import-log" }, ("other name.log", Log));

        (await ledger.Database.CountAsync("SELECT COUNT(*) FROM attachment")).ShouldBe(1);
        (await ledger.Store.ListAttestationsAsync(CancellationToken.None))[0].Attestation.Files.Select(file => file.Name).ShouldBe(["import.log", "copy.log"]);
        (await ledger.ReadAsync(second.Attestation.Files[0].Sha256)).ShouldBe(Log);
        await ledger.ShouldHoldAsync();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_later_statement_corrects_an_earlier_one_once_and_both_stay(Provider engine)
    {
        await using var ledger = await AtNoonAsync(engine);
        var first = (await ledger.AttestAsync(Draft())).Attestation.Id;
        var second = (await ledger.AttestAsync(Draft() with { Outcome = AttestedOutcome.Failed, Corrects = first[..^1] })).Attestation.Id;
        var third = (await ledger.AttestAsync(Draft() with { Corrects = second })).Attestation.Id;

        (await ledger.Store.ListAttestationsAsync(CancellationToken.None)).Select(kept => (kept.Attestation.Id, kept.Attestation.Corrects, kept.CorrectedBy))
            .ShouldBe([(first, null, second), (second, first, third), (third, second, null)]);
        (await RefusedAsync(ledger, Draft() with { Corrects = first })).Remedy.ShouldBe($"Correct that one: --corrects {second}");
        (await RefusedAsync(ledger, Draft() with { Corrects = "20200101-000000-000000" })).Problem.ShouldBe("is not in the ledger.");
        (await RefusedAsync(ledger, Draft() with { Corrects = "" })).Problem.ShouldBe("is not in the ledger.");
        (await ledger.LinesAsync()).Count.ShouldBe(4);
        await ledger.ShouldHoldAsync();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Erasing_takes_the_files_that_nothing_else_names_and_a_correction_outlives_its_words(Provider engine)
    {
        await using var ledger = await AtNoonAsync(engine);
        var first = await ledger.AttestAsync(Draft(), ("import.log", Log), ("own.txt", "a"u8.ToArray()));
        var second = await ledger.AttestAsync(Draft() with { Corrects = first.Attestation.Id }, ("import.log", Log), ("late.txt", "b"u8.ToArray()));

        (await EraseAsync(ledger, second.Seq)).ShouldBe(1);
        var records = await ledger.Store.ReadAttestationsAsync(CancellationToken.None);
        records.Erased.ShouldHaveSingleItem().Id.ShouldBe(second.Attestation.Id);
        records.Kept.ShouldHaveSingleItem().CorrectedBy.ShouldBe(second.Attestation.Id);
        (await RefusedAsync(ledger, Draft() with { Corrects = second.Attestation.Id })).Problem.ShouldStartWith("was erased");
        (await ledger.ReadAsync(first.Attestation.Files[0].Sha256)).ShouldBe(Log);
        await ledger.ShouldHoldAsync();

        (await EraseAsync(ledger, first.Seq)).ShouldBe(2);
        (await ledger.Database.CountAsync("SELECT COUNT(*) FROM attachment")).ShouldBe(0);
        (await Should.ThrowAsync<LedgerException>(() => ledger.ReadAsync(first.Attestation.Files[0].Sha256))).Problem.ShouldBe("is not in the ledger.");
        await ledger.ShouldHoldAsync();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_file_whose_hash_another_statement_quotes_stays_as_the_tables_would_have_it(Provider engine)
    {
        await using var ledger = await AtNoonAsync(engine);
        var first = await ledger.AttestAsync(Draft(), ("import.log", Log));
        await ledger.AttestAsync(Draft() with { Statement = "The log is " + first.Attestation.Files[0].Sha256 + "." });

        (await EraseAsync(ledger, first.Seq)).ShouldBe(0);
        await ledger.ShouldHoldAsync();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_quoted_hash_that_runs_into_other_digits_or_stands_in_capitals_does_not_stop_an_erasure(Provider engine)
    {
        await using var ledger = await AtNoonAsync(engine);
        var first = await ledger.AttestAsync(Draft(), ("import.log", Log), ("own.txt", "a"u8.ToArray()));
        var second = await ledger.AttestAsync(Draft(), ("late.txt", "b"u8.ToArray()));
        await ledger.AttestAsync(Draft() with { Statement = "The log is 0abc" + first.Attestation.Files[0].Sha256 + "def." });
        await ledger.AttestAsync(Draft() with { Statement = "The file is " + second.Attestation.Files[0].Sha256.ToUpperInvariant() + "." });

        (await EraseAsync(ledger, first.Seq)).ShouldBe(1);
        (await EraseAsync(ledger, second.Seq)).ShouldBe(0);
        (await ledger.ReadAsync(first.Attestation.Files[0].Sha256)).ShouldBe(Log);
        await Should.ThrowAsync<LedgerException>(() => ledger.ReadAsync(first.Attestation.Files[1].Sha256));
        await ledger.ShouldHoldAsync();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_file_that_was_changed_removed_or_smuggled_in_is_found(Provider engine)
    {
        await using var ledger = await AtNoonAsync(engine);
        var made = await ledger.AttestAsync(Draft(), ("import.log", Log));
        var sha256 = made.Attestation.Files[0].Sha256;
        await Triggers.RemoveAsync(ledger.Database);

        await ledger.Database.ExecuteAsync($"INSERT INTO attachment (sha256, bytes, content) SELECT '{Empty}', 1, {Bytes(engine, "00")} FROM ledger_entry WHERE seq = 1");
        (await ProblemsAsync(ledger)).Select(problem => problem.Problem).ShouldBe([$"Attachment {Empty} is not what was attached: its bytes were changed.", $"Attachment {Empty} is in the ledger, but no attestation names it."]);
        await ledger.Database.ExecuteAsync($"DELETE FROM attachment WHERE sha256 <> '{sha256}'");
        await ledger.ShouldHoldAsync();

        await ledger.Database.ExecuteAsync($"UPDATE attachment SET bytes = 1, content = {Bytes(engine, "41")}");
        (await ProblemsAsync(ledger)).ShouldBe([new ChainProblem(made.Seq, $"Attachment {sha256} is not what was attached: its bytes were changed.")]);
        (await Should.ThrowAsync<LedgerException>(() => ledger.ReadAsync(sha256))).Problem.ShouldBe("is not the file that was attached: its bytes have another hash.");

        await ledger.Database.ExecuteAsync("DELETE FROM attachment");
        (await ProblemsAsync(ledger)).ShouldBe([new ChainProblem(made.Seq, $"Attachment {sha256}, which this entry names import.log, is not in the ledger: it was removed.")]);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task What_is_not_as_it_must_be_is_refused_and_leaves_nothing(Provider engine)
    {
        await using var ledger = await AtNoonAsync(engine);
        foreach (var (draft, place) in new[]
        {
            (Draft() with { Kind = "User Testing" }, "Kind User Testing"),
            (Draft() with { Kind = new string('a', 51) }, "Kind " + new string('a', 51)),
            (Draft() with { Statement = " \n" }, "The statement"),
            (Draft() with { Role = "" }, "The role"),
            (Draft() with { Who = " " }, "Who states it"),
            (Draft() with { At = Noon.AddSeconds(1) }, "The moment"),
            (Draft() with { Asset = "nothing" }, "Asset nothing"),
            (Draft() with { Run = "nothing" }, "Run nothing"),
            (Draft() with { Run = "latest" }, "Run latest"),
        })
        {
            (await RefusedAsync(ledger, draft, ("import.log", Log))).Place.ShouldBe(place);
        }
        (await RefusedAsync(ledger, Draft(), ("a.txt", Log), ("A.TXT", [1]))).Problem.ShouldBe("is named twice, for two files.");
        (await ledger.LinesAsync()).Count.ShouldBe(1);
        (await ledger.Database.CountAsync("SELECT COUNT(*) FROM attachment")).ShouldBe(0);
    }

    [Fact]
    public async Task A_file_that_changes_vanishes_or_is_too_large_is_refused_and_leaves_nothing()
    {
        await using var ledger = await AtNoonAsync(Provider.Sqlite);
        var opened = 0;
        Stream Growing() => new MemoryStream([.. Log, .. new byte[opened++]]);
        Stream Vanishing() => opened++ == 0 ? new MemoryStream(Log) : throw new FileNotFoundException("Could not find file 'import.log'.");
        foreach (var (file, problem) in new (FileToAttach, string)[]
        {
            (new("import.log", Growing), "changed while it was read."),
            (new("import.log", Vanishing), "cannot be read: Could not find file 'import.log'."),
            (new("import.log", () => new MemoryStream(new byte[(64 * 1024 * 1024) + 1])), "more than 64 MiB, which is the most that is kept."),
            (FileToAttach.At(Path.GetTempPath()), "cannot be read: "),
        })
        {
            opened = 0;
            var refusal = await Should.ThrowAsync<AttestationException>(() => ledger.Store.AttestAsync(Draft(), [new("fine.txt", () => new MemoryStream(Log)), file], TestLedger.Engineer, CancellationToken.None));
            refusal.Problem.ShouldStartWith(problem);
        }
        (await ledger.LinesAsync()).Count.ShouldBe(1);
        (await ledger.Database.CountAsync("SELECT COUNT(*) FROM attachment")).ShouldBe(0);
    }

    private static AttestationDraft Draft() => new(AttestationKinds.UserTesting, AttestedOutcome.Passed, "Letters print.", "Zoë", "test lead", Noon.AddHours(-3));

    private static Task<TestLedger> AtNoonAsync(Provider engine) => TestLedger.CreateAsync(engine, SetClock.At(2026, 3, 8));

    private static async Task<AttestationException> RefusedAsync(TestLedger ledger, AttestationDraft draft, params (string Name, byte[] Content)[] files) =>
        await Should.ThrowAsync<AttestationException>(() => ledger.AttestAsync(draft, files));

    // How many files went with it.
    private static async Task<long> EraseAsync(TestLedger ledger, long seq)
    {
        var before = await ledger.Database.CountAsync("SELECT COUNT(*) FROM attachment");
        await ledger.Store.EraseAsync(seq, "Asked for by the person named.", TestLedger.Engineer, CancellationToken.None);
        return before - await ledger.Database.CountAsync("SELECT COUNT(*) FROM attachment");
    }

    private static async Task<IReadOnlyList<ChainProblem>> ProblemsAsync(TestLedger ledger) => (await ledger.Store.VerifyAsync(CancellationToken.None)).Problems;

    private static string Bytes(Provider engine, string hex) => engine switch
    {
        Provider.PostgreSql => $@"'\x{hex}'::bytea",
        Provider.SqlServer => "0x" + hex,
        _ => $"x'{hex}'",
    };
}

/// <summary>Attesting in a ledger of one test.</summary>
internal static class AttestingLedger
{
    public static Task<RecordedAttestation> AttestAsync(this TestLedger ledger, AttestationDraft draft, params (string Name, byte[] Content)[] files) =>
        ledger.Store.AttestAsync(draft, [.. files.Select(file => new FileToAttach(file.Name, () => new MemoryStream(file.Content)))], TestLedger.Engineer, CancellationToken.None);

    public static async Task<byte[]> ReadAsync(this TestLedger ledger, string sha256)
    {
        using var content = new MemoryStream();
        (await ledger.Store.ReadAttachmentAsync(sha256, content, CancellationToken.None)).ShouldBe(content.Length);
        return content.ToArray();
    }

    public static async Task ShouldHoldAsync(this TestLedger ledger) => (await ledger.Store.VerifyAsync(CancellationToken.None)).Problems.ShouldBeEmpty();
}
