using System.Text;

namespace MigrationGuard.Evidence.Packs;

/// <summary>A file that goes into a pack.</summary>
/// <param name="Path">Its place in the pack, with forward slashes; one below <c>data/</c> is payload, any other a tag file. See <see cref="PackPath"/>.</param>
/// <param name="WriteAsync">Writes its content, to a stream that cannot be sought. Called once, after the file before it was written.</param>
public sealed record PackFile(string Path, Func<Stream, CancellationToken, Task> WriteAsync)
{
    public static PackFile OfText(string path, string text) => OfBytes(path, Encoding.UTF8.GetBytes(text));

    public static PackFile OfBytes(string path, ReadOnlyMemory<byte> content) =>
        new(path, (stream, cancellationToken) => stream.WriteAsync(content, cancellationToken).AsTask());
}
