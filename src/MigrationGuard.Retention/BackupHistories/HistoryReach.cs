namespace MigrationGuard.Retention.BackupHistories;

/// <summary>How far back a history reaches at most.</summary>
public static class HistoryReach
{
    /// <summary>The days that <c>backup-history.sql</c> reads of back-ups, as it is written there.</summary>
    public const int Days = 400;
}
