namespace MigrationGuard.Evidence.Packs;

/// <summary>Where a pack is being written: beside its place, under a hidden name, until it is published or given up.</summary>
internal abstract class PackPlace : IAsyncDisposable
{
    private const int DiskFull = 28;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    private readonly Func<Stream, Stream> _over;

    protected PackPlace(string path, Func<Stream, Stream>? over)
    {
        Path = path;
        Directory = System.IO.Path.GetDirectoryName(path)!;
        Unfinished = System.IO.Path.Combine(Directory, $".{System.IO.Path.GetFileName(path)}.{System.IO.Path.GetRandomFileName()}.unfinished");
        _over = over ?? (stream => stream);
    }

    /// <summary>What the pack is to be called, in full.</summary>
    public string Path { get; }

    protected string Directory { get; }

    /// <summary>What it is called until then.</summary>
    protected string Unfinished { get; }

    /// <summary>Makes room for a pack.</summary>
    /// <param name="over">Stands between a file and what is written to it; null for nothing.</param>
    /// <exception cref="EvidenceException">The name is taken, or the folder cannot be written to.</exception>
    public static PackPlace Begin(PackRequest request, Func<Stream, Stream>? over)
    {
        var path = System.IO.Path.Combine(System.IO.Path.GetFullPath(request.Directory), request.Id + (request.Zip ? ".zip" : ""));
        if (System.IO.Path.Exists(path))
            throw Taken(path);
        PackPlace place = request.Zip ? new ZipPlace(path, request.Id, over) : new FolderPlace(path, over);
        place.Guarded(() =>
        {
            System.IO.Directory.CreateDirectory(place.Directory);
            place.Open();
        });
        return place;
    }

    /// <summary>Writes a file.</summary>
    /// <exception cref="EvidenceException">It cannot be written. What <paramref name="file"/> throws comes through as it is.</exception>
    public async Task<FileDigest> WriteAsync(PackFile file, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Stream opened = Stream.Null;
        Guarded(() => opened = _over(Create(file.Path)));
        try
        {
            await using var digesting = new DigestingStream(opened, Failure);
            await file.WriteAsync(digesting, cancellationToken);
            var digest = digesting.Finish();
            Guarded(opened.Flush);
            // The end of a deflated entry is written only now.
            await GuardedAsync(() => opened.DisposeAsync().AsTask());
            return digest;
        }
        catch
        {
            // What could not be written on the way is tried again here, and is being told already.
            try
            {
                await opened.DisposeAsync();
            }
            catch (IOException) { }
            throw;
        }
    }

    /// <summary>Has everything on the disk, still under the hidden name.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => GuardedAsync(() => FlushFilesAsync(cancellationToken));

    /// <summary>Gives the pack its name. What comes after this finds it whole, and what came before it found nothing.</summary>
    public void Publish() => Guarded(() =>
    {
        if (System.IO.Path.Exists(Path))
            throw Taken(Path);
        Rename();
        DiskDurability.FlushDirectory(Directory);
    });

    /// <summary>Removes what is not published.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await RemoveAsync();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays behind under a name that says what it is; why the pack failed matters more.
        }
    }

    protected abstract void Open();

    protected abstract Stream Create(string path);

    protected abstract Task FlushFilesAsync(CancellationToken cancellationToken);

    protected abstract void Rename();

    protected abstract ValueTask RemoveAsync();

    private static EvidenceException Taken(string path) =>
        new(path, "exists already, and evidence is never replaced.", "Name another folder, or move it away.");

    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failure(e);
        }
    }

    private async Task GuardedAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failure(e);
        }
    }

    private EvidenceException Failure(Exception cause) => cause.HResult is DiskFull or WindowsDiskFull or WindowsHandleDiskFull
        ? new(Directory, "has no room for the pack: the disk is full.", "Make room, or name a folder on another disk.", cause)
        : new(Directory, $"cannot hold the pack: {cause.Message}", "Make it a folder that this account may write to, or name another.", cause);
}
