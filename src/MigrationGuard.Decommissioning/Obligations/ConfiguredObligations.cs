using System.Text.Json.Nodes;
using MigrationGuard.Ledger.People;

namespace MigrationGuard.Decommissioning.Obligations;

/// <summary>Obligations as series.</summary>
public static class ConfiguredObligations
{
    /// <summary>What recurs by the configuration alone; an obligation without a first day falls due never, and has no series.</summary>
    /// <param name="project">The project's name, which messages begin with.</param>
    public static IReadOnlyList<ObligationSeries> Series(IReadOnlyDictionary<string, ObligationOptions> obligations, PeopleDirectory people, string project) =>
    [
        .. obligations.Where(obligation => obligation.Value.From is not null).Select(obligation => new ObligationSeries
        {
            Obligation = obligation.Key,
            Subject = obligation.Key,
            Topic = "obligation",
            From = obligation.Value.From!.Value,
            EveryMonths = obligation.Value.EveryMonths,
            RemindDaysBefore = obligation.Value.RemindDaysBefore,
            Escalations = obligation.Value.Escalations,
            OwnerRole = obligation.Value.OwnerRole,
            Zone = people.Zone,
            Hour = obligation.Value.Hour,
            Model = new JsonObject { ["project"] = project, ["title"] = obligation.Value.Title, ["source"] = obligation.Value.Source },
        }),
    ];
}
