using System.IO.Compression;

namespace MigrationGuard.Evidence.Packs;

/// <summary>A pack as a ZIP with one folder in it, named as the pack (RFC 8493, section 4.2).</summary>
/// <remarks>Entries come in the order they are written in and bear one time for all, so that equal contents are equal bytes.</remarks>
internal sealed class ZipPlace(string path, string folder, Func<Stream, Stream>? over) : PackPlace(path, over)
{
    // A regular file, rw-r--r--, in the half that Unix reads.
    private const int Mode = unchecked((int)(0x81A4u << 16));

    /// <summary>The first moment that a ZIP can name.</summary>
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private FileStream? _file;
    private ZipArchive? _archive;

    protected override void Open()
    {
        _file = new FileStream(Unfinished, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        _archive = new ZipArchive(_file, ZipArchiveMode.Create, leaveOpen: true);
    }

    protected override Stream Create(string path)
    {
        var entry = _archive!.CreateEntry($"{folder}/{path}", CompressionLevel.Optimal);
        entry.LastWriteTime = Epoch;
        entry.ExternalAttributes = Mode;
        return entry.Open();
    }

    protected override async Task FlushFilesAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Its end holds the list of entries.
        _archive!.Dispose();
        _archive = null;
        _file!.Flush(flushToDisk: true);
        await _file.DisposeAsync();
        _file = null;
    }

    protected override void Rename() => DiskDurability.MoveNew(Unfinished, Path);

    protected override async ValueTask RemoveAsync()
    {
        try
        {
            _archive?.Dispose();
            if (_file is not null)
                await _file.DisposeAsync();
        }
        finally
        {
            File.Delete(Unfinished);
        }
    }
}
