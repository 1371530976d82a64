using System.Text;
using Microsoft.Data.Sqlite;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Databases.Values;
using SQLitePCL;

namespace MigrationGuard.Databases.Sqlite;

/// <summary>Steps through a prepared statement and gives each value by its storage class, whatever its column declares.</summary>
/// <remarks>
/// What a column declares matters for dates alone, which have no storage class of their own; a value that is none comes as the text
/// or number it is, and so does text that spells a UUID: what counts as a spelling is for the comparison to say. SQLite holds a whole row in memory, so that any value may be asked for again.
/// </remarks>
internal sealed class SqliteRows : RowReader
{
    private const int LongestMoment = 64;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly SqliteMoments _moments;
    private readonly CanonicalKind[] _kinds;
    private bool _isOver;

    public SqliteRows(sqlite3 database, sqlite3_stmt statement, RowQuery query, SqliteMoments moments)
    {
        _database = database;
        _statement = statement;
        _moments = moments;
        _kinds = [.. query.Columns.Select(column => column.AsText ? CanonicalKind.Text : column.Column.Type.Kind)];
    }

    private protected override bool Next()
    {
        if (_isOver)
            return false;
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
            return true;
        if (code != raw.SQLITE_DONE)
            SqliteException.ThrowExceptionForRC(code, _database);
        _isOver = true;
        return false;
    }

    public override void Value(int ordinal, ValueSink sink)
    {
        switch (raw.sqlite3_column_type(_statement, ordinal))
        {
            case raw.SQLITE_NULL:
                sink.Null();
                break;
            case raw.SQLITE_INTEGER:
                Integer(raw.sqlite3_column_int64(_statement, ordinal), IsMoment(ordinal), sink);
                break;
            case raw.SQLITE_FLOAT:
                Float(raw.sqlite3_column_double(_statement, ordinal), IsMoment(ordinal), sink);
                break;
            case raw.SQLITE_TEXT:
                // Asked for first, the length makes UTF-8 of a database in UTF-16; the bytes hold what follows a zero character too.
                raw.sqlite3_column_bytes(_statement, ordinal);
                Text(raw.sqlite3_column_blob(_statement, ordinal), _kinds[ordinal], sink);
                break;
            default:
                Binary(raw.sqlite3_column_blob(_statement, ordinal), sink);
                break;
        }
    }

    internal override void Close() => _statement.Dispose();

    private protected override void Interrupt() => raw.sqlite3_interrupt(_database);

    private bool IsMoment(int ordinal) => _kinds[ordinal] is CanonicalKind.Date or CanonicalKind.Timestamp or CanonicalKind.TimestampWithZone;

    private void Integer(long value, bool isMoment, ValueSink sink)
    {
        if (isMoment && _moments.FromUnix(value) is { } moment)
            sink.Moment(moment);
        else
            sink.Integer(value);
    }

    private static void Float(double value, bool isMoment, ValueSink sink)
    {
        if (isMoment && SqliteMoments.FromJulianDay(value) is { } moment)
            sink.Moment(moment);
        else
            sink.Float(value);
    }

    private static void Text(ReadOnlySpan<byte> utf8, CanonicalKind kind, ValueSink sink)
    {
        if (utf8.Length > LongestShort)
        {
            Long(utf8, isText: true, sink);
            return;
        }
        switch (kind)
        {
            case CanonicalKind.Date or CanonicalKind.Timestamp or CanonicalKind.TimestampWithZone when utf8.Length <= LongestMoment:
                Moment(utf8, sink);
                break;
            default:
                sink.Text(utf8);
                break;
        }
    }

    private static void Moment(ReadOnlySpan<byte> utf8, ValueSink sink)
    {
        Span<char> characters = stackalloc char[LongestMoment];
        // Cut digits would make two values one: such text is compared as text.
        if (MomentText.TryRead(characters[..Encoding.UTF8.GetChars(utf8, characters)], out var moment, out var isExact) && isExact)
            sink.Moment(moment);
        else
            sink.Text(utf8);
    }

    private static void Binary(ReadOnlySpan<byte> bytes, ValueSink sink)
    {
        if (bytes.Length > LongestShort)
            Long(bytes, isText: false, sink);
        else
            sink.Binary(bytes);
    }

    private static void Long(ReadOnlySpan<byte> bytes, bool isText, ValueSink sink)
    {
        sink.BeginLong(isText);
        for (var rest = bytes; rest.Length > 0; rest = rest[Math.Min(LongestShort, rest.Length)..])
            sink.Part(rest[..Math.Min(LongestShort, rest.Length)]);
        sink.EndLong();
    }
}
