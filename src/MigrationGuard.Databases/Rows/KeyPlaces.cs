using System.Buffers.Binary;

namespace MigrationGuard.Databases.Rows;

/// <summary>Between values of a key and their places in a <see cref="KeyOrder"/>.</summary>
public static class KeyPlaces
{
    private static readonly UInt128 IntegerZero = (UInt128)1 << 63;

    /// <summary>The place after the last whole number.</summary>
    private static readonly UInt128 IntegerEnd = (UInt128)1 << 64;

    // The bytes of a stored uniqueidentifier, whose first three groups are little-endian, in the order in which SQL Server
    // compares them, as places in RFC 9562's order.
    private static ReadOnlySpan<byte> SqlServerOrder => [10, 11, 12, 13, 14, 15, 8, 9, 7, 6, 5, 4, 3, 2, 1, 0];

    /// <summary>The place of a whole number, in <see cref="KeyOrder.Integer"/>.</summary>
    public static UInt128 Of(long value) => (UInt128)((Int128)value + (Int128)IntegerZero);

    /// <summary>The place of a UUID.</summary>
    /// <param name="rfc">16 bytes in the order of RFC 9562.</param>
    /// <param name="order"><see cref="KeyOrder.UuidBytes"/> or <see cref="KeyOrder.UuidSqlServer"/>.</param>
    public static UInt128 Of(ReadOnlySpan<byte> rfc, KeyOrder order)
    {
        if (order != KeyOrder.UuidSqlServer)
            return BinaryPrimitives.ReadUInt128BigEndian(rfc);
        Span<byte> ordered = stackalloc byte[16];
        for (var i = 0; i < 16; i++)
            ordered[i] = rfc[SqlServerOrder[i]];
        return BinaryPrimitives.ReadUInt128BigEndian(ordered);
    }

    /// <summary>Whether a place is after that of every value.</summary>
    public static bool IsAfterAll(KeyOrder order, UInt128 place) => order == KeyOrder.Integer && place >= IntegerEnd;

    /// <summary>The whole number at a place, which is not <see cref="IsAfterAll"/>.</summary>
    public static long Integer(UInt128 place) => (long)((Int128)place - (Int128)IntegerZero);

    /// <summary>The UUID at a place.</summary>
    public static Guid Uuid(UInt128 place, KeyOrder order)
    {
        Span<byte> ordered = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(ordered, place);
        if (order != KeyOrder.UuidSqlServer)
            return new Guid(ordered, bigEndian: true);
        Span<byte> rfc = stackalloc byte[16];
        for (var i = 0; i < 16; i++)
            rfc[SqlServerOrder[i]] = ordered[i];
        return new Guid(rfc, bigEndian: true);
    }
}
