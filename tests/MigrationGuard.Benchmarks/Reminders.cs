using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MigrationGuard.Databases;
using MigrationGuard.Decommissioning.Obligations;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Ledger.People;
using MigrationGuard.Ledger.Store;
using Npgsql;

namespace MigrationGuard.Benchmarks;

/// <summary>Many reminders that fall due at once, against inserting as many rows bare.</summary>
/// <remarks>
/// Method: as many assets as reminders, each with one reminder due; one sweep writes all of them: an entry of the chain with its
/// payload, the occurrence, the step, the notification and a delivery each, hashed, salted and durable. The floor inserts as many
/// rows of the same size into six bare tables, in as many statements and as many transactions. Three rounds, each on stores of
/// its own, the floor and the product one after the other; both with the engine's ordinary durability.
/// </remarks>
internal static class Reminders
{
    private const int Rounds = 3;
    private const int RowsPerStatement = 200;
    private const int RowsPerTransaction = 1000;
    private const int Tables = 6;

    public static async Task RunAsync(string server, int reminders)
    {
        await MeasureAsync("SQLite", reminders, SqliteStoreAsync);
        await MeasureAsync("PostgreSQL", reminders, name => PostgreSqlStoreAsync(server, name));
    }

    private static async Task MeasureAsync(string engine, int reminders, Func<string, Task<StoreOptions>> create)
    {
        var (floors, sweeps) = (new List<double>(), new List<double>());
        // The first round warms up and is not counted.
        for (var round = 0; round <= Rounds; round++)
        {
            floors.Add(await FloorAsync(await create("mgbench_floor"), reminders));
            sweeps.Add(await SweepAsync(await create("mgbench_store"), reminders));
        }
        Console.WriteLine($"{engine} floor (s): {Figures.Listed(floors.Skip(1))}");
        Console.WriteLine($"{engine} sweep (s): {Figures.Listed(sweeps.Skip(1))}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{engine}: {reminders:N0} reminders in {Figures.Median(sweeps.Skip(1)):0.00} s (under 5), {Figures.Median(sweeps.Skip(1)) / Figures.Median(floors.Skip(1)):0.0} times the floor"));
    }

    private static async Task<double> SweepAsync(StoreOptions options, int reminders)
    {
        var clock = new StandingClock { Now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero) };
        await using var store = await LedgerStore.OpenAsync(options, Path.GetTempPath(), clock, CancellationToken.None);
        var people = new PeopleDirectory(
            new Dictionary<string, PersonOptions> { ["owner"] = new() }, new Dictionary<string, RoleOptions> { ["Owner"] = new() { People = ["owner"] } }, TimeZoneInfo.Utc);
        var audience = new Audience(people, (id, _, persons) => [.. persons.Select(person => new Recipient("smtp", person, $"<{id}@migrationguard.invalid>"))], "Owner");
        var series = Enumerable.Range(0, reminders).Select(Series).ToList();
        var sweep = new ObligationSweep(store, audience, Actor.OfThisProcess(), clock);
        await sweep.RunAsync(series, CancellationToken.None);
        clock.Now = new DateTimeOffset(2026, 5, 20, 12, 0, 0, TimeSpan.Zero);
        var started = Stopwatch.GetTimestamp();
        var outcome = await sweep.RunAsync(series, CancellationToken.None);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return outcome.Steps == reminders ? seconds : throw new InvalidOperationException($"{outcome.Steps} reminders were written.");
    }

    private static ObligationSeries Series(int number) => new()
    {
        Obligation = ObligationSeries.DeletionReview,
        Subject = string.Create(CultureInfo.InvariantCulture, $"asset-{number:00000}"),
        Topic = "review",
        From = new DateOnly(2026, 3, 1),
        EveryMonths = 3,
        RemindDaysBefore = [14, 3, 0],
        Escalations = [],
        OwnerRole = "Owner",
        Zone = TimeZoneInfo.Utc,
        Hour = 9,
        Model = new JsonObject { ["asset"] = "an asset", ["location"] = "the old farm", ["holds"] = "case files", ["commitment"] = "DPIA recommendation 3" },
    };

    private static async Task<double> FloorAsync(StoreOptions options, int reminders)
    {
        var dialect = Dialect.For(options.Provider);
        var address = new StoreAddress(options.ConnectionString, Path.GetTempPath(), 30);
        await using var connection = dialect.CreateStoreConnection("floor", address);
        await connection.OpenAsync();
        foreach (var setting in dialect.StoreSettings(address))
            await ExecuteAsync(connection, null, setting);
        for (var table = 0; table < Tables; table++)
            await ExecuteAsync(connection, null, $"CREATE TABLE floor_{table} (id text NOT NULL PRIMARY KEY, content text NOT NULL)");
        var content = new string('x', 300);
        var started = Stopwatch.GetTimestamp();
        for (var from = 0; from < reminders; from += RowsPerTransaction)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            for (var table = 0; table < Tables; table++)
            {
                for (var row = from; row < Math.Min(reminders, from + RowsPerTransaction); row += RowsPerStatement)
                    await InsertAsync(connection, transaction, table, row, Math.Min(RowsPerStatement, reminders - row), content);
            }
            await transaction.CommitAsync();
        }
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task InsertAsync(DbConnection connection, DbTransaction transaction, int table, int from, int rows, string content)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        var sql = new StringBuilder().Append(CultureInfo.InvariantCulture, $"INSERT INTO floor_{table} (id, content) VALUES ");
        for (var row = 0; row < rows; row++)
        {
            sql.Append(CultureInfo.InvariantCulture, $"{(row == 0 ? "" : ", ")}(@i{row}, @c{row})");
            Add(command, string.Create(CultureInfo.InvariantCulture, $"i{row}"), string.Create(CultureInfo.InvariantCulture, $"row-{from + row}"));
            Add(command, string.Create(CultureInfo.InvariantCulture, $"c{row}"), content);
        }
        command.CommandText = sql.ToString();
        await command.ExecuteNonQueryAsync();
    }

    private static void Add(DbCommand command, string name, string value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }

    private static async Task ExecuteAsync(DbConnection connection, DbTransaction? transaction, string sql)
    {
        await using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        await command.ExecuteNonQueryAsync();
    }

    private static Task<StoreOptions> SqliteStoreAsync(string name)
    {
        var file = Path.Combine(Path.GetTempPath(), name + ".db");
        foreach (var part in new[] { "", "-wal", "-shm" })
            File.Delete(file + part);
        return Task.FromResult(new StoreOptions { Provider = Provider.Sqlite, ConnectionString = $"Data Source={file}" });
    }

    private static async Task<StoreOptions> PostgreSqlStoreAsync(string server, string name)
    {
        NpgsqlConnection.ClearAllPools();
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await ExecuteAsync(connection, null, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        await ExecuteAsync(connection, null, $"CREATE DATABASE {name} TEMPLATE template0");
        return new StoreOptions { Provider = Provider.PostgreSql, ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString };
    }

    private sealed class StandingClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
