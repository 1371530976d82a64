namespace MigrationGuard.Ledger.Chain;

/// <summary>What an entry of the ledger records.</summary>
public enum EntryKind
{
    /// <summary>The store was made; the first entry of every chain, and of no place else.</summary>
    StoreCreated,

    RunStarted,

    RunFinished,

    /// <summary>The configuration is not what it was when it was last recorded.</summary>
    ConfigurationChanged,

    /// <summary>An approved expected difference was seen for the first time.</summary>
    Approval,
}

/// <summary>The kinds as the lines of the chain spell them, for ever.</summary>
public static class EntryKinds
{
    public static string Spelt(this EntryKind kind) => kind switch
    {
        EntryKind.StoreCreated => "store-created",
        EntryKind.RunStarted => "run-started",
        EntryKind.RunFinished => "run-finished",
        EntryKind.ConfigurationChanged => "configuration-changed",
        EntryKind.Approval => "approval",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of entry."),
    };
}
