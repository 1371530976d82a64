using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Retention.BackupHistories;
using MigrationGuard.Retention.BackupPromises;
using MigrationGuard.Retention.Inventory;
using MigrationGuard.Runs;

namespace MigrationGuard.Tests.Configuration;

/// <summary>Each rule of where back-ups lie and what was promised of them is seen broken and kept.</summary>
public sealed class BackupRulesTests
{
    [Fact]
    public void Stores_databases_and_promises_of_each_kind_are_no_problem()
    {
        Problems(_ => { }).ShouldBeEmpty();
        Problems(backups => backups.Stores["s"] = new() { Container = "backups", Credential = StorageCredential.ConnectionString, ConnectionString = "UseDevelopmentStorage=true" }).ShouldBeEmpty();
        Problems(backups => backups.Stores["s"] = new() { Container = "https://a.blob.core.windows.net/b", Credential = StorageCredential.Sas, SharedAccessSignature = "sig=1" }).ShouldBeEmpty();
    }

    [Fact]
    public void Each_rule_is_told_with_its_place()
    {
        Only(backups => backups.Concurrency = 0).ShouldBe("Backups:Concurrency");
        Only(backups => backups.Stores["s"] = new()).ShouldBe("Backups:Stores:s");
        Only(backups => backups.Stores["s"] = new() { Folder = "a", Container = "https://a.blob.core.windows.net/b" }).ShouldBe("Backups:Stores:s");
        Only(backups => backups.Stores["s"] = new() { Folder = " " }).ShouldBe("Backups:Stores:s:Folder");
        Only(backups => backups.Stores["s"] = new() { Container = "backups" }).ShouldBe("Backups:Stores:s:Container");
        Only(backups => backups.Stores["s"] = new() { Container = "https://a.blob.core.windows.net/b?sig=1" }).ShouldBe("Backups:Stores:s:Container");
        Only(backups => backups.Stores["s"] = new() { Container = "https://a.blob.core.windows.net/b", Credential = StorageCredential.Sas }).ShouldBe("Backups:Stores:s:SharedAccessSignature");
        Only(backups => backups.Stores["s"] = new() { Container = "b", Credential = StorageCredential.ConnectionString }).ShouldBe("Backups:Stores:s:ConnectionString");
        Only(backups => backups.Databases["d"].Database = "").ShouldBe("Backups:Databases:d:Database");
        Only(backups => backups.Stores["forgotten"] = new() { Folder = "a" }).ShouldBe("Backups:Stores:forgotten");
        Only(backups => (backups.Stores["D"], backups.Databases["d"].Stores) = (new() { Folder = "a" }, ["s", "d"])).ShouldBe("Backups:Stores:D");
        Only(backups => backups.Databases["d"].Servers = []).ShouldBe("Backups:Databases:d:Servers");
        Only(backups => backups.Databases["d"].Servers = [" "]).ShouldBe("Backups:Databases:d:Servers");
        Only(backups => backups.Databases["d"].Stores = ["elsewhere"]).ShouldBe("Backups:Databases:d:Stores");
        Only(backups => backups.Databases["d"].Stores = []).ShouldBe("Backups:Databases:d:Stores");
        Only(backups => (backups.Databases["d"].Names, backups.Databases["d"].Expression) = (BackupNaming.Expression, "(")).ShouldBe("Backups:Databases:d:Expression");
        Only(Promise(new() { Databases = ["d"] })).ShouldBe("Backups:Promises:p:Kind");
        Only(Promise(new() { Kind = BackupPromiseKind.Present, Databases = ["e"] })).ShouldBe("Backups:Promises:p:Databases");
        Only(Promise(new() { Kind = BackupPromiseKind.LogEvery })).ShouldBe("Backups:Promises:p:Hours");
        Only(Promise(new() { Kind = BackupPromiseKind.FullEvery, Hours = 0 })).ShouldBe("Backups:Promises:p:Hours");
        Only(Promise(new() { Kind = BackupPromiseKind.KeptNoLonger })).ShouldBe("Backups:Promises:p:Days");
        Only(Promise(new() { Kind = BackupPromiseKind.KeptNoLonger, Days = 5, RestorableDays = 6 })).ShouldBe("Backups:Promises:p:RestorableDays");
        Only(Promise(new() { Kind = BackupPromiseKind.RestorableFor, Days = 1, ToleranceMinutes = 1440 })).ShouldBe("Backups:Promises:p:ToleranceMinutes");
        Only(Promise(new() { Kind = BackupPromiseKind.SoftDelete, AtLeastDays = 1 })).ShouldBe("Backups:Promises:p:AtMostDays");
        Only(Promise(new() { Kind = BackupPromiseKind.Immutable, AtLeastDays = 2, AtMostDays = 1 })).ShouldBe("Backups:Promises:p:AtLeastDays");
        Only(Promise(new() { Kind = BackupPromiseKind.Redundancy })).ShouldBe("Backups:Promises:p:Allowed");
        Only(Promise(new() { Kind = BackupPromiseKind.Present, ToleranceMinutes = -1 })).ShouldBe("Backups:Promises:p:ToleranceMinutes");
    }

    [Fact]
    public void Each_rule_of_what_servers_recorded_is_told_with_its_place()
    {
        Only(History(new())).ShouldBe("Backups:Databases:d:History:0");
        Only(History(new() { Connection = "old", Export = "msdb.csv" })).ShouldBe("Backups:Databases:d:History:0");
        Only(History(new() { Connection = "nowhere" })).ShouldBe("Backups:Databases:d:History:0:Connection");
        Only(History(new() { Connection = "file" })).ShouldBe("Backups:Databases:d:History:0:Connection");
        Only(History(new() { Export = " " })).ShouldBe("Backups:Databases:d:History:0:Export");
        Only(History(new() { Export = "msdb.csv", ExportGoodForDays = 0 })).ShouldBe("Backups:Databases:d:History:0:ExportGoodForDays");
        Only(History(new() { Export = "msdb.csv", TimeZone = "Europe/Londinium" })).ShouldBe("Backups:Databases:d:History:0:TimeZone");
        Only(backups => backups.Databases["d"].Restores = [new() { Export = "a.csv" }, new()]).ShouldBe("Backups:Databases:d:Restores:1");
        Only(backups => backups.Databases["d"].Asset = " ").ShouldBe("Backups:Databases:d:Asset");
        Problems(History(new() { Export = "msdb.csv", TimeZone = "Europe/London" })).ShouldBeEmpty();
        Problems(backups => backups.Databases["d"].Asset = "imported").ShouldBeEmpty();
    }

    [Fact]
    public void Each_rule_of_promises_that_rest_on_it_is_told_with_its_place()
    {
        Only(Promise(new() { Kind = BackupPromiseKind.Recorded })).ShouldBe("Backups:Promises:p:Days");
        Only(Promise(new() { Kind = BackupPromiseKind.RestoreTested, Days = 0 })).ShouldBe("Backups:Promises:p:Days");
        Only(Promise(new() { Kind = BackupPromiseKind.OffServer, Days = 0 })).ShouldBe("Backups:Promises:p:Days");
        Only(Promise(new() { Kind = BackupPromiseKind.Recorded, Days = 1, ToleranceMinutes = 1440 })).ShouldBe("Backups:Promises:p:ToleranceMinutes");
        Only(Promise(new() { Kind = BackupPromiseKind.Lineage, Databases = ["d"] })).ShouldBe("Backups:Promises:p:From");
        Only(Promise(new() { Kind = BackupPromiseKind.Lineage, Databases = ["d"], From = "nowhere" })).ShouldBe("Backups:Promises:p:From");
        Only(Promise(new() { Kind = BackupPromiseKind.Lineage, From = "old" })).ShouldBe("Backups:Promises:p:Databases");
        Only(Promise(new() { Kind = BackupPromiseKind.Lineage, Databases = ["d"], From = "D" })).ShouldBe("Backups:Promises:p:Databases");
        Problems(Promise(new() { Kind = BackupPromiseKind.OffServer })).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(BackupPromiseKind.OffServer)]
    [InlineData(BackupPromiseKind.Recorded)]
    public void More_days_than_the_statement_reads_are_not_promised_of_a_history(BackupPromiseKind kind)
    {
        Action<BackupOptions> With(double days, bool hasHistory) => backups =>
        {
            backups.Promises["p"] = new() { Kind = kind, Days = days, Databases = ["d"] };
            backups.Databases["d"].History = hasHistory ? [new() { Export = "msdb.csv" }] : [];
        };
        Only(With(401, hasHistory: true)).ShouldBe("Backups:Promises:p:Days");
        Problems(With(400, hasHistory: true)).ShouldBeEmpty();
        Problems(With(401, hasHistory: false)).ShouldBeEmpty();
    }

    [Fact]
    public void Keys_and_signatures_of_stores_are_not_recorded()
    {
        var options = RulesTests.Valid();
        options.Backups.Stores["s"] = new() { Container = "https://a.blob.core.windows.net/b", SharedAccessSignature = "c4nary-signature", ConnectionString = "AccountKey=c4nary-key" };
        RedactedConfiguration.Of(options).ShouldContain("https://a.blob.core.windows.net/b");
        RedactedConfiguration.Of(options).ShouldNotContain("c4nary");
        MigrationGuard.Schedule.Logging.Secrets.Of(options, new Dictionary<string, string>()).Mask("with c4nary-signature and c4nary-key").ShouldBe("with *** and ***");
    }

    private static Action<BackupOptions> History(BackupHistoryOptions history) => backups => backups.Databases["d"].History = [history];

    private static Action<BackupOptions> Promise(BackupPromiseOptions promise) => backups => backups.Promises["p"] = promise;

    private static string Only(Action<BackupOptions> change) => Problems(change).ShouldHaveSingleItem().Place;

    private static IReadOnlyList<ConfigurationProblem> Problems(Action<BackupOptions> change)
    {
        var options = RulesTests.Valid();
        options.Databases["file"] = new() { Provider = Provider.Sqlite, ConnectionString = "Data Source=x" };
        options.Backups.Stores["s"] = new() { Folder = "backups" };
        options.Backups.Databases["d"] = new() { Servers = ["SQL1"], Database = "Registration", Stores = ["s"] };
        options.Backups.Databases["old"] = new() { Servers = ["SQL0"], Database = "Registration", Stores = ["s"] };
        foreach (var kind in Enum.GetValues<BackupPromiseKind>())
            options.Backups.Promises[kind.ToString()] = new() { Kind = kind, Hours = 1, Days = 5, AtLeastDays = 1, AtMostDays = 2, Allowed = ["StandardZrs"], Databases = ["d"], From = "old" };
        change(options.Backups);
        return ConfigurationRules.Check(options);
    }
}
