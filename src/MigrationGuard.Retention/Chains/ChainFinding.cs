using System.Globalization;
using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Retention.Chains;

/// <summary>Something that is wrong with a database's back-ups, as what they themselves say shows it.</summary>
public abstract record ChainFinding
{
    private ChainFinding()
    {
    }

    /// <summary>The moment by which findings are put in order.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The database or the file.</summary>
    public abstract string Place { get; }

    /// <summary>A sentence without its subject, which is the place.</summary>
    public abstract string Problem { get; }

    public abstract string Remedy { get; }

    public sealed override string ToString() => $"{Place} {Problem} {Remedy}";

    private static string Between(BackupSet after, BackupSet before) =>
        $"from {Moment.Say(after.Started)} ({after.Path}) to {Moment.Say(before.Started)} ({before.Path})";

    /// <summary>A file that was cut off.</summary>
    public sealed record IncompleteFile(BackupFile File) : ChainFinding
    {
        public override string Place => File.Path;

        public override string Problem => $"is cut off, and restores nothing of {File.Header.Database}.";

        public override string Remedy => "Find out why the upload ended, and take another back-up; delete the file when nobody needs to look at it.";
    }

    /// <summary>A back-up that was striped over files of which some are not there.</summary>
    public sealed record MissingStripe(BackupSet Set) : ChainFinding
    {
        public override string Place => Set.Path;

        public override string Problem => string.Create(
            CultureInfo.InvariantCulture,
            $"is one of {Set.Header.FamilyCount} stripes of a back-up of {Set.Header.Database}; {Missing()} not there, and the others restore nothing without it.");

        public override string Remedy => "Bring the missing file back from where it was deleted or moved to, or take another back-up.";

        private string Missing()
        {
            var there = Set.Files.Select(file => file.Header.FamilyNumber).ToHashSet();
            var missing = Enumerable.Range(1, Set.Header.FamilyCount).Where(number => !there.Contains(number)).Take(6).ToList();
            var named = string.Join(", ", missing.Take(5).Select(number => number.ToString(CultureInfo.InvariantCulture)));
            return missing.Count == 1 ? $"number {named} is" : missing.Count > 5 ? $"numbers {named} and more are" : $"numbers {named} are";
        }
    }

    /// <summary>A back-up whose header cannot be right, or does not say when it was taken.</summary>
    public sealed record UnreliableHeader(BackupSet Set, string Reason) : ChainFinding
    {
        public override string Place => Set.Path;

        public override string Problem => $"has a header that is not to be relied on: {Reason}.";

        public override string Remedy =>
            "Have the server read it with RESTORE HEADERONLY and RESTORE VERIFYONLY; until then no moment is claimed that only this header would show.";
    }

    /// <summary>A differential whose full back-up is not there or cannot be restored.</summary>
    public sealed record DifferentialWithoutBase(BackupSet Set) : ChainFinding
    {
        public override string Place => Set.Path;

        public override string Problem =>
            $"is a differential on the full back-up of {Set.Header.Database} with checkpoint {Set.Header.DatabaseBackupLsn}, which is not there or cannot be restored.";

        public override string Remedy => "Bring that full back-up back, or take a new one; if somebody else takes full back-ups too, have them use COPY_ONLY.";
    }

    /// <summary>A database of which there is no full back-up that can be restored, so that nothing else can be either.</summary>
    public sealed record NoFullBackup(string Server, string Database, DateTime Created) : ChainFinding
    {
        public override string Place => $"{Database} on {Server}";

        public override string Problem => string.Create(
            CultureInfo.InvariantCulture, $"has back-ups, but no full one that can be restored, of the database created on {Created:yyyy-MM-dd HH:mm:ss}.");

        public override string Remedy => "Take a full back-up; after a restore, too, a new sequence begins with one.";
    }

    /// <summary>A place where the log between two log back-ups is in no back-up.</summary>
    public sealed record LsnBreak(ChainBreak Break) : ChainFinding
    {
        public override string Place => $"{Break.Before.Header.Database} on {Break.Before.Header.Server}";

        public override string Problem =>
            $"lacks the log from LSN {Break.From} to {Break.To}: {Break.After.Path} ends before it and {Break.Before.Path} begins after it. " +
            $"They began {Moment.Say(Break.Time.Length)} apart, at {Moment.Say(Break.Time.From)} and {Moment.Say(Break.Time.To)}.";

        public override string Remedy =>
            "Look in msdb.dbo.backupset for the log back-up that is missing and bring it back; " +
            "if none was taken, the recovery model was changed, and only a full or differential back-up begins anew.";
    }

    /// <summary>More time between two log back-ups, or since the last, than was promised.</summary>
    public sealed record LogGap(BackupSet After, BackupSet? Before, TimeSpan Length, TimeSpan Allowed) : ChainFinding
    {
        public override string Place => $"{After.Header.Database} on {After.Header.Server}";

        public override string Problem => Before is null
            ? $"had its last log back-up {Moment.Say(Length)} ago, {After.Path}; {Moment.Say(Allowed)} is allowed."
            : $"had no log back-up for {Moment.Say(Length)}, {Between(After, Before)}; {Moment.Say(Allowed)} is allowed.";

        public override string Remedy => "Look at the job that takes log back-ups; no log was lost by this, but it would have been with the server.";
    }

    /// <summary>Log back-ups were promised, and there are none.</summary>
    public sealed record NoLogBackup(string Server, string Database) : ChainFinding
    {
        public override string Place => $"{Database} on {Server}";

        public override string Problem => "has no log back-up.";

        public override string Remedy => "Take log back-ups, for which the database needs the full recovery model; or promise none of it.";
    }

    /// <summary>More time between two full back-ups, or since the last, than was promised.</summary>
    public sealed record FullGap(BackupSet After, BackupSet? Before, TimeSpan Length, TimeSpan Allowed) : ChainFinding
    {
        public override string Place => $"{After.Header.Database} on {After.Header.Server}";

        public override string Problem => Before is null
            ? $"had its last full back-up {Moment.Say(Length)} ago, {After.Path}; {Moment.Say(Allowed)} is allowed."
            : $"had no full back-up for {Moment.Say(Length)}, {Between(After, Before)}; {Moment.Say(Allowed)} is allowed.";

        public override string Remedy => "Look at the job that takes full back-ups.";
    }
}

/// <summary>Log that is in no back-up that can be restored.</summary>
/// <param name="After">The log back-up that ends before it.</param>
/// <param name="Before">The log back-up that begins after it.</param>
/// <param name="From">The first log record that is missing.</param>
/// <param name="To">The first one that is there again.</param>
/// <param name="IsExplained">Whether back-ups hold it that are cut off or lack a stripe: those are the finding then.</param>
public sealed record ChainBreak(BackupSet After, BackupSet Before, Lsn From, Lsn To, bool IsExplained)
{
    /// <summary>From the start of the one to the start of the other.</summary>
    public Period Time => new(After.Started, Before.Started);
}
