using System.ComponentModel;
using MigrationGuard.Databases;

namespace MigrationGuard.Ledger.Store;

/// <summary>Where the ledger is kept.</summary>
public sealed class StoreOptions
{
    [Description("The engine the ledger is kept on: Sqlite, SqlServer or PostgreSql.")]
    public Provider Provider { get; set; } = Provider.Sqlite;

    [Description("The driver's own connection string. A relative SQLite file is taken relative to the configuration file.")]
    public string ConnectionString { get; set; } = "Data Source=migrationguard.db";

    [Description("Seconds to wait while another process writes to the ledger before giving up; at least 1.")]
    public int LockTimeoutSeconds { get; set; } = 30;
}
