using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MigrationGuard.Evidence.Packs;

namespace MigrationGuard.Evidence.Checking;

/// <summary>Holds a pack against what makes it a bag: declaration, info, manifests, and that every file is listed and is what its digest says.</summary>
internal sealed partial class BagCheck(PackContents contents, PackFindings findings)
{
    private const int MostInfoBytes = 64 * 1024;
    private const int BlockBytes = 128 * 1024;

    // Digested while others read them to understand them, however long they are.
    private static readonly string[] UnderstoodByOthers = [PackLayout.Segment, PackLayout.Payloads, PackLayout.Claims];

    // Hashed as they were read: whoever serves the pack from a share can give another file the next time.
    private readonly Dictionary<string, byte[]> _understood = new(StringComparer.Ordinal);

    private BagManifest? _manifest;
    private Dictionary<string, string> _info = [];
    private long _payloadBytes;
    private long _files;
    private long _bytes;

    /// <summary>The pack's own name for itself; null where it has none.</summary>
    public string? Id { get; private set; }

    /// <summary>The version of its layout; null where it says none that can be read.</summary>
    public int? Version { get; private set; }

    public long Files => _files;

    public long Bytes => _bytes;

    /// <summary>The tag manifest, whose bytes are what is signed; null where there is none.</summary>
    public BagManifest? TagManifest { get; private set; }

    /// <summary>Holds against the manifests all but what other checks have yet to read.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var file in PackMarks.Files.Where(file => !contents.Files.ContainsKey(file)))
            findings.Report(file, "is not there.");
        _info = Info();
        CheckDeclaration();
        _manifest = BagManifest.Read(contents, PackLayout.Manifest, path => path.StartsWith(PackLayout.Payload, StringComparison.Ordinal), findings);
        if (_manifest is not null)
            _understood.Add(PackLayout.Manifest, _manifest.Content);
        TagManifest = BagManifest.Read(contents, PackLayout.TagManifest, IsTag, findings);
        CheckListing(_manifest, TagManifest);
        _payloadBytes = await HashAsync(_manifest, cancellationToken);
        _ = await HashAsync(TagManifest, cancellationToken);
        CheckSignatureSums();
        if (_info.ContainsKey(PackLayout.AuthorityLabel) && !contents.Files.ContainsKey(PackLayout.Stamp) && !contents.Files.ContainsKey(PackLayout.StampPending))
            findings.Report(PackLayout.Stamp, $"is not there, though {PackLayout.BagInfo} names an authority and nothing says why it gave no stamp: it was removed.");
    }

    /// <summary>Holds the rest against the manifest, as the other checks have read it.</summary>
    public void Finish()
    {
        foreach (var (file, expected) in _manifest?.Digests.Where(listed => UnderstoodByOthers.Contains(listed.Key) && contents.Files.ContainsKey(listed.Key)) ?? [])
        {
            var before = _bytes;
            if (contents.DigestOf(file) is { } read)
                Hold(file, read.Sha512, expected, read.Bytes);
            else
                Hash(file, expected);
            _payloadBytes += _bytes - before;
        }
        CheckOxum(_info, _payloadBytes);
    }

    private static bool IsTag(string path) =>
        path != PackLayout.TagManifest && !path.StartsWith(PackLayout.Payload, StringComparison.Ordinal) && !path.StartsWith(PackLayout.Signatures, StringComparison.Ordinal);

    private void CheckDeclaration()
    {
        if (Understood(PackLayout.BagDeclaration) is { } content && Encoding.UTF8.GetString(content) != BagText.Declaration)
            findings.Report(PackLayout.BagDeclaration, "does not declare a bag of BagIt 1.0 in UTF-8.");
    }

    private byte[]? Understood(string file)
    {
        if (contents.ReadWhole(file, MostInfoBytes, findings) is not { } content)
            return null;
        _understood.Add(file, content);
        return content;
    }

    private Dictionary<string, string> Info()
    {
        var lines = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Understood(PackLayout.BagInfo) is not { } content)
            return lines;
        foreach (var line in Encoding.UTF8.GetString(content).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var end = line.IndexOf(": ", StringComparison.Ordinal);
            if (end <= 0 || !lines.TryAdd(line[..end], line[(end + 2)..]))
                findings.Report(PackLayout.BagInfo, "holds a line that is not a label and a value, or a label twice.");
        }
        Id = lines.GetValueOrDefault("External-Identifier");
        if (lines.TryGetValue(PackLayout.VersionLabel, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version >= 1)
            Version = version;
        else
            findings.Report(PackLayout.BagInfo, $"names no version of a pack ({PackLayout.VersionLabel}): this is a bag, and no evidence pack.");
        if (Version > PackLayout.Version)
            findings.Note(string.Create(CultureInfo.InvariantCulture, $"A newer version of this program made the pack (layout {Version}, where this one knows {PackLayout.Version}). What it cannot judge it does not pass: verify it with that version."));
        return lines;
    }

    private void CheckListing(BagManifest? manifest, BagManifest? tagManifest)
    {
        foreach (var listed in new[] { manifest, tagManifest })
        {
            foreach (var path in listed?.Digests.Keys.Where(path => !contents.Files.ContainsKey(path)) ?? [])
                findings.Report(path, "is listed, and not there.");
        }
        foreach (var path in contents.Files.Keys)
        {
            if (path.StartsWith("fetch.", StringComparison.Ordinal) || (OtherManifest().IsMatch(path) && path is not (PackLayout.Manifest or PackLayout.TagManifest)))
                findings.Report(path, "is no file of an evidence pack, which is whole and listed with SHA-512 alone.");
            else if (path.StartsWith(PackLayout.Signatures, StringComparison.Ordinal) ? !PackLayout.SignatureFiles.Contains(path) : path != PackLayout.TagManifest && !IsListed(path))
                findings.Report(path, "is there, and not listed: it was added.");
        }

        bool IsListed(string path) =>
            (path.StartsWith(PackLayout.Payload, StringComparison.Ordinal) ? manifest : tagManifest)?.Digests.ContainsKey(path) ?? true;
    }

    private async Task<long> HashAsync(BagManifest? manifest, CancellationToken cancellationToken)
    {
        if (manifest is null)
            return 0;
        var before = _bytes;
        var options = new ParallelOptions { MaxDegreeOfParallelism = contents.Readers, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(manifest.Digests.Where(listed => contents.Files.ContainsKey(listed.Key) && !UnderstoodByOthers.Contains(listed.Key)), options, (listed, _) =>
        {
            Hash(listed.Key, listed.Value);
            return ValueTask.CompletedTask;
        });
        return _bytes - before;
    }

    private void Hash(string file, byte[] expected)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            using var stream = _understood.TryGetValue(file, out var content) ? new MemoryStream(content) : contents.Read(file);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
            var bytes = 0L;
            for (int read; (read = stream.Read(block)) > 0; bytes += read)
                hash.AppendData(block, 0, read);
            Hold(file, hash.GetHashAndReset(), expected, bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            findings.Report(file, $"cannot be read: {e.Message}");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private void Hold(string file, byte[] sha512, byte[] expected, long bytes)
    {
        Interlocked.Increment(ref _files);
        Interlocked.Add(ref _bytes, bytes);
        if (!sha512.AsSpan().SequenceEqual(expected))
            findings.Report(file, "is not the file that was sealed: its SHA-512 differs.");
    }

    private void CheckOxum(Dictionary<string, string> info, long payloadBytes)
    {
        if (!contents.Files.ContainsKey(PackLayout.BagInfo))
            return;
        var payloadFiles = contents.Files.Keys.Count(path => path.StartsWith(PackLayout.Payload, StringComparison.Ordinal));
        var found = string.Create(CultureInfo.InvariantCulture, $"{payloadBytes}.{payloadFiles}");
        if (info.GetValueOrDefault("Payload-Oxum") is not { } stated)
            findings.Report(PackLayout.BagInfo, "states no Payload-Oxum.");
        else if (stated != found)
            findings.Report(PackLayout.BagInfo, "states another number of bytes and files below data/ than there are.");
    }

    private void CheckSignatureSums()
    {
        if (contents.ReadWhole(PackLayout.SignatureSums, MostInfoBytes, findings) is not { } stated)
            return;
        var files = PackLayout.SignatureFiles
            .Where(contents.Files.ContainsKey)
            .Select(file => KeyValuePair.Create(file, contents.ReadWhole(file, SealCheck.MostBytes, findings) ?? []));
        var expected = Encoding.ASCII.GetString(SealFiles.Sums(files)).Split('\n');
        var lines = Encoding.Latin1.GetString(stated).Split('\n');
        foreach (var line in expected.Except(lines).Where(line => line.Length > 0))
            findings.Report(line[130..], "is not the file that was put there: its SHA-512 is not in " + PackLayout.SignatureSums + ".");
        if (expected.Length != lines.Length || lines.Except(expected).Any())
            findings.Report(PackLayout.SignatureSums, "does not list the files beside it, and nothing else.");
    }

    [GeneratedRegex(@"\A(tag)?manifest-[^/]*\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex OtherManifest();
}
