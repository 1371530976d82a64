namespace MigrationGuard.Retention.FileStores;

/// <summary>The files that a promise is about, and those that its patterns leave out.</summary>
internal sealed record FileSelection(IReadOnlyList<StoredFile> Covered, IReadOnlyList<StoredFile> LeftOut)
{
    public static FileSelection Of(IEnumerable<StoredFile> files, FileGlobs globs)
    {
        var sides = files.ToLookup(file => globs.Cover(file.Path));
        return new FileSelection([.. sides[true]], [.. sides[false]]);
    }
}
