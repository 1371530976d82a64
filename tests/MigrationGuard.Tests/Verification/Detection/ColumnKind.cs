using System.Globalization;
using System.Text;
using MigrationGuard.Databases;

namespace MigrationGuard.Tests.Verification.Detection;

/// <summary>A type of column as all engines have it, with values that each of them holds and changes that each of them must show.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Type">The engine's type.</param>
/// <param name="Value">Any value.</param>
/// <param name="Change">Another value, often the nearest there is; the same one by mistake now and then.</param>
internal sealed record ColumnKind(string Name, Func<Provider, string> Type, Func<Random, object> Value, Func<Random, object, object> Change)
{
    private static readonly string[] Pieces = ["a", "B", "z", "0", " ", "é", "e\u0301", "ß", "\n", "\r\n", "'", "|", "\\", "\uFFFD", "漢", "📇", "👩‍🚀"];

    private static readonly DateTime Epoch = new(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private const long Microseconds = 200L * 365 * 86_400 * 1_000_000;

    /// <summary>How a driver is given a value; as it is when null.</summary>
    public Func<Provider, object, object>? Given { get; init; }

    public static IReadOnlyList<ColumnKind> All { get; } =
    [
        Whole("small", "smallint", 16),
        Whole("whole", "int", 32),
        Whole("big", "bigint", 64),
        new("amount", _ => "numeric(18,2)", random => Cents(random.NextInt64(-1_000_000_000_000, 1_000_000_000_000)), (random, value) => Cents(Unscaled(value) + Step(random))),
        new("twofold", Of("real", "double precision", "float"), random => AnyFloat(random, 300), (random, value) => random.Next(3) == 0 ? -(double)value : Math.BitIncrement((double)value)),
        new("single", _ => "real", random => (float)AnyFloat(random, 30), (random, value) => random.Next(3) == 0 ? -(float)value : MathF.BitIncrement((float)value))
        {
            Given = (provider, value) => provider == Provider.Sqlite ? (double)(float)value : value,
        },
        new("truth", Of("BOOLEAN", "boolean", "bit"), random => random.Next(2) == 0, (_, value) => !(bool)value)
        {
            Given = (provider, value) => provider == Provider.Sqlite ? ((bool)value ? 1L : 0L) : value,
        },
        new("words", Of("TEXT", "text", "nvarchar(200)"), random => Words(random, 12), Respelt),
        new("code", Of("TEXT", "char(12)", "nchar(12)"), random => "x" + random.Next(100_000).ToString(CultureInfo.InvariantCulture) + "y", (random, value) => random.Next(2) == 0 ? value + "z" : ((string)value).ToUpperInvariant()),
        new("identity", Of("TEXT", "uuid", "uniqueidentifier"), random => Uuid(Bytes(random, 16)), (random, value) => Uuid(OneBit(random, Guid.Parse((string)value).ToByteArray()))),
        new("blob", Of("BLOB", "bytea", "varbinary(200)"), random => Bytes(random, random.Next(40)), (random, value) => OneByte(random, (byte[])value)),
        new("day", _ => "date", random => Day(random.Next(70_000)), (random, value) => Day(Ticks(value) / TimeSpan.TicksPerDay + Step(random))),
        new("stamp", Of("DATETIME", "timestamp(6)", "datetime2(6)"), random => Stamp(random.NextInt64(Microseconds), ""), (random, value) => Stamp((Ticks(value) / 10) + Step(random), "")),
        new("instant", Of("TIMESTAMPTZ", "timestamptz(6)", "datetimeoffset(6)"), random => Stamp(random.NextInt64(Microseconds), "+00:00"), (random, value) => Stamp((Ticks(value) / 10) + Step(random), "+00:00")),
        new("clock", _ => "time", random => Clock(random.NextInt64(1, 86_399_000_000)), (random, value) => Clock((TimeSpan.Parse((string)value, CultureInfo.InvariantCulture).Ticks / 10) + Step(random))),
        new("document", Of("JSON", "json", "nvarchar(200)"), random => $$"""{"of": {{random.Next(1000)}}, "to": "é"}""", (random, value) => random.Next(2) == 0 ? value + " " : ((string)value).Replace("of", "oF", StringComparison.Ordinal)),
    ];

    private static ColumnKind Whole(string name, string type, int bits) => new(
        name,
        _ => type,
        random => random.Next(10) == 0 ? (random.Next(2) == 0 ? long.MaxValue : long.MinValue) >> (64 - bits) : random.NextInt64(long.MinValue, long.MaxValue) >> (64 - random.Next(1, bits + 1)),
        (random, value) => (long)value == long.MaxValue >> (64 - bits) ? (long)value - 1 : (long)value + 1);

    private static Func<Provider, string> Of(string sqlite, string postgreSql, string sqlServer) =>
        provider => provider switch { Provider.Sqlite => sqlite, Provider.PostgreSql => postgreSql, _ => sqlServer };

    private static int Step(Random random) => random.Next(2) == 0 ? 1 : -1;

    private static string Cents(long cents) => (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    private static long Unscaled(object value) => (long)(decimal.Parse((string)value, CultureInfo.InvariantCulture) * 100);

    private static double AnyFloat(Random random, int exponent) => Math.ScaleB(1 + random.NextDouble(), random.Next(-exponent, exponent)) * Step(random);

    private static string Words(Random random, int most) => string.Concat(Enumerable.Range(0, random.Next(most)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    private static object Respelt(Random random, object value)
    {
        var text = (string)value;
        var runes = text.EnumerateRunes().ToList();
        switch (random.Next(6))
        {
            case 0:
                return text + " ";
            case 1:
                return text.ToUpperInvariant();
            case 2:
                return text.Normalize(NormalizationForm.FormC);
            case 3:
                return text.ReplaceLineEndings(" ");
            case 4 when runes.Count > 1:
                (runes[0], runes[^1]) = (runes[^1], runes[0]);
                return string.Concat(runes);
            case 5 when runes.Count > 0:
                runes.RemoveAt(random.Next(runes.Count));
                return string.Concat(runes);
            default:
                return "'" + text;
        }
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] OneBit(Random random, byte[] bytes)
    {
        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return bytes;
    }

    private static byte[] OneByte(Random random, byte[] bytes) =>
        bytes.Length == 0 || random.Next(3) == 0 ? [.. bytes, 0] : random.Next(2) == 0 ? bytes[1..] : OneBit(random, [.. bytes]);

    private static string Uuid(byte[] bytes) => new Guid(bytes).ToString();

    private static long Ticks(object value) => DateTimeOffset.Parse((string)value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcTicks - Epoch.Ticks;

    private static string Day(long days) => Epoch.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Stamp(long microseconds, string offset) =>
        Epoch.AddTicks(microseconds * 10).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture) + offset;

    private static string Clock(long microseconds) => new TimeSpan(microseconds * 10).ToString(@"hh\:mm\:ss\.ffffff", CultureInfo.InvariantCulture);
}
