namespace MigrationGuard.Databases;

/// <summary>Where a store of this program's own is, and how long to wait for it.</summary>
/// <param name="BaseDirectory">What the path of a SQLite file is relative to.</param>
/// <param name="LockTimeoutSeconds">How long to wait for another writer; at least 1.</param>
public sealed record StoreAddress(string ConnectionString, string BaseDirectory, int LockTimeoutSeconds)
{
    /// <summary>Longer than the wait for a lock, so that a lock that is not released is reported as one.</summary>
    internal int CommandTimeoutSeconds => LockTimeoutSeconds + 60;
}
