using System.Security.Cryptography;

namespace MigrationGuard.Ledger.Attestations;

/// <summary>A file that an attestation is to rest on.</summary>
/// <param name="Name">Its name, without a folder.</param>
/// <param name="Open">Opens it from its beginning; asked twice.</param>
public sealed record FileToAttach(string Name, Func<Stream> Open)
{
    /// <summary>A file of this machine.</summary>
    public static FileToAttach At(string path) => new(Path.GetFileName(path), () => File.OpenRead(path));
}

/// <summary>A file as it is attached, with its bytes.</summary>
internal sealed record AttachedContent(AttachedFile File, byte[] Content)
{
    /// <summary>The most bytes of one file: more belongs into an archive, and its hash into the statement.</summary>
    public const int MostBytes = 64 * 1024 * 1024;

    /// <summary>The most bytes of all files of one attestation, which are in memory until they are in the ledger.</summary>
    public const int MostBytesTogether = 2 * MostBytes;

    /// <summary>Reads the files, each once however often it is given.</summary>
    /// <exception cref="AttestationException">One is too large, cannot be read, or changes while it is; or two have one name.</exception>
    public static async Task<IReadOnlyList<AttachedContent>> ReadAsync(IReadOnlyList<FileToAttach> files, CancellationToken cancellationToken)
    {
        // By names as file systems take them that make no difference between cases: a pack is unpacked on any of them.
        var read = new OrderedDictionary<string, AttachedContent>(StringComparer.OrdinalIgnoreCase);
        long together = 0;
        foreach (var file in files)
        {
            var content = await ReadAsync(file, cancellationToken);
            if (read.TryAdd(file.Name, content))
                together += content.File.Bytes;
            else if (read[file.Name].File != content.File)
                throw new AttestationException($"File {file.Name}", "is named twice, for two files.", "Rename one of them, and attest again.");
            if (together > MostBytesTogether)
                throw TooLarge("The files together", MostBytesTogether);
        }
        return [.. read.Values];
    }

    // Read once to be kept and once more to be hashed: a file that somebody writes to meanwhile differs from itself.
    private static async Task<AttachedContent> ReadAsync(FileToAttach file, CancellationToken cancellationToken)
    {
        try
        {
            var content = await ReadBytesAsync(file, cancellationToken);
            var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
            await using var again = file.Open();
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(again, cancellationToken)) == sha256
                ? new AttachedContent(new AttachedFile(file.Name, content.Length, sha256), content)
                : throw new AttestationException($"File {file.Name}", "changed while it was read.", "Attest again once nobody writes to it: nothing was recorded.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AttestationException($"File {file.Name}", "cannot be read: " + e.Message, "Name a file that this account can read, and attest again: nothing was recorded.", e);
        }
    }

    private static async Task<byte[]> ReadBytesAsync(FileToAttach file, CancellationToken cancellationToken)
    {
        await using var stream = file.Open();
        using var content = new MemoryStream();
        var buffer = new byte[128 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (content.Length + read > MostBytes)
                throw TooLarge($"File {file.Name}", MostBytes);
            content.Write(buffer, 0, read);
        }
        return content.ToArray();
    }

    private static AttestationException TooLarge(string what, int most) => new(
        what,
        FormattableString.Invariant($"more than {most / (1024 * 1024)} MiB, which is the most that is kept."),
        "Attach an extract, and give the SHA-256 of the whole in the statement.");
}
