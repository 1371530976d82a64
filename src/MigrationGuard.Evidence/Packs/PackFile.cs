using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace MigrationGuard.Evidence.Packs;

/// <summary>A file that goes into a pack.</summary>
/// <param name="Path">Its place in the pack, with forward slashes; one below <c>data/</c> is payload, any other a tag file. See <see cref="PackPath"/>.</param>
/// <param name="WriteAsync">Writes its content, to a stream that cannot be sought. Called once, after the file before it was written.</param>
public sealed record PackFile(string Path, Func<Stream, CancellationToken, Task> WriteAsync)
{
    private const int BlockBytes = 128 * 1024;

    public static PackFile OfText(string path, string text) => OfBytes(path, Encoding.UTF8.GetBytes(text));

    public static PackFile OfBytes(string path, ReadOnlyMemory<byte> content) =>
        new(path, (stream, cancellationToken) => stream.WriteAsync(content, cancellationToken).AsTask());

    /// <summary>A copy of a file that lies elsewhere.</summary>
    /// <param name="source">The file, in full.</param>
    /// <param name="sha256">What it has to hash to, in lower-case hex; null where nobody noted it.</param>
    /// <exception cref="EvidenceException">From <see cref="WriteAsync"/>: the file is gone, cannot be read, or is not what it was.</exception>
    public static PackFile OfFile(string path, string source, string? sha256 = null) => new(path, async (stream, cancellationToken) =>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await foreach (var block in ReadAsync(source, cancellationToken))
        {
            hash.AppendData(block.Span);
            await stream.WriteAsync(block, cancellationToken);
        }
        if (sha256 is not null && Convert.ToHexStringLower(hash.GetHashAndReset()) != sha256)
            throw new EvidenceException(source, "is not the file that was recorded: its SHA-256 differs.", "Put the recorded file back, or record the present one.");
    });

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(string source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var file = Open(source);
        var block = new byte[BlockBytes];
        while (true)
        {
            int read;
            try
            {
                read = await file.ReadAsync(block, cancellationToken);
            }
            catch (IOException e)
            {
                throw Unreadable(source, e);
            }
            if (read == 0)
                yield break;
            yield return block.AsMemory(0, read);
        }
    }

    private static FileStream Open(string source)
    {
        try
        {
            return new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(source, e);
        }
    }

    private static EvidenceException Unreadable(string source, Exception cause) => cause is FileNotFoundException or DirectoryNotFoundException
        ? new(source, "is gone, though it belongs into the pack.", "Put it back, and build the pack again.", cause)
        : new(source, $"cannot be read: {cause.Message}", "Make it readable, and build the pack again.", cause);
}
