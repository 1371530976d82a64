namespace MigrationGuard.Notifications;

/// <summary>How a member of a topic's model is shown.</summary>
internal enum MemberKind
{
    Text,

    /// <summary>A day, yyyy-MM-dd.</summary>
    Day,

    /// <summary>A moment in ISO 8601.</summary>
    Moment,

    /// <summary>A step of a review or obligation, such as <c>before-14</c>.</summary>
    Step,

    /// <summary>A person's name under People.</summary>
    Person,

    /// <summary>An array of sentences.</summary>
    List,

    /// <summary>Lines that are shown as they are, each on its own.</summary>
    Block,
}

/// <summary>Something that people are told of.</summary>
/// <param name="Name">As in the outbox; also the name of its template.</param>
/// <param name="Members">What a template of it may name, and how each is shown.</param>
internal sealed record Topic(string Name, IReadOnlyDictionary<string, MemberKind> Members);

/// <summary>Every topic there is.</summary>
public static class Topics
{
    public const string ReviewReminder = "review-reminder";
    public const string ReviewEscalation = "review-escalation";
    public const string ReviewMoved = "review-moved";
    public const string ReviewDecided = "review-decided";
    public const string ReviewWithdrawn = "review-withdrawn";
    public const string ObligationReminder = "obligation-reminder";
    public const string ObligationEscalation = "obligation-escalation";
    public const string ObligationMoved = "obligation-moved";
    public const string ObligationCompleted = "obligation-completed";
    public const string ObligationWithdrawn = "obligation-withdrawn";
    public const string RunMismatch = "run-mismatch";
    public const string LedgerCheckFailed = "ledger-check-failed";
    public const string JobFailing = "job-failing";
    public const string PartnerMismatch = "partner-mismatch";
    public const string PartnerOverdue = "partner-overdue";
    public const string ClockSetBack = "clock-set-back";
    public const string LedgerCheckpoint = "ledger-checkpoint";
    public const string CheckpointFailed = "checkpoint-failed";

    private static readonly Dictionary<string, MemberKind> Review = Members(
        "occurrence sequence asset kind location holder holds commitment number dueOn:Day timeZone ownerRole owner:Person step:Step decision reason previousDueOn:Day");

    private static readonly Dictionary<string, MemberKind> Obligation = Members(
        "occurrence sequence obligation title source number dueOn:Day timeZone ownerRole step:Step note reason previousDueOn:Day");

    // The obligation is not in the model: it is the name under which the notice is completed.
    private static readonly Dictionary<string, MemberKind> Partner = Members(
        "comparison partner contact run since:Moment dueAt:Moment rows findings:List obligation");

    internal static readonly IReadOnlyDictionary<string, Topic> All = new Topic[]
    {
        new(ReviewReminder, Review),
        new(ReviewEscalation, Review),
        new(ReviewMoved, Review),
        new(ReviewDecided, Review),
        new(ReviewWithdrawn, Review),
        new(ObligationReminder, Obligation),
        new(ObligationEscalation, Obligation),
        new(ObligationMoved, Obligation),
        new(ObligationCompleted, Obligation),
        new(ObligationWithdrawn, Obligation),
        new(RunMismatch, Members("run schedule verdict finished:Moment findings:List")),
        new(LedgerCheckFailed, Members("checked:Moment entries problems:List")),
        new(JobFailing, Members("job failures since:Moment error")),
        new(PartnerMismatch, Partner),
        new(PartnerOverdue, Partner),
        new(ClockSetBack, Members("clock:Moment newest:Moment")),
        new(LedgerCheckpoint, Members("origin size root checkpoint:Block")),
        new(CheckpointFailed, Members("finding place problem found:Moment")),
    }.ToDictionary(topic => topic.Name);

    /// <summary>The topics' names.</summary>
    public static IReadOnlyCollection<string> Names => [.. All.Keys];

    private static Dictionary<string, MemberKind> Members(string members) =>
        $"project {members}".Split(' ').Select(member => member.Split(':')).ToDictionary(
            parts => parts[0],
            parts => parts.Length == 1 ? MemberKind.Text : Enum.Parse<MemberKind>(parts[1]));
}
