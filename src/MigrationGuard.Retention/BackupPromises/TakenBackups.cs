using MigrationGuard.Retention.BackupHistories;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>What the servers of a database recorded of the back-ups that they took of it.</summary>
/// <remarks>
/// Rows of other servers are left out: a restore adds them for back-ups that were taken elsewhere. Of an availability group each member
/// recorded what it took itself, so one that no history was given of leaves open what there is.
/// </remarks>
internal sealed class TakenBackups
{
    private readonly List<string> _doubts = [];

    public TakenBackups(string key, BackedUpDatabaseOptions options, IReadOnlyList<HistoryOutcome> histories)
    {
        (Key, Database) = (key, options.Database);
        if (histories.Count == 0)
            _doubts.Add($"No history of a server is given for {key}, so what was backed up at all is not visible from here. What would show it: msdb.dbo.backupset; name a Connection or an Export under Backups:Databases:{key}:History.");
        _doubts.AddRange(histories.OfType<HistoryOutcome.NotRead>().Select(not => not.Reason));
        Servers = [.. histories.OfType<HistoryOutcome.Read>().Where(read => IsOfServer(options, read)).Select(read => new ServerRecords(read, options.Database))];
        _doubts.AddRange(Servers.Select(server => server.From.Doubt).OfType<string>());
        _doubts.AddRange(Servers.Where(server => server.Sets.Count == 0).Select(server =>
            $"{server.From.Place}: {server.Name} has no record of any back-up of {options.Database}. Its history was deleted, or it is not the server that takes them."));
        var missing = histories.Count == 0 ? [] : options.Servers.Where(name => !Servers.Any(server => server.Name.Equals(name, StringComparison.OrdinalIgnoreCase))).ToList();
        if (missing.Count > 0 && histories.All(history => history is HistoryOutcome.Read))
            _doubts.Add($"What {string.Join(" and ", missing)} recorded is not given: each server has an msdb of its own. Name its history under Backups:Databases:{key}:History.");
    }

    /// <summary>The database's name in the configuration.</summary>
    public string Key { get; }

    /// <summary>The database's name on its servers.</summary>
    public string Database { get; }

    /// <summary>The servers whose history could be read.</summary>
    public IReadOnlyList<ServerRecords> Servers { get; }

    /// <summary>Why this may not be all, a sentence each; empty where it is.</summary>
    public IReadOnlyList<string> Doubts => _doubts;

    private bool IsOfServer(BackedUpDatabaseOptions options, HistoryOutcome.Read read)
    {
        if (options.Servers.Contains(read.History.Server, StringComparer.OrdinalIgnoreCase))
            return true;
        _doubts.Add($"{read.Place} is of {read.History.Server}, which is not among the Servers of {Key}. Correct one of the two.");
        return false;
    }
}
