using MigrationGuard.Databases;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Ledger;

/// <summary>
/// Somebody with every right on the database changes something in a ledger of six entries: 1 the creation, 2 a configuration,
/// 3 and 4 a run, 5 and 6 further configurations.
/// </summary>
public sealed class TamperingTests
{
    private static readonly Dictionary<string, Tampering> Tamperings = new(StringComparer.Ordinal)
    {
        ["a line's sequence number"] = Line(2, "\"seq\":2", "\"seq\":7", "The line is that of entry 7."),
        ["a line's time"] = Line(2, "\"time\":\"2", "\"time\":\"1", "does not follow from the one before it"),
        ["a line's kind"] = Line(2, "configuration-changed", "approval", "does not follow from the one before it"),
        ["a line's actor"] = Line(2, "\"actor-", "\"actor-f", "does not follow from the one before it"),
        ["a line's subject"] = Line(2, "\"configuration\"", "\"configurations\"", "does not follow from the one before it"),
        ["a line's payload hash"] = Line(2, "\"payload\":\"", "\"payload\":\"0123456789", "The line is not an entry's."),
        ["a space in a line"] = Line(2, ",\"kind\"", ", \"kind\"", "The line is not an entry's."),
        ["the first line's predecessor"] = Line(1, "\"previous\":\"0", "\"previous\":\"1", "does not follow from the one before it"),
        ["the first entry's kind"] = Line(1, "store-created", "approval", "The first entry, and no other, records that the store was created."),
        ["the last line, without its kept hash"] = Line(6, "\"time\":\"2", "\"time\":\"1", "does not have the hash that was kept for it", rehash: false),
        ["a kept hash"] = Sql("UPDATE ledger_entry SET hash = 'x' WHERE seq = 2", "does not have the hash that was kept for it"),
        ["an entry removed"] = Sql("DELETE FROM ledger_payload WHERE seq = 5; DELETE FROM ledger_entry WHERE seq = 5", "Entries are missing: this one follows 4."),
        ["an entry removed and the next moved down"] = Sql(
            "DELETE FROM ledger_payload WHERE seq = 5; UPDATE ledger_entry SET line = (SELECT x.line FROM ledger_entry x WHERE x.seq = 6) WHERE seq = 5; DELETE FROM ledger_payload WHERE seq = 6; DELETE FROM ledger_entry WHERE seq = 6",
            "The line is that of entry 6."),
        ["the first entry removed"] = Sql("DELETE FROM ledger_payload WHERE seq = 1; DELETE FROM ledger_entry WHERE seq = 1", "Entries are missing: this one follows 0."),
        ["two entries swapped"] = new Tampering(SwapAsync, "The line is that of entry 5."),
        ["a payload changed"] = Sql("UPDATE ledger_payload SET payload = salt WHERE seq = 2", "The payload or its salt was changed."),
        ["a salt changed"] = Sql("UPDATE ledger_payload SET salt = (SELECT x.salt FROM ledger_payload x WHERE x.seq = 5) WHERE seq = 2", "The payload or its salt was changed."),
        ["a payload removed"] = Sql("DELETE FROM ledger_payload WHERE seq = 2", "The payload was removed, not erased."),
        ["a payload that is no JSON, under its own hash"] = new Tampering(ForgePayloadAsync, "The payload is not JSON, which every entry's is."),
        ["a payload emptied without an entry"] = Sql("UPDATE ledger_payload SET salt = NULL, payload = NULL WHERE seq = 2", "no entry records that it was erased"),
        ["a payload's kind"] = Sql("UPDATE ledger_payload SET kind = 'approval' WHERE seq = 2", "The payload is kept as that of a approval entry."),
        ["a result changed"] = Sql("UPDATE run_result SET document = REPLACE(document, '997', '998') WHERE ordinal = 1", "one was changed, added or removed"),
        ["a mismatch made a match"] = Sql("UPDATE run_result SET document = REPLACE(document, 'mismatch', 'match') WHERE ordinal = 1", "one was changed, added or removed"),
        ["a result removed"] = Sql("DELETE FROM run_result WHERE ordinal = 1", "one was changed, added or removed"),
        ["a result added"] = Sql("INSERT INTO run_result SELECT run_id, 9, part, document FROM run_result WHERE ordinal = 0", "one was changed, added or removed"),
        ["a result moved"] = Sql("UPDATE run_result SET ordinal = 5 WHERE ordinal = 0", "one was changed, added or removed"),
        ["a run's verdict"] = Sql("UPDATE run SET document = REPLACE(document, 'NO-GO', 'GO')", "was changed"),
        ["a finished run made unfinished"] = Sql("UPDATE run SET finished_seq = NULL", "does not name this entry as its end"),
        ["a run removed"] = Sql("DELETE FROM run_result; DELETE FROM run", "is not in the ledger"),
        ["a run whose entry is another's"] = Sql("UPDATE run SET started_seq = 2", "began without an entry"),
        ["a run finished by another entry"] = Sql("UPDATE run SET finished_seq = 5", "is finished, but no entry says so"),
        ["a run that never began"] = Sql("INSERT INTO run SELECT 'forged', 6, 6, document FROM run", "Run forged began without an entry."),
        ["an unfinished run's document"] = new Tampering(
            async ledger =>
            {
                await ledger.Store.BeginRunAsync(TestLedger.Header("unfinished"), TestLedger.Engineer, CancellationToken.None);
                await ledger.Database.ExecuteAsync("UPDATE run SET document = REPLACE(document, 'wave 1', 'wave 2') WHERE id = 'unfinished'");
            },
            "The document of run unfinished is not what this entry says"),
        ["everything removed"] = Sql("DELETE FROM run_result; DELETE FROM run; DELETE FROM ledger_payload; DELETE FROM ledger_entry", "The ledger has no entries"),
    };

    public static TheoryData<Provider, string> EveryTampering
    {
        get
        {
            var data = new TheoryData<Provider, string>();
            foreach (var engine in Enum.GetValues<Provider>())
            {
                foreach (var name in Tamperings.Keys)
                    data.Add(engine, name);
            }
            return data;
        }
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_ledger_that_nobody_tampered_with_holds(Provider engine)
    {
        await using var ledger = await FilledAsync(engine);
        await Triggers.RemoveAsync(ledger.Database);
        var report = await ledger.Store.VerifyAsync(CancellationToken.None);
        report.Problems.ShouldBeEmpty();
        report.Entries.ShouldBe(6);
    }

    [SkippableTheory, MemberData(nameof(EveryTampering))]
    public async Task Tampering_is_found(Provider engine, string what)
    {
        var tampering = Tamperings[what];
        await using var ledger = await FilledAsync(engine);
        await Triggers.RemoveAsync(ledger.Database);
        await tampering.Do(ledger);
        var report = await ledger.Store.VerifyAsync(CancellationToken.None);
        report.Holds.ShouldBeFalse();
        report.Problems.ShouldContain(problem => problem.Problem.Contains(tampering.Found, StringComparison.Ordinal), string.Join("\n", report.Problems));
    }

    [SkippableFact]
    public async Task Results_and_payloads_of_nothing_are_found()
    {
        // Servers' foreign keys keep them out; SQLite leaves checking those to each connection.
        await using var ledger = await FilledAsync(Provider.Sqlite);
        await Triggers.RemoveAsync(ledger.Database);
        await ledger.Database.ExecuteAsync("""
            PRAGMA foreign_keys = OFF;
            INSERT INTO run_result VALUES ('forged', 0, 0, '{}');
            INSERT INTO ledger_payload VALUES (99, 'approval', NULL, NULL);
            """);
        (await ledger.Store.VerifyAsync(CancellationToken.None)).Problems.ShouldBe(
        [
            new ChainProblem(99, "There is a payload for this entry, but no entry."),
            new ChainProblem(null, "There are results of run forged, but no such run."),
        ]);
    }

    private static async Task<TestLedger> FilledAsync(Provider engine)
    {
        var ledger = await TestLedger.CreateAsync(engine);
        await RecordAsync("1");
        var mismatch = new CheckOutcome.Mismatch([new Finding(FindingKinds.MissingInTarget, 3, Source: new Scalar(1000), Target: new Scalar(997))]);
        await ledger.RunAsync(TestLedger.Result("account"), TestLedger.Result("contact", mismatch));
        await RecordAsync("2");
        await RecordAsync("3");
        return ledger;

        Task RecordAsync(string json) => ledger.Store.RecordConfigurationAsync(json, TestLedger.Engineer, CancellationToken.None);
    }

    private static Tampering Sql(string sql, string found) => new(
        ledger => ledger.Database.ExecuteAsync(ledger.Database.Provider == Provider.Sqlite ? "PRAGMA foreign_keys = OFF;" + sql : sql),
        found);

    /// <summary>Changes a line and, as somebody careful would, the hash kept beside it.</summary>
    private static Tampering Line(long seq, string from, string to, string found, bool rehash = true) => new(
        async ledger =>
        {
            var line = (string)(await ledger.Database.ScalarAsync($"SELECT line FROM ledger_entry WHERE seq = {seq}"))!;
            line.ShouldContain(from);
            await WriteAsync(ledger, seq, line.Replace(from, to, StringComparison.Ordinal), rehash);
        },
        found);

    private static async Task SwapAsync(TestLedger ledger)
    {
        var lines = await ledger.LinesAsync();
        await WriteAsync(ledger, 5, lines[5], rehash: true);
        await WriteAsync(ledger, 6, lines[4], rehash: true);
    }

    /// <summary>Gives the last entry a payload that nothing reads, and its line the hash of that.</summary>
    private static async Task ForgePayloadAsync(TestLedger ledger)
    {
        var (forged, last) = (SealedPayload.Seal("{\"configuration\":"u8.ToArray()), EntryLine.Parse((await ledger.LinesAsync())[5])!);
        await WriteAsync(ledger, 6, (last with { Payload = forged.Hash }).Text, rehash: true);
        await ledger.Database.ExecuteAsync($"UPDATE ledger_payload SET salt = {Bytes(forged.Salt)}, payload = {Bytes(forged.Content)} WHERE seq = 6");

        string Bytes(byte[] bytes) => ledger.Database.Provider switch
        {
            Provider.PostgreSql => $@"'\x{Convert.ToHexStringLower(bytes)}'::bytea",
            Provider.SqlServer => "0x" + Convert.ToHexStringLower(bytes),
            _ => $"x'{Convert.ToHexStringLower(bytes)}'",
        };
    }

    private static async Task WriteAsync(TestLedger ledger, long seq, string line, bool rehash)
    {
        await ledger.Database.ExecuteAsync($"UPDATE ledger_entry SET line = '{line}' WHERE seq = {seq}");
        if (rehash)
            await ledger.Database.ExecuteAsync($"UPDATE ledger_entry SET hash = '{EntryLine.HashOf(line)}' WHERE seq = {seq}");
    }

    private sealed record Tampering(Func<TestLedger, Task> Do, string Found);
}
