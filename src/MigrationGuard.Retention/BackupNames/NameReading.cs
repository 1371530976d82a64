namespace MigrationGuard.Retention.BackupNames;

/// <summary>What came of reading a file's name.</summary>
public abstract record NameReading
{
    private NameReading()
    {
    }

    /// <summary>The name follows the scheme.</summary>
    public sealed record Understood(BackupName Name) : NameReading;

    /// <summary>The name follows none of the schemes, and claims nothing.</summary>
    public sealed record NotUnderstood : NameReading;

    /// <summary>It was not found out, and why: an expression that took too long.</summary>
    public sealed record NotRead(string Reason) : NameReading;
}
