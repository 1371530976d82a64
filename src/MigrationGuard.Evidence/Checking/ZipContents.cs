using System.Buffers.Binary;
using System.IO.Compression;
using MigrationGuard.Evidence.Packs;

namespace MigrationGuard.Evidence.Checking;

/// <summary>A pack as a ZIP with one folder in it, read where it lies.</summary>
/// <remarks>Sizes that the ZIP states are never believed: what comes out is counted, over all files together.</remarks>
internal sealed class ZipContents : PackContents
{
    private const int EndBytes = 22;
    private const int MostCommentBytes = ushort.MaxValue;
    private const uint EndSignature = 0x06054B50;
    private const uint EntrySignature = 0x04034B50;

    // A list of entries beyond this would fill the memory before the first of them is looked at.
    private const long MostListBytes = 64L * 1024 * 1024;

    // Text of results compresses to a twentieth, seldom to a fiftieth.
    private const long MostRatio = 200;
    private const long SpareBytes = 64L * 1024 * 1024;

    private const int UnixTypeMask = 0xF000;
    private const int UnixRegular = 0x8000;
    private const int UnixFolder = 0x4000;

    private readonly FileStream _file;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _reached = new(StringComparer.Ordinal);
    private ZipArchive? _archive;
    private long _left;

    public ZipContents(string path) => _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);

    public override int Readers => 1;

    public override Stream Read(string file)
    {
        // A file is read more than once, to be hashed and to be understood: what counts is how far anybody came.
        return new CountedStream(_entries[file].Open(), position =>
        {
            var beyond = position - _reached.GetValueOrDefault(file);
            if (beyond <= 0)
                return;
            _reached[file] = position;
            if ((_left -= beyond) < 0)
                throw new PackRefusedException(file, $"makes the ZIP come to more than {MostRatio} times its size. It was not read to its end.");
        });
    }

    public override void Dispose()
    {
        _archive?.Dispose();
        _file.Dispose();
    }

    protected override void List(PackFindings findings)
    {
        RequirePlainZip();
        _left = (_file.Length * MostRatio) + SpareBytes;
        try
        {
            _archive = new ZipArchive(_file, ZipArchiveMode.Read, leaveOpen: true);
            if (_archive.Comment.Length > 0)
                findings.Report(_file.Name, "is a ZIP with a comment, which nothing signs.");
            if (!_archive.Entries.Any(entry => PackMarks.IsOne(entry.FullName)))
                throw new NoPackException(_file.Name, "is not a pack: it is a ZIP that has none of the files that every pack has.", "Name a pack: its folder or its ZIP. One that was zipped within another folder has to be unpacked first.");
            var folder = _archive.Entries is [var first, ..] ? first.FullName.Split('/')[0] : "";
            if (_archive.Entries.Count > 0 && PackPath.ProblemWith(folder) is { } problem)
                throw new PackRefusedException(_file.Name, $"is a ZIP whose folder is no name for a pack: it {problem}");
            foreach (var entry in _archive.Entries)
                Take(entry, folder + "/", findings);
        }
        catch (InvalidDataException e)
        {
            throw new PackRefusedException(_file.Name, $"is neither a folder nor a ZIP that can be read: {e.Message}");
        }
    }

    private void Take(ZipArchiveEntry entry, string folder, PackFindings findings)
    {
        if (!entry.FullName.StartsWith(folder, StringComparison.Ordinal) || folder.Length == 1)
        {
            findings.Report(entry.FullName, "is not in the one folder that a pack's ZIP holds.");
            return;
        }
        var path = entry.FullName[folder.Length..];
        var type = (entry.ExternalAttributes >> 16) & UnixTypeMask;
        if (path.EndsWith('/') || path.Length == 0)
        {
            if (entry.Length != 0)
                findings.Report(path, "is a folder with content of its own.");
            if (path.Length > 0)
                AddFolder(path.TrimEnd('/'));
        }
        else if (type is not (0 or UnixRegular or UnixFolder))
            findings.Report(path, "is a link or a device. A pack holds what it shows, and points nowhere else.");
        else if (entry.IsEncrypted)
            findings.Report(path, "is encrypted.");
        else if (TryAdd(path, entry.Length, findings))
            _entries.Add(path, entry);
    }

    // The end of a ZIP says where its list of entries is, and how long.
    private void RequirePlainZip()
    {
        var tail = new byte[Math.Min(_file.Length, EndBytes + MostCommentBytes)];
        _file.Seek(-tail.Length, SeekOrigin.End);
        _file.ReadExactly(tail);
        for (var at = tail.Length - EndBytes; at >= 0; at--)
        {
            var end = tail.AsSpan(at);
            if (BinaryPrimitives.ReadUInt32LittleEndian(end) != EndSignature)
                continue;
            var (bytes, offset) = (BinaryPrimitives.ReadUInt32LittleEndian(end[12..]), BinaryPrimitives.ReadUInt32LittleEndian(end[16..]));
            if (bytes == uint.MaxValue || offset == uint.MaxValue || BinaryPrimitives.ReadUInt16LittleEndian(end[10..]) == ushort.MaxValue)
                throw new PackRefusedException(_file.Name, "is a ZIP of more than 4 GiB or 65,534 files, which is not read here. Unpack it, and verify the folder.");
            if (bytes > MostListBytes)
                throw new PackRefusedException(_file.Name, "is a ZIP with more entries than any pack has.");
            // Whoever reads the list stops where it is no list any more: at the end, and nowhere before or after it.
            if (offset + (long)bytes != _file.Length - tail.Length + at)
                throw new PackRefusedException(_file.Name, "is a ZIP whose list of entries is not where it says.");
            if (at + EndBytes + BinaryPrimitives.ReadUInt16LittleEndian(end[20..]) != tail.Length)
                throw new PackRefusedException(_file.Name, "is a ZIP with bytes after its end, which nothing signs.");
            if (!ZipLayout.IsWithoutGaps(_file, offset, (int)bytes))
                throw new PackRefusedException(_file.Name, "is a ZIP with bytes that belong to no entry, which nothing signs.");
            return;
        }
        if (!BeginsAsZip())
            throw new NoPackException(_file.Name, "is not a pack: it is neither a folder nor a ZIP.", "Name a pack: its folder or its ZIP.");
        throw new PackRefusedException(_file.Name, "is a ZIP that has lost its end.");
    }

    private bool BeginsAsZip()
    {
        var head = new byte[4];
        _file.Seek(0, SeekOrigin.Begin);
        return _file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && BinaryPrimitives.ReadUInt32LittleEndian(head) == EntrySignature;
    }

    private sealed class CountedStream(Stream inner, Action<long> reached) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            _position += read;
            reached(_position);
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
