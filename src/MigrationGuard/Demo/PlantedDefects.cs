using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Demo;

/// <summary>What is wrong with the demo's new CRM, on purpose: all of it, and nothing else.</summary>
/// <remarks>
/// Only what the checks of this comparison can see is planted: a defect that they
/// cannot find would teach that a demo may keep quiet about it. Accounts, notes and users have no defect at all.
/// </remarks>
public static class PlantedDefects
{
    private const int LateItems = 4;

    private static readonly string[] State = ["StateCode"];
    private static readonly string[] StateAndStatus = ["StateCode", "StatusCode"];

    /// <summary>In the order in which they are told.</summary>
    internal static readonly IReadOnlyList<Planting> Plantings =
        [MissingContacts(), DuplicatedFees(), ResolvedCases(), UnmodifiedActivity(), LateQueueItems(), LostColumn(), CleanedJobs(), EmptiedTraceLog()];

    /// <summary>Every finding that the verification must come to; those of one cause share its story and stand together.</summary>
    public static IReadOnlyList<PlantedDefect> All { get; } = [.. Plantings.SelectMany(planting => planting.Findings)];

    private static Planting MissingContacts()
    {
        const int rows = 3;
        var found = new PlantedFindings("contact", "Three active contacts never arrived in the new system.");
        // Rows changed longest ago are taken throughout, so that no newest moment goes with them.
        const string sql = """
            DELETE FROM ContactBase WHERE ContactId IN (
                SELECT ContactId FROM ContactBase WHERE StateCode = 0 AND StatusCode = 1
                ORDER BY ModifiedOn, ContactId LIMIT 3)
            """;
        return new Planting(found.Story, PlantedInto.New, sql,
            [found.Missing(rows), found.Group(State, Codes(0), rows), found.Group(StateAndStatus, Codes(0, 1), rows), found.Rows(FindingKinds.MissingInTarget, rows)]);
    }

    private static Planting DuplicatedFees()
    {
        const int rows = 2;
        const string category = "Annual registration";
        var found = new PlantedFindings("fee", "Two paid fees were loaded twice, the second time under a new key.");
        const string sql = $"""
            INSERT INTO new_feeBase (new_feeId, new_name, new_accountid, new_category, new_amount, StateCode, StatusCode, CreatedOn, ModifiedOn)
            SELECT 'ffffffff' || substr(new_feeId, 9), new_name, new_accountid, new_category, new_amount, StateCode, StatusCode, CreatedOn, ModifiedOn
            FROM new_feeBase WHERE StateCode = 0 AND StatusCode = 100000001 AND new_category = '{category}'
            ORDER BY ModifiedOn, new_feeId LIMIT 2
            """;
        return new Planting(found.Story, PlantedInto.New, sql,
        [
            found.Extra(rows),
            found.Group(State, Codes(0), rows),
            found.Group(StateAndStatus, Codes(0, 100_000_001), rows),
            found.Group(["new_category"], [new Scalar(category)], rows),
            found.Rows(FindingKinds.ExtraInTarget, rows),
        ]);
    }

    private static Planting ResolvedCases()
    {
        const int rows = 5;
        var found = new PlantedFindings("case", "Five cases in progress are resolved in the new system: as many cases, in other states.");
        const string sql = """
            UPDATE IncidentBase SET StateCode = 1, StatusCode = 5 WHERE IncidentId IN (
                SELECT IncidentId FROM IncidentBase WHERE StateCode = 0 AND StatusCode = 1
                ORDER BY ModifiedOn, IncidentId LIMIT 5)
            """;
        return new Planting(found.Story, PlantedInto.New, sql,
        [
            found.Group(State, Codes(0), rows),
            found.Group(State, Codes(1), rows),
            found.Group(StateAndStatus, Codes(0, 1), rows),
            found.Group(StateAndStatus, Codes(1, 5), rows),
            found.Rows(FindingKinds.Changed, rows, StateAndStatus),
        ]);
    }

    private static Planting UnmodifiedActivity()
    {
        var found = new PlantedFindings("activity", "The newest activity lost its last modification: the copy was taken before it.");
        const string sql = """
            UPDATE ActivityPointerBase SET ModifiedOn = CreatedOn WHERE ActivityId = (
                SELECT ActivityId FROM ActivityPointerBase ORDER BY ModifiedOn DESC, ActivityId LIMIT 1)
            """;
        return new Planting(found.Story, PlantedInto.New, sql, [found.Newest("ModifiedOn"), found.Rows(FindingKinds.Changed, 1, "ModifiedOn")]);
    }

    private static Planting LateQueueItems()
    {
        var found = new PlantedFindings("queue-item", "Four queue items were written to the old system after the freeze; a later copy brought them along, so the counts agree.");
        const string sql = """
            WITH late (n, moment) AS (VALUES
                (1, '2026-03-06T18:07:31Z'), (2, '2026-03-06T18:19:02Z'), (3, '2026-03-06T18:33:47Z'), (4, '2026-03-06T18:52:15Z'))
            INSERT INTO QueueItemBase (QueueItemId, QueueId, ObjectId, ObjectTypeCode, Title, StateCode, StatusCode, CreatedOn, ModifiedOn)
            SELECT 'eeeeeeee-0000-4000-8000-00000000000' || n, QueueId, ObjectId, ObjectTypeCode, 'Late request ' || n, 0, 1, moment, moment
            FROM late CROSS JOIN (SELECT QueueId, ObjectId, ObjectTypeCode FROM QueueItemBase ORDER BY QueueItemId LIMIT 1)
            """;
        return new Planting(found.Story, PlantedInto.Both, sql, [found.AfterFreeze("CreatedOn", LateItems), found.AfterFreeze("ModifiedOn", LateItems)]);
    }

    private static Planting LostColumn()
    {
        var found = new PlantedFindings("queue-item", "The new system has no column for the type of what is queued: as many queue items, each without it.");
        return new Planting(found.Story, PlantedInto.New, "ALTER TABLE QueueItemBase DROP COLUMN ObjectTypeCode",
            [found.NoColumn("ObjectTypeCode", DemoCasework.QueueItems.RowCount + LateItems)]);
    }

    private static Planting CleanedJobs()
    {
        const int succeeded = DemoSystemTables.OldSucceededJobs, cancelled = DemoSystemTables.OldCancelledJobs;
        var found = new PlantedFindings(
            "async-operation", "The upgrade removed asynchronous jobs that completed before 2025: expected and approved beforehand.", IsAccepted: true);
        const string sql = $"""
            DELETE FROM AsyncOperationBase
            WHERE StateCode = 3 AND StatusCode IN (30, 32) AND ModifiedOn < '{DemoSystemTables.JobsKeptFrom}'
            """;
        return new Planting(found.Story, PlantedInto.New, sql,
        [
            found.Missing(succeeded + cancelled),
            found.Group(StateAndStatus, Codes(3, 30), succeeded),
            found.Group(StateAndStatus, Codes(3, 32), cancelled),
            found.Rows(FindingKinds.MissingInTarget, succeeded + cancelled),
        ]);
    }

    private static Planting EmptiedTraceLog() => new(
        "The diagnostic log was not migrated: its table is excluded with a reason, so nothing is to be found.", PlantedInto.New, "DELETE FROM TraceLogBase", []);

    private static Scalar[] Codes(params long[] values) => [.. values.Select(value => new Scalar(value))];
}
