using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Databases.Values;
using SQLitePCL;

namespace MigrationGuard.Databases.Sqlite;

/// <summary>SQLite 3.37 and later, in process.</summary>
internal sealed partial class SqliteDialect : Dialect
{
    public static readonly SqliteDialect Instance = new();

    private const string Newest = "migrationguard_newest";
    private const string CountNewerFunction = "migrationguard_count_newer";

    private SqliteDialect() { }

    public override Provider Provider => Provider.Sqlite;

    internal override bool IsSynchronous => true;

    public override string Quote(string identifier) => "\"" + identifier.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    public override bool EnforcesTypes => false;

    public override string TextLengthCounts => "characters, without enforcing it";

    public override TextSensitivity SensitivityOf(Column column) => new(Case: column.Collation != "NOCASE", Accents: true);

    private protected override string CountRows => "count(*)";

    // SQLite has no date type: text of several shapes, julian days and Unix seconds can stand in one column, where max()
    // would order them by storage class and letter. The aggregate reads each value as the moment it is.
    private protected override IReadOnlyList<string> NewestExpressions(Column column) => [$"{Newest}({Quote(column.Name)})"];

    private protected override string CountNewer(Column column, string parameter) => $"{CountNewerFunction}({Quote(column.Name)}, {parameter})";

    // A column's own collation (NOCASE, RTRIM) would take different spellings for one group.
    private protected override string GroupedValue(Column column) => Quote(column.Name) + " COLLATE BINARY";

    public override bool CanGroupBy(Column column) => true;

    public override bool IsMoment(Column column) =>
        column.Type.IsMoment || column.Type.Kind is CanonicalKind.Text or CanonicalKind.Integer or CanonicalKind.Float or CanonicalKind.Decimal or CanonicalKind.Untyped;

    internal override CanonicalValue ReadValue(DbDataReader reader, int ordinal, CanonicalType? type)
    {
        var value = base.ReadValue(reader, ordinal, type);
        return (type?.Kind, value) switch
        {
            (CanonicalKind.Uuid, CanonicalValue.Text t) when UuidText.TryRead(t.Value, out var uuid) => new CanonicalValue.Uuid(uuid),
            (CanonicalKind.Date or CanonicalKind.Timestamp or CanonicalKind.TimestampWithZone, CanonicalValue.Text t)
                when MomentText.TryRead(t.Value, out var moment) => new CanonicalValue.Moment(moment),
            _ => value,
        };
    }

    internal override NewestMoment ReadNewest(DbDataReader reader, int ordinal, Column column) => SqliteMoments.Decode(reader.GetString(ordinal));

    internal override MomentSink Moments(Column column, DateTimeOffset? moment, DatabaseOptions options, TimeZoneInfo zone) =>
        new SqliteMomentSink(new SqliteMoments(zone, options.IntegerTimestamps), moment?.UtcTicks);

    private protected override void AddMoment(DbCommand command, string parameter, Column column, DateTimeOffset moment, TimeZoneInfo zone) =>
        Add(command, parameter, moment.UtcTicks);

    internal override DbConnection CreateReadOnlyConnection(string name, DatabaseOptions options)
    {
        var builder = Builder(name, options.ConnectionString);
        // A file that is not there must be an error; the driver's default is to make it.
        builder.Mode = SqliteOpenMode.ReadOnly;
        builder.DefaultTimeout = options.LockTimeoutSeconds;
        return new SqliteConnection(builder.ConnectionString);
    }

    internal override void CloseIdle(DbConnection connection) => SqliteConnection.ClearPool((SqliteConnection)connection);

    public override DbConnection CreateStoreConnection(string name, StoreAddress address)
    {
        var builder = Builder(name, address.ConnectionString);
        if (builder.Mode == SqliteOpenMode.Memory || builder.DataSource is "" or ":memory:")
            throw new DatabaseException($"Databases:{name}:ConnectionString", "names no file, so everything would be lost with the process.", "Name one, such as Data Source=migrationguard.db.");
        if (!builder.DataSource.StartsWith("file:", StringComparison.Ordinal))
            builder.DataSource = Path.GetFullPath(builder.DataSource, address.BaseDirectory);
        builder.DefaultTimeout = address.LockTimeoutSeconds;
        // A pooled connection would keep the file open, and recent commits in its -wal file, after the store is closed.
        builder.Pooling = false;
        return new SqliteConnection(builder.ConnectionString);
    }

    public override string? StoreFile(StoreAddress address)
    {
        using var connection = CreateStoreConnection("store", address);
        return connection.DataSource.StartsWith("file:", StringComparison.Ordinal) ? null : connection.DataSource;
    }

    public override string RelativeTo(string connectionString, string directory)
    {
        SqliteConnectionStringBuilder builder;
        try
        {
            builder = Builder("", connectionString);
        }
        catch (DatabaseException)
        {
            // Whoever connects with it says what is wrong, and of which database.
            return connectionString;
        }
        // :memory: and file: URIs are no paths.
        if (builder.DataSource.Length > 0 && builder.DataSource[0] != ':' && !builder.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            builder.DataSource = Path.GetFullPath(builder.DataSource, directory);
        return builder.ConnectionString;
    }

    private static SqliteConnectionStringBuilder Builder(string name, string connectionString)
    {
        try
        {
            return new SqliteConnectionStringBuilder(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new DatabaseException($"Databases:{name}:ConnectionString", "is not a SQLite connection string.", "Compare it with Data Source=crm.sqlite.");
        }
    }

    internal override async Task<ReadTransaction> BeginReadOnlyAsync(DbConnection connection, DatabaseOptions options, string? view, CancellationToken cancellationToken)
    {
        var sqlite = (SqliteConnection)connection;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);
        var moments = new SqliteMoments(zone, options.IntegerTimestamps);
        // A typed lambda: the method group alone would bind to the driver's overload that passes all arguments as one array.
        sqlite.CreateAggregate(Newest, new SqliteMoments.Seen(), (SqliteMoments.Seen seen, object? value) => moments.Add(seen, value), moments.Encode, isDeterministic: true);
        sqlite.CreateAggregate(CountNewerFunction, 0L, (long count, object? value, long ticks) => moments.IsAfter(value, ticks) ? count + 1 : count, isDeterministic: true);
        sqlite.CreateFunction("migrationguard_rows", (string table) => SqliteCatalogue.CountRows(sqlite, table), isDeterministic: false);
        await using (var readOnly = connection.CreateCommand())
        {
            readOnly.CommandText = "PRAGMA query_only = ON";
            await readOnly.ExecuteNonQueryAsync(cancellationToken);
        }
        return new ReadTransaction(sqlite.BeginTransaction(deferred: true), "each connection at its own moment: one for all of them if nobody wrote to the file meanwhile");
    }

    internal override void Interrupt(DbConnection connection)
    {
        if (((SqliteConnection)connection).Handle is { IsInvalid: false, IsClosed: false } handle)
            raw.sqlite3_interrupt(handle);
    }

    internal override Task<Catalogue> ReadCatalogueAsync(ReadSession session, CancellationToken cancellationToken) =>
        SqliteCatalogue.ReadAsync(session, cancellationToken);

    internal override Task<IReadOnlyList<string>> RightsBeyondReadingAsync(ReadSession session, CancellationToken cancellationToken) =>
        SqliteCatalogue.RightsBeyondReadingAsync(session, cancellationToken);

    internal override bool IsTransient(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: raw.SQLITE_PROTOCOL };

    internal override bool IsTimeout(Exception exception) => false;

    public override (string Problem, string Remedy) Explain(DbException exception)
    {
        var code = ((SqliteException)exception).SqliteErrorCode;
        var message = exception.Message;
        return code switch
        {
            raw.SQLITE_CANTOPEN => ("the file cannot be opened.", "Check that it is there and may be read; in WAL mode its directory must be writable too."),
            raw.SQLITE_NOTADB => ("the file is not a SQLite database, or it is encrypted.", "Check the path."),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => ("another program holds a lock on the file.", "Close it, or raise LockTimeoutSeconds."),
            raw.SQLITE_CORRUPT => ("the file is damaged.", "Run PRAGMA integrity_check on a copy."),
            raw.SQLITE_INTERRUPT => ("the statement took longer than it may.", "Raise CommandTimeoutSeconds."),
            raw.SQLITE_PERM or raw.SQLITE_AUTH => ("permission was denied.", "Let this account read the file."),
            raw.SQLITE_FULL => ("the disk is full.", "Make room and try again."),
            raw.SQLITE_READONLY => ("it cannot be written.", "Let this account write the file and its directory."),
            _ => (Message(message).TrimEnd('?') + ".", string.Create(CultureInfo.InvariantCulture, $"(SQLite error {code})")),
        };
    }

    // Strips the driver's frame: SQLite Error 1: 'no such table: x'.
    private static string Message(string message)
    {
        var start = message.IndexOf('\'', StringComparison.Ordinal);
        var end = message.LastIndexOf('\'');
        return WithoutValues(start >= 0 && end > start ? message[(start + 1)..end] : message);
    }

    // Functions quote their arguments, which are values of rows: bad JSON path: '…'. What the parser quotes is the statement's own.
    private static string WithoutValues(string message) =>
        message.StartsWith("near ", StringComparison.Ordinal) || message.StartsWith("no such ", StringComparison.Ordinal)
            ? message
            : QuotedValue().Replace(message, "'…'");

    [GeneratedRegex("'.*'|\".*\"", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex QuotedValue();

    // BEGIN IMMEDIATE, which the driver's transactions are unless told otherwise, lets one writer in.
    public override string? SerialiseWriters(string resource) => null;

    // One at a time: the driver says nothing of what fails after the first statement of a batch that answers.
    public override IReadOnlyList<string> StoreSettings(StoreAddress address) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {address.LockTimeoutSeconds * 1000}"),
        "PRAGMA journal_mode = WAL",
        // A committed result survives a power cut, not only a crash of this program.
        "PRAGMA synchronous = FULL",
        "PRAGMA foreign_keys = ON",
        // What is erased is overwritten, and not only let go of.
        "PRAGMA secure_delete = ON",
    ];

    public override StoreFault? StoreFault(DbException exception) => (exception as SqliteException)?.SqliteErrorCode switch
    {
        raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM => Databases.StoreFault.ReadOnly,
        raw.SQLITE_FULL or raw.SQLITE_IOERR => Databases.StoreFault.Full,
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => Databases.StoreFault.Locked,
        _ => null,
    };
}
