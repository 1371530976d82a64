namespace MigrationGuard.Verification.Fingerprints;

/// <summary>Writes text without the spaces it ends in, which a type of fixed length adds.</summary>
/// <remarks>Spaces alone (U+0020), as no engine pads with anything else.</remarks>
internal sealed class TrimmedTextEncoder(RowBuffer row) : ValueEncoder(row)
{
    public override void Text(ReadOnlySpan<byte> utf8) => base.Text(utf8.TrimEnd((byte)' '));

    public override void Text(ReadOnlySpan<char> utf16) => base.Text(utf16.TrimEnd(' '));

    public override void BeginLong(bool isText) => Row.Long.Begin(isText, isTrimmed: true);
}
