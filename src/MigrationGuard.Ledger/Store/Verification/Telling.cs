using System.Text.Json;
using MigrationGuard.Ledger.Chain;

namespace MigrationGuard.Ledger.Store.Verification;

/// <summary>What somebody is told when an entry is written: the ids and topics as entries have been told of, for ever.</summary>
internal static class Telling
{
    private const string Review = "deletion-review.";
    private const string Partner = "partner-notice.";

    /// <summary>Whether somebody may have been told.</summary>
    public static bool IsOf(ReplayedEntry entry) =>
        entry.Is(EntryKind.ObligationStep) || entry.Is(EntryKind.ObligationMoved) || entry.Is(EntryKind.ObligationWithdrawn) || entry.Is(EntryKind.ReviewDecided)
        || (entry.Is(EntryKind.ObligationCompleted) && !entry.Subject.StartsWith(Partner, StringComparison.Ordinal))
        || entry.Is(EntryKind.RunAlert) || entry.Is(EntryKind.JobFailing) || entry.Is(EntryKind.ClockSetBack)
        || entry.Is(EntryKind.CheckpointFailed) || entry.Is(EntryKind.CheckpointWritten)
        || (entry.Is(EntryKind.LedgerChecked) && !Held(entry));

    /// <summary>Whether somebody must have been told. What a check of the ledger came to, or whether a checkpoint was mailed, may have been erased.</summary>
    public static bool Must(ReplayedEntry entry) => entry.Is(EntryKind.LedgerChecked) ? entry.TryGet("holds", out _)
        : !entry.Is(EntryKind.CheckpointWritten) || (entry.TryGet("mailed", out var mailed) && mailed.ValueKind == JsonValueKind.True);

    /// <summary>The notification's id; null where the payload that says it cannot be relied on.</summary>
    public static string? Id(ReplayedEntry entry)
    {
        string? After(string? part) => part is null ? null : $"{entry.Subject}.{part}";
        if (entry.Is(EntryKind.ObligationStep))
            return After(entry.Says("step"));
        if (entry.Is(EntryKind.ObligationMoved))
            return After(entry.Counts("sequence") is { } sequence ? FormattableString.Invariant($"moved-{sequence}") : null);
        if (entry.Is(EntryKind.RunAlert))
            return "run-mismatch." + entry.Subject[(entry.Subject.IndexOf('-', StringComparison.Ordinal) + 1)..];
        if (entry.Is(EntryKind.LedgerChecked))
            return FormattableString.Invariant($"ledger-check-failed.{entry.Seq}");
        if (entry.Is(EntryKind.ClockSetBack))
            return FormattableString.Invariant($"clock-set-back.{entry.Seq}");
        if (entry.Is(EntryKind.CheckpointWritten))
            return FormattableString.Invariant($"ledger-checkpoint.{entry.Seq}");
        if (entry.Is(EntryKind.CheckpointFailed))
            return entry.Says("finding") is { } finding ? "checkpoint-failed." + finding : null;
        if (entry.Is(EntryKind.JobFailing))
            return Moments.TryRead(entry.Says("since"), out var since) ? FormattableString.Invariant($"job-failing.{entry.Subject}.{since:yyyyMMddHHmmss}") : null;
        return After(entry.Is(EntryKind.ObligationWithdrawn) ? "withdrawn" : entry.Is(EntryKind.ReviewDecided) ? "decided" : "completed");
    }

    /// <summary>The notification's topic; null where the payload that says it cannot be relied on.</summary>
    public static string? Topic(ReplayedEntry entry)
    {
        var obligation = entry.Subject.StartsWith(Review, StringComparison.Ordinal) ? "review" : "obligation";
        if (entry.Is(EntryKind.ObligationStep))
        {
            return entry.Says("step") switch
            {
                null => null,
                "found" when entry.Subject.StartsWith(Partner, StringComparison.Ordinal) => "partner-mismatch",
                "overdue" when entry.Subject.StartsWith(Partner, StringComparison.Ordinal) => "partner-overdue",
                var step => obligation + (step.StartsWith("after-", StringComparison.Ordinal) ? "-escalation" : "-reminder"),
            };
        }
        if (entry.Is(EntryKind.ObligationMoved))
            return obligation + "-moved";
        if (entry.Is(EntryKind.ObligationWithdrawn))
            return obligation + "-withdrawn";
        if (entry.Is(EntryKind.RunAlert))
            return "run-mismatch";
        if (entry.Is(EntryKind.CheckpointWritten))
            return "ledger-checkpoint";
        return entry.Is(EntryKind.LedgerChecked) ? "ledger-check-failed" : entry.Kind;
    }

    private static bool Held(ReplayedEntry entry) => entry.TryGet("holds", out var holds) && holds.ValueKind == JsonValueKind.True;
}
