using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Tests.Retention.Chains;

/// <summary>A database whose log is a list of records with moments, and of which back-ups are taken as a server takes them.</summary>
/// <remarks>It knows what headers do not say: moments to the millisecond, and which records a back-up really holds.</remarks>
internal sealed class SimulatedDatabase
{
    private static readonly DateTimeOffset Epoch = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly List<DateTimeOffset> _records = [];
    private readonly List<SimulatedBackup> _backups = [];
    private DateTimeOffset _now = Epoch;
    private int? _base;
    private int? _archived;
    private (BackupKind Kind, bool IsCopyOnly, DateTimeOffset Started, int Checkpoint)? _running;

    public IReadOnlyList<SimulatedBackup> Backups => _backups;

    public DateTimeOffset Now => _now;

    /// <summary>The moment of each log record, whose LSN is its place in the list, plus one.</summary>
    public IReadOnlyList<DateTimeOffset> Records => _records;

    private int Next => _records.Count + 1;

    /// <summary>Does what the number says, after as much time as it says.</summary>
    public void Step(int number)
    {
        _now = _now.AddMilliseconds(1 + (number % 997 * 3571));
        switch (number % 11)
        {
            case 0 or 1:
                _records.Add(_now);
                break;
            case 2 or 3:
                Begin(BackupKind.Full, isCopyOnly: number % 3 == 0);
                break;
            case 4 when _base is not null:
                Begin(BackupKind.Differential, isCopyOnly: false);
                break;
            case 5 or 6:
                End();
                break;
            case 7 or 8 or 9 when _archived is not null:
                BackUpLog(isCopyOnly: number % 5 == 0, writesMeanwhile: number % 4);
                break;
        }
    }

    public static Lsn Lsn(int number) => new(7, (uint)number, 1);

    private void Begin(BackupKind kind, bool isCopyOnly)
    {
        if (_running is not null)
            return;
        _records.Add(_now);
        _running = (kind, isCopyOnly, _now, Next - 1);
    }

    private void End()
    {
        if (_running is not { } ran)
            return;
        _running = null;
        Keep(ran.Kind, ran.IsCopyOnly, ran.Started, ran.Checkpoint, Next, ran.Checkpoint);
        if (ran.Kind != BackupKind.Full)
            return;
        _base = ran.IsCopyOnly ? _base : ran.Checkpoint;
        // The log is kept for log back-ups from the first full one on, be it copy-only in this model.
        _archived ??= ran.Checkpoint;
    }

    /// <summary>A log back-up ends with a record that was written while it ran, or before that one: both happen.</summary>
    private void BackUpLog(bool isCopyOnly, int writesMeanwhile)
    {
        var started = _now;
        var end = Next;
        if (writesMeanwhile > 0)
        {
            _now = _now.AddMilliseconds(700);
            _records.Add(_now);
            end = writesMeanwhile == 1 ? end : Next;
        }

        _now = _now.AddMilliseconds(900);
        Keep(BackupKind.Log, isCopyOnly, started, _archived!.Value, end, 0);
        _archived = isCopyOnly ? _archived : end;
    }

    private void Keep(BackupKind kind, bool isCopyOnly, DateTimeOffset started, int first, int last, int checkpoint)
    {
        var number = _backups.Count + 1;
        var header = Made.Full(Epoch).Header with
        {
            Kind = kind,
            IsCopyOnly = isCopyOnly,
            Started = Seconds(started),
            Finished = Seconds(_now),
            FirstLsn = Lsn(first),
            LastLsn = Lsn(last),
            CheckpointLsn = Lsn(checkpoint),
            DatabaseBackupLsn = Lsn(kind == BackupKind.Differential ? _base!.Value : 0),
            MediaSetId = new Guid(number, 1, 0, new byte[8]),
            BackupSetId = new Guid(number, 2, 0, new byte[8]),
        };
        _backups.Add(new(header, _now, last));
    }

    private static DateTimeOffset Seconds(DateTimeOffset moment) => new(moment.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
}

/// <param name="Ended">The true end.</param>
/// <param name="Next">The number of the first record that is not in it.</param>
internal sealed record SimulatedBackup(BackupHeader Header, DateTimeOffset Ended, int Next);
