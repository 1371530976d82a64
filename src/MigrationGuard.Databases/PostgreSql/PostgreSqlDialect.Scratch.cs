using System.Data.Common;
using System.Globalization;
using MigrationGuard.Databases.Values;
using Npgsql;
using NpgsqlTypes;

namespace MigrationGuard.Databases.PostgreSql;

internal sealed partial class PostgreSqlDialect
{
    public override string? Declare(CanonicalType type) => type.Kind switch
    {
        CanonicalKind.Integer => type.Bits switch { <= 16 => "smallint", <= 32 => "integer", _ => "bigint" },
        CanonicalKind.Decimal => string.Create(CultureInfo.InvariantCulture, $"numeric({type.Precision}, {type.Scale})"),
        CanonicalKind.Float => type.Bits <= 24 ? "real" : "double precision",
        CanonicalKind.Boolean => "boolean",
        CanonicalKind.Text => type.Length is { } most ? string.Create(CultureInfo.InvariantCulture, $"varchar({most})") : "text",
        CanonicalKind.PaddedText => string.Create(CultureInfo.InvariantCulture, $"char({type.Length})"),
        CanonicalKind.Uuid => "uuid",
        CanonicalKind.Date => "date",
        CanonicalKind.Time => "time",
        CanonicalKind.Timestamp => "timestamp",
        CanonicalKind.TimestampWithZone => "timestamptz",
        CanonicalKind.Binary => "bytea",
        CanonicalKind.Json => "json",
        CanonicalKind.Xml => "xml",
        _ => null,
    };

    // As text of no type, which the server reads as the column has it: a parameter of type text fits only columns of text.
    public override void AddValue(DbCommand command, string name, CanonicalType type, object? value) =>
        command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Unknown)
        {
            Value = value switch
            {
                null => DBNull.Value,
                byte[] => @"\x" + ValueSpelling.Of(value),
                _ => ValueSpelling.Of(value),
            },
        });
}
