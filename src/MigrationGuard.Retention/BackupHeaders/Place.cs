namespace MigrationGuard.Retention.BackupHeaders;

/// <summary>A byte of a back-up, as an error names it.</summary>
/// <param name="At">Its offset in the file; in a compressed file that of the chunk it lies in.</param>
/// <param name="InChunk">Its offset in the expanded chunk; null where nothing is compressed.</param>
internal readonly record struct Place(long At, int? InChunk = null)
{
    public static Place operator +(Place place, int count) =>
        place.InChunk is { } inChunk ? place with { InChunk = inChunk + count } : place with { At = place.At + count };

    public override string ToString() => InChunk is { } inChunk
        ? FormattableString.Invariant($"At byte {inChunk} of the chunk at byte {At}")
        : FormattableString.Invariant($"At byte {At}");
}
