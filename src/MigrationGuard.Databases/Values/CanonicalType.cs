namespace MigrationGuard.Databases.Values;

/// <summary>What a column's values are, whatever the engine calls them.</summary>
public enum CanonicalKind
{
    /// <summary>A type this program has no rule for; nothing is compared through it.</summary>
    Unknown,

    /// <summary>No declared type (SQLite columns and expressions): each value says what it is.</summary>
    Untyped,
    Integer,
    Decimal,
    Float,
    Boolean,

    /// <summary>Text of varying length.</summary>
    Text,

    /// <summary>Text padded with spaces to its length: <c>char(n)</c>, <c>nchar(n)</c>.</summary>
    PaddedText,
    Uuid,
    Date,
    Time,

    /// <summary>A date and time without a zone.</summary>
    Timestamp,

    /// <summary>A date and time in UTC or with its offset.</summary>
    TimestampWithZone,
    Binary,
    Json,
    Xml,

    /// <summary>SQL Server's <c>rowversion</c>: rewritten by every update and restore, never compared.</summary>
    RowVersion,
}

/// <summary>A column's type in terms all engines share.</summary>
/// <param name="Kind">What the values are.</param>
/// <param name="Length">Characters or bytes; null where unbounded or meaningless.</param>
/// <param name="Precision">Decimal digits in all, for <see cref="CanonicalKind.Decimal"/>.</param>
/// <param name="Scale">Decimal digits after the point, for <see cref="CanonicalKind.Decimal"/>.</param>
/// <param name="Resolution">The step of a date or time; null for other kinds, and where each value has its own (SQLite text).</param>
public sealed record CanonicalType(
    CanonicalKind Kind,
    int? Length = null,
    int? Precision = null,
    int? Scale = null,
    TimeResolution? Resolution = null)
{
    /// <summary>
    /// For <see cref="CanonicalKind.Integer"/> the bits that a signed number needs to hold every value; for
    /// <see cref="CanonicalKind.Float"/> the bits of the significand; null where the engine sets no bound.
    /// </summary>
    public int? Bits { get; init; }

    /// <summary>Whether text holds only the characters of one code page: SQL Server's <c>char</c> and <c>varchar</c>, UTF-8 collations aside.</summary>
    public bool IsOfCodePage { get; init; }

    /// <summary>Whether bytes are padded with zeros to the length: SQL Server's <c>binary(n)</c>.</summary>
    public bool IsPadded { get; init; }

    public bool IsText => Kind is CanonicalKind.Text or CanonicalKind.PaddedText;

    public bool IsMoment => Kind is CanonicalKind.Date or CanonicalKind.Timestamp or CanonicalKind.TimestampWithZone;
}
