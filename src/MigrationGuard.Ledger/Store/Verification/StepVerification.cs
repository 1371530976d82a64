using MigrationGuard.Ledger.Chain;

namespace MigrationGuard.Ledger.Store.Verification;

/// <summary>A step's row.</summary>
internal sealed record StepRow : IWrittenRow
{
    public const string Select = "SELECT occurrence_id AS Occurrence, step AS Step, written_seq AS Seq FROM obligation_step ORDER BY written_seq";

    public string Occurrence { get; init; } = "";

    public string Step { get; init; } = "";

    public long Seq { get; init; }

    public string Id => $"{Occurrence}.{Step}";
}

/// <summary>Holds reminders and escalations against their entries.</summary>
internal sealed class StepVerification(StoreSession session, VerificationFindings findings)
    : WrittenRows<StepRow>(session.StreamAsync<StepRow>(StepRow.Select), findings)
{
    protected override string NameOf(string id) => "Step " + id;

    protected override bool HasRow(ReplayedEntry entry) => entry.Is(EntryKind.ObligationStep);

    protected override string? IdOf(ReplayedEntry entry) => entry.Says("step") is { } step ? $"{entry.Subject}.{step}" : null;

    protected override void Compare(ReplayedEntry entry, string? id, StepRow row)
    {
        if (row.Occurrence != entry.Subject || (id is not null && row.Id != id))
            Findings.Report(entry.Seq, $"{NameOf(row.Id)} names this entry, which is {(id is null ? "a step of " + entry.Subject : "step " + id)}.");
    }
}
