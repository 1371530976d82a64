using System.Globalization;
using Microsoft.Data.Sqlite;
using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.BackupHistories;

namespace MigrationGuard.Tests.Retention.BackupHistories;

/// <summary>The rows that backup-history.sql gives on a server, and the ways in which they reach the program.</summary>
internal sealed class HistoryExport(string server, DateTimeOffset exportedAt)
{
    public static readonly Guid Family = new("7b1d4c50-93a2-4f0e-8c11-2d3e4f5a6b70");

    private const string Date = "yyyy-MM-dd'T'HH:mm:ss";

    /// <summary>In the order in which they are exported, after the server's own.</summary>
    public List<Dictionary<string, string?>> Rows { get; } = [];

    /// <summary>Null where the row of the server itself is missing.</summary>
    public DateTimeOffset? ExportedAt { get; set; } = exportedAt;

    /// <summary>Of how many rows the answer says that it is; null for as many as it is of.</summary>
    public string? RowCount { get; set; }

    public List<string> Columns { get; } = [.. HistoryRows.Columns];

    /// <summary>The row of a back-up as the server that took it has it.</summary>
    public Dictionary<string, string?> Backup(BackupHeader header, string device = @"https://account.blob.core.windows.net/sql/1.bak", int deviceType = 9)
    {
        var row = Of(header, "backup");
        row["first_lsn"] = header.FirstLsn.ToString();
        row["last_lsn"] = header.LastLsn.ToString();
        row["checkpoint_lsn"] = header.CheckpointLsn.ToString();
        row["database_backup_lsn"] = header.DatabaseBackupLsn.ToString();
        row["is_copy_only"] = header.IsCopyOnly ? "1" : "0";
        row["is_damaged"] = row["has_incomplete_metadata"] = "0";
        row["family_sequence_number"] = "1";
        row["mirror"] = "0";
        row["device_type"] = deviceType.ToString(CultureInfo.InvariantCulture);
        row["physical_device_name"] = device;
        return row;
    }

    /// <summary>The row of a restore of a back-up, by the server's clock.</summary>
    public Dictionary<string, string?> Restore(BackupHeader header, DateTime at, string destination, string type = "D", string recovery = "1")
    {
        var row = Of(header, "restore");
        row["restore_date"] = at.ToString(Date, CultureInfo.InvariantCulture);
        row["destination_database_name"] = destination;
        row["restore_type"] = type;
        row["recovery"] = recovery;
        return row;
    }

    /// <summary>The row of a database that is there, created long ago unless its row is changed.</summary>
    public Dictionary<string, string?> Database(string name, Guid? family)
    {
        var row = Row("database");
        row["database_name"] = name;
        row["family_guid"] = family?.ToString().ToUpperInvariant();
        row["create_date"] = "2016-02-29T12:30:00";
        return row;
    }

    /// <summary>The rows of a back-up.</summary>
    public IEnumerable<Dictionary<string, string?>> Of(Guid backup) => Rows.Where(row => string.Equals(row["backup_set_uuid"], backup.ToString(), StringComparison.OrdinalIgnoreCase));

    /// <summary>As a CSV file.</summary>
    public void Write(string path) => File.WriteAllLines(path, All().Select(row => string.Join(',', Columns.Select(column => Quoted(row.GetValueOrDefault(column))))).Prepend(string.Join(',', Columns)));

    /// <summary>As a table <c>history</c> in a SQLite file, whose driver reads it as another would.</summary>
    public void WriteTable(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Execute(connection, $"CREATE TABLE history ({string.Join(", ", Columns.Select(column => $"{column} TEXT"))})", []);
        foreach (var row in All())
            Execute(connection, $"INSERT INTO history VALUES ({string.Join(", ", Columns.Select((_, place) => $"@p{place}"))})", [.. Columns.Select(column => row.GetValueOrDefault(column))]);
    }

    private IEnumerable<Dictionary<string, string?>> All()
    {
        if (ExportedAt is { } exported)
        {
            yield return new(HistoryRows.Columns.ToDictionary(column => column, _ => (string?)null))
            {
                ["record"] = "server",
                ["exported_at"] = exported.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture),
                ["server_name"] = server,
                ["machine_name"] = server.Split('\\')[0],
                ["row_count"] = RowCount ?? (Rows.Count + 1).ToString(CultureInfo.InvariantCulture),
            };
        }
        foreach (var row in Rows)
            yield return row;
    }

    private Dictionary<string, string?> Of(BackupHeader header, string record)
    {
        var row = Row(record);
        row["server_name"] = header.Server;
        row["machine_name"] = header.Machine;
        row["database_name"] = header.Database;
        row["type"] = header.Kind switch { BackupKind.Full => "D", BackupKind.Differential => "I", _ => "L" };
        row["backup_set_uuid"] = header.BackupSetId.ToString().ToUpperInvariant();
        row["family_guid"] = Family.ToString().ToUpperInvariant();
        row["last_recovery_fork_guid"] = new Guid(5, 5, 5, new byte[8]).ToString();
        row["backup_start_date"] = header.Started.DateTime.ToString(Date, CultureInfo.InvariantCulture);
        row["backup_finish_date"] = header.Finished?.DateTime.ToString(Date, CultureInfo.InvariantCulture);
        row["time_zone"] = header.IsZoneKnown ? ((int)header.Started.Offset.TotalMinutes / 15).ToString(CultureInfo.InvariantCulture) : "127";
        return row;
    }

    private Dictionary<string, string?> Row(string record)
    {
        var row = HistoryRows.Columns.ToDictionary(column => column, _ => (string?)null);
        row["record"] = record;
        Rows.Add(row);
        return row;
    }

    private static string Quoted(string? value) => value is null ? "" : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static void Execute(SqliteConnection connection, string sql, string?[] values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (place, value) in values.Index())
            command.Parameters.AddWithValue($"@p{place}", (object?)value ?? DBNull.Value);
        command.ExecuteNonQuery();
    }
}
