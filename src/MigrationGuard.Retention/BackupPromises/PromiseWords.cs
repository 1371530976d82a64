using System.Globalization;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>A promise about back-ups in words, as it is configured: what its result speaks of, whatever the promise is called.</summary>
internal static class PromiseWords
{
    /// <param name="databases">All databases under <c>Backups:Databases</c>, by their names.</param>
    public static string Of(BackupPromiseOptions promise, IReadOnlyCollection<string> databases)
    {
        var left = promise.Databases.Count == 0 ? [] : databases.Where(name => !promise.Databases.Contains(name, StringComparer.OrdinalIgnoreCase)).Order(StringComparer.OrdinalIgnoreCase).ToList();
        var limits = left.Count == 0 ? "" : $" Promised of {string.Join(", ", promise.Databases)}, and not of {string.Join(", ", left)}.";
        return What(promise) + limits;
    }

    private static string What(BackupPromiseOptions promise) => promise.Kind switch
    {
        BackupPromiseKind.FullEvery => $"A full back-up at least every {Counted(promise.Hours, "hour")}, which may be {Counted(promise.ToleranceMinutes, "minute")} late, through the last {Counted(promise.Days ?? DatabasePromises.UsualDays, "day")}.",
        BackupPromiseKind.LogEvery => $"A log back-up at least every {Counted(promise.Hours, "hour")}, which may be {Counted(promise.ToleranceMinutes, "minute")} late, and no log missing between them, through the last {Counted(promise.Days ?? DatabasePromises.UsualDays, "day")}.",
        BackupPromiseKind.RestorableFor => $"Every moment of the last {Counted(promise.Days, "day")} can be restored, the last {Counted(promise.ToleranceMinutes, "minute")} excepted.",
        BackupPromiseKind.KeptNoLonger => $"Nothing older than {Counted(promise.Days, "day")} is kept, unless restoring to one of the last {Counted(promise.RestorableDays ?? promise.Days, "day")} needs it; deleting may take {Counted(promise.ToleranceMinutes, "minute")}.",
        BackupPromiseKind.Present => "There is a back-up that can be restored, however old.",
        BackupPromiseKind.Genuine => "What looks like a back-up is one, begins and ends as a whole one does, and is of what its name says.",
        BackupPromiseKind.OffServer => $"Back-ups lie elsewhere than on the database's own server; of its own record, those of the last {Counted(promise.Days ?? DatabasePromises.UsualDays, "day")}.",
        BackupPromiseKind.NotArchived => "No back-up is in a tier from which it has to be brought back first.",
        BackupPromiseKind.SoftDelete => $"Deleted blobs can be brought back for {Range(promise)}.",
        BackupPromiseKind.Immutable => $"Back-ups can be neither changed nor deleted for {Range(promise)}.",
        BackupPromiseKind.NoPublicAccess => "The container gives nothing to anybody without a credential.",
        BackupPromiseKind.Redundancy => $"The account keeps its copies as {string.Join(" or ", promise.Allowed)}.",
        BackupPromiseKind.Encrypted => "The service encrypts what it stores.",
        BackupPromiseKind.Recorded => $"Every back-up that its server recorded in the last {Counted(promise.Days, "day")} and that is {Counted(promise.ToleranceMinutes, "minute")} old lies in the stores as it was recorded, and they hold no whole one of that time that it did not record.",
        BackupPromiseKind.RestoreTested => $"A back-up was restored within the last {Counted(promise.Days, "day")}.",
        BackupPromiseKind.Lineage => $"The database is {promise.From}, backed up there and restored here.",
        _ => throw new InvalidOperationException($"{promise.Kind} is no promise about back-ups."),
    };

    private static string Range(BackupPromiseOptions promise) => string.Join(" and ", new[]
    {
        promise.AtLeastDays is { } least ? $"at least {Counted(least, "day")}" : null,
        promise.AtMostDays is { } most ? $"at most {Counted(most, "day")}" : null,
    }.OfType<string>());

    private static string Counted(double? number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{number:0.##} {unit}{(number == 1 ? "" : "s")}");
}
