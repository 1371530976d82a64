using MigrationGuard.Databases.Values;

namespace MigrationGuard.Databases.Catalogues;

/// <summary>The tables and views of one database, read at one moment.</summary>
/// <param name="Server">The product and version that answered.</param>
/// <param name="DefaultSchema">The schema a name without one belongs to.</param>
/// <param name="Tables">Tables and views, ordered by schema and name.</param>
public sealed record Catalogue(ServerDescription Server, string DefaultSchema, IReadOnlyList<Table> Tables)
{
    /// <summary>
    /// The table a configuration names: <c>schema.name</c>, or <c>name</c> in the default schema; parts may be quoted in the
    /// engine's ways when they hold dots or quotes. An exact spelling wins; another case is taken only when it fits one table.
    /// </summary>
    /// <returns>Null when there is no such table, or when only another case fits and fits more than one.</returns>
    public Table? Find(string name)
    {
        // A name holding dots may also be written plainly, as long as that fits a table.
        return FindPart(TableName.Parse(name)) ?? FindPart(new TableName(null, name));
    }

    /// <summary>
    /// Whether no table can be hidden from this login. SQL Server shows only what the login has some permission on, so a table
    /// that is not in the catalogue may exist all the same.
    /// </summary>
    public bool ShowsAllTables { get; init; } = true;

    /// <summary>Whether constraints, triggers, roles and the like are shown whole to this login.</summary>
    public bool ShowsAllDefinitions { get; init; } = true;

    /// <summary>Whether it would show what keeps rows and values from this login without an error: security policies and masks.</summary>
    public bool ShowsSecurity { get; init; } = true;

    /// <summary>
    /// The first table of which this login may be shown less, or other values, than there is; null for none. A query's text does
    /// not tell which tables it reads by way of views.
    /// </summary>
    public Table? Veiled => BaseTables.Concat(Tables).FirstOrDefault(table => table.RowPolicy is not null || table.Columns.Any(column => column.IsMasked));

    /// <summary>Every base table: what a comparison has to cover.</summary>
    public IEnumerable<Table> BaseTables => Tables.Where(table => !table.IsView);

    private Table? FindPart(TableName wanted)
    {
        var schema = wanted.Schema ?? DefaultSchema;
        var exact = Tables.FirstOrDefault(t =>
            string.Equals(t.Name.Name, wanted.Name, StringComparison.Ordinal) && string.Equals(t.Name.Schema ?? DefaultSchema, schema, StringComparison.Ordinal));
        if (exact is not null)
            return exact;
        var otherCase = Tables.Where(t =>
            string.Equals(t.Name.Name, wanted.Name, StringComparison.OrdinalIgnoreCase)
            && string.Equals(t.Name.Schema ?? DefaultSchema, schema, StringComparison.OrdinalIgnoreCase)).Take(2).ToList();
        return otherCase.Count == 1 ? otherCase[0] : null;
    }
}

/// <summary>What answered on a connection.</summary>
/// <param name="Product">The product, such as <c>PostgreSQL</c>.</param>
/// <param name="Version">Its version as it states it.</param>
/// <param name="Database">The database's name, or the file's.</param>
/// <param name="Identity">Differs for any two databases; equal when two connections reach the same one.</param>
/// <param name="Replica">What is known of the lag when this is, or may be, a read-only replica; null when the database can be written to.</param>
/// <param name="Consistency">What keeps one statement's reading consistent: the isolation level in force.</param>
public sealed record ServerDescription(string Product, string Version, string Database, string Identity, string? Replica, string Consistency)
{
    /// <summary>As <see cref="Identity"/>, and the same when the server has been started anew in between.</summary>
    /// <remarks>A run may be taken up again a day later: its databases must then be known again, and no others be taken for them.</remarks>
    public string LastingIdentity { get; init; } = Identity;

    /// <summary>How far the server's clock was from this program's; null where the database has no clock of its own.</summary>
    public ClockOffset? Clock { get; init; }

    /// <summary>Whether the database is known to be no replica, though it cannot be written to.</summary>
    public bool IsOnlyReadOnly { get; init; }

    /// <summary>Whether what is deleted elsewhere may be deleted here by itself: true also where it could not be told.</summary>
    public bool MayBeReplica => Replica is not null && !IsOnlyReadOnly;
}

/// <summary>A table or view.</summary>
/// <param name="Name">Its schema and name.</param>
/// <param name="IsView">True for a view.</param>
/// <param name="ApproximateRows">Rows by the engine's own metadata, which may be badly wrong: for planning only. Null when it keeps none.</param>
/// <param name="Columns">In the order of the table.</param>
/// <param name="PrimaryKey">Names of the key's columns in key order; empty without one.</param>
public sealed record Table(
    TableName Name,
    bool IsView,
    long? ApproximateRows,
    IReadOnlyList<Column> Columns,
    IReadOnlyList<string> PrimaryKey)
{
    /// <summary>
    /// Its indexes that order rows by plain columns, by name, the primary key's among them. SQLite keeps none for an integer
    /// primary key, which is the table's own order. Those that are not in use, and those over expressions, are left out.
    /// </summary>
    public IReadOnlyList<TableIndex> Indexes { get; init; } = [];

    /// <summary>
    /// The security policy that decides which of its rows a login is shown; of a view, one that may do so for a table it reads. Null
    /// without one, and on PostgreSQL, which is told to refuse rather than to leave rows out.
    /// </summary>
    public string? RowPolicy { get; init; }

    /// <summary>The column a configuration names; an exact spelling wins, another case only where it fits one column.</summary>
    public Column? Find(string column)
    {
        var exact = Columns.FirstOrDefault(c => string.Equals(c.Name, column, StringComparison.Ordinal));
        if (exact is not null)
            return exact;
        var otherCase = Columns.Where(c => string.Equals(c.Name, column, StringComparison.OrdinalIgnoreCase)).Take(2).ToList();
        return otherCase.Count == 1 ? otherCase[0] : null;
    }
}

/// <summary>An index, or the unique constraint that it enforces.</summary>
/// <param name="Name">Its name; engines make one up where none was given.</param>
/// <param name="Columns">The columns it orders by, in that order; never those it merely holds.</param>
/// <param name="IsUnique">Whether no two of its rows have the same values in all columns. Engines differ on whether NULL is like NULL.</param>
/// <param name="IsPartial">Whether it holds only the rows that meet a condition.</param>
public sealed record TableIndex(string Name, IReadOnlyList<string> Columns, bool IsUnique, bool IsPartial)
{
    /// <summary>Indexes from the rows of a catalogue, one for each column, in the order of their names and columns.</summary>
    /// <typeparam name="T">A row.</typeparam>
    /// <param name="rows">The rows of one table.</param>
    /// <param name="index">The index a row belongs to, but for its columns.</param>
    /// <param name="column">The row's column; null where an expression stands in its place.</param>
    internal static IReadOnlyList<TableIndex> Gather<T>(IEnumerable<T> rows, Func<T, TableIndex> index, Func<T, string?> column) =>
        [.. rows.GroupBy(row => index(row).Name, StringComparer.Ordinal)
            .Where(group => group.All(row => column(row) is not null))
            .Select(group => index(group.First()) with { Columns = [.. group.Select(row => column(row)!)] })];
}

/// <summary>A column.</summary>
/// <param name="Name">Its name, as spelt in the catalogue.</param>
/// <param name="StoreType">Its type as the engine writes it.</param>
/// <param name="Type">Its type in terms all engines share.</param>
/// <param name="IsNullable">Whether it may hold NULL.</param>
/// <param name="Collation">The collation of text, where it has one of its own.</param>
public sealed record Column(string Name, string StoreType, CanonicalType Type, bool IsNullable, string? Collation)
{
    /// <summary>Whether this login may be shown masks in place of its values.</summary>
    public bool IsMasked { get; init; }
}
