using System.Globalization;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Databases.SqlServer;

/// <summary>A column as SQL Server's catalogue views have it, and what it is to everybody else. Read by Dapper, by property.</summary>
internal sealed record SqlServerColumn
{
    internal const string Sql = """
        SELECT c.object_id AS ObjectId, c.name AS ColumnName, t.name AS TypeName, c.max_length AS MaxLength,
               CAST(c.precision AS int) AS NumericPrecision, CAST(c.scale AS int) AS NumericScale,
               c.is_nullable AS IsNullable, c.collation_name AS CollationName
        FROM sys.columns AS c
        JOIN sys.objects AS o ON o.object_id = c.object_id
        -- An alias type is resolved to the system type it stands for; CLR types stay themselves.
        JOIN sys.types AS u ON u.user_type_id = c.user_type_id
        JOIN sys.types AS t ON t.user_type_id = CASE WHEN u.is_assembly_type = 1 THEN u.user_type_id ELSE u.system_type_id END
        WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0
        ORDER BY c.object_id, c.column_id
        """;

    public int ObjectId { get; init; }

    public string ColumnName { get; init; } = "";

    public string TypeName { get; init; } = "";

    public short MaxLength { get; init; }

    public int NumericPrecision { get; init; }

    public int NumericScale { get; init; }

    public bool IsNullable { get; init; }

    public string? CollationName { get; init; }

    /// <summary>The column, as other engines' are described.</summary>
    public Column Described => new(ColumnName, StoreType(), Canonical(), IsNullable, CollationName);

    private string StoreType()
    {
        var length = MaxLength == -1 ? "max" : (TypeName.StartsWith('n') ? MaxLength / 2 : MaxLength).ToString(CultureInfo.InvariantCulture);
        return TypeName switch
        {
            "char" or "varchar" or "nchar" or "nvarchar" or "binary" or "varbinary" => $"{TypeName}({length})",
            "decimal" or "numeric" => string.Create(CultureInfo.InvariantCulture, $"{TypeName}({NumericPrecision},{NumericScale})"),
            "datetime2" or "datetimeoffset" or "time" => string.Create(CultureInfo.InvariantCulture, $"{TypeName}({NumericScale})"),
            _ => TypeName,
        };
    }

    private CanonicalType Canonical()
    {
        int? bytes = MaxLength == -1 ? null : MaxLength;
        return TypeName switch
        {
            // 8 bits without a sign.
            "tinyint" => new CanonicalType(CanonicalKind.Integer) { Bits = 9 },
            "smallint" => new CanonicalType(CanonicalKind.Integer) { Bits = 16 },
            "int" => new CanonicalType(CanonicalKind.Integer) { Bits = 32 },
            "bigint" => new CanonicalType(CanonicalKind.Integer) { Bits = 64 },
            "bit" => new CanonicalType(CanonicalKind.Boolean),
            "decimal" or "numeric" => new CanonicalType(CanonicalKind.Decimal, Precision: NumericPrecision, Scale: NumericScale),
            "money" => new CanonicalType(CanonicalKind.Decimal, Precision: 19, Scale: 4),
            "smallmoney" => new CanonicalType(CanonicalKind.Decimal, Precision: 10, Scale: 4),
            "float" => new CanonicalType(CanonicalKind.Float) { Bits = 53 },
            "real" => new CanonicalType(CanonicalKind.Float) { Bits = 24 },
            "char" => new CanonicalType(CanonicalKind.PaddedText, Length: bytes) { IsOfCodePage = IsOfCodePage },
            "nchar" => new CanonicalType(CanonicalKind.PaddedText, Length: bytes / 2),
            "varchar" => new CanonicalType(CanonicalKind.Text, Length: bytes) { IsOfCodePage = IsOfCodePage },
            "nvarchar" or "sysname" => new CanonicalType(CanonicalKind.Text, Length: bytes / 2),
            "text" => new CanonicalType(CanonicalKind.Text) { IsOfCodePage = IsOfCodePage },
            "ntext" => new CanonicalType(CanonicalKind.Text),
            "uniqueidentifier" => new CanonicalType(CanonicalKind.Uuid),
            "date" => new CanonicalType(CanonicalKind.Date, Resolution: TimeResolution.Day),
            "time" => new CanonicalType(CanonicalKind.Time, Resolution: TimeResolution.Fraction(NumericScale)),
            "datetime" => new CanonicalType(CanonicalKind.Timestamp, Resolution: TimeResolution.SqlDateTime),
            "smalldatetime" => new CanonicalType(CanonicalKind.Timestamp, Resolution: TimeResolution.Minute),
            "datetime2" => new CanonicalType(CanonicalKind.Timestamp, Resolution: TimeResolution.Fraction(NumericScale)),
            "datetimeoffset" => new CanonicalType(CanonicalKind.TimestampWithZone, Resolution: TimeResolution.Fraction(NumericScale)),
            "binary" => new CanonicalType(CanonicalKind.Binary, Length: bytes) { IsPadded = true },
            "varbinary" => new CanonicalType(CanonicalKind.Binary, Length: bytes),
            "image" => new CanonicalType(CanonicalKind.Binary),
            "xml" => new CanonicalType(CanonicalKind.Xml),
            "timestamp" or "rowversion" => new CanonicalType(CanonicalKind.RowVersion),
            _ => new CanonicalType(CanonicalKind.Unknown),
        };
    }

    private bool IsOfCodePage => CollationName?.EndsWith("_UTF8", StringComparison.OrdinalIgnoreCase) != true;
}
