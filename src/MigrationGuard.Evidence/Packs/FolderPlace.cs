namespace MigrationGuard.Evidence.Packs;

/// <summary>A pack as a folder.</summary>
internal sealed class FolderPlace(string path, Func<Stream, Stream>? over) : PackPlace(path, over)
{
    // As many flushes at once as let a journal write them together.
    private const int Flushes = 16;

    private readonly List<string> _files = [];
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);

    protected override void Open()
    {
        System.IO.Directory.CreateDirectory(Unfinished);
        _folders.Add(Unfinished);
    }

    protected override Stream Create(string path)
    {
        var full = System.IO.Path.Combine(Unfinished, path.Replace('/', System.IO.Path.DirectorySeparatorChar));
        var folder = System.IO.Path.GetDirectoryName(full)!;
        for (var above = folder; _folders.Add(above); above = System.IO.Path.GetDirectoryName(above)!)
            System.IO.Directory.CreateDirectory(folder);
        _files.Add(full);
        return new FileStream(full, FileMode.CreateNew, FileAccess.Write, FileShare.None);
    }

    protected override async Task FlushFilesAsync(CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = Flushes, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(_files, options, (file, _) =>
        {
            using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite);
            RandomAccess.FlushToDisk(handle);
            return ValueTask.CompletedTask;
        });
        foreach (var folder in _folders)
            DiskDurability.FlushDirectory(folder);
    }

    protected override void Rename() => System.IO.Directory.Move(Unfinished, Path);

    protected override ValueTask RemoveAsync()
    {
        if (System.IO.Directory.Exists(Unfinished))
            System.IO.Directory.Delete(Unfinished, recursive: true);
        return ValueTask.CompletedTask;
    }
}
