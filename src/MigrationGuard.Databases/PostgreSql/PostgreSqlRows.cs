using System.Buffers.Binary;
using MigrationGuard.Databases.Rows;
using Npgsql;

namespace MigrationGuard.Databases.PostgreSql;

/// <summary>
/// Reads the rows of a binary COPY, parsed by hand out of one buffer, without an object for a row or a value
/// (https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format").
/// </summary>
internal sealed class PostgreSqlRows : RowReader
{
    private const int HeaderLength = 11;
    private static ReadOnlySpan<byte> Signature => [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0];

    private readonly NpgsqlRawCopyStream _stream;
    private readonly PostgreSqlValue[] _values;
    private readonly int[] _places;
    private readonly string[] _names;

    // Of the current row's columns as they are selected: where the value begins, from the row's beginning, and its length.
    private readonly int[] _starts;
    private readonly int[] _lengths;

    // The current row begins at _row, what follows the columns parsed so far at _position, what is free at _end.
    private byte[] _buffer = new byte[2 * LongestShort];
    private int _row;
    private int _position;
    private int _end;

    private int _parsed;
    private int _longLeft;
    private byte[]? _part;
    private bool _isBegun;
    private bool _isOver;

    public PostgreSqlRows(NpgsqlRawCopyStream stream, ColumnOrder columns)
    {
        _stream = stream;
        _values = [.. columns.Selected.Select(PostgreSqlValue.Of)];
        _places = columns.Places;
        _names = [.. columns.Selected.Select(column => column.Column.Name)];
        _starts = new int[_values.Length];
        _lengths = new int[_values.Length];
        _parsed = _values.Length;
    }

    private protected override bool Next()
    {
        if (_isOver)
            return false;
        if (!_isBegun)
            ReadHeader();
        PassOver(_values.Length);
        _row = _position;
        if (_position == _end)
            _row = _position = _end = 0;
        Need(sizeof(short));
        var columns = BinaryPrimitives.ReadInt16BigEndian(_buffer.AsSpan(_position));
        _position += sizeof(short);
        if (columns == -1)
            return End();
        if (columns != _values.Length)
            throw Surprise("sent a row of another number of columns than was asked for");
        _parsed = 0;
        Parse();
        return true;
    }

    public override void Value(int ordinal, ValueSink sink)
    {
        var place = _places[ordinal];
        if (place >= _parsed)
            PassOver(place);
        var length = _lengths[place];
        if (length < 0)
            sink.Null();
        else if (length <= LongestShort || !_values[place].MayBeLong)
            _values[place].Give(_buffer.AsSpan(_row + _starts[place], length), sink);
        else if (place == _parsed - 1 && _longLeft == length)
            GiveLong(_values[place].IsText, sink);
        else
            throw new LongValueException(_names[place]);
    }

    internal override void Close()
    {
        try
        {
            // Disposing would read all that is left; the server is asked to send no more.
            if (!_isOver)
                _stream.Cancel();
        }
        catch (Exception e) when (e is NpgsqlException or ObjectDisposedException or IOException)
        {
            // The statement ended by itself, or with the connection.
        }
        try
        {
            _stream.Dispose();
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException or IOException)
        {
            // What was left of it ends with the cancellation, or with the connection.
        }
    }

    private protected override void Interrupt()
    {
        try
        {
            _stream.Cancel();
        }
        catch (Exception e) when (e is NpgsqlException or ObjectDisposedException or IOException)
        {
            // It ended in this moment, or the connection has broken, which the reading thread finds out.
        }
    }

    // No broken connection: asked again, the server would send the same.
    private static UnreadableRowsException Surprise(string what) => new(
        $"the server {what}.", "Connect to PostgreSQL itself, without a proxy or pooler in between; if it still happens, report it with the server's version.");

    private void ReadHeader()
    {
        Need(HeaderLength + (2 * sizeof(int)));
        if (!_buffer.AsSpan(_position, HeaderLength).SequenceEqual(Signature))
            throw Surprise("answered COPY with what is no binary COPY");
        var extension = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_position + HeaderLength + sizeof(int)));
        _position += HeaderLength + (2 * sizeof(int));
        Need(extension);
        _position += extension;
        _isBegun = true;
    }

    private bool End()
    {
        _isOver = true;
        // The end of the command follows; without it the connection would not be free for the next.
        if (_stream.Read(_buffer) != 0)
            throw Surprise("sent something after the end of COPY");
        return false;
    }

    /// <summary>Takes in the columns up to and with the next long one.</summary>
    private void Parse()
    {
        var parsed = _parsed;
        while (parsed < _values.Length)
        {
            if (_end - _position < sizeof(int))
                Need(sizeof(int));
            var length = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_position));
            _position += sizeof(int);
            _lengths[parsed] = length;
            if (length > LongestShort && _values[parsed].MayBeLong)
            {
                _longLeft = length;
                _parsed = parsed + 1;
                return;
            }
            if (length > 0)
            {
                if (_end - _position < length)
                    Need(length);
                _starts[parsed] = _position - _row;
                _position += length;
            }
            parsed++;
        }
        _parsed = parsed;
    }

    /// <summary>Lets go of a long value that nobody took, and goes on until the column at <paramref name="place"/> is parsed.</summary>
    private void PassOver(int place)
    {
        do
        {
            while (_longLeft > 0)
                NextPart();
            if (_parsed < _values.Length)
                Parse();
        }
        while (_parsed <= place && _parsed < _values.Length);
        // At a row's end a long value may have been its last.
        while (place == _values.Length && _longLeft > 0)
            NextPart();
    }

    private void GiveLong(bool isText, ValueSink sink)
    {
        sink.BeginLong(isText);
        while (_longLeft > 0)
            sink.Part(NextPart());
        sink.EndLong();
    }

    private ReadOnlySpan<byte> NextPart()
    {
        var here = Math.Min(_end - _position, _longLeft);
        if (here > 0)
        {
            var part = _buffer.AsSpan(_position, here);
            _position += here;
            _longLeft -= here;
            return part;
        }
        _part ??= new byte[LongestShort];
        var read = _stream.Read(_part.AsSpan(0, Math.Min(_part.Length, _longLeft)));
        if (read == 0)
            throw new EndOfStreamException("COPY ended within a row");
        _longLeft -= read;
        return _part.AsSpan(0, read);
    }

    /// <summary>Makes sure that <paramref name="length"/> bytes are in the buffer from <see cref="_position"/> on.</summary>
    private void Need(int length)
    {
        while (_end - _position < length)
        {
            if (_buffer.Length - _position < length)
                MakeRoom(length);
            // A message is a row, so that this rarely brings less or more than one.
            var read = _stream.Read(_buffer.AsSpan(_end));
            if (read == 0)
                throw new EndOfStreamException("COPY ended within a row");
            _end += read;
        }
    }

    private void MakeRoom(int length)
    {
        var kept = _end - _row;
        var target = _buffer;
        var needed = _position - _row + (long)length;
        if (needed > target.Length)
            target = new byte[checked((int)Math.Min(Array.MaxLength, Math.Max(needed, 2L * target.Length)))];
        _buffer.AsSpan(_row, kept).CopyTo(target);
        _buffer = target;
        _position -= _row;
        _end = kept;
        _row = 0;
    }
}
