using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Databases.SqlServer;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.TSql.Tests;

/// <summary>Every T-SQL statement that the program writes by itself, over tables that try its quoting and its types.</summary>
internal static class GeneratedStatements
{
    private static readonly Dialect Dialect = Dialect.For(Provider.SqlServer);

    private static readonly Column CreatedOn = new("CreatedOn", "datetime", new CanonicalType(CanonicalKind.Timestamp, Resolution: TimeResolution.SqlDateTime), true, null);
    private static readonly Column ModifiedOn = new("ModifiedOn", "datetime2(7)", new CanonicalType(CanonicalKind.Timestamp, Resolution: TimeResolution.HundredNanoseconds), true, null);
    private static readonly Column SentAt = new("Sent at [UTC]", "datetimeoffset(3)", new CanonicalType(CanonicalKind.TimestampWithZone, Resolution: TimeResolution.Millisecond), true, null);
    private static readonly Column StateCode = new("StateCode", "int", new CanonicalType(CanonicalKind.Integer), false, null);
    private static readonly Column Subject = new("Sub\"ject", "nvarchar(200)", new CanonicalType(CanonicalKind.Text, Length: 200), true, "Latin1_General_CI_AI");
    private static readonly Column Body = new("Body", "nvarchar(max)", new CanonicalType(CanonicalKind.Text), true, "Latin1_General_CI_AI");
    private static readonly Column Code = new("Co]de", "char(3)", new CanonicalType(CanonicalKind.PaddedText, Length: 3), true, "Latin1_General_CI_AI");
    private static readonly Column Picture = new("Picture", "image", new CanonicalType(CanonicalKind.Binary), true, null);
    private static readonly Column Digest = new("Digest", "varbinary(32)", new CanonicalType(CanonicalKind.Binary, Length: 32), true, null);

    private static readonly Column Id = new("Id", "uniqueidentifier", new CanonicalType(CanonicalKind.Uuid), false, null);
    private static readonly Column IsOpen = new("IsOpen", "bit", new CanonicalType(CanonicalKind.Boolean), true, null);
    private static readonly Column Note = new("Note", "ntext", new CanonicalType(CanonicalKind.Text), true, "Latin1_General_CI_AI");
    private static readonly Column Details = new("Details", "xml", new CanonicalType(CanonicalKind.Xml), true, null);
    private static readonly Column Place = new("Place", "geography", new CanonicalType(CanonicalKind.Unknown), true, null);
    private static readonly Column Vector = new("Vector", "vector", new CanonicalType(CanonicalKind.Unknown), true, null);

    private static readonly Column Variant = new("Any]thing", "sql_variant", new CanonicalType(CanonicalKind.Unknown), true, null);

    private static readonly DateTimeOffset Freeze = new(2022, 12, 9, 18, 0, 0, TimeSpan.Zero);

    /// <summary>Aggregates by what is tried in them.</summary>
    public static IReadOnlyDictionary<string, string> Aggregates { get; } = new Dictionary<string, string>
    {
        ["count of an ordinary table"] = Phrase(new TableName("dbo", "ContactBase"), [], [], []),
        ["count of a table without a schema"] = Phrase(new TableName(null, "ContactBase"), [], [], []),
        ["brackets in names"] = Phrase(new TableName("a[b]c", "]x]]["), [StateCode], [], []),
        ["quotes in names"] = Phrase(new TableName("it's", "say \"no\""), [Subject], [], []),
        ["dots and spaces in names"] = Phrase(new TableName("a.b", "c. d"), [StateCode], [], []),
        ["emoji and statements in names"] = Phrase(new TableName("dbo", "😀; DROP TABLE x --"), [StateCode], [], []),
        ["newest moments"] = Phrase(new TableName("dbo", "ContactBase"), [], [CreatedOn, ModifiedOn, SentAt], []),
        ["newest moments and rows newer than the freeze"] =
            Phrase(new TableName("dbo", "ContactBase"), [], [CreatedOn, ModifiedOn, SentAt], [CreatedOn, ModifiedOn, SentAt]),
        ["breakdown by text of a length"] = Phrase(new TableName("dbo", "ContactBase"), [Subject], [], []),
        ["breakdown by text of any length"] = Phrase(new TableName("dbo", "ContactBase"), [Body], [], []),
        ["breakdown by padded text"] = Phrase(new TableName("dbo", "ContactBase"), [Code], [], []),
        ["breakdown by binary and image"] = Phrase(new TableName("dbo", "ContactBase"), [Digest, Picture], [], []),
        ["values of columns that the target lacks, of filtered rows"] = Phrase(
            new TableName("dbo", "ContactBase"), [StateCode], [], [], [Picture, Code], "[StateCode] = 0 OR [Sub\"ject] LIKE N'%)%'"),
        ["all checks fused"] = Phrase(new TableName("dbo", "ContactBase"), [StateCode, Subject, Code], [CreatedOn, ModifiedOn], [CreatedOn]),
    };

    /// <summary>Statements that read rows one by one, by what is tried in them.</summary>
    public static IReadOnlyDictionary<string, string> Rows { get; } = new Dictionary<string, string>
    {
        ["columns of every kind, long ones last"] = PhraseRows([new(Body), new(StateCode), new(CreatedOn), new(Picture), new(Code), new(SentAt), new(Note), new(Details)]),
        ["types of the engine's own"] = PhraseRows([new(Place, AsText: true), new(Vector, AsText: true)]),
        ["whether columns hold values, whatever their types"] = PhraseRows([RowColumn.Presence(Variant), new(StateCode), RowColumn.Presence(Picture)]),
        ["a range of integers"] = PhraseRows([new(StateCode)], new KeyRange(StateCode, KeyOrder.Integer, KeyPlaces.Of(1), KeyPlaces.Of(9))),
        ["a range of UUIDs without an end, and a filter"] = PhraseRows([new(Id)], new KeyRange(Id, KeyOrder.UuidSqlServer, 1, null), "StateCode = 0 OR StateCode = 1"),
        ["a range after the last integer"] = PhraseRows([new(StateCode)], new KeyRange(StateCode, KeyOrder.Integer, (UInt128)1 << 64, null)),
        ["values of columns that rows are picked by"] = PhraseRows(
            [new(Id), new(CreatedOn)],
            filter: Dialect.PhraseFilters([new(StateCode, ["1", "-3", null]), new(Subject, ["it's", "') OR 1 = 1 --", "水"]), new(IsOpen, ["true"]), new(Id, ["01234567-89ab-cdef-0123-456789abcdef"])])),
        ["brackets in names of a range"] = PhraseRows([new(Code)], new KeyRange(Code, KeyOrder.Integer, null, 1)),
    };

    /// <summary>Statements that are only sent where the server has what they read, by name; they claim SQL Server 2016.</summary>
    public static IReadOnlyDictionary<string, string> Since2016 { get; } = new Dictionary<string, string>
    {
        ["key spread: steps of integers"] = SqlServerKeySpread.IntegerStepsSql,
        ["key spread: steps of UUIDs"] = SqlServerKeySpread.UuidStepsSql,
        ["security: policies"] = SqlServerSecurity.PoliciesSql,
        ["security: masks"] = SqlServerSecurity.MasksSql,
    };

    /// <summary>All other statements by name; each claims SQL Server 2012 and later.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(Aggregates.Concat(Rows))
    {
        ["catalogue: server"] = SqlServerCatalogue.ServerSql,
        ["catalogue: tables"] = SqlServerCatalogue.TablesSql,
        ["catalogue: columns"] = SqlServerColumn.Sql,
        ["catalogue: primary keys"] = SqlServerCatalogue.PrimaryKeysSql,
        ["catalogue: indexes"] = SqlServerCatalogue.IndexesSql,
        ["catalogue: replica"] = SqlServerCatalogue.ReplicaSql,
        ["catalogue: rights"] = SqlServerRights.Sql,
        ["security: whether there can be any"] = SqlServerSecurity.KnownSql,
        ["key spread: whether histograms are shown"] = SqlServerKeySpread.ShowsHistogramsSql,
        ["key spread: smallest"] = Dialect.KeyEnd(new Table(new TableName("dbo", "a]b"), false, null, [Code], []), Code, isLargest: false),
        ["key spread: largest"] = Dialect.KeyEnd(new Table(new TableName("dbo", "a]b"), false, null, [Code], []), Code, isLargest: true),
        ["session settings"] = SqlServerDialect.SessionSettings(new DatabaseOptions { LockTimeoutSeconds = 30 }),
        ["session settings without a lock limit"] = SqlServerDialect.SessionSettings(new DatabaseOptions { LockTimeoutSeconds = 0 }),
        ["scratch: a schema"] = $"CREATE SCHEMA {Dialect.Quote("migrationguard_qualify_1")}",
        ["scratch: a table with a column of every type"] = ScratchTable(),
        ["store: one writer at a time"] = Dialect.SerialiseWriters("migrationguard.ledger")!,
    };

    private static string Phrase(
        TableName name, IReadOnlyList<Column> groupBy, IReadOnlyList<Column> newest, IReadOnlyList<Column> newerThan,
        IReadOnlyList<Column>? present = null, string? filter = null)
    {
        var table = new Table(name, IsView: false, ApproximateRows: null, [.. groupBy, .. newest], []);
        return Dialect.Phrase(new AggregateQuery(table, groupBy, newest, newerThan, newerThan.Count == 0 ? null : Freeze) { Present = present ?? [], Filter = filter });
    }

    private static string ScratchTable()
    {
        CanonicalType[] types =
        [
            .. new[] { 16, 32, 64 }.Select(bits => new CanonicalType(CanonicalKind.Integer) { Bits = bits }),
            .. new[] { 24, 53 }.Select(bits => new CanonicalType(CanonicalKind.Float) { Bits = bits }),
            new(CanonicalKind.Decimal, Precision: 38, Scale: 10), new(CanonicalKind.Boolean), new(CanonicalKind.Uuid), new(CanonicalKind.Binary),
            new(CanonicalKind.Text), new(CanonicalKind.Text, Length: 80), new(CanonicalKind.PaddedText, Length: 40),
            new(CanonicalKind.Date), new(CanonicalKind.Time), new(CanonicalKind.Timestamp), new(CanonicalKind.TimestampWithZone),
        ];
        var columns = types.Select((type, i) => $"{Dialect.Quote($"c{i}")} {Dialect.Declare(type) ?? throw new InvalidOperationException($"{type.Kind} has no column type.")} NOT NULL");
        return $"CREATE TABLE {Dialect.Quote(new TableName("migrationguard_qualify_1", "things"))} ({string.Join(", ", columns)}, PRIMARY KEY ({Dialect.Quote("c0")}))";
    }

    private static string PhraseRows(IReadOnlyList<RowColumn> columns, KeyRange? range = null, string? filter = null)
    {
        var table = new Table(new TableName("dbo", "ContactBase"), IsView: false, ApproximateRows: null, [.. columns.Select(column => column.Column)], []);
        return Dialect.PhraseRows(new RowQuery(table, columns, range, filter));
    }
}
