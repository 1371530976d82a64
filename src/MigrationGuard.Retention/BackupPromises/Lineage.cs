using System.Globalization;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.BackupHistories;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>Whether a database is another one, backed up there and restored here, over however many servers in between.</summary>
/// <remarks>
/// Two facts have to hold. A database keeps its family's identity through every restore, also under other names (Microsoft: "backupset",
/// family_guid), so another family is another database. And what was restored last has to lead back, restore by restore, to a back-up of the old
/// one, as two databases may come of one and hold different things.
/// </remarks>
/// <param name="histories">All that were read: those of servers in between among them.</param>
internal sealed class Lineage(DatabaseBackups old, BackedUpDatabaseOptions from, DatabaseHistories ofOld, IReadOnlyList<HistoryOutcome.Read> histories)
{
    /// <summary>More servers in between than any migration has: what comes round in a circle ends.</summary>
    private const int MostHops = 16;

    /// <summary>By how much the creation of a database may be later than the date of the restore that created it: both are by one clock.</summary>
    private static readonly TimeSpan UntilCreated = TimeSpan.FromMinutes(10);

    private readonly List<string> _steps = [];

    /// <param name="key">The new side's database, by its name in the configuration.</param>
    public PromiseFinding Check(string key, BackedUpDatabaseOptions database, DatabaseHistories ofNew)
    {
        var given = ofNew.Restores.Concat(ofNew.Taken).ToList();
        if (given.Count == 0)
            return new PromiseFinding([], $"No history of the server of {key} is given, so what it was restored from is not visible from here. What would show it: msdb.dbo.restorehistory and sys.database_recovery_status there; name a Connection or an Export under Backups:Databases:{key}:Restores.");
        var there = given.OfType<HistoryOutcome.Read>().FirstOrDefault(read => database.Servers.Contains(read.History.Server, StringComparer.OrdinalIgnoreCase));
        if (there is null)
            return new PromiseFinding([], string.Join(" ", given.Select(history => history is HistoryOutcome.NotRead not ? not.Reason : $"{((HistoryOutcome.Read)history).Place} is of {((HistoryOutcome.Read)history).History.Server}, which is not among the Servers of {key}.")));
        if (there.Doubt is { } doubt)
            return new PromiseFinding([], doubt);
        if (!there.History.Families.TryGetValue(database.Database, out var family) || family is not { } now)
            return new PromiseFinding([], $"{there.Place} does not say of which family {database.Database} is: it is not there, is offline, or is not shown to that login, which needs VIEW ANY DATABASE.");
        return Check(there.History, database.Database, now);
    }

    private PromiseFinding Check(ServerHistory there, string database, Guid family)
    {
        var last = LastRestore(there, database, null);
        var reason = last switch
        {
            null => $"{there.Server} has no record of a restore to {database}: it was attached, seeded or renamed, or the record was deleted. An attestation says what a person saw.",
            { At: { } at } when at.Earliest > there.AsOf => $"{there.Server} recorded a restore to {database} {at}, which was yet to come when its history was read: a clock is wrong, or TimeZone is.",
            _ => Follow(last, there.Server, 0) ?? Renamed(there, database, last),
        };
        var families = Families();
        var measured = new Dictionary<string, Scalar>
        {
            ["family"] = new(Said(family)),
            ["restored"] = Scalar.OfMoment(last?.At is { IsExact: true } exact ? exact.Earliest : null),
            ["steps"] = new(_steps.Count),
        };
        var findings = new List<Finding>();
        if (families.Count > 0 && !families.Contains(family))
            findings.Add(Differs(families.First(), family, $"{database} on {there.Server} is of another family than {old.Key}: it is not that database restored, whatever its name is. Find out where it came from."));
        else if (last?.Family is { } restored && restored != family)
            findings.Add(Differs(restored, family, $"{database} on {there.Server} is not what was restored to it last ({last.At}). Find out what took its place."));
        if (families.Count > 1)
            reason ??= $"{families.Count} families are recorded of {old.Key}: it was made anew under its name, and which of them was to be moved nobody can say from here. An attestation says what a person saw.";
        if (families.Count == 0)
            reason ??= $"Of which family {old.Key} is, nothing that was read says. What would show it: its own server's history, under Backups:Databases:{old.Key}:History.";
        return new PromiseFinding(findings, reason) { Measured = measured, Notes = _steps };
    }

    /// <summary>Why the database may be another than the one that was restored under its name; null where it is that one.</summary>
    private static string? Renamed(ServerHistory there, string database, RecordedRestore last)
    {
        if (!there.Created.TryGetValue(database, out var created))
            return $"{there.Server} does not say when {database} was created or renamed, so that it may have taken the place of what was restored.";
        var restored = there.Restores.Where(restore => restore.BringsDatabase && restore.Destination.Equals(database, StringComparison.OrdinalIgnoreCase)).Max(restore => restore.At?.Local) ?? last.At?.Local;
        return created <= restored + UntilCreated
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{database} on {there.Server} was created or renamed {created:yyyy-MM-dd HH:mm:ss} by the server's clock, after what was restored under that name last ({last.At?.ToString() ?? "without its date"}): it may be another that took its place. An attestation says what a person saw.");
    }

    /// <summary>Goes back from a restore to a back-up of the old database.</summary>
    /// <returns>Why it does not lead there; null where it does.</returns>
    private string? Follow(RecordedRestore restore, string server, int hops)
    {
        if (restore.Backup is not { } backup)
            return $"{server} restored {restore.Destination} {restore.At} from a back-up that it has no record of any more.";
        _steps.Add($"{server} restored {restore.Destination} {restore.At} from the back-up {backup} of {restore.Database} on {restore.Server}.");
        if (IsOfOld(backup))
            return Contradiction(restore, server);
        if (restore is not { Server: { } from, Database: { } database } || hops >= MostHops)
            return $"Where the back-up {backup} that {server} restored came from is not recorded.";
        var hop = histories.FirstOrDefault(read => read.History.Server.Equals(from, StringComparison.OrdinalIgnoreCase));
        if (hop is null || LastRestore(hop.History, database, restore.BackupStarted) is not { } before)
            return $"The back-up {backup} that {server} restored, of {database} on {from}, is neither kept in a store of {old.Key} nor recorded in its history, and {(hop is null ? $"the history of {from} is not given: name it under Backups:Databases" : $"{from} has no record of a restore to {database} before it")}.";
        return Follow(before, from, hops + 1);
    }

    /// <summary>What the server that restored says of a back-up of the old database otherwise than the file, or the server that took it; null where they agree.</summary>
    private string? Contradiction(RecordedRestore restore, string server)
    {
        var isOther = (restore.Database is { } database && !database.Equals(from.Database, StringComparison.OrdinalIgnoreCase))
            || (restore.Server is { } taker && !from.Servers.Contains(taker, StringComparer.OrdinalIgnoreCase));
        return isOther
            ? $"{server} recorded that the back-up {restore.Backup} is of {restore.Database} on {restore.Server}, and it is of {from.Database} on {string.Join(" or ", from.Servers)} by its own header or the record of who took it: one of them was changed. Find out which."
            : null;
    }

    private bool IsOfOld(Guid backup) =>
        old.Copies.Any(copy => copy.Header!.HeaderIfAny!.BackupSetId == backup) || Recorded().Any(recorded => recorded.Id == backup);

    private IEnumerable<RecordedBackup> Recorded() => ofOld.Taken.OfType<HistoryOutcome.Read>()
        .SelectMany(read => read.History.Backups)
        .Where(backup => from.Servers.Contains(backup.Server, StringComparer.OrdinalIgnoreCase) && backup.Database.Equals(from.Database, StringComparison.OrdinalIgnoreCase));

    /// <summary>The families that the old database is known to be of: one, unless it was made anew under its name.</summary>
    /// <remarks>
    /// What the server that took the back-ups recorded with them counts. Where it recorded none, the word of servers that restored is taken, of
    /// back-ups that kept files show to be of it. What is there now under the old name may have come after them.
    /// </remarks>
    private HashSet<Guid> Families()
    {
        var known = Recorded().Select(backup => backup.Family).OfType<Guid>().ToHashSet();
        if (known.Count == 0)
        {
            foreach (var row in histories.SelectMany(read => read.History.Restores).Where(row => row.Backup is { } id && row.Family is not null && IsOfOld(id)))
                known.Add(row.Family!.Value);
        }
        foreach (var read in ofOld.Taken.OfType<HistoryOutcome.Read>().Where(read => from.Servers.Contains(read.History.Server, StringComparer.OrdinalIgnoreCase)))
        {
            if (read.History.Families.GetValueOrDefault(from.Database) is { } family)
                known.Add(family);
        }
        return known;
    }

    // The whole database, and not the log that was brought after it.
    private static RecordedRestore? LastRestore(ServerHistory history, string database, RecordedMoment? before) => history.Restores.LastOrDefault(restore =>
        restore.Type == "D" && restore.Destination.Equals(database, StringComparison.OrdinalIgnoreCase)
        && (before is not { } limit || (restore.At is { } at && at.Local <= limit.Local)));

    private static Finding Differs(Guid source, Guid target, string detail) => new(FindingKinds.ValueDiffers, Source: new Scalar(Said(source)), Target: new Scalar(Said(target)), Detail: detail);

    // As a digest is written: nothing of any row, so that it may leave.
    private static string Said(Guid family) => family.ToString("N");
}
