using System.Data;
using System.Data.Common;
using System.Data.SqlTypes;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.SqlClient;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Databases.SqlServer;

/// <summary>SQL Server 2012 and later, and Azure SQL.</summary>
internal sealed partial class SqlServerDialect : Dialect
{
    public static readonly SqlServerDialect Instance = new();

    private SqlServerDialect() { }

    public override Provider Provider => Provider.SqlServer;

    public override string Quote(string identifier) => "[" + identifier.Replace("]", "]]", StringComparison.Ordinal) + "]";

    public override string TextLengthCounts => "UTF-16 code units (bytes in char and varchar)";

    /// <remarks>The parts of a collation's name say it: <c>Latin1_General_100_CI_AI</c>. A binary collation has neither and tells all apart.</remarks>
    public override TextSensitivity SensitivityOf(Column column)
    {
        var parts = (column.Collation ?? "").Split('_');
        return new(!parts.Contains("CI", StringComparer.OrdinalIgnoreCase), !parts.Contains("AI", StringComparer.OrdinalIgnoreCase));
    }

    private protected override string CountRows => "COUNT_BIG(*)";

    private protected override IReadOnlyList<string> NewestExpressions(Column column) => ["MAX(" + Quote(column.Name) + ")"];

    private protected override string CountNewer(Column column, string parameter) =>
        $"COUNT_BIG(CASE WHEN {Quote(column.Name)} > {parameter} THEN 1 END)";

    /// <remarks>
    /// A column's collation may take different spellings for one group and ignores trailing spaces, so text is compared by
    /// its UTF-16 code units. It is made nvarchar first: a binary collation put on varchar would convert its code page.
    /// </remarks>
    private protected override string GroupedValue(Column column) => column.Type.Kind switch
    {
        CanonicalKind.Text or CanonicalKind.PaddedText => AsUnicode(column) + " COLLATE Latin1_General_100_BIN2",
        CanonicalKind.Binary when column.StoreType.StartsWith("image", StringComparison.Ordinal) => $"CONVERT(varbinary(max), {Quote(column.Name)})",
        _ => Quote(column.Name),
    };

    // Even binary collations pad with spaces to compare: 'a' and 'a ' are told apart by their lengths.
    private protected override IEnumerable<string> GroupingExpressions(Column column) => column.Type.Kind switch
    {
        CanonicalKind.Text or CanonicalKind.PaddedText => [GroupedValue(column), $"DATALENGTH({AsUnicode(column)})"],
        _ => [GroupedValue(column)],
    };

    private string AsUnicode(Column column) =>
        $"CONVERT(nvarchar({(column.Type.Length is { } n and <= 4000 ? n.ToString(CultureInfo.InvariantCulture) : "max")}), {Quote(column.Name)})";

    internal override NewestMoment ReadNewest(DbDataReader reader, int ordinal, Column column) =>
        ReadValue(reader, ordinal, column.Type) switch
        {
            CanonicalValue.Null => new NewestMoment(null, 0),
            CanonicalValue.Moment m => new NewestMoment(m.Value with { Units = m.Value.Round(column.Type.Resolution!.Value).Units, Resolution = column.Type.Resolution.Value }, 0),
            _ => throw new InvalidOperationException($"{column.Name} holds no dates."),
        };

    internal override CanonicalValue ReadValue(DbDataReader reader, int ordinal, CanonicalType? type)
    {
        if (reader.IsDBNull(ordinal))
            return new CanonicalValue.Null();
        var sql = (SqlDataReader)reader;
        switch (sql.GetDataTypeName(ordinal))
        {
            case "datetime":
                // GetDateTime rounds the 1/300 s count to milliseconds; the count itself is what the column holds.
                return new CanonicalValue.Moment(FromSqlDateTime(sql.GetSqlDateTime(ordinal)));
            case "decimal" or "numeric":
                // 38 digits do not fit System.Decimal's 28.
                return CanonicalValue.FromDigits(sql.GetSqlDecimal(ordinal).ToString());
            default:
                return base.ReadValue(reader, ordinal, type);
        }
    }

    internal static Timestamp FromSqlDateTime(SqlDateTime value)
    {
        const long unitsPerDay = 300L * 86_400;
        var daysBefore1900 = new DateTime(1900, 1, 1).Ticks / TimeSpan.TicksPerDay;
        return new Timestamp(((daysBefore1900 + value.DayTicks) * unitsPerDay) + value.TimeTicks, TimeResolution.SqlDateTime, IsUtc: false);
    }

    /// <remarks>
    /// The parameter has the column's own type. From compatibility level 130 a <c>datetime</c> column compared with a
    /// <c>datetime2</c> value is widened to .0033333 instead of .0030000, and the index on it is not used.
    /// </remarks>
    private protected override void AddMoment(DbCommand command, string parameter, Column column, DateTimeOffset moment, TimeZoneInfo zone)
    {
        var held = AsHeld(column, moment, zone);
        var value = new SqlParameter { ParameterName = parameter };
        switch (column.StoreType)
        {
            case "datetime":
                value.SqlDbType = SqlDbType.DateTime;
                value.Value = HeldAsSqlDateTime(column, moment, zone);
                break;
            case "smalldatetime":
                value.SqlDbType = SqlDbType.SmallDateTime;
                value.Value = held;
                break;
            case "date":
                value.SqlDbType = SqlDbType.Date;
                value.Value = held;
                break;
            default:
                if (column.Type.Kind == CanonicalKind.TimestampWithZone)
                {
                    value.SqlDbType = SqlDbType.DateTimeOffset;
                    value.Value = new DateTimeOffset(held, TimeSpan.Zero);
                }
                else
                {
                    value.SqlDbType = SqlDbType.DateTime2;
                    value.Value = held;
                }
                value.Scale = (byte)Math.Max(0, column.Type.Resolution!.Value.UnitsPerSecond.ToString(CultureInfo.InvariantCulture).Length - 1);
                break;
        }
        command.Parameters.Add(value);
    }

    private static SqlDateTime HeldAsSqlDateTime(Column column, DateTimeOffset moment, TimeZoneInfo zone)
    {
        const long unitsPerDay = 300L * 86_400;
        var local = TimeZoneInfo.ConvertTime(moment, zone).Ticks;
        var units = Timestamp.FromTicks(local, TimeResolution.HundredNanoseconds, isUtc: false).Floor(column.Type.Resolution!.Value).Units;
        var daysBefore1900 = new DateTime(1900, 1, 1).Ticks / TimeSpan.TicksPerDay;
        return new SqlDateTime((int)((units / unitsPerDay) - daysBefore1900), (int)(units % unitsPerDay));
    }

    internal override DbConnection CreateReadOnlyConnection(string name, DatabaseOptions options) => Create(name, options.ConnectionString);

    internal override void CloseIdle(DbConnection connection) => SqlConnection.ClearPool((SqlConnection)connection);

    public override DbConnection CreateStoreConnection(string name, StoreAddress address) => Create(name, address.ConnectionString, address.CommandTimeoutSeconds);

    private static SqlConnection Create(string name, string connectionString, int? commandTimeoutSeconds = null)
    {
        try
        {
            var builder = new SqlConnectionStringBuilder(connectionString);
            if (!builder.ShouldSerialize("Application Name"))
                builder.ApplicationName = "MigrationGuard";
            // Retries are this program's, so that they stop at the run's deadline.
            builder.ConnectRetryCount = 0;
            if (commandTimeoutSeconds is { } seconds)
                builder.CommandTimeout = seconds;
            return new SqlConnection(builder.ConnectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The driver's message can quote a part of a badly written password.
            throw new DatabaseException($"Databases:{name}:ConnectionString", "is not a SQL Server connection string.", "Compare it with Server=…;Database=…;Integrated Security=true.");
        }
    }

    internal override async Task<ReadTransaction> BeginReadOnlyAsync(DbConnection connection, DatabaseOptions options, string? view, CancellationToken cancellationToken)
    {
        await using var settings = connection.CreateCommand();
        settings.CommandText = SessionSettings(options);
        // Never READ UNCOMMITTED: it counts rows twice or not at all. SNAPSHOT only where the database allows it already.
        var (isolation, sentence) = (await settings.ExecuteScalarAsync(cancellationToken) as int?) switch
        {
            2 => (IsolationLevel.ReadCommitted, "a database snapshot: one moment for all connections"),
            1 => (IsolationLevel.Snapshot, "each reading at its own moment (SNAPSHOT)"),
            _ => (IsolationLevel.ReadCommitted, "READ COMMITTED: rows that move while they are read may be read twice or not at all"),
        };
        return new ReadTransaction(await connection.BeginTransactionAsync(isolation, cancellationToken), sentence);
    }

    /// <summary>Run first in every session; brings back 2 for a database snapshot, 1 where the database allows SNAPSHOT isolation.</summary>
    internal static string SessionSettings(DatabaseOptions options) => string.Create(CultureInfo.InvariantCulture, $"""
        SET XACT_ABORT ON;
        -- A verification that meets live work is the one to give way in a deadlock.
        SET DEADLOCK_PRIORITY LOW;
        SET LOCK_TIMEOUT {(options.LockTimeoutSeconds == 0 ? -1 : options.LockTimeoutSeconds * 1000)};
        SELECT CASE WHEN source_database_id IS NOT NULL THEN 2 ELSE CAST(snapshot_isolation_state AS int) END FROM sys.databases WHERE database_id = DB_ID();
        """);

    internal override Task<Catalogue> ReadCatalogueAsync(ReadSession session, CancellationToken cancellationToken) =>
        SqlServerCatalogue.ReadAsync(session, cancellationToken);

    internal override Task<IReadOnlyList<string>> RightsBeyondReadingAsync(ReadSession session, CancellationToken cancellationToken) =>
        SqlServerRights.BeyondReadingAsync(session, cancellationToken);

    // Deadlock victim, and the faults of connections and Azure SQL that Microsoft lists as worth another try.
    // Not among them: -2 (the statement's own time limit) and 1222 (the lock limit), which have been waited for already.
    private static readonly HashSet<int> TransientErrors =
        [20, 64, 121, 233, 1205, 4221, 10053, 10054, 10060, 10061, 10928, 10929, 40143, 40197, 40501, 40540, 40613, 42108, 42109, 49918, 49919, 49920];

    internal override bool IsTransient(Exception exception) => exception switch
    {
        SqlException e => e.Errors.Cast<SqlError>().Any(error => TransientErrors.Contains(error.Number)) || IsBrokenConnection(e),
        InvalidOperationException { InnerException: SqlException inner } => IsTransient(inner),
        FileNotFoundException or FileLoadException => false,
        IOException => true,
        _ => false,
    };

    // Severity 20 and above ends the session; number 0 is the driver's own report of a torn connection. Damaged pages and
    // refused logins end it too, and would again.
    private static bool IsBrokenConnection(SqlException e) => e.Class >= 20 && e.Number is not (18456 or 4060) && !IsDamage(e);

    private static bool IsDamage(SqlException e) => e.Number is 605 or 823 or 824 or 825;

    internal override bool IsTimeout(Exception exception) => exception is SqlException { Number: -2 };

    public override (string Problem, string Remedy) Explain(DbException exception)
    {
        var sql = (SqlException)exception;
        return sql.Number switch
        {
            18456 => ("the login was refused.", "Check the user, the password and that the login may connect."),
            4060 or 911 => ("there is no such database, or the login may not open it.", "Check the database's name and the login's access."),
            229 or 230 or 297 or 300 => ("permission was denied: " + Redact(sql.Message), "Grant SELECT, and VIEW DEFINITION for the catalogue."),
            208 => ("there is no such table or view: " + Redact(sql.Message), "It may have been dropped or renamed since the catalogue was read."),
            605 or 823 or 824 or 825 => (string.Create(CultureInfo.InvariantCulture, $"a page of the database is damaged (SQL Server error {sql.Number})."), "Run DBCC CHECKDB, and restore from a back-up taken before the damage."),
            1222 => ("a lock was not released in time.", "Raise LockTimeoutSeconds or verify when the database is quieter."),
            -2 => ("the statement took longer than it may.", "Raise CommandTimeoutSeconds."),
            1205 => ("the statement was chosen as a deadlock's victim, and again when retried.", "Verify when the database is quieter."),
            _ when sql.Class >= 20 || sql.Number is 0 or 53 or 258 or 10054 or 10060 or 10061 or 11001 or 40 =>
                ("the server cannot be reached: " + Redact(sql.Message), "Check its name, port and firewall, and that it is running."),
            _ => (Redact(sql.Message), string.Create(CultureInfo.InvariantCulture, $"(SQL Server error {sql.Number})")),
        };
    }

    // Conversion errors quote the value of a row: 'Conversion failed when converting the nvarchar value '…' to data type int',
    // 'Arithmetic overflow error for type tinyint, value = 256.' Babelfish says: 'invalid input syntax for type integer: "…"'.
    private static string Redact(string message) =>
        RowValue().Replace(message, "$1'…'").ReplaceLineEndings(" ").Trim();

    [GeneratedRegex(@"\b(value(?: of)?:? |syntax for type [\w ]+: )(?:'.*'|"".*""|= .*(?=\.))", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex RowValue();

    public override string? SerialiseWriters(string resource) => $"""
        -- An application lock, held until the transaction ends, so that entries are appended one after another.
        -- It waits as long as SET LOCK_TIMEOUT says.
        DECLARE @granted int;
        EXEC @granted = sp_getapplock @Resource = N'{resource}', @LockMode = N'Exclusive', @LockOwner = N'Transaction';
        IF @granted < 0 THROW 51222, N'The ledger is locked by another writer.', 1;
        """;

    public override IReadOnlyList<string> StoreSettings(StoreAddress address) =>
        [string.Create(CultureInfo.InvariantCulture, $"SET XACT_ABORT ON; SET LOCK_TIMEOUT {address.LockTimeoutSeconds * 1000};")];

    public override StoreFault? StoreFault(DbException exception) => (exception as SqlException)?.Number switch
    {
        3906 or 229 or 3908 => Databases.StoreFault.ReadOnly,
        1101 or 1105 or 9002 => Databases.StoreFault.Full,
        1222 or 51222 => Databases.StoreFault.Locked,
        _ => null,
    };
}
