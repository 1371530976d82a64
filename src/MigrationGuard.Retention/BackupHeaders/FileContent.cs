using Microsoft.Win32.SafeHandles;

namespace MigrationGuard.Retention.BackupHeaders;

/// <summary>A file of this machine or of a share that it has mounted.</summary>
public sealed class FileContent : IRangedContent, IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _handle;

    private FileContent(string path, SafeFileHandle handle)
    {
        _path = path;
        _handle = handle;
        Length = RandomAccess.GetLength(handle);
        Modified = File.GetLastWriteTimeUtc(handle);
    }

    public long Length { get; }

    /// <summary>When it was last written to, as of when it was opened.</summary>
    public DateTimeOffset Modified { get; }

    /// <exception cref="ContentChangedException">There is no such file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static FileContent Open(string path)
    {
        try
        {
            // Whoever writes or deletes it is not stopped by being watched.
            return new FileContent(path, File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous | FileOptions.RandomAccess));
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ContentChangedException.Gone(path, gone);
        }
    }

    public async ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        while (destination.Length > 0)
        {
            var count = await RandomAccess.ReadAsync(_handle, destination, offset, cancellationToken).ConfigureAwait(false);
            if (count == 0)
                throw ContentChangedException.Shorter(_path, Length);
            offset += count;
            destination = destination[count..];
        }
    }

    public void Dispose() => _handle.Dispose();
}
