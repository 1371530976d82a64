namespace MigrationGuard.Retention.BackupHeaders;

/// <summary>What reading a file's header came to. Closed: what could not be read is never a back-up, and never nothing.</summary>
/// <remarks>No reason repeats what the file holds, since a file that is not a back-up may hold anything.</remarks>
public abstract record BackupHeaderOutcome
{
    private BackupHeaderOutcome() { }

    /// <summary>A back-up with its beginning and its end. What lies between them was not read.</summary>
    public sealed record Read(BackupHeader Header) : BackupHeaderOutcome;

    /// <summary>A back-up whose end is missing: an upload that was cut off, or still goes on.</summary>
    /// <param name="Header">What its beginning says, with no finish; null where it was cut before that was complete.</param>
    /// <param name="Reason">Where it ends, and what is missing.</param>
    public sealed record Truncated(BackupHeader? Header, string Reason) : BackupHeaderOutcome;

    /// <summary>It begins as a back-up does, and then contradicts itself: not what a server wrote.</summary>
    /// <param name="Reason">Where, and what is wrong there.</param>
    public sealed record Damaged(string Reason) : BackupHeaderOutcome
    {
        /// <summary>What its beginning says, where that is whole and what lies behind it is not; null where it is not.</summary>
        public BackupHeader? Header { get; init; }
    }

    /// <summary>Possibly a back-up, but of a kind that cannot be read from outside the server: encrypted, or in an unknown container.</summary>
    /// <param name="Reason">What could be read, what could not, and what would show it.</param>
    public sealed record Unreadable(string Reason) : BackupHeaderOutcome;

    /// <summary>Something other than a SQL Server back-up.</summary>
    /// <param name="Reason">What tells.</param>
    public sealed record NotABackup(string Reason) : BackupHeaderOutcome;

    /// <summary>What the file says of itself, as far as it was read; null where that is nothing.</summary>
    public BackupHeader? HeaderIfAny => this switch
    {
        Read read => read.Header,
        Truncated truncated => truncated.Header,
        Damaged damaged => damaged.Header,
        _ => null,
    };
}
