using System.Globalization;
using System.Text;

namespace MigrationGuard.Evidence.Packs;

/// <summary>The texts that make a folder a bag (RFC 8493).</summary>
internal static class BagText
{
    /// <summary>The whole of <c>bagit.txt</c> (section 2.1.1).</summary>
    public const string Declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

    /// <summary>A manifest (sections 2.1.3 and 2.2.1), as <c>sha512sum</c> writes and reads it.</summary>
    /// <remarks>No path of a pack holds what would have to be written as something else: see <see cref="PackPath"/>.</remarks>
    public static byte[] Manifest(IEnumerable<KeyValuePair<string, FileDigest>> files)
    {
        var text = new StringBuilder();
        foreach (var (path, digest) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
            text.Append(digest.Sha512).Append("  ").Append(path).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary><c>bag-info.txt</c> (section 2.2.2).</summary>
    /// <param name="authority">Where a stamp will be asked for; null for nowhere. It is signed, so that a stamp cannot be taken out unseen.</param>
    public static string Info(PackRequest request, IReadOnlyCollection<FileDigest> payload, string? authority)
    {
        List<KeyValuePair<string, string>> lines =
        [
            new("External-Identifier", request.Id),
            new("Bagging-Date", request.AsOf.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            new("Payload-Oxum", string.Create(CultureInfo.InvariantCulture, $"{payload.Sum(file => file.Bytes)}.{payload.Count}")),
            new("Bag-Software-Agent", request.Tool),
            new(PackLayout.VersionLabel, PackLayout.Version.ToString(CultureInfo.InvariantCulture)),
            .. request.Info,
        ];
        if (request.Organisation.Length > 0)
            lines.Insert(0, new("Source-Organization", request.Organisation));
        if (authority is not null)
            lines.Add(new(PackLayout.AuthorityLabel, authority));
        var text = new StringBuilder();
        foreach (var (label, value) in lines)
            text.Append(label).Append(": ").Append(OnOneLine(value)).Append('\n');
        return text.ToString();
    }

    // A line break would begin a label of its own.
    private static string OnOneLine(string value) => string.Concat(value.ReplaceLineEndings(" ").Select(c => char.IsControl(c) ? ' ' : c)).Trim();
}
