using System.Text;

namespace MigrationGuard.Evidence.Checking;

/// <summary>Rows of a CSV file (RFC 4180) that somebody else made, one in memory at a time and none beyond a bound.</summary>
internal sealed class CsvRows(Stream stream) : IDisposable
{
    private const int MostRowCharacters = 1024 * 1024;

    private readonly StreamReader _reader = new(stream, Encoding.UTF8);

    /// <summary>The next row's fields; null after the last.</summary>
    /// <exception cref="InvalidDataException">It is longer than any row of a pack, or a quote is never closed.</exception>
    public IReadOnlyList<string>? Next()
    {
        if (_reader.Peek() < 0)
            return null;
        var (fields, field, quoted, taken) = (new List<string>(), new StringBuilder(), false, 0);
        while (true)
        {
            var next = _reader.Read();
            if (++taken > MostRowCharacters)
                throw new InvalidDataException("It holds a row that is longer than any of a pack.");
            if (next < 0 && quoted)
                throw new InvalidDataException("It ends within quotes.");
            if (next == '"' && quoted && _reader.Peek() == '"')
                field.Append((char)_reader.Read());
            else if (next == '"')
                quoted = !quoted;
            else if (quoted || next is not (< 0 or ',' or '\r' or '\n'))
                field.Append((char)next);
            else if (next == ',')
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else if (next != '\r')
            {
                fields.Add(field.ToString());
                return fields;
            }
        }
    }

    public void Dispose() => _reader.Dispose();
}
