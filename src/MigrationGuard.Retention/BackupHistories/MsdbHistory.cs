using MigrationGuard.Databases;

namespace MigrationGuard.Retention.BackupHistories;

/// <summary>The history in the msdb of a server that can be reached, read in one statement and one read-only session.</summary>
/// <remarks>The database that the connection names does not matter: the statement names msdb.</remarks>
/// <param name="zone">The server's zone, where it is known.</param>
/// <param name="statement">What is sent: backup-history.sql, unless the same columns stand elsewhere.</param>
public sealed class MsdbHistory(Database database, TimeZoneInfo? zone, TimeProvider time, string? statement = null) : IBackupHistory
{
    private const string Resource = "backup-history.sql";

    public string Place => $"History over connection {database.Name}";

    /// <summary>The statement, as it is shipped for exports.</summary>
    public static string Statement()
    {
        using var stream = typeof(MsdbHistory).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <remarks>What the driver says stands last, where evidence packs leave it out.</remarks>
    public async Task<HistoryOutcome> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var rows = await database.ReadAsync(ReadRowsAsync, cancellationToken, Freshness.Fresh);
            return rows.History is { } history
                ? new HistoryOutcome.Read(Place, history) { Doubt = HistoryAge.Doubt(Place, history.AsOf, time.GetUtcNow(), goodFor: null) }
                : new HistoryOutcome.NotRead($"{Place} cannot be used. {rows.Problems}");
        }
        catch (DatabaseException e)
        {
            return new HistoryOutcome.NotRead($"{Place}: the login needs SELECT on backupset, backupmediafamily and restorehistory in msdb. The history could not be read: {e.Message}");
        }
    }

    private async Task<HistoryRows> ReadRowsAsync(ReadSession session, CancellationToken cancellationToken)
    {
        HistoryRows? rows = null;
        var line = 0;
        await session.QueryAsync(
            statement ?? Statement(),
            columns => rows = new HistoryRows(columns, zone),
            values =>
            {
                line++;
                if (rows!.HasColumns)
                    rows.Add(line, [.. values.Select(value => value.Display)]);
            },
            cancellationToken);
        return rows!;
    }
}
