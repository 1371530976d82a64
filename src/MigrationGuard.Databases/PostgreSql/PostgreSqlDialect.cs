using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Values;
using Npgsql;
using NpgsqlTypes;

namespace MigrationGuard.Databases.PostgreSql;

/// <summary>PostgreSQL 13 and later.</summary>
internal sealed partial class PostgreSqlDialect : Dialect
{
    public static readonly PostgreSqlDialect Instance = new();

    private PostgreSqlDialect() { }

    public override Provider Provider => Provider.PostgreSql;

    public override string Quote(string identifier) => "\"" + identifier.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    public override TextSensitivity SensitivityOf(Column column) => new(Case: column.StoreType != "citext", Accents: true);

    private protected override string CountRows => "count(*)";

    // A row of fields IS NOT NULL only when none of them is (https://www.postgresql.org/docs/current/functions-comparison.html).
    private protected override string HasValue(Column column) => Quote(column.Name) + " IS DISTINCT FROM NULL";

    private protected override IReadOnlyList<string> NewestExpressions(Column column) => ["max(" + Quote(column.Name) + ")"];

    private protected override string CountNewer(Column column, string parameter) =>
        $"count(*) FILTER (WHERE {Quote(column.Name)} > {parameter})";

    /// <remarks>Text is compared by its bytes: a nondeterministic collation, or citext, would take different spellings for one group.</remarks>
    private protected override string GroupedValue(Column column) => column.Type.Kind switch
    {
        CanonicalKind.Text or CanonicalKind.PaddedText => Quote(column.Name) + "::text COLLATE \"C\"",
        // 1.0 and 1.00 are one group; digits beyond System.Decimal's reach the reader as text.
        // Money is spelt as the server's locale has it, unless it is made a number first.
        CanonicalKind.Decimal => $"{Quote(column.Name)}::numeric::text",
        _ => Quote(column.Name),
    };

    internal override CanonicalValue ReadValue(DbDataReader reader, int ordinal, CanonicalType? type)
    {
        if (type?.Kind == CanonicalKind.Decimal && !reader.IsDBNull(ordinal) && reader.GetFieldType(ordinal) == typeof(string))
            return Digits(reader.GetString(ordinal));
        if (!reader.IsDBNull(ordinal) && reader.GetDataTypeName(ordinal) == "date")
            return new CanonicalValue.Moment(new Timestamp(reader.GetFieldValue<DateOnly>(ordinal).DayNumber, TimeResolution.Day, IsUtc: false));
        var value = base.ReadValue(reader, ordinal, type);
        return value is CanonicalValue.Moment m ? new CanonicalValue.Moment(m.Value.Round(TimeResolution.Microsecond)) : value;
    }

    private static CanonicalValue Digits(string text) =>
        text is "NaN" or "Infinity" or "-Infinity" ? new CanonicalValue.Text(text) : CanonicalValue.FromDigits(text);

    internal override NewestMoment ReadNewest(DbDataReader reader, int ordinal, Column column) =>
        ReadValue(reader, ordinal, column.Type) switch
        {
            CanonicalValue.Null => new NewestMoment(null, 0),
            CanonicalValue.Moment m => new NewestMoment(m.Value.Round(column.Type.Resolution!.Value), 0),
            _ => throw new InvalidOperationException($"{column.Name} holds no dates."),
        };

    private protected override void AddMoment(DbCommand command, string parameter, Column column, DateTimeOffset moment, TimeZoneInfo zone)
    {
        var held = AsHeld(column, moment, zone);
        command.Parameters.Add(column.Type.Kind switch
        {
            CanonicalKind.TimestampWithZone => new NpgsqlParameter(parameter, NpgsqlDbType.TimestampTz) { Value = DateTime.SpecifyKind(held, DateTimeKind.Utc) },
            CanonicalKind.Date => new NpgsqlParameter(parameter, NpgsqlDbType.Date) { Value = DateOnly.FromDateTime(held) },
            _ => new NpgsqlParameter(parameter, NpgsqlDbType.Timestamp) { Value = held },
        });
    }

    internal override DbConnection CreateReadOnlyConnection(string name, DatabaseOptions options)
    {
        var builder = Builder(name, options.ConnectionString);
        // Without row security a table whose policies would hide rows is refused, where otherwise both sides could lack the same ones.
        var settings = string.Create(
            CultureInfo.InvariantCulture,
            $"-c default_transaction_read_only=on -c lock_timeout={options.LockTimeoutSeconds * 1000L} -c extra_float_digits=3 -c row_security=off");
        // Eight times the driver's own: reading rows waits for the socket that much less often, for a fourth of the time.
        builder.ReadBufferSize = 64 * 1024;
        // COPY takes its limit from the connection.
        builder.CommandTimeout = options.CommandTimeoutSeconds;
        builder.Options = string.IsNullOrEmpty(builder.Options) ? settings : builder.Options + " " + settings;
        return new NpgsqlConnection(builder.ConnectionString);
    }

    internal override void CloseIdle(DbConnection connection) => NpgsqlConnection.ClearPool((NpgsqlConnection)connection);

    public override DbConnection CreateStoreConnection(string name, StoreAddress address)
    {
        var builder = Builder(name, address.ConnectionString);
        builder.CommandTimeout = address.CommandTimeoutSeconds;
        return new NpgsqlConnection(builder.ConnectionString);
    }

    private static NpgsqlConnectionStringBuilder Builder(string name, string connectionString)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(connectionString);
            builder.ApplicationName ??= "MigrationGuard";
            // Details of an error quote values of rows.
            builder.IncludeErrorDetail = false;
            return builder;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The driver's message can quote a part of a badly written password.
            throw new DatabaseException($"Databases:{name}:ConnectionString", "is not a PostgreSQL connection string.", "Compare it with Host=…;Database=…;Username=….");
        }
    }

    internal override Task<Catalogue> ReadCatalogueAsync(ReadSession session, CancellationToken cancellationToken) =>
        PostgreSqlCatalogue.ReadAsync(session, cancellationToken);

    internal override Task<IReadOnlyList<string>> RightsBeyondReadingAsync(ReadSession session, CancellationToken cancellationToken) =>
        PostgreSqlCatalogue.RightsBeyondReadingAsync(session, cancellationToken);

    internal override bool IsTransient(Exception exception) => exception switch
    {
        // The lock limit has been waited for already.
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } => false,
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown } => true,
        // The driver's own time limit shows as a time-out inside; a dropped connection as an I/O error.
        NpgsqlException { InnerException: TimeoutException } => false,
        NpgsqlException e => e.IsTransient,
        System.IO.IOException => true,
        _ => false,
    };

    internal override bool IsTimeout(Exception exception) => exception is NpgsqlException { InnerException: TimeoutException };

    public override (string Problem, string Remedy) Explain(DbException exception) => exception switch
    {
        PostgresException e => e.SqlState switch
        {
            "28P01" or "28000" => ("the login was refused.", "Check the user, the password and pg_hba.conf."),
            "3D000" => ("there is no such database.", "Check the database's name."),
            // By the function that raised it, as the words are in the server's language.
            "42501" when e.Routine == "check_enable_rls" => (
                "row-level security would hide rows from the login: " + e.MessageText + ".",
                "Read as the table's owner, or as a login with BYPASSRLS."),
            "42501" => ("permission was denied: " + e.MessageText + ".", "Grant USAGE on the schema and SELECT on the table."),
            "42P01" => ("there is no such table or view: " + e.MessageText + ".", "It may have been dropped or renamed since the catalogue was read."),
            "55P03" => ("a lock was not released in time.", "Raise LockTimeoutSeconds or verify when the database is quieter."),
            "57014" => ("the statement was cancelled by the server.", "Raise CommandTimeoutSeconds or the server's statement_timeout."),
            "57P01" or "57P02" or "57P03" => ("the server is shutting down or starting.", "Try again when it is up."),
            _ => (Redact(e) + ".", $"(PostgreSQL error {e.SqlState})"),
        },
        NpgsqlException { InnerException: TimeoutException } => ("the statement took longer than it may.", "Raise CommandTimeoutSeconds."),
        _ => ("the server cannot be reached or the connection broke: " + exception.Message.ReplaceLineEndings(" ").TrimEnd('.') + ".", "Check its name, port and firewall, and that it is running."),
    };

    // Class 22 (data exceptions) quotes the value of a row: invalid input syntax for type integer: "…". What a function of
    // somebody's own raises (P0001, or a class that is not PostgreSQL's) can say anything, so it is not repeated.
    private static string Redact(PostgresException e) => e.SqlState[..2] switch
    {
        "22" => QuotedValue().Replace(e.MessageText, "\"…\""),
        "08" or "0A" or "21" or "25" or "26" or "28" or "2F" or "34" or "3B" or "3D" or "3F" or "40" or "42" or "53" or "54" or "55" or "57" or "58" or "72" or "F0" or "HV" or "XX" => e.MessageText,
        _ => "a function raised an error, whose words may hold values of rows",
    };

    [GeneratedRegex("\".*\"", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex QuotedValue();

    public override string? SerialiseWriters(string resource) => $"""
        -- Conflicts with itself and with writing, not with reading; held until the transaction ends.
        LOCK TABLE {Quote(resource)} IN EXCLUSIVE MODE
        """;

    // A table that is not there cannot be locked, and CREATE TABLE IF NOT EXISTS fails when two sessions run it at once.
    public override string? SerialiseCreators(string resource) => $"""
        SELECT pg_advisory_xact_lock(hashtext('migrationguard'), hashtext('{resource}'))
        """;

    public override IReadOnlyList<string> StoreSettings(StoreAddress address) =>
        [string.Create(CultureInfo.InvariantCulture, $"SET lock_timeout = '{address.LockTimeoutSeconds}s'")];

    public override StoreFault? StoreFault(DbException exception) => (exception as PostgresException)?.SqlState switch
    {
        "25006" or "42501" => Databases.StoreFault.ReadOnly,
        "53100" => Databases.StoreFault.Full,
        "55P03" => Databases.StoreFault.Locked,
        _ => null,
    };
}
