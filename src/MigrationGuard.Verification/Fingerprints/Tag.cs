namespace MigrationGuard.Verification.Fingerprints;

/// <summary>The first byte of an encoded value: what it is. CANONICAL.md has the bytes that follow each.</summary>
/// <remarks>The numbers are part of every fingerprint kept: new ones may be added, none may be given another meaning.</remarks>
internal enum Tag : byte
{
    Null = 0,
    Integer = 1,
    Decimal = 2,
    Float = 3,
    Single = 4,
    Boolean = 5,
    Text = 6,
    Binary = 7,
    Uuid = 8,

    /// <summary>A moment known in UTC.</summary>
    Moment = 9,
    MomentWithOffset = 10,

    /// <summary>A moment known in UTC, as SQL Server's <c>datetime</c> counts: in 1/300 s.</summary>
    MomentInThreeHundredths = 11,

    /// <summary>What a clock and calendar showed.</summary>
    Reading = 12,
    ReadingInThreeHundredths = 13,
    Time = 14,
    LongText = 15,
    LongBinary = 16,
    LongNumber = 17,
}
