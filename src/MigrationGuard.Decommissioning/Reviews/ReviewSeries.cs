using System.Text.Json.Nodes;
using MigrationGuard.Decommissioning.Assets;
using MigrationGuard.Decommissioning.Obligations;
using MigrationGuard.Ledger.People;

namespace MigrationGuard.Decommissioning.Reviews;

/// <summary>An asset's deletion reviews as a series.</summary>
public static class ReviewSeries
{
    /// <summary>The series of an asset that is still there; null while nothing has gone live in its place.</summary>
    /// <param name="project">The project's name, which messages begin with.</param>
    public static ObligationSeries? Of(Asset asset, ReviewOptions options, PeopleDirectory people, string project) => asset.GoLive is not { } goLive ? null : new ObligationSeries
    {
        Obligation = ObligationSeries.DeletionReview,
        Subject = asset.Name,
        Topic = "review",
        From = goLive,
        EveryMonths = options.EveryMonths,
        RemindDaysBefore = options.RemindDaysBefore,
        Escalations = options.Escalations,
        OwnerRole = asset.OwnerRole,
        Owner = asset.Owner,
        // A role has no clock; where one person holds it, that person's counts.
        Zone = people.ZoneOf(asset.Owner ?? (people.Holders(asset.OwnerRole) is [var only] ? only : null)),
        Hour = options.Hour,
        Model = new JsonObject
        {
            ["project"] = project,
            ["asset"] = asset.Name,
            ["kind"] = asset.Kind.ToString(),
            ["location"] = asset.Location,
            ["holder"] = asset.Holder,
            ["holds"] = asset.Holds,
            ["commitment"] = asset.Commitment,
        },
    };
}
