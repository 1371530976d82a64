using System.Data.Common;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Attestations;

namespace MigrationGuard.Tests.Ledger;

/// <summary>The tables refuse what is never done to a ledger, whoever asks.</summary>
public sealed class ImmutabilityTests
{
    public static TheoryData<Provider, string> EveryRefusal
    {
        get
        {
            string[] everywhere =
            [
                "UPDATE ledger_entry SET hash = 'x' WHERE seq = 1",
                "DELETE FROM ledger_entry WHERE seq = 3",
                "UPDATE ledger_payload SET payload = salt WHERE seq = 1",
                "UPDATE ledger_payload SET kind = 'other' WHERE seq = 1",
                "UPDATE ledger_payload SET payload = NULL WHERE seq = 1",
                "DELETE FROM ledger_payload WHERE seq = 1",
                "UPDATE run SET document = '{}'",
                "UPDATE run SET finished_seq = NULL",
                "DELETE FROM run",
                "UPDATE run_result SET document = '{}'",
                "DELETE FROM run_result",
                "INSERT INTO run_result SELECT run_id, 9, 0, document FROM run_result WHERE ordinal = 0",
                "UPDATE project_key SET secret = secret",
                "DELETE FROM project_key",
                "INSERT INTO project_key SELECT 2, secret FROM project_key",
                "UPDATE attachment SET content = content",
                "DELETE FROM attachment",
            ];
            var data = new TheoryData<Provider, string>();
            foreach (var engine in Enum.GetValues<Provider>())
            {
                foreach (var statement in everywhere)
                    data.Add(engine, statement);
            }
            data.Add(Provider.Sqlite, "INSERT OR REPLACE INTO ledger_entry SELECT seq, 'x', hash FROM ledger_entry WHERE seq = 1");
            data.Add(Provider.Sqlite, "INSERT OR REPLACE INTO ledger_payload SELECT seq, kind, salt, salt FROM ledger_payload WHERE seq = 1");
            data.Add(Provider.Sqlite, "INSERT OR REPLACE INTO run SELECT id, started_seq, finished_seq, '{}' FROM run");
            data.Add(Provider.Sqlite, "INSERT OR REPLACE INTO project_key SELECT id, randomblob(32) FROM project_key");
            data.Add(Provider.Sqlite, "INSERT OR REPLACE INTO attachment SELECT sha256, 1, x'42' FROM attachment");
            data.Add(Provider.PostgreSql, "TRUNCATE attachment");
            data.Add(Provider.PostgreSql, "TRUNCATE ledger_entry CASCADE");
            data.Add(Provider.PostgreSql, "TRUNCATE run_result");
            return data;
        }
    }

    [SkippableTheory, MemberData(nameof(EveryRefusal))]
    public async Task The_tables_refuse_to_change_or_remove_what_was_written(Provider engine, string statement)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        await ledger.RunAsync(TestLedger.Result("contact"));
        await ledger.Store.ProjectKeyAsync(CancellationToken.None);
        await ledger.AttestAsync(new AttestationDraft(AttestationKinds.ImportLog, AttestedOutcome.Passed, "All in.", "Zoë", "test lead", DateTimeOffset.UnixEpoch), ("import.log", [0x41]));
        await Should.ThrowAsync<DbException>(() => ledger.Database.ExecuteAsync(statement));
        var report = await ledger.Store.VerifyAsync(CancellationToken.None);
        report.Problems.ShouldBeEmpty();
        report.Erased.ShouldBe(0);
        report.Entries.ShouldBe(4);
    }
}
