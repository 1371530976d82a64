using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Databases;
using MigrationGuard.Databases.Values;
using static MigrationGuard.Tests.Verification.Fingerprints.Columns;

namespace MigrationGuard.Tests.Verification.Fingerprints;

/// <summary>A value, as a faithful copy leaves it on both sides.</summary>
internal sealed record Copied(string What, Cell Source, Cell Target);

/// <summary>A kind of column pair, with two values of it: often neighbours, sometimes the same.</summary>
internal sealed record CopyOf(string Name, EngineColumn Source, EngineColumn Target, Gen<(Copied One, Copied Other)> Values);

/// <summary>Copies between all kinds of columns that can be compared, of values that both sides can hold.</summary>
internal static class Copies
{
    private static readonly Gen<long> AnyLong = Gen.OneOf(
        Gen.Choose(-3, 3).Select(value => (long)value),
        Gen.Elements(long.MinValue, long.MaxValue, int.MinValue, int.MaxValue, 1L << 53, (1L << 53) + 1),
        Gen.Choose(int.MinValue, int.MaxValue).Two().Select(p => ((long)p.Item1 << 32) | (uint)p.Item2));

    private static readonly Gen<string> AnyMoney = Gen.Choose(-2_000_000_000, 2_000_000_000).Select(cents => (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture));

    private static readonly Gen<double> AnyDouble = Gen.OneOf(
        Gen.Elements(0.1, 1d / 3, 1, -1, 1e22, 1e23, double.Epsilon, double.MaxValue, double.MinValue, 0.1 + 0.2),
        Gen.Choose(int.MinValue, int.MaxValue).Two().Select(p => BitConverter.Int64BitsToDouble(((long)p.Item1 << 32) | (uint)p.Item2)).Where(double.IsFinite)
            .Where(value => value != 0));

    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.Elements("", " ", "a", "a ", "A", "é", "e\u0301", "📇", "📇📇", "\r\n", "\n", "a\0b", "\uFFFD"),
        Gen.Choose(0, 0xD7FF).ListOf().Select(units => new string([.. units.Select(unit => (char)unit)])));

    private static readonly Gen<string> AnyUuid = Gen.Choose(int.MinValue, int.MaxValue).Two()
        .Select(p => new Guid(p.Item1, (short)p.Item2, 7, 0xAB, 1, 2, 3, 4, 5, 6, 7).ToString());

    private static readonly Gen<byte[]> AnyBytes = Gen.Choose(0, 255).ListOf().Select(bytes => bytes.Select(b => (byte)b).ToArray());

    // Microseconds of the years 1 to 9998.
    private static readonly Gen<long> AnyMicrosecond = Gen.Choose(0, int.MaxValue).Two()
        .Select(p => 86_400_000_000L + ((((long)p.Item1 << 31) | (long)p.Item2) % 315_000_000_000_000_000L));

    private static readonly Gen<long> AnyThreeHundredth = Gen.Choose(0, int.MaxValue).Two()
        .Select(p => 639_905L * 86_400 * 300 + ((((long)p.Item1 << 31) | (long)p.Item2) % (8_000L * 365 * 86_400 * 300)));

    public static readonly IReadOnlyList<CopyOf> All =
    [
        Copy("int to bigint", SqlServer("int", CanonicalKind.Integer), Bigint, AnyLong, Cell.Number, Cell.Number),
        Copy("bigint to numeric", Bigint, Numeric(4), AnyLong, Cell.Number, value => Cell.Exact(value.ToString(CultureInfo.InvariantCulture) + ".0000")),
        Copy("bigint to SQLite INTEGER", Bigint, SqliteInteger, AnyLong, Cell.Number, Cell.Number),
        Copy("money to numeric", SqlServer("money", CanonicalKind.Decimal, 4), Numeric(4), AnyMoney, value => Cell.Exact(value + "00"), value => Cell.Exact(value + "00")),
        Copy("numeric to SQLite NUMERIC", Numeric(2), SqliteNumeric, AnyMoney, Cell.Exact, AsSqliteNumeric),
        Copy("SQLite NUMERIC to decimal", SqliteNumeric, SqlServer("decimal(18,2)", CanonicalKind.Decimal, 2), AnyMoney, AsSqliteNumeric, Cell.Exact),
        Copy("SQLite without a type to numeric", SqliteUntyped, Numeric(2), AnyMoney, AsSqliteNumeric, Cell.Exact),
        Copy("SQLite TEXT to numeric", SqliteText, Numeric(2), AnyMoney, Cell.Utf8, Cell.Exact),
        Copy("float to double", SqlServer("float", CanonicalKind.Float), DoublePrecision, AnyDouble, Cell.Float, Cell.Float),
        Copy("double to SQLite REAL", DoublePrecision, SqliteReal, AnyDouble, Cell.Float, Cell.Float),
        Copy("real to double", Real, DoublePrecision, AnyDouble.Select(value => (float)value).Where(float.IsFinite), Cell.Single, value => Cell.Float(value)),
        Copy("real to real", Real, Real with { Provider = Provider.SqlServer }, AnyDouble.Select(value => (float)value).Where(float.IsFinite), Cell.Single, Cell.Single),
        Copy("bit to boolean", Bit, Bool, Gen.Elements(true, false), Cell.Truth, Cell.Truth),
        Copy("bit to int", Bit, Bigint, Gen.Elements(true, false), Cell.Truth, value => Cell.Number(value ? 1 : 0)),
        Copy("boolean to SQLite BOOLEAN", Bool, SqliteBoolean, Gen.Elements(true, false), Cell.Truth, value => Cell.Number(value ? 1 : 0)),
        Copy("nvarchar to text", Nvarchar, Text, AnyText, Cell.Utf16, Cell.Utf8),
        Copy("text to SQLite TEXT", Text, SqliteText, AnyText, Cell.Utf8, Cell.Utf8),
        Copy("nchar to bpchar", Nchar, Bpchar, AnyText.Select(text => text.TrimEnd(' ')), text => Cell.Utf16(text + "   "), text => Cell.Utf8(text + " ")),
        Copy("nvarchar to json", Nvarchar, Json, AnyText, Cell.Utf16, Cell.Utf8),
        Copy("uniqueidentifier to uuid", Uniqueidentifier, Uuid, AnyUuid, Cell.Uuid, Cell.Uuid),
        Copy("uniqueidentifier to SQLite TEXT", Uniqueidentifier, SqliteText, AnyUuid, Cell.Uuid, value => Cell.Utf8(value.ToUpperInvariant())),
        Copy("varbinary to bytea", Varbinary, Bytea, AnyBytes, bytes => Cell.Binary(bytes), bytes => Cell.Long(isText: false, bytes, bytes.Length / 2)),
        Copy("timestamp to datetime2", PgTimestamp, Datetime2, AnyMicrosecond, Micros(utc: false), value => Cell.Moment(new Timestamp(value * 10, TimeResolution.HundredNanoseconds, IsUtc: false))),
        Copy("timestamptz to timestamptz", TimestampTz, TimestampTz with { Zone = "Europe/Amsterdam" }, AnyMicrosecond, Micros(utc: true), Micros(utc: true)),
        Copy("timestamp in UTC to timestamptz", PgTimestamp, TimestampTz, AnyMicrosecond, Micros(utc: false), Micros(utc: true)),
        Copy("timestamptz to SQLite DATETIME", TimestampTz, SqliteDatetime, AnyMicrosecond, Micros(utc: true), Micros(utc: false)),
        Copy("datetime to datetime2", Datetime, Datetime2, AnyThreeHundredth, Counts, value => Cell.Moment(Count(value).Round(TimeResolution.HundredNanoseconds))),
        Copy("datetime to timestamp", Datetime, PgTimestamp, AnyThreeHundredth, Counts, value => Cell.Moment(Count(value).Floor(TimeResolution.Microsecond))),
        Copy("datetime to timestamp(3)", Datetime, PgTimestamp with { Type = PgTimestamp.Type with { Resolution = TimeResolution.Millisecond } }, AnyThreeHundredth, Counts, value => Cell.Moment(Count(value).Round(TimeResolution.Millisecond))),
        Copy("datetime to SQLite DATETIME", Datetime, SqliteDatetime, AnyThreeHundredth, Counts, value => Cell.Moment(Count(value).Round(TimeResolution.Millisecond))),
        Copy("datetime to datetime", Datetime, Datetime, AnyThreeHundredth, Counts, Counts),
        Copy("date to SQLite TEXT", Date, SqliteText, Gen.Choose(0, 3_652_058), Day, Day),
        Copy("date to timestamp", Date, PgTimestamp, Gen.Choose(0, 3_652_058), Day, day => Cell.Moment(new Timestamp(day * 86_400_000_000L, TimeResolution.Microsecond, IsUtc: false))),
        Copy("time to time", Time6, Time7, Gen.Choose(0, int.MaxValue), value => Cell.Time(value * 10L), value => Cell.Time(value * 10L)),
    ];

    private static CopyOf Copy<T>(string name, EngineColumn source, EngineColumn target, Gen<T> values, Func<T, Cell> onSource, Func<T, Cell> onTarget)
    {
        var two = values.SelectMany(_ => values, (one, other) => (one, other)).SelectMany(_ => Gen.Choose(0, 2), (pair, choice) => (pair.one, Other: choice == 0 ? pair.other : Neighbour(pair.one)));
        return new(name, source, target, two.Select(pair => (Of(pair.one), Of(pair.Other))));

        Copied Of(T value) => new(What(value), onSource(value), onTarget(value));
    }

    private static string What<T>(T value) => value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    // The least change there is: one unit, one bit, one space, one cent.
    private static T Neighbour<T>(T value) => (T)(object)(value switch
    {
        long number => number == long.MaxValue ? number - 1 : number + 1,
        int number => number == 3_652_058 ? number - 1 : number + 1,
        double number => number == double.MaxValue ? Math.BitDecrement(number) : Math.BitIncrement(number),
        float number => number == float.MaxValue ? MathF.BitDecrement(number) : MathF.BitIncrement(number),
        bool truth => !truth,
        byte[] bytes => bytes.Length == 0 ? new byte[] { 0 } : bytes[..^1].Append((byte)(bytes[^1] ^ 1)).ToArray(),
        string text when Guid.TryParse(text, out _) => text[..^1] + (text[^1] == '7' ? '6' : '7'),
        string text when decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var money) && text.Contains('.', StringComparison.Ordinal) => (money + 0.01m).ToString("0.00", CultureInfo.InvariantCulture),
        string text => text.Length > 0 && char.IsAsciiLetter(text[0]) ? (char)(text[0] ^ 32) + text[1..] : text + "\u00A0",
        _ => throw new ArgumentException("No neighbour of such a value.", nameof(value)),
    })!;

    // Whole numbers are kept as integers, all else as doubles.
    private static Cell AsSqliteNumeric(string digits)
    {
        var value = decimal.Parse(digits, CultureInfo.InvariantCulture);
        return value == decimal.Truncate(value) ? Cell.Number((long)value) : Cell.Float((double)value);
    }

    private static Func<long, Cell> Micros(bool utc) => value => Cell.Moment(new Timestamp(value, TimeResolution.Microsecond, utc));

    private static Timestamp Count(long count) => new(count, TimeResolution.SqlDateTime, IsUtc: false);

    private static Cell Counts(long count) => Cell.Moment(Count(count));

    private static Cell Day(int day) => Cell.Moment(new Timestamp(day, TimeResolution.Day, IsUtc: false));
}
