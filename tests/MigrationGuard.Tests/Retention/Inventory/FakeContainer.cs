using System.Collections.Concurrent;
using System.Globalization;

namespace MigrationGuard.Tests.Retention.Inventory;

/// <summary>What lies in the fake service, and how it is listed.</summary>
internal sealed class FakeContainer
{
    public const string Name = "backups";

    private const int MostPerPage = 5000;

    private volatile Content _content = new([]);

    /// <summary>In the order in which they are listed.</summary>
    public IReadOnlyList<FakeBlob> Blobs
    {
        get => _content.Blobs;
        set => _content = new(value);
    }

    public int PageSize { get; set; } = MostPerPage;

    /// <summary>Whether what a listing leaves out counts for its page, so that pages come short or empty.</summary>
    public bool HasEmptyPages { get; set; }

    public FakeBlob? Find(string name, string? version, string? snapshot) => Blobs.FirstOrDefault(blob =>
        blob.Name == name && blob.Deleted is null && blob.Snapshot == snapshot && (version is null ? blob.IsCurrentVersion : blob.VersionId == version));

    /// <summary>A page of the listing as the service sends it.</summary>
    /// <param name="marker">Opaque to whoever lists: here a place among all there are, so that a page is found without looking through those before.</param>
    /// <param name="most">How many are asked for; null for as many as there may be.</param>
    public byte[] Page(IReadOnlyList<string> include, string prefix, string marker, string? most)
    {
        var content = _content;
        var size = Math.Min(PageSize, most is null ? MostPerPage : int.Parse(most, CultureInfo.InvariantCulture));
        // Written once, so that a benchmark measures whoever lists and not this.
        return content.Pages.GetOrAdd(string.Join('|', size, string.Join(',', include), marker, prefix), _ => Write(content.Blobs, include, prefix, marker, size));
    }

    private byte[] Write(IReadOnlyList<FakeBlob> blobs, IReadOnlyList<string> include, string prefix, string marker, int size)
    {
        var begin = marker.Length == 0 ? 0 : int.Parse(marker, CultureInfo.InvariantCulture);
        var page = new List<FakeBlob>();
        var at = begin;
        for (; at < blobs.Count && (HasEmptyPages ? at - begin : page.Count) < size; at++)
        {
            if (blobs[at].Name.StartsWith(prefix, StringComparison.Ordinal) && (blobs[at].ShownBy is not { } word || include.Contains(word)))
                page.Add(blobs[at]);
        }
        return BlobListingXml.Page(Name, include, page, at < blobs.Count ? at.ToString(CultureInfo.InvariantCulture) : "");
    }

    private sealed record Content(IReadOnlyList<FakeBlob> Blobs)
    {
        public ConcurrentDictionary<string, byte[]> Pages { get; } = new(StringComparer.Ordinal);
    }
}
