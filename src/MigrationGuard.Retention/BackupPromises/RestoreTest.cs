using System.Globalization;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.BackupHistories;
using MigrationGuard.Retention.Chains;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>Whether a back-up of a database was restored of late: by a server's own record of it, or by somebody's word.</summary>
/// <remarks>
/// A record of a restore stays true as it grows old, so an old export may show one, and only never that there is none. A sequence counts from
/// the operation that brought the database online (<c>recovery</c> = 1): what was left restoring has shown nothing yet, and bringing it online
/// by itself later has no row. A row says that something was restored, and never that what a person saw fail is whole.
/// </remarks>
internal static class RestoreTest
{
    private const string WhatARowSays = "msdb.dbo.restorehistory says that a restore was carried out. Whether what came of it is whole, DBCC CHECKDB on the restored copy shows.";

    public static PromiseFinding Check(BackupPromiseOptions promise, DatabaseBackups backups, BackedUpDatabaseOptions database, DatabaseHistories histories, DateTimeOffset now)
    {
        var floor = now - TimeSpan.FromDays(promise.Days!.Value);
        var restores = Restores(backups, database, histories).ToList();
        var doubts = Doubts(backups, histories, restores, now);
        var done = restores.Where(restore => restore.Row is { Recovers: true, At: { } at } && at.Earliest <= now).MaxBy(restore => restore.Row.At!.Value.Earliest);
        var stated = Newest(histories.Stated, now);
        var measured = new Dictionary<string, Scalar>
        {
            ["lastRestore"] = Scalar.OfMoment(done?.Row.At is { IsExact: true } exact ? exact.Earliest : null),
            ["lastStated"] = Scalar.OfMoment(stated is { Passed: not null } ? stated.At : null),
        };
        if (stated is { Passed: false } failed)
            return Found($"The last restore test, attested as {failed.Id}, failed {Moment.Say(failed.At)}. Take another back-up, restore it, and attest what came of it.");
        if (stated is { Passed: true } passed && passed.At >= floor)
            return new PromiseFinding([]) { Measured = measured, Notes = [$"The restore test of {Moment.Say(passed.At)} is attested as {passed.Id}."] };
        var isLately = done?.Row.At?.Earliest >= floor;
        var erased = Erased(histories.Stated, stated, done, isLately, floor, now);
        if (isLately && erased is null)
            return new PromiseFinding([]) { Measured = measured, Notes = [$"{done!.Server} restored a back-up of {database.Database} to {done.Row.Destination}, {done.Row.At}.", WhatARowSays] };
        if (erased is not null)
            doubts.Add(erased);
        if (!isLately && done?.Row.At is { } uncertain && uncertain.Latest >= floor)
            doubts.Add($"The last restore was {uncertain}, and whether that is within the promised time depends on the zone. Name the server's TimeZone with its history.");
        if (!isLately && restores.LastOrDefault(restore => restore.Row is { Recovers: not true, At: { } at } && at.Latest >= floor && at.Earliest <= now) is { } open)
            doubts.Add($"{open.Server} recorded a restore to {open.Row.Destination} {open.Row.At}, and its record does not say that it was brought online. Attest it: migrationguard attest restore-test --asset {database.Asset ?? backups.Key}.");
        if (histories.Restores.Count == 0 && stated?.Passed is null)
            doubts.Add($"No server that back-ups of {backups.Key} are restored on is named, and no restore test of it is attested. What would show it: msdb.dbo.restorehistory of that server, named under Backups:Databases:{backups.Key}:Restores; or migrationguard attest restore-test --asset {database.Asset ?? backups.Key}.");
        return doubts.Count > 0
            ? new PromiseFinding([], string.Join(" ", doubts)) { Measured = measured }
            : Found(Nothing(promise, backups, restores, done, stated));

        PromiseFinding Found(string detail) => new([new Finding(KeepingFindings.NotTested, Detail: detail)]) { Measured = measured };
    }

    private static IEnumerable<Restored> Restores(DatabaseBackups backups, BackedUpDatabaseOptions database, DatabaseHistories histories)
    {
        var kept = backups.Copies.Select(copy => copy.Header!.HeaderIfAny!.BackupSetId).ToHashSet();
        return histories.Restores.OfType<HistoryOutcome.Read>()
            .SelectMany(read => read.History.Restores.Select(row => new Restored(read.History.Server, row)))
            .Where(restore => restore.Row.BringsDatabase && (IsOf(database, restore.Row) || (restore.Row.Backup is { } id && kept.Contains(id))));
    }

    private static bool IsOf(BackedUpDatabaseOptions database, RecordedRestore row) =>
        row.Database?.Equals(database.Database, StringComparison.OrdinalIgnoreCase) == true && row.Server is { } server && database.Servers.Contains(server, StringComparer.OrdinalIgnoreCase);

    private static List<string> Doubts(DatabaseBackups backups, DatabaseHistories histories, List<Restored> restores, DateTimeOffset now) =>
    [
        .. histories.Restores.OfType<HistoryOutcome.NotRead>().Select(not => not.Reason),
        .. histories.Restores.OfType<HistoryOutcome.Read>().Select(read => read.Doubt).OfType<string>(),
        // A back-up that was restored may be known by a file of theirs alone.
        .. histories.Restores.Count == 0 ? [] : backups.Stores.Select(store => store.NotListed).OfType<string>(),
        .. restores.Where(restore => restore.Row.At is null || restore.Row.At.Value.Earliest > now).Take(1)
            .Select(restore => $"{restore.Server} recorded a restore to {restore.Row.Destination} {(restore.Row.At is { } at ? $"{at}, which is yet to come: a clock is wrong, or TimeZone is" : "without its date")}."),
    ];

    // Of several of one moment, the worst.
    private static StatedRestoreTest? Newest(IEnumerable<StatedRestoreTest> stated, DateTimeOffset now) =>
        stated.Where(test => test.At <= now).OrderByDescending(test => test.At).ThenBy(test => test.Passed is false ? 0 : test.Passed is null ? 1 : 2).FirstOrDefault();

    /// <summary>Why an erased word leaves open what came of the last restore; null where it does not.</summary>
    /// <remarks>
    /// It may have been of this database, and a failure: what is older must not speak in its place. It may have been what cleared a failure,
    /// too, and no row of a server says that such a one was cleared.
    /// </remarks>
    private static string? Erased(IReadOnlyList<StatedRestoreTest> all, StatedRestoreTest? newest, Restored? done, bool isLately, DateTimeOffset floor, DateTimeOffset now)
    {
        if (newest is not { Passed: null } erased)
            return null;
        var isAfterFailure = isLately && Newest(all.Where(test => test.Passed is not null), now) is { Passed: false };
        var mayOverrule = erased.At >= floor && !(done?.Row.At?.Earliest > erased.At);
        return isAfterFailure || mayOverrule
            ? $"What was attested of a restore test {Moment.Say(erased.At)} as {erased.Id} was erased: whether it was of this database, and what came out, nobody can say any more. Attest the next."
            : null;
    }

    private static string Nothing(BackupPromiseOptions promise, DatabaseBackups backups, List<Restored> restores, Restored? done, StatedRestoreTest? stated)
    {
        var last = new[]
        {
            done is not null ? $"The last that is recorded was {done.Row.At} on {done.Server}." : null,
            stated is { Passed: not null } test ? $"The last that is attested was {Moment.Say(test.At)} ({test.Id})." : null,
            done is null && restores.Count > 0 ? $"{restores[^1].Server} recorded one to {restores[^1].Row.Destination}, whose record does not say that it was brought online." : null,
        }.OfType<string>().ToList();
        var said = last.Count > 0 ? string.Join(" ", last) : "None is recorded or attested at all.";
        return string.Create(CultureInfo.InvariantCulture, $"No back-up of {backups.Key} was restored within {promise.Days:0.##} days. {said} Restore one on the test server, and run DBCC CHECKDB on what comes of it.");
    }

    /// <summary>A restore, and the server that recorded it.</summary>
    private sealed record Restored(string Server, RecordedRestore Row);
}
