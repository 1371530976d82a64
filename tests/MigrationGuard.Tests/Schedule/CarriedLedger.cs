using Microsoft.Data.Sqlite;
using MigrationGuard.Configuration;
using MigrationGuard.Tests.Commands;

namespace MigrationGuard.Tests.Schedule;

/// <summary>Takes a ledger on SQLite elsewhere and leaves its schedule behind.</summary>
/// <remarks>
/// As deleting the schedule would, but out of reach of a worker that was stopped in this same process: a scheduler that is abandoned
/// goes on for a moment, and would write into the file that takes the deleted one's place.
/// </remarks>
internal static class CarriedLedger
{
    public static async Task WithoutItsScheduleAsync(WorkingFolder folder, MigrationGuardOptions options, string to)
    {
        var from = new SqliteConnectionStringBuilder(options.Store.ConnectionString);
        await using (var connection = new SqliteConnection($"Data Source={folder.At(from.DataSource)};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "VACUUM INTO $to";
            command.Parameters.AddWithValue("$to", folder.At(to));
            await command.ExecuteNonQueryAsync();
        }
        from.DataSource = to;
        options.Store.ConnectionString = from.ConnectionString;
        File.Exists(folder.At(Path.ChangeExtension(to, ".schedule.db"))).ShouldBeFalse();
    }
}
