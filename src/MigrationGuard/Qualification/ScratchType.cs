using MigrationGuard.Databases.Values;

namespace MigrationGuard.Qualification;

/// <summary>A type of column that corruptions are planted in.</summary>
/// <param name="Name">Its name in the catalogue.</param>
/// <param name="Make">Makes an ordinary value: not null, not empty, not zero.</param>
internal sealed record ScratchType(string Name, CanonicalType Canonical, Func<Draw, object> Make)
{
    public static readonly ScratchType Smallint = new("smallint", Integer(16), draw => draw.Between(100, 30_000));
    public static readonly ScratchType Whole = new("integer", Integer(32), draw => draw.Between(100_000, 2_000_000_000));
    public static readonly ScratchType Bigint = new("bigint", Integer(64), draw => draw.Between(1L << 54, 1L << 62) | 1);
    public static readonly ScratchType Amount = new("decimal(18,4)", Exact(18, 4), draw => draw.Digits(8) + "." + draw.Digits(4));
    public static readonly ScratchType LongDecimal = new("decimal(38,10)", Exact(38, 10), draw => draw.Digits(28) + "." + draw.Digits(10));
    public static readonly ScratchType Double = new("double", Float(53), draw => (draw.Between(1L << 40, 1L << 50) | 1) / 1024.0 / 3);
    public static readonly ScratchType Single = new("single", Float(24), draw => (draw.Between(1 << 20, 1 << 22) | 1) / 64f / 3f);
    public static readonly ScratchType Boolean = new("boolean", new CanonicalType(CanonicalKind.Boolean), draw => draw.Below(2) == 1);
    public static readonly ScratchType Text = new("text", new CanonicalType(CanonicalKind.Text), draw => draw.Words(4));
    public static readonly ScratchType Varchar = new("varchar(80)", new CanonicalType(CanonicalKind.Text, Length: 80), draw => draw.Words(3));
    public static readonly ScratchType Padded = new("char(40)", new CanonicalType(CanonicalKind.PaddedText, Length: 40), draw => draw.Words(2));
    public static readonly ScratchType Uuid = new("uuid", new CanonicalType(CanonicalKind.Uuid), draw => draw.Uuid());
    public static readonly ScratchType Date = new("date", new CanonicalType(CanonicalKind.Date), draw => draw.Day());
    public static readonly ScratchType Time = new("time", new CanonicalType(CanonicalKind.Time, Resolution: TimeResolution.Microsecond), draw => draw.Time());
    public static readonly ScratchType Timestamp = new("timestamp", new CanonicalType(CanonicalKind.Timestamp, Resolution: TimeResolution.Microsecond), draw => draw.Moment());
    public static readonly ScratchType TimestampWithZone = new("timestamp with time zone", new CanonicalType(CanonicalKind.TimestampWithZone, Resolution: TimeResolution.Microsecond), draw => new DateTimeOffset(draw.Moment(), TimeSpan.Zero));
    public static readonly ScratchType Binary = new("binary", new CanonicalType(CanonicalKind.Binary), draw => draw.Bytes(24));
    public static readonly ScratchType Json = new("json", new CanonicalType(CanonicalKind.Json), draw => $$"""{"name": "{{draw.Words(2)}}", "count": {{draw.Digits(4)}}}""");
    public static readonly ScratchType Xml = new("xml", new CanonicalType(CanonicalKind.Xml), draw => $"""<person id="{draw.Digits(4)}"><name>{draw.Words(2)}</name></person>""");

    /// <summary>Every type, in the catalogue's order.</summary>
    public static IReadOnlyList<ScratchType> All { get; } =
    [
        Smallint, Whole, Bigint, Amount, LongDecimal, Double, Single, Boolean, Text, Varchar, Padded, Uuid,
        Date, Time, Timestamp, TimestampWithZone, Binary, Json, Xml,
    ];

    private static CanonicalType Integer(int bits) => new(CanonicalKind.Integer) { Bits = bits };

    private static CanonicalType Float(int bits) => new(CanonicalKind.Float) { Bits = bits };

    private static CanonicalType Exact(int precision, int scale) => new(CanonicalKind.Decimal, Precision: precision, Scale: scale);
}
