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
        BackupPromiseKind.FullEvery => Said($"A full back-up at least every {promise.Hours:0.##} hours, which may be {promise.ToleranceMinutes:0.##} minutes late, through the last {promise.Days ?? DatabasePromises.UsualDays:0.##} days."),
        BackupPromiseKind.LogEvery => Said($"A log back-up at least every {promise.Hours:0.##} hours, which may be {promise.ToleranceMinutes:0.##} minutes late, and no log missing between them, through the last {promise.Days ?? DatabasePromises.UsualDays:0.##} days."),
        BackupPromiseKind.RestorableFor => Said($"Every moment of the last {promise.Days:0.##} days can be restored, the last {promise.ToleranceMinutes:0.##} minutes excepted."),
        BackupPromiseKind.KeptNoLonger => Said($"Nothing older than {promise.Days:0.##} days is kept, unless restoring to one of the last {promise.RestorableDays ?? promise.Days:0.##} days needs it; deleting may take {promise.ToleranceMinutes:0.##} minutes."),
        BackupPromiseKind.Present => "There is a back-up that can be restored, however old.",
        BackupPromiseKind.Genuine => "What looks like a back-up is one, begins and ends as a whole one does, and is of what its name says.",
        BackupPromiseKind.OffServer => Said($"Back-ups lie elsewhere than on the database's own server; of its own record, those of the last {promise.Days ?? DatabasePromises.UsualDays:0.##} days."),
        BackupPromiseKind.NotArchived => "No back-up is in a tier from which it has to be brought back first.",
        BackupPromiseKind.SoftDelete => $"Deleted blobs can be brought back for {Range(promise)}.",
        BackupPromiseKind.Immutable => $"Back-ups can be neither changed nor deleted for {Range(promise)}.",
        BackupPromiseKind.NoPublicAccess => "The container gives nothing to anybody without a credential.",
        BackupPromiseKind.Redundancy => $"The account keeps its copies as {string.Join(" or ", promise.Allowed)}.",
        BackupPromiseKind.Encrypted => "The service encrypts what it stores.",
        BackupPromiseKind.Recorded => Said($"Every back-up that its server recorded in the last {promise.Days:0.##} days and that is {promise.ToleranceMinutes:0.##} minutes old lies in the stores as it was recorded, and they hold no whole one of that time that it did not record."),
        BackupPromiseKind.RestoreTested => Said($"A back-up was restored within the last {promise.Days:0.##} days."),
        BackupPromiseKind.Lineage => $"The database is {promise.From}, backed up there and restored here.",
        _ => throw new InvalidOperationException($"{promise.Kind} is no promise about back-ups."),
    };

    private static string Range(BackupPromiseOptions promise) => string.Join(" and ", new[]
    {
        promise.AtLeastDays is { } least ? Said($"at least {least:0.##} days") : null,
        promise.AtMostDays is { } most ? Said($"at most {most:0.##} days") : null,
    }.OfType<string>());

    private static string Said(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);
}
