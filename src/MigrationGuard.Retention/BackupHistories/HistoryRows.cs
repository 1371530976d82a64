using System.Globalization;
using MigrationGuard.Retention.Exports;

namespace MigrationGuard.Retention.BackupHistories;

/// <summary>Makes a server's history of the rows of <c>backup-history.sql</c>, wherever they come from.</summary>
/// <remarks>
/// Nothing is skipped: a row that is not understood may be the back-up that is missed, so it is a problem of the whole. Columns beyond those
/// that are read do no harm. NULL may have become an empty field, or the word.
/// </remarks>
internal sealed class HistoryRows
{
    /// <summary>The columns that every row has, as the statement names them.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        "record", "exported_at", "server_name", "machine_name", "database_name", "type", "backup_set_uuid", "family_guid", "last_recovery_fork_guid",
        "first_lsn", "last_lsn", "checkpoint_lsn", "database_backup_lsn", "backup_start_date", "backup_finish_date", "time_zone",
        "is_copy_only", "is_damaged", "has_incomplete_metadata", "family_sequence_number", "mirror", "device_type", "physical_device_name",
        "restore_date", "destination_database_name", "restore_type", "recovery", "create_date", "row_count",
    ];

    private readonly TimeZoneInfo? _zone;
    private readonly Dictionary<string, int> _places = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Guid, RecordedBackup> _backups = [];
    private readonly Dictionary<Guid, HashSet<RecordedDevice>> _devices = [];
    private readonly List<RecordedRestore> _restores = [];
    private readonly Dictionary<string, Guid?> _families = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, DateTime> _created = new(StringComparer.OrdinalIgnoreCase);
    private readonly LineProblems _problems = new();
    private int _rows;
    private int? _expected;
    private ServerHistory? _server;

    /// <param name="columns">The columns' names, in their order.</param>
    /// <param name="zone">The server's zone, where it is known.</param>
    public HistoryRows(IEnumerable<string> columns, TimeZoneInfo? zone)
    {
        _zone = zone;
        foreach (var (place, name) in columns.Index())
            _places.TryAdd(name.Trim(), place);
        var missing = Columns.Where(column => !_places.ContainsKey(column)).ToList();
        if (missing.Count > 0)
            _problems.Add($"It has no column {string.Join(", ", missing)}. Take the statement backup-history.sql as it is.");
        HasColumns = missing.Count == 0;
    }

    /// <summary>Whether rows can be read at all.</summary>
    public bool HasColumns { get; }

    /// <summary>A row.</summary>
    /// <param name="line">Where it stands, for a problem.</param>
    public void Add(int line, IReadOnlyList<string?> values)
    {
        _rows++;
        var row = new HistoryRow(column => values[_places[column]], problem => _problems.Add(line, problem), _zone);
        switch (row.Text("record"))
        {
            case "server":
                Server(row);
                break;
            case "backup":
                Backup(row);
                break;
            case "restore":
                Restore(row);
                break;
            case "database" when row.Text("database_name") is { } database:
                _families[database] = row.Id("family_guid");
                if (row.Date("create_date") is { } created)
                    _created[database] = created;
                break;
            default:
                row.Problem("is of no kind of record that there is.", "Take the statement backup-history.sql as it is.");
                break;
        }
    }

    /// <summary>A line that could not be taken apart.</summary>
    public void Broken(int line, string problem) => _problems.Add(line, problem);

    /// <summary>What the rows say; null where something is wrong with any of them.</summary>
    public ServerHistory? History => Problems is not null ? null : _server! with
    {
        Backups = [.. _backups.Values.Select(backup => backup with { Devices = [.. _devices[backup.Id].OrderBy(device => device.Stripe).ThenBy(device => device.Name, StringComparer.Ordinal)] })],
        Restores = [.. _restores.OrderBy(restore => restore.At?.Local ?? DateTime.MinValue)],
        Families = _families,
        Created = _created,
    };

    /// <summary>What is wrong: sentences with their lines; null where nothing is.</summary>
    public string? Problems => _problems.Any ? _problems.ToString()
        : _server is null ? "It has no record of the server itself, so that nobody knows whose it is and of when. Take the statement backup-history.sql as it is."
        : Incomplete;

    // The statement counts its own answer, and what is missing may be the back-ups that are asked about.
    private string? Incomplete => _rows == _expected
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"It has {_rows} of {_expected} rows: the export broke off or still goes on, or rows were added to it. Export it again.");

    private void Server(HistoryRow row)
    {
        _expected = row.Number("row_count");
        if (_expected is null)
            row.Problem("has no row_count.", "Take the statement backup-history.sql as it is.");
        if (_server is not null)
            row.Problem("has a record of a server, as an earlier line has.", "Export each server to a file of its own.");
        var (name, moment) = (row.Required("server_name"), row.Date("exported_at"));
        if (moment is null)
            row.Problem("has no exported_at.", "Take the statement backup-history.sql as it is.");
        else
            _server = new ServerHistory(name, row.Text("machine_name"), new DateTimeOffset(DateTime.SpecifyKind(moment.Value, DateTimeKind.Utc)));
    }

    private void Backup(HistoryRow row)
    {
        if (row.Id("backup_set_uuid") is not { } id)
        {
            row.Problem("has no backup_set_uuid.", "A back-up set without it cannot be told from others; see how that row came to be.");
            return;
        }
        if (!_devices.TryGetValue(id, out var devices))
        {
            _devices.Add(id, devices = []);
            _backups.Add(id, new RecordedBackup
            {
                Id = id,
                Server = row.Required("server_name"),
                Machine = row.Text("machine_name"),
                Database = row.Required("database_name"),
                Type = row.Required("type"),
                Family = row.Id("family_guid"),
                RecoveryFork = row.Id("last_recovery_fork_guid"),
                Started = row.Moment("backup_start_date", hasZone: true),
                Finished = row.Moment("backup_finish_date", hasZone: true),
                FirstLsn = row.Lsn("first_lsn"),
                LastLsn = row.Lsn("last_lsn"),
                CheckpointLsn = row.Lsn("checkpoint_lsn"),
                DatabaseBackupLsn = row.Lsn("database_backup_lsn"),
                IsCopyOnly = row.Flag("is_copy_only") ?? false,
                IsDamaged = row.Flag("is_damaged") ?? false,
                HasIncompleteMetadata = row.Flag("has_incomplete_metadata") ?? false,
            });
        }
        if (row.Number("family_sequence_number") is { } stripe)
            devices.Add(new RecordedDevice(stripe, RecordedDevice.KindOf(row.Number("device_type")), row.Text("physical_device_name")));
    }

    private void Restore(HistoryRow row) => _restores.Add(new RecordedRestore
    {
        At = row.Moment("restore_date", hasZone: false),
        Destination = row.Text("destination_database_name") ?? "",
        Type = row.Text("restore_type"),
        Recovers = row.Flag("recovery"),
        Backup = row.Id("backup_set_uuid"),
        Server = row.Text("server_name"),
        Database = row.Text("database_name"),
        Family = row.Id("family_guid"),
        BackupStarted = row.Moment("backup_start_date", hasZone: true),
    });
}
