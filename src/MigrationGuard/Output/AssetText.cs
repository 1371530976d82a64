using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationGuard.Decommissioning.Assets;
using MigrationGuard.Decommissioning.Reviews;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.People;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Output;

/// <summary>Assets, one by one or in a list.</summary>
internal static class AssetText
{
    private static readonly string[] ReviewEnds = [EntryKind.ReviewDecided.Spelt(), EntryKind.ObligationWithdrawn.Spelt()];

    public static void Write(IReadOnlyList<RegisteredAsset> assets, PeopleDirectory people, ProgramContext context)
    {
        if (assets.Count == 0)
        {
            context.Output.WriteLine("No asset yet. Name them under Assets in the configuration, or begin with: migrationguard assets import");
            return;
        }
        var table = Listing.Table("Asset", "Kind", "Location", "Owner", "Commitment", "Go-live", "State");
        foreach (var registered in assets)
        {
            var asset = registered.Asset;
            table.Add(
                asset.Name, asset.Kind.ToString(), asset.Location, Listing.Owner(asset.OwnerRole, asset.Owner, people), asset.Commitment,
                asset.GoLive is { } day ? Figures.Of(day) : "", registered.IsClosed ? "closed" : "open");
        }
        table.Write(context);
    }

    public static Task WriteJsonAsync(IReadOnlyList<RegisteredAsset> assets, ProgramContext context) =>
        Listing.WriteJsonAsync(new { schema = "migrationguard.assets/1", assets = assets.Select(Document) }, context);

    public static void Write(RegisteredAsset registered, ReviewStanding? standing, IReadOnlyList<AssetEvent> history, PeopleDirectory people, ProgramContext context)
    {
        var asset = registered.Asset;
        foreach (var (name, text) in new[]
        {
            ("Asset", asset.Name), ("Kind", asset.Kind.ToString()), ("Location", asset.Location), ("Holder", asset.Holder),
            ("Owner", Listing.Owner(asset.OwnerRole, asset.Owner, people)), ("Commitment", asset.Commitment), ("Holds", asset.Holds),
            ("Go-live", asset.GoLive is { } day ? Figures.Of(day) : ""), ("State", registered.IsClosed ? "closed" : "open"),
            ("Next review", Next(standing)),
        }.Where(line => line.Item2.Length > 0))
        {
            context.Output.WriteLine($"{name + ":",-13}{Printable.Of(text)}");
        }
        var table = Listing.Table("When (UTC)", "What", "Why", "Who");
        var known = new JsonObject();
        foreach (var item in history)
        {
            table.Add(Figures.Of(new DateTimeOffset(item.Time)), What(item, known), item.Payload is null ? "(erased)" : item.Said("reason"), Who(item));
            known = item.Payload?["asset"] as JsonObject ?? known;
        }
        table.Write(context);
    }

    public static Task WriteJsonAsync(RegisteredAsset registered, ReviewStanding? standing, IReadOnlyList<AssetEvent> history, ProgramContext context) => Listing.WriteJsonAsync(
        new
        {
            schema = "migrationguard.asset/1",
            asset = Document(registered),
            nextReview = standing?.DueOn is null ? null : new { number = standing.Number, dueOn = standing.DueOn, dueAt = standing.DueAt, open = standing.IsOpen },
            keepsInARow = standing?.KeepsInARow,
            reviews = history.Where(item => ReviewEnds.Contains(item.Kind)).Select(item => new
            {
                number = item.Payload?["number"],
                dueOn = item.Payload?["dueOn"],
                decision = item.Kind == EntryKind.ReviewDecided.Spelt() ? item.Payload?["decision"] : "withdrawn",
                reason = item.Payload?["reason"],
                person = item.Payload?["person"],
                account = item.Account,
                onBehalfOf = item.Payload?["onBehalfOf"],
                time = item.Time,
            }),
            history = history.Select(item => new { seq = item.Seq, time = item.Time, kind = item.Kind, account = item.Account, subject = item.Subject, payload = item.Payload }),
        },
        context);

    private static JsonNode Document(RegisteredAsset registered)
    {
        var document = JsonSerializer.SerializeToNode(registered.Asset, LedgerJson.Compact)!;
        document["closed"] = registered.IsClosed;
        return document;
    }

    private static string Next(ReviewStanding? standing) => standing switch
    {
        null => "",
        { DueOn: null } => "none while nothing has gone live in its place",
        _ => $"{Figures.Of(standing.DueOn.Value)}{(standing.IsOpen ? ", to be decided now" : "")}{(standing.KeepsInARow > 0 ? $"; kept {Figures.Of(standing.KeepsInARow)} in a row" : "")}",
    };

    private static string What(AssetEvent item, JsonObject known)
    {
        var review = $"review {item.Said("number")}, due {item.Said("dueOn")}";
        return item.Kind switch
        {
            "asset-registered" => "registered" + From(item),
            "asset-changed" => $"changed{From(item)}: " + Changes(known, item.Payload?["asset"] as JsonObject ?? []),
            "asset-closed" => "closed",
            "obligation-step" => $"{review}: {item.Said("step")}",
            "obligation-moved" => $"{review}: moved from {item.Said("previousDueOn")}",
            "obligation-withdrawn" => $"{review}: withdrawn",
            "review-decided" => $"{review}: {item.Said("decision")}",
            _ => item.Kind,
        };
    }

    private static string From(AssetEvent item) => item.Said("from") switch
    {
        "configuration" => " from the configuration",
        "import" => " by import",
        _ => "",
    };

    private static string Changes(JsonObject before, JsonObject after) =>
        string.Join(", ", after.Where(member => !JsonNode.DeepEquals(member.Value, before[member.Key])).Select(member => member.Key));

    private static string Who(AssetEvent item)
    {
        var who = item.Said("name").Length > 0 ? $"{item.Said("name")} ({item.Account})" : item.Account;
        return item.Said("onBehalfOf").Length > 0 ? $"{who}, said to be for {item.Said("onBehalfOf")}" : who;
    }
}
