using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Retention.Records;

/// <summary>The records of one kind in one database: a table, the date that counts, and which rows they are.</summary>
/// <param name="Side">Which of the two it is, for a sentence: the live database, or the frozen copy.</param>
internal sealed record RecordPlace(string Side, Database Database, Catalogue Catalogue, Table Table, RowColumn Date, IReadOnlyList<ColumnFilter> Filters)
{
    public const string Live = "live database";

    public const string Frozen = "frozen copy";

    /// <summary>The place that an entity's options name in a database, or why its records cannot be read.</summary>
    public static (RecordPlace? Place, string? Problem) Of(string side, string entity, RetainedEntityOptions options, Database database, Catalogue catalogue)
    {
        var name = side == Frozen ? options.FrozenTable ?? options.Table : options.Table;
        var correct = $"Correct Records:Entities:{entity}.";
        if (!catalogue.ShowsSecurity)
            return (null, $"The {side}'s login may not see security policies and masks, which could keep rows and values from it unnoticed. Grant it VIEW DEFINITION on the database.");
        if (catalogue.Find(name) is not { } table)
            return (null, $"The {side} has no table or view {name}, or the login may not see it. {correct}");
        if (table.RowPolicy is { } policy)
            return (null, $"The security policy {policy} may hide rows of the {side}'s {table.Name} from the login. Verify while it is switched off: ALTER SECURITY POLICY {policy} WITH (STATE = OFF).");
        if (new[] { options.CountsFrom }.Concat(options.Where.Keys).FirstOrDefault(column => table.Find(column) is null) is { } missing)
            return (null, $"The {side}'s {table.Name} has no column {missing}. {correct}");
        var filters = options.Where.Select(pair => new ColumnFilter(table.Find(pair.Key)!, pair.Value.Values)).ToList();
        var date = table.Find(options.CountsFrom)!;
        if (filters.Select(filter => filter.Column).Append(date).FirstOrDefault(column => column.IsMasked) is { } masked)
            return (null, $"{masked.Name} is masked in the {side}: the login may be shown other values than there are. Grant it UNMASK.");
        if (filters.Select(database.Dialect.ProblemOf).FirstOrDefault(problem => problem is not null) is { } unphrased)
            return (null, $"In the {side}'s {table.Name} {unphrased} What Where cannot say, a view can.");
        if (AsDate(database.Dialect, date) is not { } counted)
            return (null, $"{date.Name} of the {side}'s {table.Name} is of type {date.StoreType}, which holds no dates. {correct}");
        return (new RecordPlace(side, database, catalogue, table, counted, filters), null);
    }

    /// <summary>Which rows the records are, in the engine's own SQL; null where all are.</summary>
    public string? Filter => Database.Dialect.PhraseFilters(Filters);

    /// <summary>Whether the database may be a replica of another, which goes on as that one does.</summary>
    public bool MayBeReplica => Catalogue.Server.MayBeReplica;

    /// <summary>Reads the dates of all records.</summary>
    public RowQuery Dates => new(Table, [Date], Filter: Filter);

    /// <summary>Reads keys and dates of all records.</summary>
    public RowQuery KeysAndDates(IReadOnlyList<Column> key) => new(Table, [.. key.Select(column => new RowColumn(column)), Date], Filter: Filter);

    /// <summary>Reads keys and dates of all rows there are: a record that does not meet the filter any more is still there.</summary>
    public RowQuery AllKeysAndDates(IReadOnlyList<Column> key) => KeysAndDates(key) with { Filter = null };

    // Where a column of any type may hold dates, its values are read as dates, and those that are none are counted.
    private static RowColumn? AsDate(Dialect dialect, Column column) => column.Type.IsMoment ? new RowColumn(column)
        : dialect.IsMoment(column) ? new RowColumn(column with { Type = new CanonicalType(CanonicalKind.Timestamp) })
        : null;
}
