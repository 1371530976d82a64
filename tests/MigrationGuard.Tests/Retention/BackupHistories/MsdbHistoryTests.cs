using MigrationGuard.Databases;
using MigrationGuard.Retention.BackupHistories;
using MigrationGuard.Tests.Decommissioning;

namespace MigrationGuard.Tests.Retention.BackupHistories;

/// <summary>The reading over a connection. The rows stand in a table of SQLite, as no server but SQL Server itself has those of msdb.</summary>
public sealed class MsdbHistoryTests : BackupHistoryConformance
{
    private int _files;

    [Fact]
    public async Task A_connection_that_fails_is_a_history_that_was_not_read()
    {
        using var database = new Database("live", Options("nowhere.db"), TimeProvider.System);
        var outcome = await new MsdbHistory(database, null, TimeProvider.System).ReadAsync(CancellationToken.None);
        outcome.ShouldBeOfType<HistoryOutcome.NotRead>().Reason.ShouldStartWith("History over connection live: the login needs SELECT on backupset, backupmediafamily and restorehistory in msdb. The history could not be read: live: ");
    }

    [Fact]
    public async Task A_statement_that_is_refused_is_a_history_that_was_not_read()
    {
        new HistoryExport("S", DateTimeOffset.UnixEpoch).WriteTable(At("other.db"));
        using var database = new Database("live", Options("other.db"), TimeProvider.System);
        // SQLite has no msdb, as a login without rights to it might say.
        var outcome = await new MsdbHistory(database, null, TimeProvider.System).ReadAsync(CancellationToken.None);
        outcome.ShouldBeOfType<HistoryOutcome.NotRead>().Reason.ShouldContain("msdb. The history could not be read: live: ");
    }

    [Fact]
    public async Task A_server_whose_clock_is_behind_is_doubted()
    {
        var now = new DateTimeOffset(2025, 3, 10, 12, 0, 0, TimeSpan.Zero);
        var outcome = await Open(new HistoryExport("S", now.AddHours(-1)), null, new SetClock(now)).ReadAsync(CancellationToken.None);
        outcome.ShouldBeOfType<HistoryOutcome.Read>().Doubt!.ShouldContain("One of the two is wrong");
    }

    [Fact]
    public void The_statement_names_every_column_that_is_read()
    {
        var first = MsdbHistory.Statement().Split("UNION ALL")[0];
        foreach (var column in HistoryRows.Columns)
            first.ShouldContain($" AS {column}");
    }

    [Fact]
    public void The_statement_reads_the_days_that_promises_are_held_to() =>
        MsdbHistory.Statement().ShouldContain(FormattableString.Invariant($"DATEADD(day, -{HistoryReach.Days}, GETDATE())"));

    private protected override IBackupHistory Open(HistoryExport export, TimeZoneInfo? zone, TimeProvider time)
    {
        var file = $"{_files++}.db";
        export.WriteTable(At(file));
        return new Closing(new Database("live", Options(file), time), zone, time);
    }

    private DatabaseOptions Options(string file) => new() { Provider = Provider.Sqlite, ConnectionString = $"Data Source={At(file)}", Retries = 0 };

    /// <summary>Lets go of the file when it has been read.</summary>
    private sealed class Closing(Database database, TimeZoneInfo? zone, TimeProvider time) : IBackupHistory
    {
        public string Place => database.Name;

        public async Task<HistoryOutcome> ReadAsync(CancellationToken cancellationToken)
        {
            using (database)
                return await new MsdbHistory(database, zone, time, "SELECT * FROM history").ReadAsync(cancellationToken);
        }
    }
}
