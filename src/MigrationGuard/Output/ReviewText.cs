using MigrationGuard.Decommissioning.Reviews;
using MigrationGuard.Ledger.People;

namespace MigrationGuard.Output;

/// <summary>An asset's next review, as a list shows it.</summary>
internal sealed record ShownReview(ReviewStanding Standing, bool IsClosed, DateTimeOffset Now)
{
    /// <summary>Whole days since it was due; 0 while it is not overdue.</summary>
    public int OverdueDays => !IsClosed && Standing.DueAt is { } due && due < Now ? (int)(Now - due).TotalDays : 0;

    /// <summary>How it stands, in words.</summary>
    public string State => this switch
    {
        { IsClosed: true } => "closed",
        { Standing.DueOn: null } => "not live yet",
        { OverdueDays: > 0 } => "overdue " + Figures.Days(OverdueDays),
        { Standing.IsOpen: true } => "to be decided",
        _ => "",
    };
}

/// <summary>Deletion reviews in a list.</summary>
internal static class ReviewText
{
    public static void Write(IReadOnlyList<ShownReview> reviews, PeopleDirectory people, ProgramContext context)
    {
        if (reviews.Count == 0)
        {
            context.Output.WriteLine("No asset yet, and so no review. Name them under Assets in the configuration, or begin with: migrationguard assets import");
            return;
        }
        var table = Listing.Table("Asset", "Next review", "State", "Owner", "Keeps in a row", "Last decision");
        foreach (var review in reviews)
        {
            var standing = review.Standing;
            table.Add(
                standing.Asset.Name, !review.IsClosed && standing.DueOn is { } day ? Figures.Of(day) : "", review.State,
                Listing.Owner(standing.Asset.OwnerRole, standing.Asset.Owner, people), Figures.Of(standing.KeepsInARow), standing.LastOutcome ?? "");
        }
        table.Write(context);
    }

    public static Task WriteJsonAsync(IReadOnlyList<ShownReview> reviews, ProgramContext context) => Listing.WriteJsonAsync(
        new
        {
            schema = "migrationguard.reviews/1",
            reviews = reviews.Select(review => new
            {
                asset = review.Standing.Asset.Name,
                kind = review.Standing.Asset.Kind,
                ownerRole = review.Standing.Asset.OwnerRole,
                owner = review.Standing.Asset.Owner,
                closed = review.IsClosed,
                number = review.IsClosed ? null : review.Standing.Number,
                dueOn = review.IsClosed ? null : review.Standing.DueOn,
                dueAt = review.IsClosed ? null : review.Standing.DueAt,
                open = review.Standing.IsOpen,
                overdueDays = review.OverdueDays,
                keepsInARow = review.Standing.KeepsInARow,
                lastDecision = review.Standing.LastOutcome,
            }),
        },
        context);
}
