using MigrationGuard.Databases;
using MigrationGuard.Ledger;
using MigrationGuard.Retention.Records;

namespace MigrationGuard.Configuration;

/// <summary>The rules of which records are kept for how long.</summary>
internal static class RecordRules
{
    // What is more is a slip of the hand, and a tolerance that long would pass anything.
    private const double MostToleranceDays = 366;

    private const string Section = "Records";

    /// <param name="options">With presets still to be read, a code that is not there may come with one of them.</param>
    public static IEnumerable<ConfigurationProblem> Check(RecordsOptions options, Dictionary<string, DatabaseOptions> databases) =>
    [
        .. options.Codes.SelectMany(code => Code(code.Key, code.Value)),
        .. options.Entities.SelectMany(entity => Entity(entity.Key, entity.Value, options, databases)),
    ];

    private static IEnumerable<ConfigurationProblem> Code(string name, RetentionCodeOptions code)
    {
        string At(string option) => ConfigurationPlace.Below("", Section, "Codes", name, option);
        if (name.Contains('@', StringComparison.Ordinal))
            yield return new(ConfigurationPlace.Below("", Section, "Codes", name), "has a name with @ in it.", "Take it out: a commitment asks for retention:CODE, and what follows @ is a comparison.");
        var periods = new[] { (nameof(code.Days), code.Days), (nameof(code.Months), code.Months), (nameof(code.Years), code.Years) }.Where(period => period.Item2 is not null).ToList();
        if (periods.Count != 1)
            yield return new(ConfigurationPlace.Below("", Section, "Codes", name), periods.Count == 0 ? "says no period." : "says more than one period.", "Write one of Days, Months and Years.");
        foreach (var (option, _) in periods.Where(period => period.Item2 < 1))
            yield return new(At(option), "is less than 1.", "Write the period that was promised.");
        if (code.NotVisible is not null && string.IsNullOrWhiteSpace(code.NotVisible))
            yield return new(At(nameof(code.NotVisible)), "is empty.", "Say what would show that the promise is kept, or leave it out.");
    }

    private static IEnumerable<ConfigurationProblem> Entity(string name, RetainedEntityOptions entity, RecordsOptions options, Dictionary<string, DatabaseOptions> databases)
    {
        string At(string option) => ConfigurationPlace.Below("", Section, "Entities", name, option);
        foreach (var problem in CodeOf(At(nameof(entity.Code)), entity.Code, options))
            yield return problem;
        foreach (var problem in Known(At(nameof(entity.Database)), entity.Database, databases))
            yield return problem;
        foreach (var problem in entity.Frozen is { } frozen ? Known(At(nameof(entity.Frozen)), frozen, databases) : [])
            yield return problem;
        if (entity.Frozen is not null && entity.FrozenTable is null && string.Equals(entity.Frozen, entity.Database, StringComparison.OrdinalIgnoreCase))
            yield return new(At(nameof(entity.Frozen)), "is the live database itself.", "Name the frozen copy, or leave it out.");
        if (entity.Frozen is null && (entity.FrozenTable is not null || entity.Key.Count > 0))
            yield return new(At(entity.FrozenTable is null ? nameof(entity.Key) : nameof(entity.FrozenTable)), "is there without Frozen.", "Name the frozen copy's database, or take it out.");
        if (string.IsNullOrWhiteSpace(entity.Table))
            yield return new(At(nameof(entity.Table)), "is missing.", "Name the table or view of the records.");
        if (entity.FrozenTable is not null && string.IsNullOrWhiteSpace(entity.FrozenTable))
            yield return new(At(nameof(entity.FrozenTable)), "is empty.", "Name the table, or leave it out where it has the same name.");
        if (entity.Key.Exists(string.IsNullOrWhiteSpace))
            yield return new(At(nameof(entity.Key)), "has an empty name.", "Name the columns that tell which record is which.");
        if (string.IsNullOrWhiteSpace(entity.CountsFrom))
            yield return new(At(nameof(entity.CountsFrom)), "is missing.", "Name the column of dates that the period counts from.");
        if (entity.Where.FirstOrDefault(column => column.Value.Values.Count == 0).Key is { } empty)
            yield return new(ConfigurationPlace.Below(At(nameof(entity.Where)), empty), "has no value.", "Write the values that the column may hold; null for rows without a value.");
        if (entity.ToleranceDays is not (>= 0 and <= MostToleranceDays))
            yield return new(At(nameof(entity.ToleranceDays)), "is not between 0 and 366.", "Write how many days deleting may take; 0 for none.");
    }

    private static IEnumerable<ConfigurationProblem> CodeOf(string place, string code, RecordsOptions options)
    {
        var (known, found) = options.Codes.FirstOrDefault(pair => string.Equals(pair.Key, code, StringComparison.OrdinalIgnoreCase));
        if (string.IsNullOrWhiteSpace(code))
            yield return new(place, "is missing.", "Name a retention code under Records:Codes.");
        else if (known is null && options.Presets.Count == 0)
            yield return new(place, $"names {ConfigurationPlace.Shown(code)}, which is no retention code.", options.Codes.Count == 0 ? "Add it under Records:Codes, or take a preset." : NearestName.Remedy(code, options.Codes.Keys));
        else if (found?.NotVisible is not null)
            yield return new(place, $"names {known}, whose records no database holds.", "Correct it, or take NotVisible out of the code.");
    }

    private static IEnumerable<ConfigurationProblem> Known(string place, string database, Dictionary<string, DatabaseOptions> databases)
    {
        if (string.IsNullOrWhiteSpace(database))
            yield return new(place, "is missing.", "Name a database under Databases.");
        else if (!databases.Keys.Contains(database, StringComparer.OrdinalIgnoreCase))
            yield return new(place, $"names {ConfigurationPlace.Shown(database)}, which is no database.", databases.Count == 0 ? "Add it under Databases." : NearestName.Remedy(database, databases.Keys));
    }
}
