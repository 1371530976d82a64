using System.CommandLine;
using MigrationGuard.Duties;
using MigrationGuard.Decommissioning.Reviews;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Output;

namespace MigrationGuard.Commands;

/// <summary><c>reviews</c>: whether what is to be destroyed is still needed.</summary>
internal static class ReviewsCommand
{
    private static readonly Argument<string> Asset = new("ASSET") { Description = "The asset's name, in any case." };

    private static readonly Argument<ReviewDecision> Decision = Choice.Argument(
        "DECISION", "keep, destroy or hold; one more keep than the limit needs the role that may.", [.. Enum.GetValues<ReviewDecision>().Select(decision => (decision.Spelt(), decision))]);

    private static readonly Option<bool> All = new("--all") { Description = "Closed assets too." };

    private static readonly Option<string> Reason = Shared.Reason("Why it is decided so.");

    private static readonly Option<OutputFormat> Format = Shared.Format();

    public static void AddReviews(this RootCommand root, ProgramContext context)
    {
        var list = new Command("list", "List every asset with its next deletion review, what is overdue on top.") { All, Format };
        list.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => ListAsync(parsed, context, cancellationToken)));
        var decide = new Command("decide", "Decide an asset's oldest open review.") { Asset, Decision, Reason };
        decide.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => DecideAsync(parsed, context, cancellationToken)));
        root.Subcommands.Add(new Command("reviews", "Deletion reviews.") { list, decide });
    }

    private static async Task<ExitCode> ListAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        var configuration = Shared.ReadConfiguration(parsed, context);
        await using var store = await LedgerStore.OpenExistingAsync(configuration.Options.Store, configuration.Directory, context.Time, cancellationToken);
        var desks = new DecommissioningDesks(configuration, store, context, Shared.ActorOf(parsed));
        var code = await desks.TrySynchroniseAsync(cancellationToken);
        var assets = await desks.Assets.ListAsync(parsed.GetValue(All), cancellationToken);
        var standings = await desks.Reviews.ListAsync([.. assets.Select(asset => asset.Asset)], cancellationToken);
        var closed = assets.Where(asset => asset.IsClosed).Select(asset => asset.Asset.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var reviews = standings
            .Select(standing => new ShownReview(standing, closed.Contains(standing.Asset.Name), context.Time.GetUtcNow()))
            .OrderBy(review => review.IsClosed)
            .ToList();
        if (parsed.GetValue(Format) == OutputFormat.Json)
            await ReviewText.WriteJsonAsync(reviews, context);
        else
            ReviewText.Write(reviews, desks.People, context);
        return code;
    }

    private static async Task<ExitCode> DecideAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        var configuration = Shared.ReadConfiguration(parsed, context);
        await using var store = await LedgerStore.OpenExistingAsync(configuration.Options.Store, configuration.Directory, context.Time, cancellationToken);
        var desks = new DecommissioningDesks(configuration, store, context, Shared.ActorOf(parsed));
        await desks.PrepareToDecideAsync(cancellationToken);
        var registered = await AssetsCommand.RequireAsync(desks, parsed.GetRequiredValue(Asset), cancellationToken);
        var decision = parsed.GetRequiredValue(Decision);
        var review = await desks.Reviews.DecideAsync(registered.Asset, decision, parsed.GetRequiredValue(Reason), desks.Actor, cancellationToken);
        var next = (await desks.Reviews.ListAsync([registered.Asset], cancellationToken))[0];
        await context.Output.WriteLineAsync(
            $"Review {Figures.Of(review.Number)} of {registered.Asset.Name}, due {Figures.Of(review.DueOn)}: {decision.Spelt()}. The next is due {(next.DueOn is { } day ? Figures.Of(day) : "when its successor is live")}.");
        return ExitCode.Done;
    }
}
