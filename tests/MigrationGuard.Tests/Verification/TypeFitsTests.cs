using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Values;
using MigrationGuard.Verification.Schemas;
using static MigrationGuard.Databases.Provider;

namespace MigrationGuard.Tests.Verification;

/// <summary>Pairs of types that a migration is likely to make, each with what it makes of the values.</summary>
public sealed class TypeFitsTests
{
    private static readonly Dictionary<(Provider, string), CanonicalType> Types = new()
    {
        [(SqlServer, "tinyint")] = Whole(9),
        [(SqlServer, "int")] = Whole(32),
        [(SqlServer, "bigint")] = Whole(64),
        [(SqlServer, "bit")] = new(CanonicalKind.Boolean),
        [(SqlServer, "money")] = new(CanonicalKind.Decimal, Precision: 19, Scale: 4),
        [(SqlServer, "decimal(9,0)")] = new(CanonicalKind.Decimal, Precision: 9, Scale: 0),
        [(SqlServer, "decimal(10,0)")] = new(CanonicalKind.Decimal, Precision: 10, Scale: 0),
        [(SqlServer, "float")] = new(CanonicalKind.Float) { Bits = 53 },
        [(SqlServer, "real")] = new(CanonicalKind.Float) { Bits = 24 },
        [(SqlServer, "varchar(50)")] = new(CanonicalKind.Text, Length: 50) { IsOfCodePage = true },
        [(SqlServer, "nvarchar(50)")] = new(CanonicalKind.Text, Length: 50),
        [(SqlServer, "nvarchar(max)")] = new(CanonicalKind.Text),
        [(SqlServer, "nchar(50)")] = new(CanonicalKind.PaddedText, Length: 50),
        [(SqlServer, "uniqueidentifier")] = new(CanonicalKind.Uuid),
        [(SqlServer, "datetime")] = new(CanonicalKind.Timestamp, Resolution: TimeResolution.SqlDateTime),
        [(SqlServer, "datetime2(7)")] = new(CanonicalKind.Timestamp, Resolution: TimeResolution.HundredNanoseconds),
        [(SqlServer, "date")] = new(CanonicalKind.Date, Resolution: TimeResolution.Day),
        [(SqlServer, "geography")] = new(CanonicalKind.Unknown),
        [(SqlServer, "varbinary(8)")] = new(CanonicalKind.Binary, Length: 8),
        [(SqlServer, "binary(8)")] = new(CanonicalKind.Binary, Length: 8) { IsPadded = true },
        [(SqlServer, "binary(4)")] = new(CanonicalKind.Binary, Length: 4) { IsPadded = true },
        [(PostgreSql, "numeric(5,-2)")] = new(CanonicalKind.Decimal, Precision: 5, Scale: -2),
        [(PostgreSql, "smallint")] = Whole(16),
        [(PostgreSql, "integer")] = Whole(32),
        [(PostgreSql, "bigint")] = Whole(64),
        [(PostgreSql, "boolean")] = new(CanonicalKind.Boolean),
        [(PostgreSql, "numeric")] = new(CanonicalKind.Decimal),
        [(PostgreSql, "numeric(19,2)")] = new(CanonicalKind.Decimal, Precision: 19, Scale: 2),
        [(PostgreSql, "numeric(20,4)")] = new(CanonicalKind.Decimal, Precision: 20, Scale: 4),
        [(PostgreSql, "real")] = new(CanonicalKind.Float) { Bits = 24 },
        [(PostgreSql, "double precision")] = new(CanonicalKind.Float) { Bits = 53 },
        [(PostgreSql, "character varying(40)")] = new(CanonicalKind.Text, Length: 40),
        [(PostgreSql, "character varying(50)")] = new(CanonicalKind.Text, Length: 50),
        [(PostgreSql, "text")] = new(CanonicalKind.Text),
        [(PostgreSql, "uuid")] = new(CanonicalKind.Uuid),
        [(PostgreSql, "json")] = new(CanonicalKind.Json),
        [(PostgreSql, "jsonb")] = new(CanonicalKind.Json),
        [(PostgreSql, "timestamp without time zone")] = new(CanonicalKind.Timestamp, Resolution: TimeResolution.Microsecond),
        [(PostgreSql, "timestamp with time zone")] = new(CanonicalKind.TimestampWithZone, Resolution: TimeResolution.Microsecond),
        [(PostgreSql, "point")] = new(CanonicalKind.Unknown),
        [(PostgreSql, "bytea")] = new(CanonicalKind.Binary),
        [(Sqlite, "INTEGER")] = new(CanonicalKind.Integer),
        [(Sqlite, "REAL")] = new(CanonicalKind.Float) { Bits = 53 },
        [(Sqlite, "NUMERIC")] = new(CanonicalKind.Decimal),
        [(Sqlite, "TEXT")] = new(CanonicalKind.Text),
        [(Sqlite, "NVARCHAR(60)")] = new(CanonicalKind.Text, Length: 60),
        [(Sqlite, "DATETIME")] = new(CanonicalKind.Timestamp),
        [(Sqlite, "")] = new(CanonicalKind.Untyped),
    };

    [Theory]
    [InlineData(SqlServer, "int", PostgreSql, "integer", Fit.Same)]
    [InlineData(SqlServer, "tinyint", PostgreSql, "smallint", Fit.Wider)]
    [InlineData(SqlServer, "int", PostgreSql, "bigint", Fit.Wider)]
    [InlineData(SqlServer, "bigint", PostgreSql, "integer", Fit.Narrower)]
    [InlineData(SqlServer, "decimal(9,0)", PostgreSql, "integer", Fit.Wider)]
    [InlineData(SqlServer, "decimal(10,0)", PostgreSql, "integer", Fit.Narrower)]
    [InlineData(PostgreSql, "integer", SqlServer, "decimal(10,0)", Fit.Wider)]
    [InlineData(PostgreSql, "integer", SqlServer, "decimal(9,0)", Fit.Narrower)]
    [InlineData(SqlServer, "money", PostgreSql, "numeric", Fit.Wider)]
    [InlineData(SqlServer, "money", PostgreSql, "numeric(20,4)", Fit.Wider)]
    [InlineData(SqlServer, "money", PostgreSql, "numeric(19,2)", Fit.Narrower)]
    [InlineData(SqlServer, "money", PostgreSql, "double precision", Fit.Narrower)]
    [InlineData(PostgreSql, "numeric", SqlServer, "money", Fit.Narrower)]
    [InlineData(SqlServer, "int", PostgreSql, "double precision", Fit.Wider)]
    [InlineData(SqlServer, "bigint", PostgreSql, "double precision", Fit.Narrower)]
    [InlineData(SqlServer, "float", PostgreSql, "real", Fit.Narrower)]
    [InlineData(SqlServer, "real", PostgreSql, "double precision", Fit.Wider)]
    [InlineData(SqlServer, "float", PostgreSql, "numeric", Fit.Wider)]
    [InlineData(SqlServer, "float", PostgreSql, "numeric(20,4)", Fit.Narrower)]
    [InlineData(SqlServer, "bit", PostgreSql, "boolean", Fit.Same)]
    [InlineData(SqlServer, "bit", PostgreSql, "smallint", Fit.Wider)]
    [InlineData(SqlServer, "int", PostgreSql, "boolean", Fit.Narrower)]
    [InlineData(SqlServer, "nvarchar(50)", PostgreSql, "character varying(50)", Fit.Same)]
    [InlineData(SqlServer, "nvarchar(50)", PostgreSql, "text", Fit.Wider)]
    [InlineData(SqlServer, "nvarchar(50)", PostgreSql, "character varying(40)", Fit.Narrower)]
    [InlineData(SqlServer, "nvarchar(max)", PostgreSql, "character varying(40)", Fit.Narrower)]
    [InlineData(SqlServer, "nvarchar(50)", SqlServer, "varchar(50)", Fit.Narrower)]
    [InlineData(SqlServer, "varchar(50)", SqlServer, "nvarchar(50)", Fit.Wider)]
    [InlineData(SqlServer, "nvarchar(50)", SqlServer, "nchar(50)", Fit.Narrower)]
    [InlineData(SqlServer, "nchar(50)", SqlServer, "nvarchar(50)", Fit.Wider)]
    [InlineData(SqlServer, "nvarchar(50)", PostgreSql, "integer", Fit.Other)]
    [InlineData(SqlServer, "uniqueidentifier", PostgreSql, "uuid", Fit.Same)]
    [InlineData(SqlServer, "uniqueidentifier", PostgreSql, "text", Fit.Wider)]
    [InlineData(SqlServer, "nvarchar(50)", PostgreSql, "uuid", Fit.Other)]
    [InlineData(SqlServer, "datetime", PostgreSql, "timestamp without time zone", Fit.Wider)]
    [InlineData(SqlServer, "datetime", PostgreSql, "timestamp with time zone", Fit.Wider)]
    [InlineData(SqlServer, "datetime2(7)", PostgreSql, "timestamp without time zone", Fit.Narrower)]
    [InlineData(SqlServer, "datetime2(7)", PostgreSql, "timestamp with time zone", Fit.Narrower)]
    [InlineData(PostgreSql, "timestamp with time zone", SqlServer, "datetime2(7)", Fit.Narrower)]
    [InlineData(PostgreSql, "timestamp without time zone", SqlServer, "date", Fit.Narrower)]
    [InlineData(SqlServer, "date", PostgreSql, "timestamp without time zone", Fit.Wider)]
    [InlineData(SqlServer, "varbinary(8)", PostgreSql, "bytea", Fit.Wider)]
    [InlineData(PostgreSql, "bytea", SqlServer, "varbinary(8)", Fit.Narrower)]
    [InlineData(SqlServer, "varbinary(8)", SqlServer, "binary(8)", Fit.Narrower)]
    [InlineData(PostgreSql, "bytea", SqlServer, "binary(8)", Fit.Narrower)]
    [InlineData(SqlServer, "binary(8)", SqlServer, "binary(8)", Fit.Same)]
    [InlineData(SqlServer, "binary(8)", SqlServer, "varbinary(8)", Fit.Wider)]
    [InlineData(SqlServer, "binary(8)", SqlServer, "binary(4)", Fit.Narrower)]
    [InlineData(SqlServer, "binary(8)", PostgreSql, "bytea", Fit.Wider)]
    [InlineData(PostgreSql, "numeric(5,-2)", PostgreSql, "integer", Fit.Wider)]
    [InlineData(PostgreSql, "numeric(5,-2)", PostgreSql, "smallint", Fit.Narrower)]
    [InlineData(PostgreSql, "point", PostgreSql, "point", Fit.Same)]
    [InlineData(PostgreSql, "point", PostgreSql, "text", Fit.Other)]
    [InlineData(SqlServer, "geography", PostgreSql, "text", Fit.Unknown)]
    [InlineData(PostgreSql, "json", PostgreSql, "jsonb", Fit.Unknown)]
    [InlineData(PostgreSql, "jsonb", SqlServer, "nvarchar(max)", Fit.Wider)]
    [InlineData(Sqlite, "INTEGER", PostgreSql, "integer", Fit.Unknown)]
    [InlineData(Sqlite, "INTEGER", PostgreSql, "bigint", Fit.Unknown)]
    [InlineData(Sqlite, "INTEGER", PostgreSql, "boolean", Fit.Unknown)]
    [InlineData(Sqlite, "TEXT", PostgreSql, "character varying(40)", Fit.Unknown)]
    [InlineData(Sqlite, "TEXT", SqlServer, "varchar(50)", Fit.Narrower)]
    [InlineData(Sqlite, "TEXT", PostgreSql, "uuid", Fit.Unknown)]
    [InlineData(Sqlite, "TEXT", PostgreSql, "bytea", Fit.Other)]
    [InlineData(Sqlite, "NVARCHAR(60)", PostgreSql, "character varying(50)", Fit.Narrower)]
    [InlineData(Sqlite, "REAL", PostgreSql, "numeric(19,2)", Fit.Unknown)]
    [InlineData(Sqlite, "REAL", PostgreSql, "integer", Fit.Narrower)]
    [InlineData(Sqlite, "REAL", PostgreSql, "real", Fit.Narrower)]
    [InlineData(Sqlite, "NUMERIC", PostgreSql, "numeric(19,2)", Fit.Unknown)]
    [InlineData(Sqlite, "DATETIME", PostgreSql, "timestamp with time zone", Fit.Unknown)]
    [InlineData(Sqlite, "DATETIME", SqlServer, "date", Fit.Narrower)]
    [InlineData(Sqlite, "", PostgreSql, "integer", Fit.Unknown)]
    [InlineData(PostgreSql, "integer", Sqlite, "INTEGER", Fit.Wider)]
    [InlineData(PostgreSql, "uuid", Sqlite, "TEXT", Fit.Wider)]
    [InlineData(PostgreSql, "timestamp with time zone", Sqlite, "TEXT", Fit.Unknown)]
    [InlineData(PostgreSql, "timestamp with time zone", Sqlite, "DATETIME", Fit.Unknown)]
    [InlineData(PostgreSql, "character varying(50)", Sqlite, "NVARCHAR(60)", Fit.Wider)]
    [InlineData(Sqlite, "NVARCHAR(60)", Sqlite, "TEXT", Fit.Wider)]
    [InlineData(Sqlite, "INTEGER", Sqlite, "INTEGER", Fit.Same)]
    public void A_type_holds_what_another_may_hold_or_does_not(Provider sourceEngine, string source, Provider targetEngine, string target, Fit expected)
    {
        var fit = TypeFits.Of(Column(sourceEngine, source), Dialect.For(sourceEngine), Column(targetEngine, target), Dialect.For(targetEngine));
        fit.Fit.ShouldBe(expected, fit.Because);
        if (fit.IsError)
            fit.Because.ShouldNotBeNullOrEmpty();
    }

    private static Column Column(Provider engine, string storeType) => new("c", storeType, Types[(engine, storeType)], true, null);

    private static CanonicalType Whole(int bits) => new(CanonicalKind.Integer) { Bits = bits };
}
