using MigrationGuard.Retention.BackupHistories;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>What servers recorded, and what people stated, of the databases under <c>Backups:Databases</c>.</summary>
public sealed class RecordedHistories(IReadOnlyDictionary<string, DatabaseHistories> ofDatabases)
{
    /// <summary>Of no database anything.</summary>
    public static readonly RecordedHistories None = new(new Dictionary<string, DatabaseHistories>());

    /// <summary>Every history that was read, whichever database named it.</summary>
    public IEnumerable<HistoryOutcome.Read> All => ofDatabases.Values.SelectMany(database => database.Taken.Concat(database.Restores)).OfType<HistoryOutcome.Read>();

    /// <summary>What there is of one database, by its name in the configuration.</summary>
    public DatabaseHistories Of(string database) => ofDatabases.FirstOrDefault(known => known.Key.Equals(database, StringComparison.OrdinalIgnoreCase)).Value ?? DatabaseHistories.None;
}

/// <summary>What there is of one database.</summary>
/// <param name="Taken">The histories of the servers that it is backed up on; empty where none was named.</param>
/// <param name="Restores">The histories of the servers that its back-ups are restored on; empty where none was named.</param>
/// <param name="Stated">What people stated of restore tests of it.</param>
public sealed record DatabaseHistories(IReadOnlyList<HistoryOutcome> Taken, IReadOnlyList<HistoryOutcome> Restores, IReadOnlyList<StatedRestoreTest> Stated)
{
    public static readonly DatabaseHistories None = new([], [], []);
}

/// <summary>A restore test that somebody stated.</summary>
/// <param name="Id">The attestation's name in the ledger.</param>
/// <param name="At">When it took place; of one that was erased, when it was recorded.</param>
/// <param name="Passed">What came out; null of one that was erased, of which nobody can say any more what it stated.</param>
public sealed record StatedRestoreTest(string Id, DateTimeOffset At, bool? Passed);
