using MigrationGuard.Evidence.Packs;

namespace MigrationGuard.Evidence.Checking;

/// <summary>The files of a pack that somebody else made, and may have made to harm: nothing is unpacked, no link is followed.</summary>
internal abstract class PackContents : IDisposable
{
    /// <summary>The most files that are looked at.</summary>
    protected const int MostFiles = 200_000;

    private readonly SortedDictionary<string, long> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _anyCase = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _folders = [];
    private readonly Dictionary<string, (byte[] Sha512, long Bytes)> _understood = new(StringComparer.Ordinal);

    /// <summary>Each file's path, with forward slashes, and its length as far as it is stated.</summary>
    public IReadOnlyDictionary<string, long> Files => _files;

    /// <summary>How many files may be read at once.</summary>
    public abstract int Readers { get; }

    /// <summary>Lists a folder's or a ZIP's files, and tells of what should not be there.</summary>
    /// <exception cref="EvidenceException">There is nothing at that path, or it may not be read.</exception>
    /// <exception cref="NoPackException">It is no pack at all.</exception>
    /// <exception cref="PackRefusedException">It is not to be looked at any further.</exception>
    public static PackContents Open(string path, PackFindings findings)
    {
        PackContents? contents = null;
        try
        {
            contents = Directory.Exists(path) ? new FolderContents(path) : new ZipContents(path);
            contents.List(findings);
            contents.FindEmptyFolders(findings);
            return contents;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            contents?.Dispose();
            throw e is FileNotFoundException or DirectoryNotFoundException
                ? new EvidenceException(path, "is not there.", "Name a pack: its folder or its ZIP.", e)
                : new EvidenceException(path, $"cannot be read: {e.Message}", "Let this account read it.", e);
        }
        catch
        {
            contents?.Dispose();
            throw;
        }
    }

    /// <summary>A file's content, from its beginning.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="InvalidDataException">It is not what it says it is.</exception>
    public abstract Stream Read(string file);

    /// <summary>A file's content, from its beginning, to be understood; once it was read to its end, <see cref="DigestOf"/> says what was.</summary>
    /// <remarks>Read once, so that whoever serves the pack from a share cannot show one file to be understood and another to be digested.</remarks>
    public Stream Understand(string file) => new DigestedReading(Read(file), (sha512, bytes) => _understood[file] = (sha512, bytes));

    /// <summary>The SHA-512 and the length of a file as it was understood; null where it was not, or not to its end.</summary>
    public (byte[] Sha512, long Bytes)? DigestOf(string file) => _understood.TryGetValue(file, out var digest) ? digest : null;

    /// <summary>A small file's whole content; null when it is not there or cannot be had, which has been told.</summary>
    public byte[]? ReadWhole(string file, int mostBytes, PackFindings findings)
    {
        if (!_files.ContainsKey(file))
            return null;
        try
        {
            using var stream = Read(file);
            using var content = new MemoryStream();
            var block = new byte[64 * 1024];
            for (int read; (read = stream.Read(block)) > 0;)
            {
                content.Write(block, 0, read);
                if (content.Length > mostBytes)
                {
                    findings.Report(file, "is far larger than such a file is.");
                    return null;
                }
            }
            return content.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            findings.Report(file, $"cannot be read: {e.Message}");
            return null;
        }
    }

    public abstract void Dispose();

    protected abstract void List(PackFindings findings);

    /// <summary>Takes a file whose path is one that a pack may have; tells of any other.</summary>
    protected bool TryAdd(string file, long bytes, PackFindings findings)
    {
        if (PackPath.ProblemWith(file) is { } problem)
        {
            findings.Report(file, problem);
            return false;
        }
        if (!_anyCase.Add(file))
        {
            findings.Report(file, _files.ContainsKey(file) ? "is there more than once." : "differs from another file by case only: on some systems the two are one.");
            return false;
        }
        if (_files.Count >= MostFiles)
            throw new PackRefusedException(file, $"is one file too many: a pack has {MostFiles} at the most.");
        _files.Add(file, bytes);
        return true;
    }

    protected void AddFolder(string folder)
    {
        if (_folders.Count >= MostFiles)
            throw new PackRefusedException(folder, $"is one folder too many: a pack has {MostFiles} at the most.");
        _folders.Add(folder);
    }

    private void FindEmptyFolders(PackFindings findings)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in _files.Keys)
        {
            for (var end = file.LastIndexOf('/'); end > 0 && used.Add(file[..end]); end = file.LastIndexOf('/', end - 1)) { }
        }
        foreach (var folder in _folders.Where(folder => !used.Contains(folder)))
            findings.Report(folder + "/", "is a folder in which no file of the pack is.");
    }
}
