using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Tests.Retention.FileStores;

/// <summary>A container that lists what it is given, and gives the contents that it has.</summary>
internal sealed class FakeContainer(string name) : IContentStore
{
    private readonly List<StoredCopy> _copies = [];
    private readonly Dictionary<string, byte[]> _contents = [];

    public string Name => name;

    public string Place => "Store " + name;

    public StoreKind Kind => StoreKind.Container;

    public string? Host => null;

    /// <summary>What it refuses to list.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>Contents that are read, and how often.</summary>
    public List<string> Opened { get; } = [];

    public FakeContainer With(string path, byte[] content, Func<StoredCopy, StoredCopy>? changed = null)
    {
        var copy = new StoredCopy { Store = name, Name = path, Length = content.Length, Modified = FileTrees.Now, Created = FileTrees.Now, CreatedMetadata = "2025-03-20T12:00:00Z", ETag = "1" };
        _copies.Add(changed is null ? copy : changed(copy));
        _contents[path] = content;
        return this;
    }

    public Task<StoreListing> ListAsync(CancellationToken cancellationToken) => Task.FromResult(new StoreListing(_copies.ToAsyncEnumerable(), Refused));

    public IRangedContent Open(StoredCopy copy)
    {
        lock (Opened)
            Opened.Add(copy.Name);
        return new Content(_contents[copy.Name]);
    }

    public Task<StoreTraits> ReadTraitsAsync(CancellationToken cancellationToken) => throw new NotSupportedException("Files ask for no traits.");

    private sealed class Content(byte[] bytes) : IRangedContent
    {
        public long Length => bytes.Length;

        public ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken)
        {
            bytes.AsSpan((int)offset, destination.Length).CopyTo(destination.Span);
            return ValueTask.CompletedTask;
        }
    }
}
