using System.Buffers.Binary;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Databases.PostgreSql;

/// <summary>How a column's values are sent in PostgreSQL's binary format: what each type's <c>send</c> function writes.</summary>
internal readonly struct PostgreSqlValue
{
    private const long MicrosecondsPerDay = 86_400_000_000;

    // Days from 0001-01-01 to 2000-01-01, where PostgreSQL begins to count.
    private const long Epoch = 730_119;

    private readonly CanonicalKind _kind;

    // The column's own unit, in microseconds.
    private readonly long _step;
    private readonly TimeResolution _resolution;

    private PostgreSqlValue(CanonicalKind kind, bool mayBeLong, TimeResolution resolution)
    {
        _kind = kind;
        MayBeLong = mayBeLong;
        _resolution = resolution;
        _step = 1_000_000 / resolution.UnitsPerSecond;
    }

    public bool MayBeLong { get; }

    public bool IsText => _kind == CanonicalKind.Text;

    public static PostgreSqlValue Of(RowColumn column)
    {
        var type = column.Column.Type;
        var kind = type.Kind switch
        {
            _ when column.AsText => CanonicalKind.Text,
            CanonicalKind.PaddedText or CanonicalKind.Json or CanonicalKind.Xml => CanonicalKind.Text,
            _ => type.Kind,
        };
        var hasFraction = kind is CanonicalKind.Timestamp or CanonicalKind.TimestampWithZone;
        return new PostgreSqlValue(kind, kind is CanonicalKind.Text or CanonicalKind.Binary, hasFraction ? type.Resolution!.Value : TimeResolution.Microsecond);
    }

    public void Give(ReadOnlySpan<byte> bytes, ValueSink sink)
    {
        switch (_kind)
        {
            case CanonicalKind.Text:
                sink.Text(bytes);
                break;
            case CanonicalKind.Integer:
                sink.Integer(bytes.Length switch
                {
                    sizeof(int) => BinaryPrimitives.ReadInt32BigEndian(bytes),
                    sizeof(short) => BinaryPrimitives.ReadInt16BigEndian(bytes),
                    _ => BinaryPrimitives.ReadInt64BigEndian(bytes),
                });
                break;
            case CanonicalKind.Timestamp:
                Moment(BinaryPrimitives.ReadInt64BigEndian(bytes), isUtc: false, sink);
                break;
            case CanonicalKind.TimestampWithZone:
                Moment(BinaryPrimitives.ReadInt64BigEndian(bytes), isUtc: true, sink);
                break;
            case CanonicalKind.Decimal:
                PostgreSqlNumeric.Give(bytes, sink);
                break;
            case CanonicalKind.Uuid:
                sink.Uuid(bytes);
                break;
            case CanonicalKind.Boolean:
                sink.Boolean(bytes[0] != 0);
                break;
            case CanonicalKind.Date:
                Date(BinaryPrimitives.ReadInt32BigEndian(bytes), sink);
                break;
            case CanonicalKind.Float when bytes.Length == sizeof(float):
                sink.Single(BinaryPrimitives.ReadSingleBigEndian(bytes));
                break;
            case CanonicalKind.Float:
                sink.Float(BinaryPrimitives.ReadDoubleBigEndian(bytes));
                break;
            case CanonicalKind.Time:
                sink.Time(BinaryPrimitives.ReadInt64BigEndian(bytes) * TimeSpan.TicksPerMicrosecond);
                break;
            case CanonicalKind.Binary:
                sink.Binary(bytes);
                break;
            default:
                throw new InvalidOperationException($"PostgreSQL sends no {_kind}.");
        }
    }

    private void Moment(long microseconds, bool isUtc, ValueSink sink)
    {
        if (microseconds is long.MaxValue or long.MinValue)
        {
            sink.Moment(Infinity(microseconds > 0, isUtc));
            return;
        }
        const long epoch = Epoch * MicrosecondsPerDay;
        if (microseconds > long.MaxValue - 1 - epoch)
        {
            sink.Text(FarFuture(microseconds));
            return;
        }
        var since = microseconds + epoch;
        if (_step == 1)
        {
            sink.Moment(new Timestamp(since, _resolution, isUtc));
            return;
        }
        var (units, rest) = Math.DivRem(since, _step);
        // The server keeps to the column's own unit; should it not, nothing is lost.
        sink.Moment(rest == 0 ? new Timestamp(units, _resolution, isUtc) : new Timestamp(since, TimeResolution.Microsecond, isUtc));
    }

    private static void Date(int days, ValueSink sink) => sink.Moment(days is int.MaxValue or int.MinValue
        ? Infinity(days > 0, isUtc: false)
        : new Timestamp(days + Epoch, TimeResolution.Day, IsUtc: false));

    // Not in the calendar of any engine, PostgreSQL's own included, so that no date is taken for it.
    private static Timestamp Infinity(bool isPositive, bool isUtc) =>
        new(isPositive ? long.MaxValue : long.MinValue, TimeResolution.Microsecond, isUtc);

    // PostgreSQL counts to the year 294276; from the year one on, its last two thousand years do not fit 64 bits.
    private static ReadOnlySpan<byte> FarFuture(long microseconds) =>
        System.Text.Encoding.UTF8.GetBytes(FormattableString.Invariant($"{microseconds} microseconds after 2000-01-01"));
}
