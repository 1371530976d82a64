using System.Text;

namespace MigrationGuard.Anchors;

/// <summary>A folder: on another machine, of another account, or of a file system that lets nothing be changed.</summary>
/// <remarks>It is never made: the empty folder that a share leaves behind when it is not mounted would look like a new place.</remarks>
internal sealed class DirectoryAnchor(string directory) : ICheckpointAnchor
{
    private const int MostBytes = 64 * 1024;

    public string Place => "folder " + directory;

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => TryAsync<IReadOnlyList<string>>(
        "be listed", () => Task.FromResult<IReadOnlyList<string>>([.. Directory.EnumerateFiles(directory, CheckpointName.Prefix + "*.txt").Select(file => Path.GetFileName(file))]));

    public Task<string> ReadAsync(string name, CancellationToken cancellationToken) => TryAsync("be read", async () =>
    {
        await using var file = new FileStream(Path.Combine(directory, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[MostBytes];
        var length = await file.ReadAtLeastAsync(bytes, MostBytes, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(bytes, 0, length);
    });

    // .NET answers the year 1601 for a file that is not there.
    public Task<DateTimeOffset> KeptAtAsync(string name, CancellationToken cancellationToken) => TryAsync("be read", () =>
    {
        var file = new FileInfo(Path.Combine(directory, name));
        return file.Exists ? Task.FromResult(new DateTimeOffset(file.LastWriteTimeUtc)) : throw new FileNotFoundException($"There is no {name}.");
    });

    public Task<bool> WriteAsync(string name, string text, CancellationToken cancellationToken) => TryAsync("be written to", async () =>
    {
        var path = Path.Combine(directory, name);
        if (File.Exists(path))
            return false;
        // Whole before it has its name: a power cut leaves no torn checkpoint, which would be taken for a forged one.
        var unfinished = path + "." + Path.GetRandomFileName() + ".unfinished";
        await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
            file.Flush(flushToDisk: true);
        }
        try
        {
            File.Move(unfinished, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(unfinished);
            return false;
        }
    });

    private async Task<T> TryAsync<T>(string what, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AnchorException(
                Place, $"cannot {what}: {e.Message.ReplaceLineEndings(" ")}", "Mount it, or let this account list, read and create files in it; or correct Checkpoints:Directory.", e);
        }
    }
}
