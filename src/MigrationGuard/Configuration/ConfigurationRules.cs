using MigrationGuard.Anchors;
using MigrationGuard.Databases;
using MigrationGuard.Configuration.Overrides;
using MigrationGuard.Ledger;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Notifications;
using MigrationGuard.Qualification;
using MigrationGuard.Schedule;
using MigrationGuard.Verification;

namespace MigrationGuard.Configuration;

/// <summary>What options that read well may still get wrong, each alone or together.</summary>
public static class ConfigurationRules
{
    // A timer can wait for 49 days; nobody waits for a verdict longer than six weeks.
    private const double MostDeadlineHours = 1000;

    private const double MostSettleSeconds = 3600;

    // Shorter segments are mostly beginnings and ends; longer ones are what a dropped connection costs.
    private const double LeastSegmentSeconds = 0.05;
    private const double MostSegmentSeconds = 60;

    /// <summary>Every rule that is broken, in the order of the options; empty when all hold.</summary>
    public static IReadOnlyList<ConfigurationProblem> Check(MigrationGuardOptions options) =>
    [
        .. Store(options.Store),
        .. options.Databases.SelectMany(database => Database(database.Key, database.Value)),
        .. options.Comparisons.SelectMany(comparison => ComparisonRules.Check(comparison.Key, comparison.Value, options.Databases)),
        .. Limits(options.Verification),
        .. BackupRules.Check(options),
        .. FileRules.Check(options.Files),
        .. RecordRules.Check(options.Records, options.Databases),
        .. PeopleRules.Check(options),
        .. AssetRules.Check(options),
        .. ObligationRules.Check(options),
        .. NotificationRules.Check(options.Notifications, options.People, options.Roles),
        .. options.Schedules.SelectMany(schedule => ScheduleRules.Check(schedule.Key, schedule.Value, options.Comparisons.Keys)),
        .. ScheduleRules.OfWhatIsKept(options),
        .. EvidenceRules.Check(options.Evidence),
        .. WorkerRules.Check(options.Worker),
        .. CheckpointRules.Check(options),
        .. Qualify(options.Qualify, options.Databases),
    ];

    private static IEnumerable<ConfigurationProblem> Store(StoreOptions store)
    {
        foreach (var problem in ConnectionString(store.ConnectionString, "Store", nameof(store.ConnectionString)))
            yield return problem;
        if (store.LockTimeoutSeconds < 1)
            yield return new("Store:LockTimeoutSeconds", "is less than 1.", "Wait at least a second for another process.");
    }

    private static IEnumerable<ConfigurationProblem> Database(string name, DatabaseOptions database)
    {
        string At(string option) => ConfigurationPlace.Below("", "Databases", name, option);
        foreach (var problem in ConnectionString(database.ConnectionString, "Databases", name, nameof(database.ConnectionString)))
            yield return problem;
        if (database.MaxConnections < 1)
            yield return new(At(nameof(database.MaxConnections)), "is less than 1.", "Allow at least one connection.");
        if (database.CommandTimeoutSeconds < 0)
            yield return new(At(nameof(database.CommandTimeoutSeconds)), "is negative.", "Write a number of seconds; 0 for no limit.");
        if (database.LockTimeoutSeconds < 0)
            yield return new(At(nameof(database.LockTimeoutSeconds)), "is negative.", "Write a number of seconds; 0 for no limit.");
        if (database.Retries < 0)
            yield return new(At(nameof(database.Retries)), "is negative.", "Write how often to try again; 0 for never.");
        foreach (var problem in TimeZone(At(nameof(database.TimeZone)), database.TimeZone))
            yield return problem;
    }

    /// <summary>Holds the name of a time zone against those known here.</summary>
    internal static IEnumerable<ConfigurationProblem> TimeZone(string place, string name)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(name, out _))
            yield return new(place, "names no time zone known here.", TimeZoneRemedy(name));
    }

    internal static string TimeZoneRemedy(string name) =>
        NearestName.Of(name, TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id)) is { } nearest
            ? $"Did you mean {nearest}?"
            : "Use an IANA name such as Europe/London.";

    private static IEnumerable<ConfigurationProblem> ConnectionString(string value, params string[] path)
    {
        if (string.IsNullOrWhiteSpace(value))
            yield return new(path.Aggregate("", ConfigurationPlace.Below), "is empty.", $"Set the environment variable {EnvironmentVariables.For(path.Select(ConfigurationPlace.Shown))}.");
    }

    private static IEnumerable<ConfigurationProblem> Qualify(QualifyOptions qualify, Dictionary<string, DatabaseOptions> databases)
    {
        if (qualify.Database is not { } name)
            yield break;
        var (known, database) = databases.FirstOrDefault(database => string.Equals(database.Key, name, StringComparison.OrdinalIgnoreCase));
        if (known is null)
            yield return new("Qualify:Database", $"there is no database {name}.", NearestName.Remedy(name, databases.Keys));
        else if (database.Provider == Provider.Sqlite)
            yield return new("Qualify:Database", "is a SQLite file.", "Leave it out: scratch SQLite databases are always made. Name a server's database, or none.");
    }

    private static IEnumerable<ConfigurationProblem> Limits(VerificationOptions limits)
    {
        if (limits.DeadlineHours is not (> 0 and <= MostDeadlineHours))
            yield return new("Verification:DeadlineHours", "is not more than 0 and at most 1000.", "Write after how many hours a run should stop.");
        var atLeastOne = new[]
        {
            (nameof(limits.MaxGroups), limits.MaxGroups),
            (nameof(limits.MaxQueryRows), limits.MaxQueryRows),
            (nameof(limits.MaxFindings), limits.MaxFindings),
        };
        foreach (var (name, value) in atLeastOne.Where(limit => limit.Item2 < 1))
            yield return new(ConfigurationPlace.Below("Verification", name), "is less than 1.", "Write 1 or more.");
        if (limits.SettleSeconds is not (>= 0 and <= MostSettleSeconds))
            yield return new("Verification:SettleSeconds", "is not between 0 and 3600.", "Write how long a row that is being written may take to arrive.");
        if (limits.SegmentSeconds is not (>= LeastSegmentSeconds and <= MostSegmentSeconds))
            yield return new("Verification:SegmentSeconds", "is not between 0.05 and 60.", "Write how long reading a segment should take; half a second suits most.");
    }
}
