namespace MigrationGuard.Retention.BackupNames;

/// <summary>A path in its parts.</summary>
/// <param name="Folders">From the outermost on.</param>
/// <param name="Stem">The file's name up to its last dot.</param>
/// <param name="Extension">What follows that dot; may be empty.</param>
internal sealed record NameParts(IReadOnlyList<string> Folders, string Stem, string Extension)
{
    public static NameParts Of(string path)
    {
        var segments = path.Split('/', '\\');
        var file = segments[^1];
        var dot = file.LastIndexOf('.');
        return dot < 0 ? new(segments[..^1], file, "") : new(segments[..^1], file[..dot], file[(dot + 1)..]);
    }
}
