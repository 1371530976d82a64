using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
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

    /// <summary>All statements by name; each claims SQL Server 2012 and later.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(Aggregates)
    {
        ["catalogue: server"] = SqlServerCatalogue.ServerSql,
        ["catalogue: tables"] = SqlServerCatalogue.TablesSql,
        ["catalogue: columns"] = SqlServerCatalogue.ColumnsSql,
        ["catalogue: primary keys"] = SqlServerCatalogue.PrimaryKeysSql,
        ["catalogue: indexes"] = SqlServerCatalogue.IndexesSql,
        ["catalogue: replica"] = SqlServerCatalogue.ReplicaSql,
        ["catalogue: rights"] = SqlServerCatalogue.RightsSql,
        ["session settings"] = SqlServerDialect.SessionSettings(new DatabaseOptions { LockTimeoutSeconds = 30 }),
        ["session settings without a lock limit"] = SqlServerDialect.SessionSettings(new DatabaseOptions { LockTimeoutSeconds = 0 }),
        ["store: one writer at a time"] = Dialect.SerialiseWriters("migrationguard.ledger")!,
    };

    private static string Phrase(
        TableName name, IReadOnlyList<Column> groupBy, IReadOnlyList<Column> newest, IReadOnlyList<Column> newerThan,
        IReadOnlyList<Column>? present = null, string? filter = null)
    {
        var table = new Table(name, IsView: false, ApproximateRows: null, [.. groupBy, .. newest], []);
        return Dialect.Phrase(new AggregateQuery(table, groupBy, newest, newerThan, newerThan.Count == 0 ? null : Freeze) { Present = present ?? [], Filter = filter });
    }
}
