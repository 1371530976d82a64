using System.Data.Common;
using System.Text;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.PostgreSql;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Databases.Sqlite;
using MigrationGuard.Databases.SqlServer;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Databases;

/// <summary>How one engine phrases what this program asks, and how its driver's answers are read.</summary>
/// <remarks>The algorithms exist once, elsewhere; a dialect only phrases SQL and reads values.</remarks>
public abstract partial class Dialect
{
    private protected Dialect() { }

    public abstract Provider Provider { get; }

    public static Dialect For(Provider provider) => provider switch
    {
        Provider.SqlServer => SqlServerDialect.Instance,
        Provider.PostgreSql => PostgreSqlDialect.Instance,
        Provider.Sqlite => SqliteDialect.Instance,
        _ => throw new ArgumentOutOfRangeException(nameof(provider), provider, "No such engine."),
    };

    /// <summary>An identifier of any characters, quoted so that the engine reads exactly them.</summary>
    public abstract string Quote(string identifier);

    public string Quote(TableName name) => name.Schema is null ? Quote(name.Name) : Quote(name.Schema) + "." + Quote(name.Name);

    /// <summary>Whether a column refuses what its declared type does not hold. Where it does not, a type without a width says nothing of its values.</summary>
    public virtual bool EnforcesTypes => true;

    /// <summary>What the declared length of text counts, for a reader.</summary>
    public virtual string TextLengthCounts => "characters";

    /// <summary>What a text column's comparisons and keys tell apart.</summary>
    public virtual TextSensitivity SensitivityOf(Column column) => new(Case: true, Accents: true);

    /// <summary>The statement for <paramref name="query"/>: grouped columns first, then the count, then what <see cref="NewestExpressions"/>, newer-than counts and counts of values need.</summary>
    public string Phrase(AggregateQuery query)
    {
        var sql = new StringBuilder("SELECT ");
        foreach (var column in query.GroupBy)
            sql.Append(GroupedValue(column)).Append(", ");
        sql.Append(CountRows);
        foreach (var column in query.Newest)
        {
            foreach (var expression in NewestExpressions(column))
                sql.Append(", ").Append(expression);
        }
        for (var i = 0; i < query.NewerThan.Count; i++)
            sql.Append(", ").Append(CountNewer(query.NewerThan[i], MomentParameter(i)));
        foreach (var column in query.Present)
            sql.Append(", ").Append(CountPresent(column));
        sql.Append(" FROM ").Append(Quote(query.Table.Name));
        if (query.Filter is not null)
            sql.Append(" WHERE (").Append(query.Filter).Append(')');
        if (query.GroupBy.Count > 0)
            sql.Append(" GROUP BY ").AppendJoin(", ", query.GroupBy.SelectMany(GroupingExpressions));
        return sql.ToString();
    }

    /// <summary>Adds the moments that <see cref="Phrase"/> refers to, each at the resolution of its column so that no conversion is left to the server.</summary>
    internal void AddMoments(DbCommand command, AggregateQuery query, TimeZoneInfo zone)
    {
        for (var i = 0; i < query.NewerThan.Count; i++)
            AddMoment(command, MomentParameter(i), query.NewerThan[i], query.Moment!.Value, zone);
    }

    /// <summary>Whether the rows of a table can be grouped by this column.</summary>
    public virtual bool CanGroupBy(Column column) =>
        column.Type.Kind is not (CanonicalKind.Unknown or CanonicalKind.Json or CanonicalKind.Xml or CanonicalKind.RowVersion);

    /// <summary>Whether the newest value of this column can be taken.</summary>
    public virtual bool IsMoment(Column column) => column.Type.IsMoment;

    /// <summary>Reads a column of a result row; what <paramref name="type"/> says decides how an ambiguous driver value is taken.</summary>
    internal virtual CanonicalValue ReadValue(DbDataReader reader, int ordinal, CanonicalType? type)
    {
        var value = CanonicalValue.From(reader.IsDBNull(ordinal) ? null : reader.GetValue(ordinal));
        return type?.Kind switch
        {
            CanonicalKind.PaddedText when value is CanonicalValue.Text t => new CanonicalValue.Text(t.Value.TrimEnd(' ')),
            CanonicalKind.Date when value is CanonicalValue.Moment m => new CanonicalValue.Moment(m.Value.Floor(TimeResolution.Day)),
            _ => value,
        };
    }

    /// <summary>Reads what <see cref="NewestExpressions"/> selected, from <paramref name="ordinal"/> on.</summary>
    internal abstract NewestMoment ReadNewest(DbDataReader reader, int ordinal, Column column);

    /// <summary>How many result columns <see cref="NewestExpressions"/> makes.</summary>
    internal int NewestWidth(Column column) => NewestExpressions(column).Count;

    /// <summary>Takes from streamed rows what <see cref="NewestExpressions"/> and the newer-than count would bring.</summary>
    /// <param name="moment">The moment whose later rows are counted; none when null.</param>
    internal virtual MomentSink Moments(Column column, DateTimeOffset? moment, DatabaseOptions options, TimeZoneInfo zone) =>
        new(column.Type.Resolution, moment is null ? null : HeldMoment(column, moment.Value, zone));

    /// <summary>A connection that cannot write, as far as the engine can be told so when connecting.</summary>
    /// <exception cref="DatabaseException">The connection string cannot be read.</exception>
    internal abstract DbConnection CreateReadOnlyConnection(string name, DatabaseOptions options);

    /// <summary>Closes the connections that the driver keeps open, unused, for others of the same connection string.</summary>
    internal abstract void CloseIdle(DbConnection connection);

    /// <summary>The connection string with a relative file name taken from <paramref name="directory"/>; as it is for engines without files.</summary>
    public virtual string RelativeTo(string connectionString, string directory) => connectionString;

    /// <summary>A connection to a store of this program's own.</summary>
    /// <exception cref="DatabaseException">The connection string cannot be read, or names nothing that lasts.</exception>
    public abstract DbConnection CreateStoreConnection(string name, StoreAddress address);

    /// <summary>The file a store is; null on engines whose stores are no files.</summary>
    public virtual string? StoreFile(StoreAddress address) => null;

    /// <summary>Begins the transaction in which everything of a session is read, and which is rolled back after it.</summary>
    /// <param name="view">The view of <see cref="ExportViewAsync"/> that it is to have; one of its own when null.</param>
    /// <exception cref="ViewLostException">There is no such view any more.</exception>
    internal abstract Task<ReadTransaction> BeginReadOnlyAsync(DbConnection connection, DatabaseOptions options, string? view, CancellationToken cancellationToken);

    /// <summary>Whether sessions can read the database as one of them sees it.</summary>
    internal virtual bool SharesViews => false;

    /// <summary>The name under which others can join the view of the transaction that is open on a connection, as long as it is; null where the server refuses.</summary>
    internal virtual Task<string?> ExportViewAsync(DbConnection connection, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    internal abstract Task<Catalogue> ReadCatalogueAsync(ReadSession session, CancellationToken cancellationToken);

    /// <summary>What the login may do beyond reading, a sentence each; empty when nothing was found.</summary>
    internal abstract Task<IReadOnlyList<string>> RightsBeyondReadingAsync(ReadSession session, CancellationToken cancellationToken);

    /// <summary>Whether trying again may succeed: a dropped connection, a deadlock, a server that is starting.</summary>
    internal abstract bool IsTransient(Exception exception);

    /// <summary>Whether the driver gave up waiting for an answer.</summary>
    internal abstract bool IsTimeout(Exception exception);

    /// <summary>The problem and the remedy in a driver's exception, without values of rows and without secrets.</summary>
    public abstract (string Problem, string Remedy) Explain(DbException exception);

    /// <summary>Makes a running statement stop; for drivers whose own cancellation does nothing.</summary>
    internal virtual void Interrupt(DbConnection connection) { }

    /// <summary>Whether the driver does its work on the calling thread even when asked to be asynchronous.</summary>
    internal virtual bool IsSynchronous => false;

    /// <summary>Run first in a store's transaction: makes every other writer of <paramref name="resource"/> wait until it ends. Null where beginning it does.</summary>
    public abstract string? SerialiseWriters(string resource);

    /// <summary>As <see cref="SerialiseWriters"/>, for a resource that need not be there yet: whoever creates a store's tables runs it first.</summary>
    public virtual string? SerialiseCreators(string resource) => SerialiseWriters(resource);

    /// <summary>Run on every new store connection, each by itself.</summary>
    public abstract IReadOnlyList<string> StoreSettings(StoreAddress address);

    /// <summary>Whether the exception says that a store's disk is full or that the store cannot be written.</summary>
    public abstract StoreFault? StoreFault(DbException exception);

    private protected abstract string CountRows { get; }

    private protected abstract IReadOnlyList<string> NewestExpressions(Column column);

    private protected abstract string CountNewer(Column column, string parameter);

    // Counting a case and not the column: not every type may be counted itself.
    private string CountPresent(Column column) =>
        CountRows.Replace("*", $"CASE WHEN {HasValue(column)} THEN 1 END", StringComparison.Ordinal);

    /// <summary>The condition that a column holds a value.</summary>
    private protected virtual string HasValue(Column column) => Quote(column.Name) + " IS NOT NULL";

    private protected abstract void AddMoment(DbCommand command, string parameter, Column column, DateTimeOffset moment, TimeZoneInfo zone);

    /// <summary>The column as it is selected: text by its characters, whatever the collation.</summary>
    private protected abstract string GroupedValue(Column column);

    /// <summary>What rows are grouped by so that <see cref="GroupedValue"/> is the same for all rows of a group.</summary>
    private protected virtual IEnumerable<string> GroupingExpressions(Column column) => [GroupedValue(column)];

    internal static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }

    /// <summary><paramref name="moment"/> as a column of this kind and resolution would hold it, cut so that "newer than" keeps its meaning.</summary>
    private protected static DateTime AsHeld(Column column, DateTimeOffset moment, TimeZoneInfo zone) =>
        new(HeldMoment(column, moment, zone).Ticks, DateTimeKind.Unspecified);

    private static Timestamp HeldMoment(Column column, DateTimeOffset moment, TimeZoneInfo zone)
    {
        var reading = column.Type.Kind == CanonicalKind.TimestampWithZone
            ? Timestamp.FromUtc(moment)
            : Timestamp.FromTicks(TimeZoneInfo.ConvertTime(moment, zone).Ticks, TimeResolution.HundredNanoseconds, isUtc: false);
        return reading.Floor(column.Type.Resolution ?? TimeResolution.HundredNanoseconds);
    }

    private static string MomentParameter(int index) => "@moment" + index.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What comparisons of text tell apart.</summary>
/// <param name="Case">Whether <c>a</c> and <c>A</c> are two.</param>
/// <param name="Accents">Whether <c>a</c> and <c>á</c> are two.</param>
public readonly record struct TextSensitivity(bool Case, bool Accents)
{
    /// <summary>Whether this takes some text for the same that <paramref name="other"/> tells apart.</summary>
    public bool IsLessThan(TextSensitivity other) => (other.Case && !Case) || (other.Accents && !Accents);
}

/// <summary>Why a store cannot be written.</summary>
public enum StoreFault
{
    ReadOnly,
    Full,
    Locked,
}
