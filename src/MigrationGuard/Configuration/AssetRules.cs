using MigrationGuard.Decommissioning.Assets;
using MigrationGuard.Decommissioning.Reviews;

namespace MigrationGuard.Configuration;

/// <summary>The rules of assets and of their deletion reviews.</summary>
internal static class AssetRules
{
    public static IEnumerable<ConfigurationProblem> Check(MigrationGuardOptions options) =>
    [
        .. options.Assets.SelectMany(asset => Asset(asset.Key, asset.Value, new KnownNames(options))),
        .. Reviews(options.Reviews, options.Assets.Count > 0, new KnownNames(options)),
    ];

    private static IEnumerable<ConfigurationProblem> Asset(string name, AssetOptions asset, KnownNames known)
    {
        var place = ConfigurationPlace.Below("", "Assets", name);
        string At(string option) => ConfigurationPlace.Below(place, option);
        if (!AssetNames.IsName(name))
            yield return new(place, "is not a name that the ledger can hold.", AssetNames.Remedy);
        if (string.IsNullOrWhiteSpace(asset.Location))
            yield return new(At(nameof(asset.Location)), "is missing.", "Write where it is: a server, a path, a resource id.");
        foreach (var problem in known.RequiredRole(At(nameof(asset.OwnerRole)), asset.OwnerRole, "Name the role that owns its destruction."))
            yield return problem;
        if (asset.Owner is not null)
        {
            foreach (var problem in known.Person(At(nameof(asset.Owner)), asset.Owner))
                yield return problem;
        }
        var texts = new[]
        {
            (nameof(asset.Location), asset.Location), (nameof(asset.Holder), asset.Holder),
            (nameof(asset.Commitment), asset.Commitment), (nameof(asset.Holds), asset.Holds),
        };
        foreach (var (option, _) in texts.Where(text => !AssetNames.IsOneLine(text.Item2)))
            yield return new(At(option), "has several lines, or unseen characters.", "Write it on one line: messages and lists show it.");
        if (asset.GoLive is { } goLive && !AssetNames.IsPlausible(goLive))
            yield return new(At(nameof(asset.GoLive)), "is not between 1990 and 2199.", "Check the year.");
    }

    private static IEnumerable<ConfigurationProblem> Reviews(ReviewOptions reviews, bool haveAssets, KnownNames known)
    {
        const string place = "Reviews";
        foreach (var problem in RecurrenceRules.Check(place, new(reviews.EveryMonths, reviews.RemindDaysBefore, reviews.Escalations, reviews.Hour), known))
            yield return problem;
        foreach (var problem in RecurrenceRules.Roles(ConfigurationPlace.Below(place, nameof(reviews.DecidedBy)), reviews.DecidedBy, known))
            yield return problem;
        if (reviews.KeepLimit < 0)
            yield return new("Reviews:KeepLimit", "is negative.", "Write how often in a row the owner may decide to keep; 0 for never.");
        // The role that goes with the default is needed by those only who have something to review.
        if (haveAssets)
        {
            foreach (var problem in known.RequiredRole("Reviews:KeepBeyondLimitBy", reviews.KeepBeyondLimitBy, "Name the role that may decide to keep beyond the limit."))
                yield return problem;
        }
    }
}
