using MigrationGuard.Ledger.Chain;

namespace MigrationGuard.Ledger.Store.Verification;

/// <summary>A notification's row.</summary>
internal sealed record NotificationRow : IWrittenRow
{
    public const string Select = "SELECT id AS Id, seq AS Seq, topic AS Topic, created AS Created, document AS Document FROM notification ORDER BY seq";

    public string Id { get; init; } = "";

    public long Seq { get; init; }

    public string Topic { get; init; } = "";

    public string Created { get; init; } = "";

    public string Document { get; init; } = "";
}

/// <summary>Holds what somebody was to be told against the entries it is about.</summary>
internal sealed class NotificationVerification(StoreSession session, VerificationFindings findings)
    : WrittenRows<NotificationRow>(session.StreamAsync<NotificationRow>(NotificationRow.Select), findings)
{
    // One transaction writes both. The clock may be corrected, or the machine asleep, in the middle of one; not for longer.
    private static readonly TimeSpan Tolerance = TimeSpan.FromDays(1);

    protected override string NameOf(string id) => "Notification " + id;

    protected override bool HasRow(ReplayedEntry entry) => Telling.IsOf(entry);

    protected override bool MustHaveRow(ReplayedEntry entry) => Telling.Must(entry);

    protected override string? IdOf(ReplayedEntry entry) => Telling.Id(entry);

    protected override void Compare(ReplayedEntry entry, string? id, NotificationRow row)
    {
        if (entry.IsErased)
        {
            Findings.MarkUnproven(entry.Subject);
            if (row.Document != Erasure.NothingTold)
                Findings.Report(entry.Seq, $"The document of {NameOf(row.Id)} is there, though what this entry was about is erased.");
        }
        if (id is not null && row.Id != id)
            Findings.Report(entry.Seq, $"{NameOf(row.Id)} names this entry, whose own is {id}.");
        if (Telling.Topic(entry) is { } topic && row.Topic != topic)
            Findings.Report(entry.Seq, $"{NameOf(row.Id)} has the topic {row.Topic}, but by this entry it is {topic}.");
        if (!Moments.TryRead(row.Created, out var created) || (created - new DateTimeOffset(entry.Time, TimeSpan.Zero)).Duration() > Tolerance)
            Findings.Report(entry.Seq, $"{NameOf(row.Id)} was created at {row.Created}, which is not when this entry was written.");
        if (!IsToldAsSaid(entry, row.Document))
            Findings.Report(entry.Seq, $"The document of {NameOf(row.Id)} is not what this entry says: it was changed.");
    }

    // Who decided is in the entry and not in what is told. A failed check is told in words of its own, beside what it found.
    private static bool IsToldAsSaid(ReplayedEntry entry, string document) =>
        entry.Is(EntryKind.LedgerChecked) ? entry.SaysSameOf(document, "entries", "problems")
        : entry.Is(EntryKind.CheckpointWritten) ? entry.SaysSameOf(document, "origin", "size", "root", "checkpoint")
        : entry.SaysAllOf(document, except: ["onBehalfOf", "person", "name"]);
}
