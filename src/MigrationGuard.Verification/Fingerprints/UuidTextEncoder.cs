using MigrationGuard.Databases.Values;

namespace MigrationGuard.Verification.Fingerprints;

/// <summary>Writes uuids, and text that spells one as such: digits of either case, with or without hyphens or braces.</summary>
internal sealed class UuidTextEncoder(RowBuffer row) : ValueEncoder(row)
{
    public override void Text(ReadOnlySpan<byte> utf8)
    {
        if (UuidText.TryRead(utf8, out var uuid))
            Write(uuid);
        else
            base.Text(utf8);
    }

    public override void Text(ReadOnlySpan<char> utf16)
    {
        if (UuidText.TryRead(utf16, out var uuid))
            Write(uuid);
        else
            base.Text(utf16);
    }

    private void Write(Guid uuid)
    {
        Span<byte> bytes = stackalloc byte[16];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        Uuid(bytes);
    }
}
