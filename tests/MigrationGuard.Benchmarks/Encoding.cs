using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Databases.Values;
using MigrationGuard.Verification.Fingerprints;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Benchmarks;

/// <summary>What encoding and digesting a row costs, without a database.</summary>
/// <remarks>
/// Method: 12 columns as those of the table that comparisons are measured on (a uuid, two integers, five texts, two moments, a
/// decimal, bytes; about 226 bytes), given to the encoders as a reader gives them. Rounds of encoding alone, of encoding, digesting
/// and folding, and of SHA-256 over as many bytes, which is the floor; medians, and what was allocated.
/// </remarks>
internal static class Encoding
{
    private const int Rounds = 7;

    public static void Run(int rows)
    {
        using var row = new RowBuffer(SHA256.HashData("benchmark"u8));
        var cells = Cells();
        var encoders = Columns.Select(column => Rule(column).Encoder(Side.Source, row)).ToArray();
        Fill(row, encoders, cells, 0);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows of {encoders.Length} columns, {row.Length} bytes encoded, {Rounds} rounds"));
        var fold = default(Fold);
        Report("encode", rows, i => Fill(row, encoders, cells, i));
        Report("encode, digest, fold", rows, i =>
        {
            Fill(row, encoders, cells, i);
            fold = fold.Add(RowDigest.Of(row));
        });
        Report("floor: SHA-256 of as many bytes", rows, _ => fold = fold.Add(RowDigest.Of(row)));
        Console.WriteLine($"fold: {fold}");
    }

    private static void Report(string name, int rows, Action<int> each)
    {
        var (times, allocated) = (new List<double>(), 0L);
        for (var round = 0; round <= Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var started = CpuTime();
            for (var i = 0; i < rows; i++)
                each(i);
            // The first round is where methods are compiled.
            if (round == 0)
                continue;
            times.Add((CpuTime() - started).TotalMicroseconds / rows);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {Figures.Median(times):0.000} µs of processor time a row ({Figures.Listed(times)}), {(double)allocated / rows:0.0} bytes allocated a row"));
    }

    // Of the processor and not of the clock: others on the machine then cost less of the figure.
    private static TimeSpan CpuTime()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private static void Fill(RowBuffer row, ValueEncoder[] encoders, Action<ValueSink, int>[] cells, int number)
    {
        row.Clear();
        for (var i = 0; i < encoders.Length; i++)
            cells[i](encoders[i], number);
    }

    private static readonly CanonicalType[] Columns =
    [
        new(CanonicalKind.Uuid), new(CanonicalKind.Integer), new(CanonicalKind.Text), new(CanonicalKind.Text), new(CanonicalKind.Text), new(CanonicalKind.Text),
        new(CanonicalKind.TimestampWithZone, Resolution: TimeResolution.Microsecond), new(CanonicalKind.TimestampWithZone, Resolution: TimeResolution.Microsecond),
        new(CanonicalKind.Integer), new(CanonicalKind.Decimal, Precision: 18, Scale: 2), new(CanonicalKind.Text), new(CanonicalKind.Binary),
    ];

    private static Action<ValueSink, int>[] Cells()
    {
        var uuid = new Guid("6f9619ff-8b86-d011-b42d-00c04fc964ff").ToByteArray(bigEndian: true);
        var (first, last, full) = (Utf8("Daniëlle"), Utf8("4f3c2a1b9"), Utf8("Daniëlle 4f3c2a1b9"));
        var (email, bytes) = (Utf8("danielle.4f3c2a1b912345@example.com"), uuid);
        var note = Utf8("Follow-up note 827ccb0eea8a706c4c34a16891f84e7b – café | 827ccb0eea");
        var made = new DateTime(2024, 3, 1, 0, 0, 0, DateTimeKind.Utc).Ticks / 10;
        return
        [
            (sink, _) => sink.Uuid(uuid), (sink, i) => sink.Integer(i), (sink, _) => sink.Text(first), (sink, _) => sink.Text(last), (sink, _) => sink.Text(full),
            (sink, _) => sink.Text(email),
            (sink, i) => sink.Moment(new Timestamp(made + (i * 47_000_000L), TimeResolution.Microsecond, IsUtc: true)),
            (sink, i) => sink.Moment(new Timestamp(made + (i * 48_000_001L), TimeResolution.Microsecond, IsUtc: true)),
            (sink, i) => sink.Integer(i % 9 == 0 ? 1 : 0), (sink, i) => sink.Decimal(i * 37L, 2), (sink, _) => sink.Text(note), (sink, _) => sink.Binary(bytes),
        ];
    }

    private static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static ColumnRule.Comparable Rule(CanonicalType type)
    {
        var column = new Column("column", "", type, IsNullable: true, Collation: null);
        return (ColumnRule.Comparable)ColumnRule.For(
            new ColumnPair("column", column, column), new RuleContext(Provider.PostgreSql, TimeZoneInfo.Utc, Provider.PostgreSql, TimeZoneInfo.Utc));
    }
}
