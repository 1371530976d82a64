using System.Globalization;
using System.Security.Cryptography;

namespace MigrationGuard.Tests.Packs;

/// <summary>Whether a folder is a complete and valid bag, read from RFC 8493 alone.</summary>
internal static class RfcBag
{
    /// <summary>What is wrong; empty for a valid bag.</summary>
    public static IReadOnlyList<string> Problems(string bag)
    {
        var problems = new List<string>();
        // Section 2.1.1: two lines, in this order.
        if (File.ReadAllText(Path.Combine(bag, "bagit.txt")) != "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
            problems.Add("bagit.txt");
        var payload = Files(bag).Where(file => file.StartsWith("data/", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        // Section 2.1.3: every payload file is listed in every payload manifest, exactly once.
        var manifest = Manifest(bag, "manifest-sha512.txt", problems);
        problems.AddRange(payload.Except(manifest.Keys).Select(file => "not in the manifest: " + file));
        problems.AddRange(manifest.Keys.Except(payload).Select(file => "not in the payload: " + file));
        // Section 2.2.1: what a tag manifest lists is there; it does not list itself.
        var tags = Manifest(bag, "tagmanifest-sha512.txt", problems);
        if (tags.ContainsKey("tagmanifest-sha512.txt") || !tags.ContainsKey("bagit.txt") || !tags.ContainsKey("bag-info.txt") || !tags.ContainsKey("manifest-sha512.txt"))
            problems.Add("the tag manifest's list");
        foreach (var (file, digest) in manifest.Concat(tags))
        {
            var path = Path.Combine(bag, file);
            if (!File.Exists(path) || Convert.ToHexStringLower(SHA512.HashData(File.ReadAllBytes(path))) != digest)
                problems.Add("digest: " + file);
        }
        // Section 2.2.2: octets and files of the payload.
        var oxum = string.Create(CultureInfo.InvariantCulture, $"{payload.Sum(file => new FileInfo(Path.Combine(bag, file)).Length)}.{payload.Count}");
        if (!File.ReadAllLines(Path.Combine(bag, "bag-info.txt")).Contains("Payload-Oxum: " + oxum))
            problems.Add("Payload-Oxum");
        return problems;
    }

    private static IEnumerable<string> Files(string bag) =>
        Directory.EnumerateFiles(bag, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(bag, file).Replace('\\', '/'));

    private static Dictionary<string, string> Manifest(string bag, string name, List<string> problems)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in File.ReadAllLines(Path.Combine(bag, name)))
        {
            // A digest, linear whitespace, a path; LF, CR and % in the path percent-encoded.
            var parts = line.Split([' ', '\t'], 2, StringSplitOptions.None);
            var path = parts.Length == 2 ? parts[1].TrimStart(' ', '\t', '*') : "";
            path = path.Replace("%0A", "\n", StringComparison.OrdinalIgnoreCase).Replace("%0D", "\r", StringComparison.OrdinalIgnoreCase).Replace("%25", "%", StringComparison.Ordinal);
            if (parts[0].Length != 128 || path.Length == 0 || !files.TryAdd(path, parts[0].ToLowerInvariant()))
                problems.Add($"a line of {name}");
        }
        return files;
    }
}
