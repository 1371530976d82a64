using System.Text;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Databases.Sqlite;

/// <summary>As <see cref="MomentSink"/>, for values that stand in one column as text, julian days and Unix time.</summary>
internal sealed class SqliteMomentSink(SqliteMoments moments, long? afterUtcTicks) : MomentSink(null, null)
{
    private SqliteMoments.Seen _seen;

    public override NewestMoment Newest => SqliteMoments.Decode(moments.Encode(_seen));

    public override void Moment(in Timestamp value) => Add(value);

    public override void Integer(long value) => Add(value);

    public override void Float(double value) => Add(value);

    public override void Text(ReadOnlySpan<byte> utf8) => Add(Encoding.UTF8.GetString(utf8));

    public override void Binary(ReadOnlySpan<byte> bytes) => Add(bytes.ToArray());

    public override void BeginLong(bool isText) => Add("");

    private void Add(object value)
    {
        _seen = moments.Add(_seen, value);
        if (afterUtcTicks is { } ticks && moments.IsAfter(value, ticks))
            Newer++;
    }
}
