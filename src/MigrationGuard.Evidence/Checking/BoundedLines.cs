namespace MigrationGuard.Evidence.Checking;

/// <summary>Lines of a file that somebody else made: each as its bytes without the line feed, none longer than a bound.</summary>
internal sealed class BoundedLines(Stream stream, int mostBytes) : IDisposable
{
    private readonly byte[] _block = new byte[64 * 1024];
    private readonly MemoryStream _line = new();
    private int _at;
    private int _end;

    /// <summary>Whether everything so far ended with a line feed, the last line included.</summary>
    public bool EndsWhole { get; private set; } = true;

    /// <summary>The next line; null after the last.</summary>
    /// <exception cref="InvalidDataException">It is longer than the bound.</exception>
    public byte[]? Next()
    {
        _line.SetLength(0);
        while (true)
        {
            if (_at == _end)
            {
                (_at, _end) = (0, stream.Read(_block));
                if (_end == 0)
                {
                    EndsWhole = _line.Length == 0;
                    return EndsWhole ? null : Take();
                }
            }
            var rest = _block.AsSpan(_at, _end - _at);
            var feed = rest.IndexOf((byte)'\n');
            var part = feed < 0 ? rest : rest[..feed];
            if (_line.Length + part.Length > mostBytes)
                throw new InvalidDataException("A line is longer than any of such a file.");
            _line.Write(part);
            _at += part.Length + (feed < 0 ? 0 : 1);
            if (feed >= 0)
                return _line.ToArray();
        }
    }

    public void Dispose()
    {
        stream.Dispose();
        _line.Dispose();
    }

    // A last line without its end is handed over once, and told by EndsWhole.
    private byte[] Take()
    {
        var line = _line.ToArray();
        _line.SetLength(0);
        return line;
    }
}
