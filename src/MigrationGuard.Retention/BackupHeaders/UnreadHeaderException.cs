namespace MigrationGuard.Retention.BackupHeaders;

/// <summary>Ends the reading of a header with what it came to. Never leaves <see cref="BackupHeaderReader"/>.</summary>
internal sealed class UnreadHeaderException(BackupHeaderOutcome outcome) : Exception
{
    public BackupHeaderOutcome Outcome { get; } = outcome;

    public static UnreadHeaderException Damaged(Place place, string problem) =>
        new(new BackupHeaderOutcome.Damaged($"{place}: {problem} The file is not as a server wrote it; restore from another copy."));

    public static UnreadHeaderException Truncated(long length, string missing) =>
        new(new BackupHeaderOutcome.Truncated(null, FormattableString.Invariant($"The file ends after {length} bytes, {missing}.")));

    public static UnreadHeaderException Unreadable(string reason) => new(new BackupHeaderOutcome.Unreadable(reason));

    public static UnreadHeaderException NotABackup(string reason) => new(new BackupHeaderOutcome.NotABackup(reason));
}
