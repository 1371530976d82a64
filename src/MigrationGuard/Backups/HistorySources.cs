using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Attestations;
using MigrationGuard.Retention.BackupHistories;
using MigrationGuard.Retention.BackupPromises;

namespace MigrationGuard.Backups;

/// <summary>Reads the histories that databases name, each once.</summary>
internal sealed class HistorySources(LoadedConfiguration configuration, TimeProvider time)
{
    private readonly Dictionary<(string? Connection, string? Export, double GoodFor, string? Zone), HistoryOutcome> _read = [];

    /// <summary>What there is of every database under <c>Backups:Databases</c>; a history that cannot be read is in it with the reason.</summary>
    /// <param name="attestations">Those of the ledger, which may state restore tests.</param>
    public async Task<RecordedHistories> ReadAsync(AttestationRecords attestations, CancellationToken cancellationToken)
    {
        var histories = new Dictionary<string, DatabaseHistories>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, database) in configuration.Options.Backups.Databases)
        {
            histories[name] = new DatabaseHistories(
                await ReadAsync(database.History, cancellationToken),
                await ReadAsync(database.Restores, cancellationToken),
                [.. Stated(attestations, database.Asset ?? name)]);
        }
        return new RecordedHistories(histories);
    }

    // Of one that was erased nobody knows any more which asset it was about.
    private static IEnumerable<StatedRestoreTest> Stated(AttestationRecords attestations, string asset) =>
        attestations.Kept
            .Where(kept => kept.CorrectedBy is null && kept.Attestation.Kind == AttestationKinds.RestoreTest && string.Equals(kept.Attestation.Asset, asset, StringComparison.OrdinalIgnoreCase))
            .Select(kept => new StatedRestoreTest(kept.Attestation.Id, kept.Attestation.At, kept.Attestation.Outcome == AttestedOutcome.Passed))
            .Concat(attestations.Erased
                .Where(erased => erased.CorrectedBy is null && erased.Kind == AttestationKinds.RestoreTest)
                .Select(erased => new StatedRestoreTest(erased.Id, erased.Recorded, Passed: null)));

    /// <summary>What each history says, or why it could not be read.</summary>
    public async Task<IReadOnlyList<HistoryOutcome>> ReadAsync(IEnumerable<BackupHistoryOptions> sources, CancellationToken cancellationToken)
    {
        var outcomes = new List<HistoryOutcome>();
        foreach (var source in sources)
        {
            var key = (source.Connection?.ToUpperInvariant(), source.Export, source.ExportGoodForDays, source.TimeZone);
            if (!_read.TryGetValue(key, out var outcome))
                _read.Add(key, outcome = await ReadAsync(source, cancellationToken));
            outcomes.Add(outcome);
        }
        return outcomes;
    }

    private async Task<HistoryOutcome> ReadAsync(BackupHistoryOptions source, CancellationToken cancellationToken)
    {
        var zone = source.TimeZone is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) ? found : null;
        if (source.Connection is not { } connection)
            return await new ExportedHistory(source, configuration.Directory, zone, time).ReadAsync(cancellationToken);
        var configured = configuration.Options.Databases.First(database => database.Key.Equals(connection, StringComparison.OrdinalIgnoreCase));
        try
        {
            using var database = new Database(configured.Key, configured.Value.RelativeTo(configuration.Directory), time);
            return await new MsdbHistory(database, zone, time).ReadAsync(cancellationToken);
        }
        catch (DatabaseException e)
        {
            return new HistoryOutcome.NotRead($"History over connection {configured.Key}: the connection cannot be used as it is configured. The history could not be read: {e.Message}");
        }
    }
}
