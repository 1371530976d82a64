using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Tests.Ledger;

namespace MigrationGuard.Benchmarks;

/// <summary>What verifying a long chain costs, in the store and as exported lines.</summary>
/// <remarks>
/// Method: a SQLite ledger of a tenth of the entries asked for, and one of all of them, written in bulk: kinds as a long life has them
/// (steps of obligations and what was told of them are rows of their own, and are not among these), payloads of some 200 bytes, each
/// under a salt. Each size is measured in a process of its own, so that its peak of memory is its own. Beside it the floor: reading the
/// same rows through the same driver, and SHA-256 over the same bytes, line and payload.
/// </remarks>
internal static class LedgerChain
{
    private const int Rounds = 3;
    private const string Measured = "measured";

    public static async Task RunAsync(string[] args)
    {
        if (args is [_, Measured, var file])
        {
            await MeasureAsync(file);
            return;
        }
        var entries = args.Length == 2 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1_000_000;
        var folder = Directory.CreateTempSubdirectory("mgbench_");
        try
        {
            foreach (var count in new[] { entries / 10, entries })
            {
                var path = Path.Combine(folder.FullName, string.Create(CultureInfo.InvariantCulture, $"{count}.db"));
                await FillAsync(path, count);
                using var process = Process.Start(new ProcessStartInfo(Path.ChangeExtension(typeof(LedgerChain).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null), ["ledger", Measured, path]))!;
                await process.WaitForExitAsync();
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(string file)
    {
        await using var store = await OpenAsync(file);
        var (floorBefore, lines) = (ProcessorTime(), file + ".jsonl");
        var (floorRead, floorHash) = await FloorAsync(file);
        var floorOfProcessor = (ProcessorTime() - floorBefore).TotalSeconds;
        var (verify, exported) = (new List<double>(), new List<double>());
        var (verifyOfProcessor, exportedOfProcessor) = (new List<double>(), new List<double>());
        long entries = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var (began, processor) = (Stopwatch.GetTimestamp(), ProcessorTime());
            var report = await store.VerifyAsync(CancellationToken.None);
            verify.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            verifyOfProcessor.Add((ProcessorTime() - processor).TotalSeconds);
            entries = report.Entries;
            if (!report.Holds)
                throw new InvalidOperationException("The chain does not hold: " + report.Problems[0].Problem);
        }
        var peakOfVerify = Peak();
        await using (var written = new FileStream(lines, FileMode.Create, FileAccess.Write))
            await store.ReadLinesAsync(async line => await written.WriteAsync(System.Text.Encoding.ASCII.GetBytes(line + "\n")), CancellationToken.None);
        for (var round = 0; round < Rounds; round++)
        {
            var (began, processor) = (Stopwatch.GetTimestamp(), ProcessorTime());
            await using var stream = new FileStream(lines, FileMode.Open, FileAccess.Read);
            var report = await ExportedLines.VerifyAsync(stream, null, CancellationToken.None);
            exported.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            exportedOfProcessor.Add((ProcessorTime() - processor).TotalSeconds);
            if (report.Problems.Count > 0)
                throw new InvalidOperationException(report.Problems[0]);
        }
        File.Delete(lines);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entries:N0} entries"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  ledger verify: {Figures.Median(verify):0.00} s ({Figures.Listed(verify)}), {Figures.Median(verifyOfProcessor):0.00} s of processor time, peak {peakOfVerify:N0} MiB"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  exported lines: {Figures.Median(exported):0.00} s ({Figures.Listed(exported)}), {Figures.Median(exportedOfProcessor):0.00} s of processor time, peak of everything {Peak():N0} MiB"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  floor: {floorRead:0.00} s to read the rows, {floorHash:0.00} s of SHA-256 over their bytes, {floorOfProcessor:0.00} s of processor time together"));
    }

    // On a busy machine the clock tells of others too.
    private static TimeSpan ProcessorTime()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private static async Task<(double Read, double Hash)> FloorAsync(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT e.line, e.hash, p.kind, p.salt, p.payload FROM ledger_entry e JOIN ledger_payload p ON p.seq = e.seq ORDER BY e.seq";
        var began = Stopwatch.GetTimestamp();
        var hashing = TimeSpan.Zero;
        await using var reader = await command.ExecuteReaderAsync();
        var hash = new byte[SHA256.HashSizeInBytes];
        while (await reader.ReadAsync())
        {
            var (line, payload) = (System.Text.Encoding.ASCII.GetBytes(reader.GetString(0)), (byte[])reader.GetValue(4));
            var before = Stopwatch.GetTimestamp();
            SHA256.HashData(line, hash);
            SHA256.HashData(payload, hash);
            hashing += Stopwatch.GetElapsedTime(before);
        }
        return ((Stopwatch.GetElapsedTime(began) - hashing).TotalSeconds, hashing.TotalSeconds);
    }

    private static async Task FillAsync(string file, int count)
    {
        var store = await OpenAsync(file);
        await store.DisposeAsync();
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync();
        await using var last = connection.CreateCommand();
        (last.Transaction, last.CommandText) = (transaction, "SELECT line FROM ledger_entry WHERE seq = 1");
        var previous = EntryLine.HashOf((string)(await last.ExecuteScalarAsync())!);
        await using var entry = Command(connection, transaction, "INSERT INTO ledger_entry (seq, line, hash) VALUES (@a, @b, @c)", 3);
        await using var payload = Command(connection, transaction, "INSERT INTO ledger_payload (seq, kind, salt, payload) VALUES (@a, @b, @c, @d)", 4);
        EntryKind[] kinds = [EntryKind.ConfigurationChanged, EntryKind.Approval, EntryKind.ValuesRevealed, EntryKind.CheckpointWritten, EntryKind.Qualified];
        var began = TimeProvider.System.GetUtcNow().UtcDateTime;
        for (var seq = 2; seq <= count; seq++)
        {
            var content = System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"number":{{seq}},"reason":"{{new string('x', 150)}}","approvedBy":"Head of IT architecture"}"""));
            var sealedPayload = SealedPayload.Seal(content);
            var line = new EntryLine(seq, began.AddSeconds(seq), kinds[seq % kinds.Length].Spelt(), "actor-0123456789abcdef", $"thing-{seq % 1000}", sealedPayload.Hash, previous);
            var text = line.Text;
            previous = EntryLine.HashOf(text);
            await InsertAsync(entry, seq, text, previous);
            await InsertAsync(payload, seq, line.Kind, sealedPayload.Salt, sealedPayload.Content);
        }
        await transaction.CommitAsync();
    }

    private static SqliteCommand Command(SqliteConnection connection, SqliteTransaction transaction, string sql, int parameters)
    {
        var command = connection.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, sql);
        for (var i = 0; i < parameters; i++)
            command.Parameters.Add(new SqliteParameter { ParameterName = $"@{(char)('a' + i)}" });
        return command;
    }

    private static Task InsertAsync(SqliteCommand command, params object[] values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        return command.ExecuteNonQueryAsync();
    }

    private static Task<LedgerStore> OpenAsync(string file) =>
        LedgerStore.OpenAsync(new StoreOptions { ConnectionString = $"Data Source={file}" }, Path.GetTempPath(), TimeProvider.System, CancellationToken.None);

    private static double Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1024.0 / 1024.0;
    }
}
