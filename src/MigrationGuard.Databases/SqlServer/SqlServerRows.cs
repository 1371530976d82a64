using System.Buffers;
using System.Data.Common;
using Microsoft.Data.SqlClient;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Databases.SqlServer;

/// <summary>Reads rows in sequential access, keeping a row's values, the long ones excepted, so that they can be asked for in any order.</summary>
internal sealed class SqlServerRows : RowReader
{
    private readonly SqlCommand _command;
    private readonly SqlDataReader _reader;
    private readonly SqlServerCell.Column[] _columns;
    private readonly int[] _places;
    private readonly string[] _names;

    // Of the current row, by place: values of a fixed size, strings of a bounded length, and where the others lie in _characters or _bytes.
    private readonly SqlServerCell[] _cells;
    private readonly string?[] _strings;
    private readonly (int Start, int Length)[] _spans;
    private readonly ArrayBufferWriter<char> _characters = new();
    private readonly ArrayBufferWriter<byte> _bytes = new();

    private readonly char[] _someCharacters = new char[4096];
    private readonly byte[] _someBytes = new byte[8192];

    // Of the column taken last.
    private TextReader? _text;
    private int _taken;
    private bool _hasLong;

    public SqlServerRows(SqlCommand command, SqlDataReader reader, ColumnOrder columns)
    {
        _command = command;
        _reader = reader;
        _columns = [.. columns.Selected.Select(column => new SqlServerCell.Column(column))];
        _places = columns.Places;
        _names = [.. columns.Selected.Select(column => column.Column.Name)];
        _cells = new SqlServerCell[_columns.Length];
        _strings = new string?[_columns.Length];
        _spans = new (int Start, int Length)[_columns.Length];
    }

    private protected override bool Next()
    {
        _taken = 0;
        _hasLong = false;
        _characters.ResetWrittenCount();
        _bytes.ResetWrittenCount();
        return _reader.Read();
    }

    public override void Value(int ordinal, ValueSink sink)
    {
        var place = _places[ordinal];
        while (_taken <= place)
            Take(_taken++);
        var column = _columns[place];
        if (_cells[place].IsNull)
            sink.Null();
        else if (column.Kind is not (CanonicalKind.Text or CanonicalKind.Binary))
            _cells[place].Give(column, sink);
        else if (_spans[place].Length > LongestShort)
            GiveLong(place, column.Kind == CanonicalKind.Text, sink);
        else if (column.Kind == CanonicalKind.Binary)
            sink.Binary(_bytes.WrittenSpan.Slice(_spans[place].Start, _spans[place].Length));
        else if (_strings[place] is { } text)
            sink.Text(text);
        else
            sink.Text(_characters.WrittenSpan.Slice(_spans[place].Start, _spans[place].Length));
    }

    internal override void Close()
    {
        Interrupt();
        try
        {
            _reader.Dispose();
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or IOException)
        {
            // What was left of it ends with the cancellation, or with the connection.
        }
        _command.Dispose();
    }

    // Disposing alone would read all that is left.
    private protected override void Interrupt()
    {
        try
        {
            _command.Cancel();
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or IOException)
        {
            // It ended in this moment, or the connection has broken, which the reading thread finds out.
        }
    }

    private void Take(int place)
    {
        // A long value before it has now gone by.
        _hasLong = false;
        var column = _columns[place];
        _strings[place] = null;
        _spans[place] = default;
        _cells[place].IsNull = _reader.IsDBNull(place);
        if (_cells[place].IsNull)
            return;
        if (column.Kind == CanonicalKind.Binary)
            TakeBytes(place);
        else if (column.Kind != CanonicalKind.Text)
            _cells[place].Take(_reader, place, column);
        else if (column.MayBeLong)
            TakeCharacters(place);
        else
            // The driver makes a string of it in any case.
            _strings[place] = _reader.GetString(place);
    }

    // One more than the longest short value tells a long one, whose rest stays with the driver. Through a reader of text, as GetChars
    // of this driver fails where the end of a packet cuts a character; and to the beginning of a buffer, as it is known to lose count
    // where it is to write further on (https://github.com/dotnet/SqlClient/issues/3331).
    private void TakeCharacters(int place)
    {
        var start = _characters.WrittenCount;
        _text = _reader.GetTextReader(place);
        for (var length = 0; length <= LongestShort;)
        {
            var read = _text.Read(_someCharacters, 0, Math.Min(_someCharacters.Length, LongestShort + 1 - length));
            if (read == 0)
                break;
            _characters.Write(_someCharacters.AsSpan(0, read));
            length += read;
        }
        SetSpan(place, start, _characters.WrittenCount - start);
    }

    private void TakeBytes(int place)
    {
        var start = _bytes.WrittenCount;
        for (var length = 0; length <= LongestShort;)
        {
            var read = (int)_reader.GetBytes(place, length, _someBytes, 0, Math.Min(_someBytes.Length, LongestShort + 1 - length));
            if (read == 0)
                break;
            _bytes.Write(_someBytes.AsSpan(0, read));
            length += read;
        }
        SetSpan(place, start, _bytes.WrittenCount - start);
    }

    private void SetSpan(int place, int start, int length)
    {
        _spans[place] = (start, length);
        _hasLong = length > LongestShort;
    }

    private void GiveLong(int place, bool isText, ValueSink sink)
    {
        if (!_hasLong || place != _taken - 1)
            throw new LongValueException(_names[place]);
        _hasLong = false;
        sink.BeginLong(isText);
        if (isText)
            GiveText(place, sink);
        else
            GiveBytes(place, sink);
        sink.EndLong();
    }

    private void GiveBytes(int place, ValueSink sink)
    {
        var (start, length) = _spans[place];
        sink.Part(_bytes.WrittenSpan.Slice(start, length));
        for (long offset = length; _reader.GetBytes(place, offset, _someBytes, 0, _someBytes.Length) is > 0 and var read; offset += read)
            sink.Part(_someBytes.AsSpan(0, (int)read));
    }

    private void GiveText(int place, ValueSink sink)
    {
        var (start, length) = _spans[place];
        var parts = new Utf8Parts(sink);
        parts.Add(_characters.WrittenSpan.Slice(start, length));
        while (_text!.Read(_someCharacters, 0, _someCharacters.Length) is > 0 and var read)
            parts.Add(_someCharacters.AsSpan(0, read));
        parts.End();
    }
}
