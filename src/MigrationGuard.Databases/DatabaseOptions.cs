using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace MigrationGuard.Databases;

/// <summary>How to reach a database, and how gently.</summary>
public sealed class DatabaseOptions
{
    [Required]
    [Description("The engine: SqlServer, PostgreSql or Sqlite.")]
    public Provider Provider { get; set; }

    [Description("The driver's own connection string. Keep passwords out of the file: set MigrationGuard__Databases__NAME__ConnectionString in the environment, or use integrated or Entra ID authentication. ApplicationIntent=ReadOnly is honoured, and the replica it may reach is recorded with its lag.")]
    public string ConnectionString { get; set; } = "";

    [Description("The most connections open to this database at once.")]
    public int MaxConnections { get; set; } = 4;

    [Description("Seconds a single statement may take before it is given up; 0 for no limit.")]
    public int CommandTimeoutSeconds { get; set; } = 3600;

    [Description("Seconds to wait for a lock before giving up; 0 for no limit.")]
    public int LockTimeoutSeconds { get; set; } = 30;

    [Description("Times an operation is tried again after a transient fault (a dropped connection, a deadlock).")]
    public int Retries { get; set; } = 3;

    [Description("The IANA or Windows time zone of date columns that do not say theirs, such as Europe/London.")]
    public string TimeZone { get; set; } = "UTC";

    [Description("What a whole number in a SQLite date column counts: UnixSeconds or UnixMilliseconds.")]
    public IntegerTimestamps IntegerTimestamps { get; set; } = IntegerTimestamps.UnixSeconds;

    /// <summary>The same options with relative file names taken from <paramref name="directory"/>, the configuration file's.</summary>
    public DatabaseOptions RelativeTo(string directory)
    {
        var copy = (DatabaseOptions)MemberwiseClone();
        copy.ConnectionString = Dialect.For(Provider).RelativeTo(ConnectionString, directory);
        return copy;
    }
}

/// <summary>What whole numbers in a SQLite date column count; SQLite itself takes them for seconds.</summary>
public enum IntegerTimestamps
{
    UnixSeconds,
    UnixMilliseconds,
}
