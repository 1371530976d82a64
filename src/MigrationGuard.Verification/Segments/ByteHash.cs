namespace MigrationGuard.Verification.Segments;

/// <summary>A quick hash of bytes, the same within one process: for tables in memory and for choosing a leaf, never as evidence.</summary>
internal static class ByteHash
{
    public static int Of(ReadOnlySpan<byte> bytes)
    {
        var hash = default(HashCode);
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }
}
