using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.Chains;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>What was promised of a database's back-ups, held against them.</summary>
internal static class DatabasePromises
{
    /// <summary>How many days are looked at where no number of them was promised.</summary>
    public const double UsualDays = 35;

    /// <param name="now">The moment that everything is said as of.</param>
    public static PromiseFinding Check(BackupPromiseOptions promise, DatabaseBackups backups, DateTimeOffset now)
    {
        var found = promise.Kind switch
        {
            BackupPromiseKind.FullEvery => Chain<ChainFinding.FullGap>(promise, backups, now, rules => rules with { LongestFullGap = Interval(promise) }, typeof(ChainFinding.NoFullBackup)),
            BackupPromiseKind.LogEvery => WithHours(promise, backups, now, Chain<ChainFinding.LogGap>(promise, backups, now, rules => rules with { LongestLogGap = Interval(promise) }, typeof(ChainFinding.LsnBreak), typeof(ChainFinding.NoLogBackup))),
            BackupPromiseKind.RestorableFor => Restorable(promise, backups, now),
            BackupPromiseKind.Present => Present(backups, now),
            BackupPromiseKind.KeptNoLonger => KeptNoLonger(promise, backups, now),
            _ => throw new InvalidOperationException($"{promise.Kind} is not promised of databases."),
        };
        return found with { Measured = found.Measured ?? backups.Measured };
    }

    private static PromiseFinding Chain<T>(BackupPromiseOptions promise, DatabaseBackups backups, DateTimeOffset now, Func<ChainRules, ChainRules> asked, params Type[] others)
        where T : ChainFinding
    {
        if (backups.Chain(asked(new ChainRules { Window = Window(promise) }), now) is not { } chain)
            return Nothing(backups);
        var findings = chain.Findings.Where(finding => finding is T || others.Contains(finding.GetType()) || (promise.Kind == BackupPromiseKind.LogEvery && IsOfLostLog(finding))).Select(finding => new Finding(KeepingFindings.Gap, Detail: finding.ToString())).ToList();
        return new PromiseFinding(findings, backups.Doubt, NeedsAll: true);
    }

    private static PromiseFinding WithHours(BackupPromiseOptions promise, DatabaseBackups backups, DateTimeOffset now, PromiseFinding found)
    {
        var isWhole = backups.Doubt is null && backups.Stores.All(store => store.NotListed is null);
        return found with { Hours = LogCalendar.Of(backups.Chain(new ChainRules { Window = TimeSpan.Zero }, now), Interval(promise), isWhole, now) };
    }

    // The chain tells of a gap once: at the file that explains it, where one is there and restores nothing.
    private static bool IsOfLostLog(ChainFinding finding) => finding switch
    {
        ChainFinding.IncompleteFile incomplete => incomplete.File.Header.Kind == BackupKind.Log,
        ChainFinding.MissingStripe stripe => stripe.Set.Kind == BackupKind.Log,
        ChainFinding.UnreliableHeader unreliable => unreliable.Set.Kind == BackupKind.Log,
        _ => false,
    };

    private static PromiseFinding Restorable(BackupPromiseOptions promise, DatabaseBackups backups, DateTimeOffset now)
    {
        var rules = new ChainRules { Window = TimeSpan.FromDays(promise.Days!.Value), AllowedLag = TimeSpan.FromMinutes(promise.ToleranceMinutes) };
        if (backups.Chain(rules, now) is not { } chain)
            return Nothing(backups);
        var notes = chain.Findings.Select(finding => finding.ToString()!).ToList();
        var findings = chain.Window.NotRestorable
            .Select(gap => new Finding(KeepingFindings.NotRestorable, Detail: $"No sequence of back-ups leads to the moments from {gap}. {(notes.Count > 0 ? "The notes say which files are at fault; a" : "A")} full back-up, and log back-ups after it, begin anew."))
            .ToList();
        return new PromiseFinding(findings, backups.Doubt, NeedsAll: true)
        {
            // What is wrong with files explains what cannot be restored, and is nothing where everything can.
            Notes = findings.Count > 0 ? notes : [],
            Measured = new Dictionary<string, Scalar>(backups.Measured)
            {
                ["restorableFrom"] = Scalar.OfMoment(chain.Restorable.Count == 0 ? null : chain.Restorable[^1].From),
                ["restorableTo"] = Scalar.OfMoment(chain.Restorable.Count == 0 ? null : chain.Restorable[^1].To),
            },
        };
    }

    private static PromiseFinding Present(DatabaseBackups backups, DateTimeOffset now)
    {
        var chain = backups.Chain(new ChainRules { Window = TimeSpan.Zero }, now);
        return chain is { Points.Count: > 0 } ? new PromiseFinding([], null) : Nothing(backups);
    }

    private static PromiseFinding KeptNoLonger(BackupPromiseOptions promise, DatabaseBackups backups, DateTimeOffset now)
    {
        var rules = new ChainRules { Window = TimeSpan.FromDays(promise.RestorableDays ?? promise.Days!.Value), AllowedLag = TimeSpan.Zero };
        var chain = backups.Chain(rules, now);
        var newest = (chain?.Needed ?? []).Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        // What no moment of the window rests on is no base of it, be it all there is.
        var isOfUse = chain is not null && (chain.Restorable.Any(period => period.To > chain.Window.Promised.From) || chain.Points.Any(point => point.At >= chain.Window.Promised.From));
        var needed = isOfUse ? newest : [];
        var findings = backups.Copies.Where(copy => !needed.Contains(copy.Place)).Select(copy => KeptTooLong.Of(copy, promise, now, newest.Contains(copy.Place))).OfType<Finding>().ToList();
        // Of a store that could not be listed it is said why.
        var nothing = backups.Copies.Count > 0 || backups.Stores.Any(store => store.NotListed is not null) ? null
            : backups.Stores.All(store => store.Copies.Count == 0) ? StorePromises.Empty(backups.Stores[0])
            : $"{backups.None} Correct Servers and Database; where none of it is to be there any more, take it out of the configuration and attest that they were destroyed.";
        return new PromiseFinding(findings, backups.Doubt ?? nothing, NeedsAll: true) { NeedsEveryCopy = true };
    }

    private static PromiseFinding Nothing(DatabaseBackups backups) => backups.Doubt is { } doubt
        ? new PromiseFinding([], doubt)
        : new PromiseFinding([new Finding(KeepingFindings.NotRestorable, Detail: backups.Copies.Count == 0 ? backups.None : $"There is no back-up of {backups.Key} that can be restored in {backups.Places}.")], NeedsAll: true);

    private static TimeSpan Interval(BackupPromiseOptions promise) => TimeSpan.FromHours(promise.Hours!.Value) + TimeSpan.FromMinutes(promise.ToleranceMinutes);

    // Long ago is what nobody promised anything of any more.
    private static TimeSpan Window(BackupPromiseOptions promise) => TimeSpan.FromDays(promise.Days ?? UsualDays);
}
