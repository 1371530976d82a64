using System.Data.SqlTypes;
using Microsoft.Data.SqlClient;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Databases.SqlServer;

/// <summary>A value of a fixed size, taken from the driver without a box and given as often as it is asked for.</summary>
/// <remarks>In sequential access the driver gives a value once, and no more when a later column was asked for.</remarks>
internal struct SqlServerCell
{
    private Int128 _number;
    private int _detail;

    public bool IsNull { get; set; }

    /// <summary>Takes the value of <paramref name="place"/>, which is not NULL, as its column's type has it.</summary>
    public void Take(SqlDataReader reader, int place, Column column)
    {
        switch (column.Kind)
        {
            case CanonicalKind.Integer:
                _number = column.StoreType switch
                {
                    "int" => reader.GetInt32(place),
                    "bigint" => reader.GetInt64(place),
                    "smallint" => reader.GetInt16(place),
                    _ => reader.GetByte(place),
                };
                break;
            case CanonicalKind.Boolean:
                _number = reader.GetBoolean(place) ? 1 : 0;
                break;
            case CanonicalKind.Float when column.StoreType == "real":
                _number = BitConverter.SingleToInt32Bits(reader.GetFloat(place));
                break;
            case CanonicalKind.Float:
                _number = BitConverter.DoubleToInt64Bits(reader.GetDouble(place));
                break;
            case CanonicalKind.Decimal when column.StoreType is "money" or "smallmoney":
                (_number, _detail) = (reader.GetSqlMoney(place).GetTdsValue(), 4);
                break;
            case CanonicalKind.Decimal:
                TakeDecimal(reader.GetSqlDecimal(place));
                break;
            case CanonicalKind.Uuid:
                TakeUuid(reader.GetGuid(place));
                break;
            case CanonicalKind.Timestamp when column.StoreType == "datetime":
                _number = SqlServerDialect.FromSqlDateTime(reader.GetSqlDateTime(place)).Units;
                break;
            case CanonicalKind.Date or CanonicalKind.Timestamp:
                _number = reader.GetDateTime(place).Ticks / column.TicksPerUnit;
                break;
            case CanonicalKind.TimestampWithZone:
                var moment = reader.GetDateTimeOffset(place);
                (_number, _detail) = (moment.UtcTicks / column.TicksPerUnit, (int)(moment.Offset.Ticks / TimeSpan.TicksPerMinute));
                break;
            default:
                _number = reader.GetTimeSpan(place).Ticks;
                break;
        }
    }

    public readonly void Give(Column column, ValueSink sink)
    {
        switch (column.Kind)
        {
            case CanonicalKind.Integer:
                sink.Integer((long)_number);
                break;
            case CanonicalKind.Boolean:
                sink.Boolean(_number != 0);
                break;
            case CanonicalKind.Float when column.StoreType == "real":
                sink.Single(BitConverter.Int32BitsToSingle((int)_number));
                break;
            case CanonicalKind.Float:
                sink.Float(BitConverter.Int64BitsToDouble((long)_number));
                break;
            case CanonicalKind.Decimal:
                sink.Decimal(_number, _detail);
                break;
            case CanonicalKind.Uuid:
                Span<byte> rfc = stackalloc byte[16];
                System.Buffers.Binary.BinaryPrimitives.WriteInt128BigEndian(rfc, _number);
                sink.Uuid(rfc);
                break;
            case CanonicalKind.Date or CanonicalKind.Timestamp:
                sink.Moment(new Timestamp((long)_number, column.Resolution, IsUtc: false));
                break;
            case CanonicalKind.TimestampWithZone:
                sink.Moment(new Timestamp((long)_number, column.Resolution, IsUtc: true), _detail);
                break;
            default:
                sink.Time((long)_number);
                break;
        }
    }

    private void TakeDecimal(SqlDecimal value)
    {
        Span<uint> words = stackalloc uint[4];
        value.WriteTdsValue(words);
        var magnitude = (Int128)(new UInt128(((ulong)words[3] << 32) | words[2], ((ulong)words[1] << 32) | words[0]));
        (_number, _detail) = (value.IsPositive ? magnitude : -magnitude, value.Scale);
    }

    private void TakeUuid(Guid value)
    {
        Span<byte> rfc = stackalloc byte[16];
        value.TryWriteBytes(rfc, bigEndian: true, out _);
        _number = System.Buffers.Binary.BinaryPrimitives.ReadInt128BigEndian(rfc);
    }

    /// <summary>What of a column decides how its values are taken.</summary>
    internal sealed class Column(RowColumn column)
    {
        public CanonicalKind Kind { get; } = KindOf(column);

        public string StoreType { get; } = column.Column.StoreType;

        public TimeResolution Resolution { get; } = column.Column.Type.Resolution ?? TimeResolution.HundredNanoseconds;

        /// <summary>Ticks of 100 ns in the column's unit; no more than one for <c>datetime</c>, which is counted otherwise.</summary>
        public long TicksPerUnit { get; } = TicksIn(column.Column.Type.Resolution ?? TimeResolution.HundredNanoseconds);

        /// <summary>Whether the driver streams it: <c>nvarchar(max)</c> and the like.</summary>
        public bool MayBeLong { get; } = ColumnOrder.MayBeLong(column);

        private static CanonicalKind KindOf(RowColumn column) => column.Column.Type.Kind switch
        {
            CanonicalKind.Unknown when column.Column.StoreType is "json" or "vector" => CanonicalKind.Text,
            CanonicalKind.Unknown or CanonicalKind.RowVersion => CanonicalKind.Binary,
            CanonicalKind.PaddedText or CanonicalKind.Xml or CanonicalKind.Json => CanonicalKind.Text,
            var kind => kind,
        };

        private static long TicksIn(TimeResolution resolution) =>
            resolution == TimeResolution.SqlDateTime ? 1 : TimeSpan.TicksPerSecond * resolution.SecondsPerUnit / resolution.UnitsPerSecond;
    }
}
