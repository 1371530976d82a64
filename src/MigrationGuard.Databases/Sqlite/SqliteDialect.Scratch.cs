using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Databases.Sqlite;

internal sealed partial class SqliteDialect
{
    public override string? Declare(CanonicalType type) => type.Kind switch
    {
        CanonicalKind.Integer => type.Bits switch { <= 16 => "SMALLINT", <= 32 => "INTEGER", _ => "BIGINT" },
        // A column of numeric affinity would keep no more than the digits of a double.
        CanonicalKind.Decimal => "TEXT",
        CanonicalKind.Float => type.Bits <= 24 ? null : "REAL",
        CanonicalKind.Boolean => "BOOLEAN",
        CanonicalKind.Text => type.Length is { } most ? string.Create(CultureInfo.InvariantCulture, $"VARCHAR({most})") : "TEXT",
        CanonicalKind.Uuid => "UNIQUEIDENTIFIER",
        CanonicalKind.Date => "DATE",
        CanonicalKind.Time => "TIME",
        CanonicalKind.Timestamp => "TIMESTAMP",
        CanonicalKind.TimestampWithZone => "TIMESTAMPTZ",
        CanonicalKind.Binary => "BLOB",
        CanonicalKind.Json => "JSON",
        CanonicalKind.Xml => "XML",
        _ => null,
    };

    public override void AddValue(DbCommand command, string name, CanonicalType type, object? value) =>
        command.Parameters.Add(new SqliteParameter(name, value switch
        {
            null => DBNull.Value,
            long or double or byte[] => value,
            bool truth => truth ? 1L : 0L,
            _ => ValueSpelling.Of(value),
        }));
}
