namespace MigrationGuard.Retention.FileStores;

/// <summary>What comparing two contents came to.</summary>
internal enum ContentVerdict
{
    Same,
    BytesDiffer,
    ContentDiffers,

    /// <summary>It cannot be read as it is, out of a list or an archive, and no hash of one kind is recorded or can be made on both sides.</summary>
    NoHash,

    /// <summary>It could not be read, or not as it was listed.</summary>
    NotRead,
}

/// <summary>Compares contents: lengths first, then hashes of one kind, and only then by reading.</summary>
internal sealed class ContentComparison(IFileStore source, IFileStore target, int concurrency)
{
    /// <summary>The verdict on each pair, in their order.</summary>
    public async Task<ContentVerdict[]> CompareAsync(IReadOnlyList<FilePair> pairs, CancellationToken cancellationToken)
    {
        var verdicts = new ContentVerdict[pairs.Count];
        await Parallel.ForAsync(0, pairs.Count, Options(cancellationToken), async (at, stop) => verdicts[at] = await CompareAsync(pairs[at], stop));
        return verdicts;
    }

    /// <summary>Pairs what is left on either side by content; empty files are all alike, and are paired with nothing.</summary>
    /// <remarks>Only files of a length that both sides have are read.</remarks>
    public async Task<IReadOnlyList<FilePair>> RenamedAsync(IReadOnlyList<StoredFile> missing, IReadOnlyList<StoredFile> extra, CancellationToken cancellationToken)
    {
        var lengths = missing.Select(file => file.Length).Intersect(extra.Select(file => file.Length)).Where(length => length > 0).ToHashSet();
        var (left, right) = (Alike(missing, lengths), Alike(extra, lengths));
        var kinds = left.Concat(right).GroupBy(file => file.Length).ToDictionary(alike => alike.Key, Kind);
        var hashes = await Task.WhenAll(HashesAsync(source, left, kinds, cancellationToken), HashesAsync(target, right, kinds, cancellationToken));
        var waiting = right.Zip(hashes[1]).Where(pair => pair.Second is not null)
            .GroupBy(pair => (pair.First.Length, pair.Second!.Value))
            .ToDictionary(alike => alike.Key, alike => alike.Select(pair => pair.First).ToList());
        var pairs = new List<FilePair>();
        foreach (var (file, hash) in left.Zip(hashes[0]).Where(pair => pair.Second is not null))
        {
            if (!waiting.TryGetValue((file.Length, hash!.Value), out var alike) || alike.Count == 0)
                continue;
            // Of several with the same content the one of the same name in another folder is the likelier.
            var other = alike.Find(candidate => Path.GetFileName(candidate.Path) == Path.GetFileName(file.Path)) ?? alike[0];
            alike.Remove(other);
            pairs.Add(new FilePair(file, other, PairedBy.Content));
        }
        return pairs;
    }

    private async Task<ContentVerdict> CompareAsync(FilePair pair, CancellationToken cancellationToken)
    {
        var (left, right) = (pair.Source, pair.Target);
        if (left.Length != right.Length)
            return ContentVerdict.BytesDiffer;
        if (left.Length == 0)
            return ContentVerdict.Same;
        HashKind?[] kinds = [left.Hash?.Kind, right.Hash?.Kind, HashKind.Sha256];
        if (kinds.FirstOrDefault(kind => kind is { } known && CanHave(left, known) && CanHave(right, known)) is not { } kind)
            return ContentVerdict.NoHash;
        var sourceHash = await ContentDigest.OfAsync(source, left, kind, cancellationToken);
        var targetHash = sourceHash is null ? null : await ContentDigest.OfAsync(target, right, kind, cancellationToken);
        return sourceHash is null || targetHash is null ? ContentVerdict.NotRead
            : sourceHash == targetHash ? ContentVerdict.Same
            : ContentVerdict.ContentDiffers;
    }

    private async Task<ContentHash?[]> HashesAsync(IFileStore store, List<StoredFile> files, Dictionary<long, HashKind> kinds, CancellationToken cancellationToken)
    {
        var hashes = new ContentHash?[files.Count];
        await Parallel.ForAsync(0, files.Count, Options(cancellationToken), async (at, stop) => hashes[at] = await ContentDigest.OfAsync(store, files[at], kinds[files[at].Length], stop));
        return hashes;
    }

    private static HashKind Kind(IEnumerable<StoredFile> alike)
    {
        var files = alike.ToList();
        return (files.Find(file => file is { IsReadable: false, Hash: not null }) ?? files.Find(file => file.Hash is not null))?.Hash?.Kind ?? HashKind.Sha256;
    }

    private static bool CanHave(StoredFile file, HashKind kind) => file.IsReadable || file.Hash?.Kind == kind;

    private static List<StoredFile> Alike(IReadOnlyList<StoredFile> files, HashSet<long> lengths) => [.. files.Where(file => lengths.Contains(file.Length))];

    private ParallelOptions Options(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken };
}
