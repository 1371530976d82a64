using MigrationGuard.Databases;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Ledger;

/// <summary>Somebody with every right on the database changes one thing in the tables of assets, obligations and notifications.</summary>
public sealed class WorkTamperingTests
{
    private const string Decided = "deletion-review.old-db.1";
    private const string Open = "deletion-review.old-db.2";
    private const string Notice = "partner-notice.crm.2";

    // What each change is found as: one problem, which begins with the row's name.
    private static readonly Dictionary<string, (string Do, string Found)[]> Tamperings = new(StringComparer.Ordinal)
    {
        ["asset"] =
        [
            Set("asset", "name", "'new-db'", "name = 'old-db'", "Asset new-db names this entry as its beginning, which is that of Asset old-db."),
            Set("asset", "document", "REPLACE(document, 'case files', 'nothing')", "name = 'old-db'", "Asset old-db is not what this entry says: its document was changed."),
            Set("asset", "document", "'none'", "name = 'old-db'", "Asset old-db is not what this entry says: its document was changed."),
            Set("asset", "registered_seq", "1", "name = 'old-db'", "Asset old-db names entry 1 as its beginning"),
            Set("asset", "registered_seq", "(SELECT MAX(seq) FROM ledger_entry)", "name = 'old-db'", "Asset old-db names entry "),
            Set("asset", "closed_seq", "1", "name = 'old-db'", "Asset old-db is closed, but"),
            Set("asset", "document", "REPLACE(document, 'the supplier', 'Digital and IT')", "name = 'old-files'", "Asset old-files is not what this entry says: its document was changed."),
            Set("asset", "closed_seq", "NULL", "name = 'old-files'", "Asset old-files is open, but this entry closed it."),
            Set("asset", "closed_seq", "1", "name = 'old-files'", "Asset old-files names entry 1 as its end, which is this one."),
            ("DELETE FROM asset WHERE name = 'old-db'", "Asset old-db is not in the ledger"),
            ("DELETE FROM asset WHERE name = 'old-files'", "Asset old-files is not in the ledger"),
            ("INSERT INTO asset (name, document, registered_seq) VALUES ('forged', '{}', 1)", "Asset forged is in the ledger, but"),
        ],
        ["occurrence"] =
        [
            Set("occurrence", "id", "'deletion-review.old-db.7'", Id(Open), "Occurrence deletion-review.old-db.7 names this entry as its beginning, which is that of Occurrence deletion-review.old-db.2."),
            Set("occurrence", "obligation", "'audit-log-review'", Id(Open), "Occurrence deletion-review.old-db.2 is of obligation audit-log-review, subject old-db, number 2"),
            Set("occurrence", "subject", "'new-db'", Id(Open), "Occurrence deletion-review.old-db.2 is of obligation deletion-review, subject new-db, number 2"),
            Set("occurrence", "number", "9", Id(Open), "Occurrence deletion-review.old-db.2 is of obligation deletion-review, subject old-db, number 9"),
            Set("occurrence", "due_on", "'2026-09-12'", Id(Open), "Occurrence deletion-review.old-db.2 is due on 2026-09-12, but this entry says 2026-09-10."),
            Set("occurrence", "due_at", "REPLACE(due_at, '2026', '2027')", Id(Open), "Occurrence deletion-review.old-db.2 is due at 2027-09-10T08:00:00.0000000Z, which is not on 2026-09-10."),
            Set("occurrence", "sequence", "0", Id(Open), "Occurrence deletion-review.old-db.2 has the sequence 0, but this entry says 1."),
            Set("occurrence", "document", "REPLACE(document, 'case files', 'nothing')", Id(Open), "The document of Occurrence deletion-review.old-db.2 is not what this entry says: it was changed."),
            Set("occurrence", "document", "'none'", Id(Open), "The document of Occurrence deletion-review.old-db.2 is not what this entry says: it was changed."),
            Set("occurrence", "opened_seq", "1", Id(Open), "Occurrence deletion-review.old-db.2 names entry 1 as its beginning"),
            Set("occurrence", "closed_seq", "1, outcome = 'destroy'", Id(Open), "Occurrence deletion-review.old-db.2 is closed, but this entry, which it names as its end, does not say so."),
            Set("occurrence", "outcome", "'keep'", Id(Decided), "Occurrence deletion-review.old-db.1 has the outcome keep, but this entry says destroy."),
            Set("occurrence", "outcome", "NULL, closed_seq = NULL", Id(Decided), "Occurrence deletion-review.old-db.1 is open, but this entry closed it."),
            Set("occurrence", "closed_seq", "1", Id(Decided), "Occurrence deletion-review.old-db.1 names entry 1 as its end"),
            Set("occurrence", "due_on", "'2026-06-02'", Id(Decided), "Occurrence deletion-review.old-db.1 is due on 2026-06-02, but this entry says 2026-06-01."),
            Set("occurrence", "outcome", "'destroy'", Id("deletion-review.old-files.1"), "Occurrence deletion-review.old-files.1 has the outcome destroy, but this entry says withdrawn."),
            Set("occurrence", "outcome", "'withdrawn'", Id("audit-log-review.1"), "Occurrence audit-log-review.1 has the outcome withdrawn, but this entry says completed."),
            Set("occurrence", "outcome", "'resolved'", Id("partner-notice.crm.1"), "Occurrence partner-notice.crm.1 has the outcome resolved, but this entry says told."),
            Set("occurrence", "due_at", "REPLACE(due_at, 'T10:01', 'T23:01')", Id(Notice), "Occurrence partner-notice.crm.2 is due at 2026-03-04T23:01:00.0000000Z, but this entry says 2026-03-04T10:01:00.0000000Z."),
            Set("occurrence", "due_on", "'2027-03-04'", Id(Notice), "Occurrence partner-notice.crm.2 is due on 2027-03-04, but this entry says 2026-03-04."),
            Set("occurrence", "sequence", "3", Id(Notice), "Occurrence partner-notice.crm.2 has the sequence 3, but this entry says 0."),
            ("DELETE FROM occurrence WHERE " + Id(Decided), "Occurrence deletion-review.old-db.1 is not in the ledger"),
            ("DELETE FROM occurrence WHERE " + Id(Open), "Occurrence deletion-review.old-db.2 is not in the ledger"),
            ("INSERT INTO occurrence SELECT 'deletion-review.old-db.3', obligation, subject, 3, due_on, due_at, sequence, document, opened_seq, closed_seq, 'keep' FROM occurrence WHERE " + Id(Decided), "Occurrence deletion-review.old-db.3 is in the ledger, but"),
        ],
        ["obligation_step"] =
        [
            Set("obligation_step", "occurrence_id", "'partner-notice.crm.1'", Step(Open, "before-14"), "Step partner-notice.crm.1.before-14 names this entry, which is step deletion-review.old-db.2.before-14."),
            Set("obligation_step", "step", "'after-14'", Step(Decided, "on-the-day"), "Step deletion-review.old-db.1.after-14 names this entry, which is step deletion-review.old-db.1.on-the-day."),
            Set("obligation_step", "written_seq", "1", Step(Decided, "on-the-day"), "Step deletion-review.old-db.1.on-the-day names entry 1, but was written with this one."),
            Set("obligation_step", "written_seq", "(SELECT MAX(seq) FROM ledger_entry)", Step(Decided, "on-the-day"), "Step deletion-review.old-db.1.on-the-day names entry "),
            ("DELETE FROM obligation_step WHERE " + Step(Decided, "on-the-day"), "Step deletion-review.old-db.1.on-the-day, written with this entry, is not in the ledger: it was removed."),
            ("INSERT INTO obligation_step VALUES ('deletion-review.old-db.2', 'after-7', 1)", "Step deletion-review.old-db.2.after-7 names this entry, which it was not written with."),
        ],
        ["notification"] =
        [
            Set("notification", "id", "'x'", Id(Decided + ".decided"), "Notification x names this entry, whose own is deletion-review.old-db.1.decided."),
            Set("notification", "seq", "1", Id(Decided + ".decided"), "Notification deletion-review.old-db.1.decided names entry 1, but was written with this one."),
            Set("notification", "topic", "'review-withdrawn'", Id(Decided + ".decided"), "Notification deletion-review.old-db.1.decided has the topic review-withdrawn, but by this entry it is review-decided."),
            Set("notification", "topic", "'review-escalation'", Id(Open + ".before-14"), "Notification deletion-review.old-db.2.before-14 has the topic review-escalation, but by this entry it is review-reminder."),
            Set("notification", "created", "'2030-01-01T00:00:00.0000000Z'", Id(Decided + ".decided"), "Notification deletion-review.old-db.1.decided was created at 2030-01-01T00:00:00.0000000Z, which is not"),
            Set("notification", "created", "'soon'", Id(Decided + ".decided"), "Notification deletion-review.old-db.1.decided was created at soon, which is not"),
            Set("notification", "document", "REPLACE(document, 'destroy', 'keep')", Id(Decided + ".decided"), "The document of Notification deletion-review.old-db.1.decided is not what this entry says: it was changed."),
            Set("notification", "document", "'{}'", Id(Decided + ".decided"), "The document of Notification deletion-review.old-db.1.decided is not what this entry says: it was changed."),
            Set("notification", "document", "'none'", Id("partner-notice.crm.2.found"), "The document of Notification partner-notice.crm.2.found is not what this entry says: it was changed."),
            .. new[] { Decided + ".on-the-day", Decided + ".decided", Open + ".moved-1", "deletion-review.old-files.1.withdrawn", "audit-log-review.1.completed", "partner-notice.crm.1.found", "partner-notice.crm.1.overdue" }
                .Select(id => ("DELETE FROM notification WHERE " + Id(id), $"Notification {id}, written with this entry, is not in the ledger: it was removed.")),
            ("DELETE FROM notification WHERE topic = 'run-mismatch'", "Notification run-mismatch."),
            ("DELETE FROM notification WHERE topic = 'job-failing'", "Notification job-failing.reviews.20260830120000, written with this entry"),
            ("DELETE FROM notification WHERE topic = 'clock-set-back'", "Notification clock-set-back."),
            ("INSERT INTO notification SELECT 'forged', 1, topic, created, document FROM notification WHERE topic = 'job-failing'", "Notification forged names this entry, which it was not written with."),
        ],
    };

    public static TheoryData<Provider, string> EveryTable
    {
        get
        {
            var data = new TheoryData<Provider, string>();
            foreach (var engine in Enum.GetValues<Provider>())
            {
                foreach (var table in Tamperings.Keys)
                    data.Add(engine, table);
            }
            return data;
        }
    }

    [SkippableTheory, MemberData(nameof(EveryTable))]
    public async Task A_change_is_found_and_named_and_nothing_else_is(Provider engine, string table)
    {
        await using var test = await WorkedLedger.CreateAsync(engine);
        var database = test.Ledger.Database;
        await OpenUpAsync(database);
        await database.ExecuteAsync(engine == Provider.SqlServer ? $"SELECT * INTO kept FROM {table}" : $"CREATE TABLE kept AS SELECT * FROM {table}");
        var failures = new List<string>();
        foreach (var (change, found) in Tamperings[table])
        {
            await database.ExecuteAsync(Unguarded(engine, change));
            var problems = (await test.Ledger.Store.VerifyAsync(CancellationToken.None)).Problems;
            if (problems.Count != 1 || !problems[0].Problem.StartsWith(found, StringComparison.Ordinal))
                failures.Add($"{change}\n  is to be found as: {found}\n  and was found as: {string.Join("\n    ", problems.Select(problem => problem.ToString()).DefaultIfEmpty("nothing"))}");
            await database.ExecuteAsync(Unguarded(engine, $"DELETE FROM {table}; INSERT INTO {table} SELECT * FROM kept"));
            await test.ShouldHoldAsync();
        }
        failures.ShouldBeEmpty(string.Join("\n", failures));
    }

    private static (string Do, string Found) Set(string table, string column, string value, string where, string found) =>
        ($"UPDATE {table} SET {column} = {value} WHERE {where}", found);

    private static string Id(string id) => $"id = '{id}'";

    private static string Step(string occurrence, string step) => $"occurrence_id = '{occurrence}' AND step = '{step}'";

    private static string Unguarded(Provider engine, string sql) => engine == Provider.Sqlite ? "PRAGMA foreign_keys = OFF; " + sql : sql;

    // Triggers and the foreign keys that point at these tables: SQLite's are a matter of each connection.
    private static async Task OpenUpAsync(ScratchDatabase database)
    {
        await Triggers.RemoveAsync(database);
        if (database.Provider == Provider.Sqlite)
            return;
        var (step, delivery) = database.Provider == Provider.PostgreSql
            ? ("obligation_step_occurrence_id_fkey", "delivery_notification_id_fkey")
            : ("fk_obligation_step_occurrence", "fk_delivery_notification");
        await database.ExecuteAsync($"ALTER TABLE obligation_step DROP CONSTRAINT {step}");
        await database.ExecuteAsync($"ALTER TABLE delivery DROP CONSTRAINT {delivery}");
    }
}
