namespace MigrationGuard.Output;

/// <summary>A file that is either there from first to last byte or not there at all.</summary>
internal static class ExportedFile
{
    /// <summary>Writes a file beside its place, and moves it there once it is on the disk; replaces one of that name.</summary>
    /// <returns>What writing it came to.</returns>
    /// <exception cref="UsageException">The file cannot be written; then there is none, or the one there was.</exception>
    public static async Task<T> WriteAsync<T>(string path, Func<Stream, Task<T>> write)
    {
        if (Path.GetDirectoryName(path) is { } folder && !Directory.Exists(folder))
            throw new UsageException($"--output: {path} cannot be written: there is no folder {folder}. Make it, or name a file in a folder that is there.");
        var unfinished = path + "." + Path.GetRandomFileName() + ".unfinished";
        try
        {
            T result;
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                result = await write(file);
                file.Flush(flushToDisk: true);
            }
            File.Move(unfinished, path, overwrite: true);
            return result;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Remove(unfinished);
            throw new UsageException($"--output: {path} cannot be written: {e.Message.ReplaceLineEndings(" ").Replace(unfinished, path, StringComparison.Ordinal)} Name a file in a folder that is there, where this account may write and there is room.");
        }
        catch
        {
            Remove(unfinished);
            throw;
        }
    }

    private static void Remove(string unfinished)
    {
        try
        {
            File.Delete(unfinished);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What could not be written cannot be removed either; what it failed for is told.
        }
    }
}
