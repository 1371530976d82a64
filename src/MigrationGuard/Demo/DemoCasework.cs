using static MigrationGuard.Demo.DemoCrm;

namespace MigrationGuard.Demo;

/// <summary>The work itself: cases, what was done on them, notes, and what waits in queues.</summary>
internal static class DemoCasework
{
    /// <summary>When anything but a queue item was last changed: by the newest activity, shortly before the freeze.</summary>
    private static readonly DateTime LastModification = new(2026, 3, 6, 17, 42, 9, DateTimeKind.Utc);

    private static readonly string[] Topics =
        ["Request for access", "Complaint", "Change of address", "Fee query", "Breach report", "Renewal", "Request for advice", "Objection"];

    private static readonly string[] Steps = ["Acknowledgement", "Further questions", "Reply", "Reminder", "Meeting", "Decision"];

    private static readonly WeightedStatus[] IncidentStatuses =
        [new(0, 1, 22), new(0, 2, 6), new(0, 3, 9), new(1, 5, 48), new(1, 1000, 10), new(2, 6, 5)];

    private static readonly WeightedStatus[] ActivityStatuses = [new(0, 1, 12), new(1, 2, 80), new(2, 3, 5), new(3, 4, 3)];

    private static readonly WeightedStatus[] QueueItemStatuses = [new(0, 1, 30), new(1, 2, 70)];

    // Appointment, e-mail, letter, telephone call, task.
    private static readonly int[] ActivityTypes = [4201, 4202, 4202, 4202, 4207, 4210, 4212];

    public static readonly DemoTable Incidents = new("IncidentBase", ObjectType.Incident, """
        IncidentId uniqueidentifier NOT NULL PRIMARY KEY,
        TicketNumber nvarchar(100) NOT NULL,
        Title nvarchar(200) NOT NULL,
        CustomerId uniqueidentifier NOT NULL,
        OwnerId uniqueidentifier NOT NULL,
        PriorityCode int NOT NULL,
        StateCode int NOT NULL,
        StatusCode int NOT NULL,
        CreatedOn datetime NOT NULL,
        ModifiedOn datetime NOT NULL
        """, 8_400, Incident);

    public static readonly DemoTable Activities = new("ActivityPointerBase", ObjectType.Activity, """
        ActivityId uniqueidentifier NOT NULL PRIMARY KEY,
        ActivityTypeCode int NOT NULL,
        Subject nvarchar(200) NOT NULL,
        RegardingObjectId uniqueidentifier NOT NULL,
        OwnerId uniqueidentifier NOT NULL,
        StateCode int NOT NULL,
        StatusCode int NOT NULL,
        CreatedOn datetime NOT NULL,
        ModifiedOn datetime NOT NULL
        """, 17_000, Activity);

    public static readonly DemoTable Annotations = new("AnnotationBase", ObjectType.Annotation, """
        AnnotationId uniqueidentifier NOT NULL PRIMARY KEY,
        ObjectId uniqueidentifier NOT NULL,
        ObjectTypeCode int NOT NULL,
        Subject nvarchar(500) NOT NULL,
        IsDocument bit NOT NULL,
        FileSize int NOT NULL,
        CreatedOn datetime NOT NULL,
        ModifiedOn datetime NOT NULL
        """, 6_300, Annotation);

    public static readonly DemoTable QueueItems = new("QueueItemBase", ObjectType.QueueItem, """
        QueueItemId uniqueidentifier NOT NULL PRIMARY KEY,
        QueueId uniqueidentifier NOT NULL,
        ObjectId uniqueidentifier NOT NULL,
        ObjectTypeCode int NOT NULL,
        Title nvarchar(300) NOT NULL,
        StateCode int NOT NULL,
        StatusCode int NOT NULL,
        CreatedOn datetime NOT NULL,
        ModifiedOn datetime NOT NULL
        """, 2_600, QueueItem);

    private static object[] Incident(DemoRandom random, int number)
    {
        var (created, modified) = random.Lifetime(Opened, LastDay);
        var (state, status) = random.Pick(IncidentStatuses);
        return [
            Key(ObjectType.Incident, number), $"CAS-{number:D5}", $"{random.Pick(Topics)} {number}",
            Key(ObjectType.Contact, 1 + random.Below(DemoParties.Contacts.RowCount)), DemoParties.Owner(random), 1 + random.Below(3),
            state, status, Text(created), Text(modified)];
    }

    private static object[] Activity(DemoRandom random, int number)
    {
        var (created, modified) = random.Lifetime(Opened, LastDay);
        if (number == Activities.RowCount)
            (created, modified) = (LastModification.AddHours(-8), LastModification);
        var (state, status) = random.Pick(ActivityStatuses);
        return [
            Key(ObjectType.Activity, number), random.Pick(ActivityTypes), $"{random.Pick(Steps)} {number}",
            IncidentKey(random), DemoParties.Owner(random), state, status, Text(created), Text(modified)];
    }

    private static object[] Annotation(DemoRandom random, int number)
    {
        var (created, modified) = random.Lifetime(Opened, LastDay);
        var isDocument = random.Chance(35);
        return [
            Key(ObjectType.Annotation, number), IncidentKey(random), (int)ObjectType.Incident, $"Note {number}",
            isDocument ? 1 : 0, isDocument ? 1_024 + random.Below(4_000_000) : 0, Text(created), Text(modified)];
    }

    private static object[] QueueItem(DemoRandom random, int number)
    {
        var (created, modified) = random.Lifetime(Opened, LastDay);
        var (state, status) = random.Pick(QueueItemStatuses);
        return [
            Key(ObjectType.QueueItem, number), Key(ObjectType.Queue, 1 + random.Below(6)), IncidentKey(random), (int)ObjectType.Incident,
            $"{random.Pick(Topics)} {number}", state, status, Text(created), Text(modified)];
    }

    private static string IncidentKey(DemoRandom random) => Key(ObjectType.Incident, 1 + random.Below(Incidents.RowCount));
}
