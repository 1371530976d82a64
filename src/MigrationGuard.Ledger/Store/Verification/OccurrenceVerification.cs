using System.Globalization;
using MigrationGuard.Ledger.Chain;

namespace MigrationGuard.Ledger.Store.Verification;

/// <summary>An occurrence's row.</summary>
internal sealed record OccurrenceRow : ILivingRow
{
    public const string Select = """
        SELECT id AS Subject, obligation AS Obligation, subject AS About, number AS Number, due_on AS DueOn, due_at AS DueAt, sequence AS Sequence,
          document AS Document, opened_seq AS OpenedSeq, closed_seq AS ClosedSeq, outcome AS Outcome
        FROM occurrence ORDER BY opened_seq
        """;

    public string Subject { get; init; } = "";

    public string Obligation { get; init; } = "";

    public string About { get; init; } = "";

    public long Number { get; init; }

    public string DueOn { get; init; } = "";

    public string DueAt { get; init; } = "";

    public long Sequence { get; init; }

    public string Document { get; init; } = "";

    public long OpenedSeq { get; init; }

    public long? ClosedSeq { get; init; }

    public string? Outcome { get; init; }

    /// <summary>The obligation with what it is about, as its id and its messages name it.</summary>
    public string Series => Obligation == About ? Obligation : $"{Obligation}.{About}";
}

internal sealed class OccurrenceLife : Life<OccurrenceRow>
{
    /// <summary>The newest entry that says when it is due.</summary>
    public long DueSeq { get; set; }

    /// <summary>The day; null where it cannot be relied on, or a moment is claimed instead.</summary>
    public string? DueOn { get; set; }

    /// <summary>The moment, where an entry says it.</summary>
    public string? DueAt { get; set; }

    public long? Sequence { get; set; }

    /// <summary>What it was closed with; null where that cannot be relied on.</summary>
    public string? Outcome { get; set; }
}

/// <summary>Holds what fell due against the entries that opened, moved and closed it.</summary>
internal sealed class OccurrenceVerification(StoreSession session, VerificationFindings findings)
    : LivingRows<OccurrenceRow, OccurrenceLife>(session.StreamAsync<OccurrenceRow>(OccurrenceRow.Select), findings)
{
    private const string Withdrawn = "withdrawn";

    protected override string NameOf(string subject) => "Occurrence " + subject;

    protected override bool Concerns(ReplayedEntry entry) => Opens(entry) || entry.Is(EntryKind.ObligationMoved) || Closes(entry);

    protected override bool Opens(ReplayedEntry entry) => entry.Is(EntryKind.ObligationStep);

    protected override void Take(ReplayedEntry entry, OccurrenceLife life)
    {
        if (entry.IsErased)
            Findings.MarkUnproven(entry.Subject);
        if (Closes(entry))
        {
            life.ClosedSeq = entry.Seq;
            life.Outcome = entry.Is(EntryKind.ObligationWithdrawn) ? Withdrawn : entry.Says(entry.Is(EntryKind.ReviewDecided) ? "decision" : "outcome");
            return;
        }
        life.DueSeq = entry.Seq;
        life.DueAt = entry.Says("dueAt");
        // A clock of hours has a moment and is never moved; its day is the moment's in UTC.
        life.DueOn = entry.Says("dueOn") ?? life.DueAt?[..Math.Min(10, life.DueAt.Length)];
        life.Sequence = entry.Counts("sequence") ?? (life.DueAt is null ? null : 0);
        if (entry.Seq == life.OpenedSeq && life.Row?.OpenedSeq == entry.Seq)
            life.Row = CompareOpening(entry, life.Row);
    }

    protected override void Compare(string subject, OccurrenceRow row, OccurrenceLife life)
    {
        if (life.ClosedSeq is { } closed && row.ClosedSeq is not null && life.Outcome is { } outcome && row.Outcome != outcome)
            Suspect(subject, closed, $"has the outcome {row.Outcome}, but this entry says {outcome}.");
        if (life.DueOn is { } day && row.DueOn != day)
            Suspect(subject, life.DueSeq, $"is due on {row.DueOn}, but this entry says {day}.");
        else if (life.DueAt is { } moment && row.DueAt != moment)
            Suspect(subject, life.DueSeq, $"is due at {row.DueAt}, but this entry says {moment}.");
        else if (!IsOn(row.DueOn, row.DueAt))
            Suspect(subject, life.DueSeq, $"is due at {row.DueAt}, which is not on {row.DueOn}.");
        if (life.Sequence is { } sequence && row.Sequence != sequence)
            Suspect(subject, life.DueSeq, FormattableString.Invariant($"has the sequence {row.Sequence}, but this entry says {sequence}."));
    }

    private static bool Closes(ReplayedEntry entry) =>
        entry.Is(EntryKind.ReviewDecided) || entry.Is(EntryKind.ObligationCompleted) || entry.Is(EntryKind.ObligationWithdrawn);

    // What never changes is held against the first entry, and need not be kept after it.
    private OccurrenceRow CompareOpening(ReplayedEntry entry, OccurrenceRow row)
    {
        if (entry.Subject != FormattableString.Invariant($"{row.Series}.{row.Number}")
            || (entry.Says("obligation") is { } obligation && obligation != row.Obligation && obligation != row.Series))
        {
            Findings.Report(entry.Seq, FormattableString.Invariant(
                $"{NameOf(entry.Subject)} is of obligation {row.Obligation}, subject {row.About}, number {row.Number}, but this entry says otherwise."));
        }
        if (!entry.SaysAllOf(row.Document, except: ["step", "onBehalfOf"]))
            Findings.Report(entry.Seq, $"The document of {NameOf(entry.Subject)} is not what this entry says: it was changed.");
        return row with { Document = "" };
    }

    // The hour is the configuration's, and no entry says it: the moment can be any at which it is that day somewhere.
    private static bool IsOn(string dueOn, string dueAt) =>
        DateOnly.TryParseExact(dueOn, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && Moments.TryRead(dueAt, out var moment)
        && moment >= new DateTimeOffset(day, default, TimeSpan.Zero).AddHours(-14)
        && moment <= new DateTimeOffset(day, default, TimeSpan.Zero).AddHours(24 + 13);
}
