using System.Text;
using System.Text.RegularExpressions;
using MigrationGuard.Evidence.Packs;

namespace MigrationGuard.Evidence.Checking;

/// <summary>A manifest as it was found: each path, and the SHA-512 that its file is to have.</summary>
internal sealed partial class BagManifest
{
    /// <summary>Longer than that of any pack that is looked at.</summary>
    public const int MostBytes = 64 * 1024 * 1024;

    private const int DigestCharacters = 128;

    private readonly SortedDictionary<string, byte[]> _digests = new(StringComparer.Ordinal);

    private BagManifest(byte[] content) => Content = content;

    /// <summary>Its bytes.</summary>
    public byte[] Content { get; }

    public IReadOnlyDictionary<string, byte[]> Digests => _digests;

    /// <summary>Reads a manifest, and tells of every line that is not one of it.</summary>
    /// <param name="belongs">Whether a path may stand in this manifest.</param>
    /// <returns>Null when it is not there or cannot be read, which has been told.</returns>
    public static BagManifest? Read(PackContents contents, string file, Func<string, bool> belongs, PackFindings findings)
    {
        if (contents.ReadWhole(file, MostBytes, findings) is not { } content)
            return null;
        var manifest = new BagManifest(content);
        var anyCase = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var number = 0;
        for (var rest = content.AsSpan(); rest.Length > 0; number++)
        {
            var end = rest.IndexOf((byte)'\n');
            // Bytes that are no ASCII are in no line that matches.
            var line = Encoding.Latin1.GetString(end < 0 ? rest : rest[..end]);
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (end < 0 || !Line().IsMatch(line))
            {
                findings.Report(file, FormattableString.Invariant($"line {number + 1} is not a digest, two spaces and a path, on a line of its own."));
                continue;
            }
            var path = line[(DigestCharacters + 2)..];
            if (PackPath.ProblemWith(path) is { } problem)
                findings.Report(path, $"is listed in {file}, and {problem}");
            else if (!belongs(path))
                findings.Report(path, $"is listed in {file}, where it does not belong.");
            else if (!anyCase.Add(path))
                findings.Report(path, $"is listed in {file} more than once, or beside one that differs by case only.");
            else
                manifest._digests.Add(path, Convert.FromHexString(line.AsSpan(0, DigestCharacters)));
        }
        if (number == 0)
            findings.Report(file, "is empty.");
        return manifest;
    }

    [GeneratedRegex(@"\A[0-9a-f]{128}  [\x21-\x7E]{1,1000}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Line();
}
