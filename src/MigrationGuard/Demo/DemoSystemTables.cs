using static MigrationGuard.Demo.DemoCrm;

namespace MigrationGuard.Demo;

/// <summary>What the CRM keeps for itself: asynchronous jobs, which an upgrade cleans up, and a diagnostic log.</summary>
internal static class DemoSystemTables
{
    /// <summary>Jobs that ended well or were cancelled before 2025, and that the upgrade therefore removes.</summary>
    public const int OldSucceededJobs = 1_100;

    /// <inheritdoc cref="OldSucceededJobs"/>
    public const int OldCancelledJobs = 100;

    /// <summary>Jobs that completed before this moment are removed by the upgrade.</summary>
    public const string JobsKeptFrom = "2025-01-01T00:00:00Z";

    private static readonly DateOnly LastDayOfOldJobs = new(2024, 12, 31);

    // Waiting for resources, waiting, succeeded, failed, cancelled.
    private static readonly WeightedStatus[] Statuses = [new(0, 0, 4), new(1, 10, 6), new(3, 30, 80), new(3, 31, 7), new(3, 32, 3)];

    private static readonly int[] OperationTypes = [1, 9, 10, 12, 25, 27];

    public static readonly DemoTable AsyncOperations = new("AsyncOperationBase", ObjectType.AsyncOperation, """
        AsyncOperationId uniqueidentifier NOT NULL PRIMARY KEY,
        Name nvarchar(256) NOT NULL,
        OperationType int NOT NULL,
        StateCode int NOT NULL,
        StatusCode int NOT NULL,
        CreatedOn datetime NOT NULL,
        ModifiedOn datetime NOT NULL
        """, 3_100, AsyncOperation);

    public static readonly DemoTable TraceLogs = new("TraceLogBase", ObjectType.TraceLog, """
        TraceLogId uniqueidentifier NOT NULL PRIMARY KEY,
        Level int NOT NULL,
        Text nvarchar(512) NOT NULL,
        CreatedOn datetime NOT NULL,
        ModifiedOn datetime NOT NULL
        """, 1_500, TraceLog);

    private static object[] AsyncOperation(DemoRandom random, int number)
    {
        var isOld = number <= OldSucceededJobs + OldCancelledJobs;
        var (created, modified) = isOld ? random.Lifetime(Opened, LastDayOfOldJobs) : random.Lifetime(LastDayOfOldJobs.AddDays(1), LastDay);
        var (state, status) = random.Pick(Statuses);
        if (isOld)
            (state, status) = (3, number <= OldSucceededJobs ? 30 : 32);
        return [
            Key(ObjectType.AsyncOperation, number), $"Job {number}", random.Pick(OperationTypes), state, status, Text(created), Text(modified)];
    }

    private static object[] TraceLog(DemoRandom random, int number)
    {
        var (created, modified) = random.Lifetime(Opened, LastDay);
        return [Key(ObjectType.TraceLog, number), 1 + random.Below(4), $"Trace {number}", Text(created), Text(modified)];
    }
}
