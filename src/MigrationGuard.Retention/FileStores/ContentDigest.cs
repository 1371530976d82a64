using System.Buffers;
using System.Security.Cryptography;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.FileStores;

/// <summary>Digests contents by streaming them.</summary>
internal static class ContentDigest
{
    // Each range of a blob is a request: large enough to be worth one, small enough for many at once.
    private const int BufferBytes = 1 << 20;

    /// <summary>The hash of a file's content; null where it cannot be read as it was listed.</summary>
    /// <remarks>Why is not said: what stores and systems say names the file, and its name may be a person's.</remarks>
    public static async Task<ContentHash?> OfAsync(IFileStore store, StoredFile file, HashKind kind, CancellationToken cancellationToken)
    {
        if (file.Hash is { } recorded && recorded.Kind == kind)
            return recorded;
        if (!file.IsReadable)
            return null;
        try
        {
            return await ReadAsync(store, file, kind, cancellationToken);
        }
        catch (Exception e) when (e is StoreAccessException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static async Task<ContentHash?> ReadAsync(IFileStore store, StoredFile file, HashKind kind, CancellationToken cancellationToken)
    {
        var content = store.Open(file);
        using var closing = content as IDisposable;
        // Somebody writes to it: what was listed is no more.
        if (content.Length != file.Length)
            return null;
        using var hash = IncrementalHash.CreateHash(ContentHash.Algorithm(kind));
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(BufferBytes, Math.Max(1, content.Length)));
        try
        {
            for (var offset = 0L; offset < content.Length;)
            {
                var part = buffer.AsMemory(0, (int)Math.Min(buffer.Length, content.Length - offset));
                await content.ReadAsync(offset, part, cancellationToken);
                hash.AppendData(part.Span);
                offset += part.Length;
            }
            return ContentHash.Of(kind, hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
