using System.Buffers.Binary;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Verification.Fingerprints;

/// <summary>Writes dates and times: a count since 0001-01-01, of 100 ns or, for SQL Server's <c>datetime</c>, of 1/300 s.</summary>
internal static class MomentBytes
{
    /// <summary>Writes the value as it is.</summary>
    public static void Write(RowBuffer row, in Timestamp value)
    {
        if (value.Resolution == TimeResolution.SqlDateTime)
        {
            CanonicalBytes.Counted(row, value.IsUtc ? Tag.MomentInThreeHundredths : Tag.ReadingInThreeHundredths, value.Units);
            return;
        }
        var tag = value.IsUtc ? Tag.Moment : Tag.Reading;
        var high = Math.BigMul(value.Units, TicksPerUnit(value.Resolution), out var low);
        if (high == low >> 63)
        {
            CanonicalBytes.Counted(row, tag, low);
            return;
        }
        // PostgreSQL's years go further than 64 bits of ticks do.
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt128BigEndian(bytes, Ticks(value));
        CanonicalBytes.Write(row, tag, bytes);
    }

    /// <summary>The value in ticks; for 1/300 s, to the tick before.</summary>
    public static Int128 Ticks(in Timestamp value) => value.Resolution == TimeResolution.SqlDateTime
        ? (Int128)value.Units * TimeSpan.TicksPerSecond / value.Resolution.UnitsPerSecond
        : (Int128)value.Units * TicksPerUnit(value.Resolution);

    // Every unit but 1/300 s is a whole number of ticks.
    private static long TicksPerUnit(in TimeResolution resolution) =>
        TimeSpan.TicksPerSecond * resolution.SecondsPerUnit / resolution.UnitsPerSecond;
}
