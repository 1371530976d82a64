using MigrationGuard.Ledger;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification;

namespace MigrationGuard.Configuration;

/// <summary>The rules of one expected difference.</summary>
internal static class ExpectedDifferenceRules
{
    private static readonly string QueryPrefix = CheckNames.Query("");

    private static readonly string[] EntityChecks = [CheckNames.RecordCount, CheckNames.EntityBreakdown, CheckNames.LastTimestamp, CheckNames.Schema, CheckNames.Fingerprint];

    // Without a bound, any number of such rows would pass as expected.
    private static readonly string[] CountedKinds =
    [
        FindingKinds.MissingInTarget, FindingKinds.ExtraInTarget, FindingKinds.Changed,
        FindingKinds.CountDiffers, FindingKinds.GroupDiffers, FindingKinds.ValueDiffers,
    ];

    public static IEnumerable<ConfigurationProblem> Check(string place, ExpectedDifferenceOptions difference, IReadOnlyCollection<string> entities)
    {
        string At(string option) => ConfigurationPlace.Below(place, option);
        foreach (var problem in CheckAndEntity(place, difference, entities))
            yield return problem;
        if (difference.Kind.Length == 0)
            yield return new(At(nameof(difference.Kind)), "is missing.", $"Write one of {string.Join(", ", FindingKinds.All)}.");
        else if (!FindingKinds.All.Contains(difference.Kind, StringComparer.OrdinalIgnoreCase))
            yield return new(At(nameof(difference.Kind)), "is not a known kind of finding.", NearestName.Remedy(difference.Kind, FindingKinds.All));
        if (difference.AtMost is null && CountedKinds.Contains(difference.Kind, StringComparer.OrdinalIgnoreCase))
            yield return new(At(nameof(difference.AtMost)), "is missing, so that there is no bound on the rows concerned.", "Write the most rows that are expected to differ.");
        if (difference.AtMost < 0)
            yield return new(At(nameof(difference.AtMost)), "is negative.", "Write the most rows that are expected to differ.");
        if (string.IsNullOrWhiteSpace(difference.Reason))
            yield return new(At(nameof(difference.Reason)), "is missing.", "Say why the difference is expected.");
    }

    private static IEnumerable<ConfigurationProblem> CheckAndEntity(string place, ExpectedDifferenceOptions difference, IReadOnlyCollection<string> entities)
    {
        var isQuery = difference.Check.StartsWith(QueryPrefix, StringComparison.OrdinalIgnoreCase) && difference.Check.Length > QueryPrefix.Length;
        var check = ConfigurationPlace.Below(place, nameof(difference.Check));
        var entity = ConfigurationPlace.Below(place, nameof(difference.Entity));
        if (difference.Check.Length == 0)
            yield return new(check, "is missing.", $"Write one of {string.Join(", ", EntityChecks)}, query:NAME.");
        else if (!isQuery && !EntityChecks.Contains(difference.Check, StringComparer.OrdinalIgnoreCase))
            yield return new(check, "is not a known check.", NearestName.Remedy(difference.Check, [.. EntityChecks, "query:NAME"]));

        if (difference.Entity is null && EntityChecks.Contains(difference.Check, StringComparer.OrdinalIgnoreCase))
            yield return new(entity, "is missing.", "Name the entity that the check is of.");
        else if (difference.Entity is not null && isQuery)
            yield return new(entity, "is set, but a query pair belongs to no entity.", "Leave Entity out.");
        else if (difference.Entity is not null && !entities.Contains(difference.Entity, StringComparer.OrdinalIgnoreCase))
            yield return new(entity, "names no entity of this comparison.", "Add it under Entities." + (NearestName.Of(difference.Entity, entities) is { } nearest ? $" Did you mean {ConfigurationPlace.Shown(nearest)}?" : ""));
    }
}
