namespace MigrationGuard.Ledger.Chain;

/// <summary>What an entry of the ledger records.</summary>
public enum EntryKind
{
    /// <summary>The store was made; the first entry of every chain, and of no place else.</summary>
    StoreCreated,

    RunStarted,

    RunFinished,

    /// <summary>A run whose process had died was taken up again.</summary>
    RunResumed,

    /// <summary>The configuration is not what it was when it was last recorded.</summary>
    ConfigurationChanged,

    /// <summary>An approved expected difference was seen for the first time.</summary>
    Approval,

    /// <summary>Something to be destroyed is known.</summary>
    AssetRegistered,

    /// <summary>What is known of an asset is not what it was.</summary>
    AssetChanged,

    /// <summary>An asset is no more; closing it ends its reviews.</summary>
    AssetClosed,

    /// <summary>A reminder or an escalation of something due was written; the first one opens it.</summary>
    ObligationStep,

    /// <summary>Something due has another day than it had.</summary>
    ObligationMoved,

    /// <summary>Something due is due no more: its asset was closed, or it is no longer configured.</summary>
    ObligationWithdrawn,

    /// <summary>Something due was done.</summary>
    ObligationCompleted,

    /// <summary>A deletion review was decided: keep, destroy or hold.</summary>
    ReviewDecided,

    /// <summary>A schedule's time came, and a run was begun for it.</summary>
    ScheduledRun,

    /// <summary>Somebody is to hear of what a scheduled run came to.</summary>
    RunAlert,

    /// <summary>The chain was replayed and the runs held against it.</summary>
    LedgerChecked,

    /// <summary>A recurring piece of the worker's work has failed several times in a row.</summary>
    JobFailing,

    /// <summary>The clock stands well before the newest entry.</summary>
    ClockSetBack,

    /// <summary>Values of differing rows were shown to somebody.</summary>
    ValuesRevealed,

    /// <summary>Known corruptions were planted in scratch databases, and the verification was seen to find them, or not to.</summary>
    Qualified,

    /// <summary>What an entry was about was erased; its line stays.</summary>
    PayloadErased,

    /// <summary>A signed checkpoint of the chain was kept outside the store.</summary>
    CheckpointWritten,

    /// <summary>The chain does not extend a checkpoint that was kept outside the store, or such a checkpoint cannot be believed.</summary>
    CheckpointFailed,

    /// <summary>Somebody stated what no machine can see.</summary>
    AttestationMade,

    /// <summary>A pack of evidence was built.</summary>
    PackBuilt,
}

/// <summary>The kinds as the lines of the chain spell them, for ever.</summary>
public static class EntryKinds
{
    public static string Spelt(this EntryKind kind) => kind switch
    {
        EntryKind.StoreCreated => "store-created",
        EntryKind.RunStarted => "run-started",
        EntryKind.RunFinished => "run-finished",
        EntryKind.RunResumed => "run-resumed",
        EntryKind.ConfigurationChanged => "configuration-changed",
        EntryKind.Approval => "approval",
        EntryKind.AssetRegistered => "asset-registered",
        EntryKind.AssetChanged => "asset-changed",
        EntryKind.AssetClosed => "asset-closed",
        EntryKind.ObligationStep => "obligation-step",
        EntryKind.ObligationMoved => "obligation-moved",
        EntryKind.ObligationWithdrawn => "obligation-withdrawn",
        EntryKind.ObligationCompleted => "obligation-completed",
        EntryKind.ReviewDecided => "review-decided",
        EntryKind.ScheduledRun => "scheduled-run",
        EntryKind.RunAlert => "run-alert",
        EntryKind.LedgerChecked => "ledger-checked",
        EntryKind.JobFailing => "job-failing",
        EntryKind.ClockSetBack => "clock-set-back",
        EntryKind.ValuesRevealed => "values-revealed",
        EntryKind.Qualified => "qualified",
        EntryKind.PayloadErased => "payload-erased",
        EntryKind.CheckpointWritten => "checkpoint-written",
        EntryKind.CheckpointFailed => "checkpoint-failed",
        EntryKind.AttestationMade => "attestation-made",
        EntryKind.PackBuilt => "pack-built",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of entry."),
    };
}
