using MigrationGuard.Evidence.Packs;

namespace MigrationGuard.Evidence.Checking;

/// <summary>The files that every pack has, by which one is told from any other folder or ZIP: however damaged, a pack has one of them left.</summary>
internal static class PackMarks
{
    public static readonly IReadOnlyList<string> Files =
    [
        PackLayout.BagDeclaration, PackLayout.BagInfo, PackLayout.Manifest, PackLayout.TagManifest, PackLayout.ReadMe,
        PackLayout.Signature, PackLayout.SignerCertificates, PackLayout.SignatureSums,
    ];

    /// <summary>Where the pack is that a path names: there, or one folder deeper, as some programs unpack a ZIP.</summary>
    /// <exception cref="NoPackException">A folder is none and holds none, or holds several.</exception>
    public static string Find(string path)
    {
        if (!Directory.Exists(path) || Files.Any(file => File.Exists(Path.Combine(path, file))))
            return path;
        var within = new DirectoryInfo(path).EnumerateDirectories()
            .Where(folder => folder.LinkTarget is null && File.Exists(Path.Combine(folder.FullName, PackLayout.BagDeclaration)))
            .Select(folder => folder.FullName)
            .Order(StringComparer.Ordinal)
            .ToList();
        return within switch
        {
            [var one] => one,
            [] => throw new NoPackException(path, "is not a pack: it has none of the files that every pack has, and no folder with them in it.", $"Name the folder that holds {PackLayout.BagDeclaration}, or a pack's ZIP."),
            _ => throw new NoPackException(path, $"is not a pack, but holds several: {string.Join(", ", within.Take(3).Select(Path.GetFileName))}{(within.Count > 3 ? ", …" : "")}.", "Name one of them."),
        };
    }

    /// <summary>Whether a ZIP's entry is such a file, in whatever folder the ZIP has it.</summary>
    public static bool IsOne(string entry) => Files.Contains(entry[(entry.IndexOf('/', StringComparison.Ordinal) + 1)..]) || Files.Contains(entry);
}
