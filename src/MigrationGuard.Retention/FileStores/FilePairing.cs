using System.Text;

namespace MigrationGuard.Retention.FileStores;

/// <summary>How two files were recognised as one.</summary>
internal enum PairedBy
{
    /// <summary>By the same path.</summary>
    Path,

    /// <summary>By paths that Unicode calls equivalent: an accent within a character, or after it.</summary>
    Form,

    /// <summary>By paths that differ by upper and lower case alone.</summary>
    Case,

    /// <summary>By the same content.</summary>
    Content,
}

/// <summary>A file on both sides.</summary>
internal sealed record FilePair(StoredFile Source, StoredFile Target, PairedBy By);

/// <summary>Which files of the two sides belong together by their paths.</summary>
/// <param name="Missing">Those that only the source has, in the order of their paths.</param>
/// <param name="Extra">Those that only the target has, in the order of their paths.</param>
internal sealed record FilePairing(IReadOnlyList<FilePair> Pairs, IReadOnlyList<StoredFile> Missing, IReadOnlyList<StoredFile> Extra)
{
    /// <summary>Pairs by the same path first, then by equivalent ones, then by those that differ by case.</summary>
    public static FilePairing Of(IEnumerable<StoredFile> source, IEnumerable<StoredFile> target)
    {
        var pairs = new List<FilePair>();
        var (missing, extra) = Pair(InOrder(source), InOrder(target), path => path, PairedBy.Path, pairs);
        (missing, extra) = Pair(missing, extra, Composed, PairedBy.Form, pairs);
        (missing, extra) = Pair(missing, extra, path => Composed(path).ToUpperInvariant(), PairedBy.Case, pairs);
        return new FilePairing(pairs, missing, extra);
    }

    /// <summary>The path with each accent within its character, as most systems write it.</summary>
    public static string Composed(string path)
    {
        try
        {
            return path.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // A name that is no text is equivalent to nothing but itself.
            return path;
        }
    }

    private static List<StoredFile> InOrder(IEnumerable<StoredFile> files) => [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];

    private static (List<StoredFile> Missing, List<StoredFile> Extra) Pair(
        List<StoredFile> source, List<StoredFile> target, Func<string, string> key, PairedBy by, List<FilePair> pairs)
    {
        var waiting = new Dictionary<string, Queue<StoredFile>>(target.Count, StringComparer.Ordinal);
        foreach (var file in target)
        {
            if (!waiting.TryGetValue(key(file.Path), out var alike))
                waiting.Add(key(file.Path), alike = new Queue<StoredFile>(1));
            alike.Enqueue(file);
        }
        var (missing, taken) = (new List<StoredFile>(), new HashSet<StoredFile>(ReferenceEqualityComparer.Instance));
        foreach (var file in source)
        {
            if (waiting.TryGetValue(key(file.Path), out var alike) && alike.TryDequeue(out var other) && taken.Add(other))
                pairs.Add(new FilePair(file, other, by));
            else
                missing.Add(file);
        }
        return (missing, [.. target.Where(file => !taken.Contains(file))]);
    }
}
