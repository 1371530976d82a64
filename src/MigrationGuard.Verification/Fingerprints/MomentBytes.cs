using System.Buffers.Binary;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Verification.Fingerprints;

/// <summary>Writes dates and times: a count since 0001-01-01, of 100 ns or, for SQL Server's <c>datetime</c>, of 1/300 s.</summary>
internal static class MomentBytes
{
    private static readonly Int128 TicksPerSecond = TimeSpan.TicksPerSecond;

    /// <summary>Writes the value as it is.</summary>
    public static void Write(RowBuffer row, in Timestamp value)
    {
        if (value.Resolution == TimeResolution.SqlDateTime)
        {
            CanonicalBytes.Counted(row, value.IsUtc ? Tag.MomentInThreeHundredths : Tag.ReadingInThreeHundredths, value.Units);
            return;
        }
        var tag = value.IsUtc ? Tag.Moment : Tag.Reading;
        // Every unit but 1/300 s is a whole number of ticks; PostgreSQL's years go further than 64 bits of them do.
        var ticks = Ticks(value);
        if (ticks == (long)ticks)
        {
            CanonicalBytes.Counted(row, tag, (long)ticks);
            return;
        }
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt128BigEndian(bytes, ticks);
        CanonicalBytes.Write(row, tag, bytes);
    }

    /// <summary>The value in ticks, for units that are a whole number of them.</summary>
    public static Int128 Ticks(in Timestamp value) =>
        (Int128)value.Units * value.Resolution.SecondsPerUnit * TicksPerSecond / value.Resolution.UnitsPerSecond;
}
