namespace MigrationGuard.Retention.BackupHistories;

/// <summary>Where it stands what one SQL Server recorded of back-ups and restores. Nothing is ever written to it.</summary>
public interface IBackupHistory
{
    /// <summary>What it is, for a reader; without secrets.</summary>
    string Place { get; }

    /// <summary>Reads all of it. What cannot be read is an outcome with its reason, and no exception.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<HistoryOutcome> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>What reading a server's history came to. Closed: a history that was not read never stands for an empty one.</summary>
public abstract record HistoryOutcome
{
    private HistoryOutcome() { }

    /// <summary>It was read to its end.</summary>
    /// <param name="Place">Where it stands, for a reader.</param>
    public sealed record Read(string Place, ServerHistory History) : HistoryOutcome
    {
        /// <summary>Why it does not say what is so now, a sentence: an old export, or a clock that is wrong; null where it does.</summary>
        public string? Doubt { get; init; }
    }

    /// <summary>It could not be read, or not be understood; no part of it counts.</summary>
    /// <param name="Reason">Where, why and what to do: a sentence or more.</param>
    public sealed record NotRead(string Reason) : HistoryOutcome;
}
