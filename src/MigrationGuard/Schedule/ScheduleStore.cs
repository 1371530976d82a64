using System.Data.Common;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Schedule;

/// <summary>Where Quartz keeps when to look next: in the ledger's database, or for SQLite in a file of its own beside the ledger's.</summary>
/// <remarks>
/// Nothing is lost with it: what is due is computed from the ledger. SQLite has one writer, and two files keep the scheduler
/// out of the ledger's way.
/// </remarks>
internal sealed class ScheduleStore : IDisposable
{
    private readonly FileStream? _onlyWorker;

    private ScheduleStore(Provider provider, StoreAddress address, FileStream? onlyWorker)
    {
        Provider = provider;
        Connections = new StoreDataSource(Dialect.For(provider), address);
        _onlyWorker = onlyWorker;
    }

    public Provider Provider { get; }

    /// <summary>Opens connections as the store's own are opened: same account, same authentication, same certificates.</summary>
    public DbDataSource Connections { get; }

    /// <summary>Whether several workers may share it.</summary>
    public bool IsClustered => Provider != Provider.Sqlite;

    /// <exception cref="LedgerException">Another worker has it, or its file cannot be written.</exception>
    public static async Task<ScheduleStore> OpenAsync(StoreOptions options, string baseDirectory, CancellationToken cancellationToken)
    {
        var address = new StoreAddress(options.ConnectionString, baseDirectory, options.LockTimeoutSeconds);
        if (options.Provider != Provider.Sqlite)
            return new ScheduleStore(options.Provider, address, onlyWorker: null);
        var ledger = Dialect.For(options.Provider).StoreFile(address)
            ?? throw new LedgerException("Store:ConnectionString", "is a file: address, beside which the worker cannot keep its schedule.", "Name the file by its path.");
        var file = Path.ChangeExtension(ledger, ".schedule" + Path.GetExtension(ledger));
        var connection = new DbConnectionStringBuilder { ["Data Source"] = file }.ConnectionString;
        var store = new ScheduleStore(options.Provider, address with { ConnectionString = connection }, Claim(file + ".lock"));
        try
        {
            await store.PrepareAsync(file, cancellationToken);
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Connections.Dispose();
        _onlyWorker?.Dispose();
    }

    // The operating system lets go of it when the process ends, however it ends.
    private static FileStream Claim(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.None);
        }
        catch (IOException e)
        {
            throw new LedgerException(file, "another worker has it; a store on SQLite is for one.", "Stop that worker, or keep the ledger in PostgreSQL or SQL Server, which several can share.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new LedgerException(file, "cannot be written.", "Let this account write the folder that the ledger is in.", e);
        }
    }

    // A write-ahead log lasts with the file, and spares a flush of the disk with every round.
    private async Task PrepareAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await Connections.OpenConnectionAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (DbException e)
        {
            throw new LedgerException(file, "the schedule cannot be used: " + e.Message.ReplaceLineEndings(" "), "Remove the file: it is made again, and nothing is lost with it.", e);
        }
    }

    /// <summary>Connections of a store, for whoever asks for a <see cref="DbDataSource"/>.</summary>
    private sealed class StoreDataSource(Dialect dialect, StoreAddress address) : DbDataSource
    {
        public override string ConnectionString => "";

        protected override DbConnection CreateDbConnection() => dialect.CreateStoreConnection("store", address);
    }
}
