using System.Text.RegularExpressions;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Tests.BadInput;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Commands;

/// <summary><c>assets list</c>, <c>show</c>, <c>import</c> and <c>close</c>.</summary>
public sealed class AssetsCommandTests
{
    private const string Csv = "name,kind,location,ownerRole,owner,goLive\ncasework-old-db,Database,sql-old,Head of IT architecture,head,2026-03-01\n";

    [Fact]
    public async Task Configured_assets_are_listed_though_no_worker_runs()
    {
        using var folder = await new DecommissioningFolder().WithLedgerAsync();

        (await folder.RunAsync("assets", "list")).ShouldExitWith(ExitCode.Done).Output.ShouldBeApproved("MigrationGuard.Tests/Commands/Approved/assets-list.txt");
        var json = await folder.JsonAsync("assets", "list");
        json["schema"]!.GetValue<string>().ShouldBe("migrationguard.assets/1");
        json["assets"]!.AsArray().Select(asset => asset!["name"]!.GetValue<string>()).ShouldBe(["crm-old-db", "hop-1"]);
    }

    [Fact]
    public async Task A_list_that_cannot_be_brought_up_to_date_says_so_and_shows_what_there_is()
    {
        using var folder = await new DecommissioningFolder().WithLedgerAsync();
        await folder.RunAsync("assets", "list");
        folder.Options.Assets["new"] = DecommissioningFolder.Asset(null);
        folder.Options.Store.LockTimeoutSeconds = 1;
        await using (var store = await folder.OpenAsync())
        {
            await store.WriteAsync(
                async ledger =>
                {
                    var run = (await folder.RunAsync("assets", "list")).ShouldExitWith(ExitCode.Incomplete);
                    run.Error.ShouldContain("as the ledger had it");
                    run.Output.ShouldContain("crm-old-db");
                    return ledger.Now;
                },
                CancellationToken.None);
        }
        folder.Options.Assets["new"].OwnerRole = "Board";
        (await folder.RunAsync("assets", "list")).ShouldExitWith(ExitCode.Incomplete).Error.ShouldContain("Assets:new:OwnerRole");
        folder.Options.Assets["new"].OwnerRole = "Head of IT architecture";
        folder.Options.Databases["old"] = new() { ConnectionString = "" };
        (await folder.RunAsync("assets", "list")).ShouldExitWith(ExitCode.Done).Output.ShouldContain("new");
    }

    [SkippableFact]
    public async Task An_account_that_may_only_read_is_shown_what_the_ledger_holds()
    {
        await using var database = await TestEngine.For(Provider.PostgreSql).CreateDatabaseAsync();
        using var folder = new DecommissioningFolder();
        folder.Options.Store = new() { Provider = Provider.PostgreSql, ConnectionString = database.ConnectionString };
        await folder.WithLedgerAsync();
        (await folder.RunAsync("reviews", "list")).ShouldExitWith(ExitCode.Done);
        await using var role = await PostgreSqlRole.CreateAsync(database, "reader");
        await database.ExecuteAsync($"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role.Name}");
        folder.Options.Store.ConnectionString = role.ConnectionString("reader");

        foreach (var command in new[] { "assets", "reviews", "obligations" })
            (await folder.RunAsync(command, "list")).ShouldExitWith(ExitCode.Done).Error.ShouldBeEmpty();
        folder.Options.Assets["new"] = DecommissioningFolder.Asset(null);
        foreach (var command in new[] { "assets", "reviews" })
        {
            var run = (await folder.RunAsync(command, "list")).ShouldExitWith(ExitCode.Incomplete);
            run.Error.ShouldContain("as the ledger had it");
            run.Output.ShouldContain("crm-old-db");
        }
        (await folder.RunAsync("assets", "close", "crm-old-db", "--reason", "Wiped.")).ShouldExitWith(ExitCode.Incomplete).Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_import_is_all_or_nothing_and_makes_the_ledger()
    {
        using var folder = new DecommissioningFolder();
        await File.WriteAllTextAsync(folder.At("bad.csv"), Csv + "hop-1,Server,x,Board,,\n");
        await File.WriteAllTextAsync(folder.At("good.csv"), Csv);

        var refused = (await folder.RunAsync("assets", "import", "bad.csv")).ShouldExitWith(ExitCode.Usage);
        refused.Error.ShouldContain("bad.csv, line 3, name: is of an asset that the configuration has.");
        refused.Error.ShouldContain("bad.csv, line 3, ownerRole: names no role.");
        refused.Output.ShouldBeEmpty();
        (await folder.RunAsync("assets", "list")).Output.ShouldNotContain("casework-old-db");

        (await folder.RunAsync("assets", "import", "good.csv")).ShouldExitWith(ExitCode.Done).Output.Trim().ShouldBe("Registered 1, changed 0, unchanged 0.");
        (await folder.RunAsync("assets", "import", "good.csv")).ShouldExitWith(ExitCode.Done).Output.Trim().ShouldBe("Registered 0, changed 0, unchanged 1.");
        (await folder.RunAsync("assets", "list")).Output.ShouldContain("casework-old-db");
        (await folder.RunAsync("assets", "import", "nowhere.csv")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("nowhere.csv: cannot be read");
    }

    [Fact]
    public async Task What_is_imported_needs_the_role_that_oversees_reviews()
    {
        using var folder = new DecommissioningFolder();
        folder.Options.Assets.Clear();
        folder.Options.Reviews.KeepBeyondLimitBy = "Somebody";
        await File.WriteAllTextAsync(folder.At("good.csv"), Csv);

        (await folder.RunAsync("assets", "import", "good.csv")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("Reviews:KeepBeyondLimitBy");
    }

    [Fact]
    public async Task The_owner_closes_an_asset_and_nobody_else()
    {
        using var folder = await new DecommissioningFolder().WithLedgerAsync();
        string[] close = ["assets", "close", "CRM-old-db", "--reason", "Wiped, certificate 7."];

        foreach (var person in new[] { "dpo", null })
        {
            folder.RunAs(person);
            (await folder.RunAsync([.. close, "--on-behalf-of", "head"])).ShouldExitWith(ExitCode.Usage).Output.ShouldBeEmpty();
        }
        folder.RunAs("head");
        (await folder.RunAsync("assets", "close", "crm-old-db")).ExitCode.ShouldNotBe(0);
        (await folder.RunAsync("assets", "close", "crm-old-db", "--reason", " ")).ShouldExitWith(ExitCode.Usage);
        (await folder.RunAsync("assets", "close", "nothing", "--reason", "Gone.")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("assets list --all");
        (await folder.RunAsync(close)).ShouldExitWith(ExitCode.Done).Output.ShouldContain("Closed crm-old-db.");

        (await folder.RunAsync("assets", "list")).Output.ShouldNotContain("crm-old-db");
        (await folder.RunAsync("assets", "list", "--all")).Output.ShouldContain("closed");
        (await folder.RunAsync(close)).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("is closed already");
    }

    [Fact]
    public async Task An_asset_is_shown_with_its_reviews_and_all_that_was_said_of_it()
    {
        using var folder = await new DecommissioningFolder().WithLedgerAsync();
        await folder.RunAsync("assets", "list");
        folder.Clock.Now = new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
        folder.Options.Assets["crm-old-db"].Location = "sql-older";
        (await folder.RunAsync("reviews", "decide", "crm-old-db", "keep", "--reason", "Casework is not live yet.", "--on-behalf-of", "the board")).ShouldExitWith(ExitCode.Done);

        var text = (await folder.RunAsync("assets", "show", "CRM-OLD-DB")).ShouldExitWith(ExitCode.Done).Output;
        // The account's length decides the table's width.
        Regex.Replace(text.Replace(Actor.OfThisProcess().Account, "ACCOUNT", StringComparison.Ordinal), "(?<=[ ─]{2})[ ─]+", "").ShouldBeApproved("MigrationGuard.Tests/Commands/Approved/assets-show.txt");
        var json = await folder.JsonAsync("assets", "show", "crm-old-db");
        json["schema"]!.GetValue<string>().ShouldBe("migrationguard.asset/1");
        json["nextReview"]!["dueOn"]!.GetValue<string>().ShouldBe("2026-09-07");
        var review = json["reviews"]!.AsArray().ShouldHaveSingleItem()!;
        (review["decision"]!.GetValue<string>(), review["reason"]!.GetValue<string>(), review["person"]!.GetValue<string>(), review["onBehalfOf"]!.GetValue<string>())
            .ShouldBe(("keep", "Casework is not live yet.", "head", "the board"));
        (await folder.RunAsync("assets", "show", "nothing")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("is not in the ledger");
    }
}
