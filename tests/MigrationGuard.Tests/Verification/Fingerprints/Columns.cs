using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Values;
using MigrationGuard.Verification.Fingerprints;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Tests.Verification.Fingerprints;

/// <summary>A column of one engine, and the zone of its database.</summary>
internal sealed record EngineColumn(Provider Provider, string StoreType, CanonicalType Type, string Zone = "UTC");

/// <summary>Columns as the three catalogues describe them.</summary>
internal static class Columns
{
    public static EngineColumn SqlServer(string storeType, CanonicalKind kind, int? scale = null, TimeResolution? step = null) =>
        new(Provider.SqlServer, storeType, new CanonicalType(kind, Scale: scale, Resolution: step));

    public static EngineColumn PostgreSql(string storeType, CanonicalKind kind, int? scale = null, TimeResolution? step = null) =>
        new(Provider.PostgreSql, storeType, new CanonicalType(kind, Scale: scale, Resolution: step));

    public static EngineColumn Sqlite(string storeType, CanonicalKind kind, int? scale = null) =>
        new(Provider.Sqlite, storeType, new CanonicalType(kind, Scale: scale));

    public static readonly EngineColumn Datetime = SqlServer("datetime", CanonicalKind.Timestamp, step: TimeResolution.SqlDateTime);
    public static readonly EngineColumn SmallDatetime = SqlServer("smalldatetime", CanonicalKind.Timestamp, step: TimeResolution.Minute);
    public static readonly EngineColumn Datetime2 = SqlServer("datetime2(7)", CanonicalKind.Timestamp, step: TimeResolution.HundredNanoseconds);
    public static readonly EngineColumn DatetimeOffset = SqlServer("datetimeoffset(7)", CanonicalKind.TimestampWithZone, step: TimeResolution.HundredNanoseconds);
    public static readonly EngineColumn PgTimestamp = PostgreSql("timestamp without time zone", CanonicalKind.Timestamp, step: TimeResolution.Microsecond);
    public static readonly EngineColumn TimestampTz = PostgreSql("timestamp with time zone", CanonicalKind.TimestampWithZone, step: TimeResolution.Microsecond);
    public static readonly EngineColumn Date = PostgreSql("date", CanonicalKind.Date, step: TimeResolution.Day);
    public static readonly EngineColumn SqliteDatetime = Sqlite("DATETIME", CanonicalKind.Timestamp);
    public static readonly EngineColumn Real = new(Provider.PostgreSql, "real", new CanonicalType(CanonicalKind.Float) { Bits = 24 });
    public static readonly EngineColumn DoublePrecision = PostgreSql("double precision", CanonicalKind.Float);
    public static readonly EngineColumn SqliteReal = Sqlite("REAL", CanonicalKind.Float);
    public static readonly EngineColumn Bigint = PostgreSql("bigint", CanonicalKind.Integer);
    public static readonly EngineColumn SqliteInteger = Sqlite("INTEGER", CanonicalKind.Integer);
    public static readonly EngineColumn SqliteNumeric = Sqlite("NUMERIC(10,2)", CanonicalKind.Decimal, 2);
    public static readonly EngineColumn SqliteText = Sqlite("TEXT", CanonicalKind.Text);
    public static readonly EngineColumn SqliteUuid = Sqlite("UUID", CanonicalKind.Uuid);
    public static readonly EngineColumn SqliteUntyped = Sqlite("", CanonicalKind.Untyped);
    public static readonly EngineColumn Text = PostgreSql("text", CanonicalKind.Text);
    public static readonly EngineColumn Nvarchar = SqlServer("nvarchar(max)", CanonicalKind.Text);
    public static readonly EngineColumn Nchar = SqlServer("nchar(10)", CanonicalKind.PaddedText);
    public static readonly EngineColumn Bpchar = PostgreSql("character(10)", CanonicalKind.PaddedText);
    public static readonly EngineColumn Uniqueidentifier = SqlServer("uniqueidentifier", CanonicalKind.Uuid);
    public static readonly EngineColumn Uuid = PostgreSql("uuid", CanonicalKind.Uuid);
    public static readonly EngineColumn Bit = SqlServer("bit", CanonicalKind.Boolean);
    public static readonly EngineColumn Bool = PostgreSql("boolean", CanonicalKind.Boolean);
    public static readonly EngineColumn SqliteBoolean = Sqlite("BOOLEAN", CanonicalKind.Boolean);
    public static readonly EngineColumn Varbinary = SqlServer("varbinary(max)", CanonicalKind.Binary);
    public static readonly EngineColumn Bytea = PostgreSql("bytea", CanonicalKind.Binary);
    public static readonly EngineColumn Json = PostgreSql("json", CanonicalKind.Json);
    public static readonly EngineColumn Jsonb = PostgreSql("jsonb", CanonicalKind.Json);
    public static readonly EngineColumn Xml = PostgreSql("xml", CanonicalKind.Xml);
    public static readonly EngineColumn SqlServerXml = SqlServer("xml", CanonicalKind.Xml);
    public static readonly EngineColumn Time7 = SqlServer("time(7)", CanonicalKind.Time, step: TimeResolution.HundredNanoseconds);
    public static readonly EngineColumn Time6 = PostgreSql("time without time zone", CanonicalKind.Time, step: TimeResolution.Microsecond);
    public static readonly EngineColumn RowVersion = SqlServer("rowversion", CanonicalKind.RowVersion);
    public static readonly EngineColumn Inet = PostgreSql("inet", CanonicalKind.Unknown);

    public static EngineColumn Numeric(int? scale) => PostgreSql(scale is null ? "numeric" : $"numeric(38,{scale})", CanonicalKind.Decimal, scale);

    public static ColumnRule Rule(EngineColumn source, EngineColumn target, Rounding rounding = Rounding.Nearest) => ColumnRule.For(
        new ColumnPair("Col", Column("Col", source), Column("col", target)),
        new RuleContext(source.Provider, Zone(source), target.Provider, Zone(target)) { Rounding = rounding });

    public static ColumnRule.Comparable Compared(EngineColumn source, EngineColumn target, Rounding rounding = Rounding.Nearest) =>
        Rule(source, target, rounding).ShouldBeOfType<ColumnRule.Comparable>();

    public static string Encoded(this ColumnRule.Comparable rule, Side side, Cell cell) => cell.EncodedBy(row => rule.Encoder(side, row));

    public static void ShouldTakeAsSame(this ColumnRule.Comparable rule, Cell source, Cell target) =>
        rule.Encoded(Side.Target, target).ShouldBe(rule.Encoded(Side.Source, source), $"{source} → {target}");

    public static void ShouldTellApart(this ColumnRule.Comparable rule, Cell source, Cell target) =>
        rule.Encoded(Side.Target, target).ShouldNotBe(rule.Encoded(Side.Source, source), $"{source} → {target}");

    private static Column Column(string name, EngineColumn side) => new(name, side.StoreType, side.Type, IsNullable: true, Collation: null);

    private static TimeZoneInfo Zone(EngineColumn side) => TimeZoneInfo.FindSystemTimeZoneById(side.Zone);
}
