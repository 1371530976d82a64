using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Retention.FileStores;

/// <summary>A file that a finding is about, or a link behind which nothing was looked at, for whoever asked to be shown which.</summary>
/// <param name="Check">The check's name.</param>
/// <param name="Kind">The finding's kind, or <c>link-not-followed</c>.</param>
/// <param name="Path">Its path; in the source where it is on both sides.</param>
/// <param name="Other">Its path in the target, where that is another; null otherwise.</param>
public sealed record RevealedFile(string Check, string Kind, string Path, string? Other);

/// <summary>Makes findings of files: how many of a kind, and keyed digests of the first, as a path may name a person.</summary>
/// <param name="key">The key of the digests: one path has one digest in all runs of a project.</param>
/// <param name="check">The check's name.</param>
internal sealed class FileTally(byte[] key, string check)
{
    private const int MostDigests = 10;
    private const int DigestBytes = 8;

    // More than anybody looks through, and few enough to hold.
    private const int MostRevealed = 1000;

    private readonly Dictionary<(string Kind, string? Column, string Phrase), Sample> _samples = [];
    private readonly List<RevealedFile> _others = [];

    /// <summary>In the order in which the first of each kind was added.</summary>
    public IReadOnlyList<Finding> Findings => [.. _samples.Select(pair => Found(pair.Key.Kind, pair.Key.Column, pair.Key.Phrase, pair.Value))];

    /// <summary>The first files of each finding, then what else may be shown.</summary>
    public IReadOnlyList<RevealedFile> Revealed => [.. _samples.Values.SelectMany(sample => sample.Revealed), .. _others];

    /// <param name="phrase">What is the matter, as it follows <c>3 files</c>.</param>
    /// <param name="column">Of a changed file, what of it differs.</param>
    public void Add(string kind, string phrase, StoredFile file, StoredFile? other = null, string? column = null)
    {
        if (!_samples.TryGetValue((kind, column, phrase), out var sample))
            _samples.Add((kind, column, phrase), sample = new Sample());
        sample.Count++;
        if (sample.Digests.Count < MostDigests)
            sample.Digests.Add(Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(file.Path)).AsSpan(0, DigestBytes)));
        if (sample.Revealed.Count < MostRevealed)
            sample.Revealed.Add(new RevealedFile(check, kind, file.Path, other is null || other.Path == file.Path ? null : other.Path));
    }

    /// <summary>Shows what no finding is about to whoever asks.</summary>
    public void Reveal(string kind, string path)
    {
        if (_others.Count < MostRevealed)
            _others.Add(new RevealedFile(check, kind, path, null));
    }

    public static string Files(long count) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "file" : "files")}");

    private static Finding Found(string kind, string? column, string phrase, Sample sample) =>
        new(kind, Count: sample.Count, Columns: column is null ? null : [column], Detail: $"{Files(sample.Count)} {phrase}.") { Digests = sample.Digests };

    private sealed class Sample
    {
        public long Count { get; set; }

        public List<string> Digests { get; } = [];

        public List<RevealedFile> Revealed { get; } = [];
    }
}
