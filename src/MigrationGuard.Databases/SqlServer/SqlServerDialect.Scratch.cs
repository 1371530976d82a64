using System.Data;
using System.Data.Common;
using System.Data.SqlTypes;
using System.Globalization;
using Microsoft.Data.SqlClient;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Databases.SqlServer;

internal sealed partial class SqlServerDialect
{
    public override string? Declare(CanonicalType type) => type.Kind switch
    {
        CanonicalKind.Integer => type.Bits switch { <= 16 => "smallint", <= 32 => "int", _ => "bigint" },
        CanonicalKind.Decimal => string.Create(CultureInfo.InvariantCulture, $"decimal({type.Precision}, {type.Scale})"),
        CanonicalKind.Float => type.Bits <= 24 ? "real" : "float",
        CanonicalKind.Boolean => "bit",
        CanonicalKind.Text => type.Length is { } most ? string.Create(CultureInfo.InvariantCulture, $"nvarchar({most})") : "nvarchar(max)",
        CanonicalKind.PaddedText => string.Create(CultureInfo.InvariantCulture, $"nchar({type.Length})"),
        CanonicalKind.Uuid => "uniqueidentifier",
        CanonicalKind.Date => "date",
        CanonicalKind.Time => "time(6)",
        CanonicalKind.Timestamp => "datetime2(6)",
        CanonicalKind.TimestampWithZone => "datetimeoffset(6)",
        CanonicalKind.Binary => "varbinary(max)",
        _ => null,
    };

    public override void AddValue(DbCommand command, string name, CanonicalType type, object? value)
    {
        var parameter = new SqlParameter { ParameterName = name, SqlDbType = ParameterType(type), Value = value is null ? DBNull.Value : Held(type, value) };
        ((SqlCommand)command).Parameters.Add(parameter);
    }

    private static object Held(CanonicalType type, object value) => (type.Kind, value) switch
    {
        (CanonicalKind.Decimal, string digits) => SqlDecimal.Parse(digits),
        (CanonicalKind.Time, TimeOnly time) => time.ToTimeSpan(),
        (CanonicalKind.Date, DateOnly date) => date.ToDateTime(TimeOnly.MinValue),
        _ => value,
    };

    private static SqlDbType ParameterType(CanonicalType type) => type.Kind switch
    {
        CanonicalKind.Integer => SqlDbType.BigInt,
        CanonicalKind.Decimal => SqlDbType.Decimal,
        CanonicalKind.Float => type.Bits <= 24 ? SqlDbType.Real : SqlDbType.Float,
        CanonicalKind.Boolean => SqlDbType.Bit,
        CanonicalKind.Uuid => SqlDbType.UniqueIdentifier,
        CanonicalKind.Date => SqlDbType.Date,
        CanonicalKind.Time => SqlDbType.Time,
        CanonicalKind.Timestamp => SqlDbType.DateTime2,
        CanonicalKind.TimestampWithZone => SqlDbType.DateTimeOffset,
        CanonicalKind.Binary => SqlDbType.VarBinary,
        _ => SqlDbType.NVarChar,
    };
}
