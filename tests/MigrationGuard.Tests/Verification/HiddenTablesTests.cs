using System.Data.Common;
using System.Security.Cryptography;
using MigrationGuard.Databases;
using MigrationGuard.Databases.Values;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Verification;

/// <summary>What a login may not see must not pass for what is not there.</summary>
public sealed class HiddenTablesTests
{
    [SkippableFact]
    public async Task A_SQL_Server_login_that_may_see_only_some_tables_is_known_to()
    {
        await using var database = await TestEngine.For(Provider.SqlServer).CreateDatabaseAsync();
        var login = "reader_" + RandomNumberGenerator.GetHexString(8, lowercase: true);
        await database.ExecuteAsync("CREATE TABLE seen (id int); CREATE TABLE hidden (id int)");
        await database.ExecuteAsync($"CREATE LOGIN {login} WITH PASSWORD = 'Only-4-this-test'");
        try
        {
            await database.ExecuteAsync($"CREATE USER {login} FOR LOGIN {login}");
            await database.ExecuteAsync($"GRANT SELECT ON seen TO {login}");
            var options = database.Options;
            options.ConnectionString = new DbConnectionStringBuilder { ConnectionString = options.ConnectionString, ["User ID"] = login, ["Password"] = "Only-4-this-test", ["Pooling"] = false }.ConnectionString;
            using var all = new Database("all", database.Options, TimeProvider.System);
            using var some = new Database("some", options, TimeProvider.System);
            (await all.ReadCatalogueAsync(CancellationToken.None)).ShowsAllTables.ShouldBeTrue();
            (await some.ReadCatalogueAsync(CancellationToken.None)).ShowsAllTables.ShouldBeFalse();
        }
        finally
        {
            await database.ExecuteAsync($"REVOKE SELECT ON seen FROM {login}");
            await database.ExecuteAsync($"DROP USER IF EXISTS {login}");
            await database.ExecuteAsync($"DROP LOGIN {login}");
        }
    }

    [SkippableFact]
    public async Task A_PostgreSQL_catalogue_shows_tables_that_may_not_be_read()
    {
        await using var database = await TestEngine.For(Provider.PostgreSql).CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE hidden (id int); REVOKE ALL ON hidden FROM PUBLIC");
        using var reader = new Database("reader", database.Options, TimeProvider.System);
        var catalogue = await reader.ReadCatalogueAsync(CancellationToken.None);
        catalogue.ShowsAllTables.ShouldBeTrue();
        catalogue.Find("hidden").ShouldNotBeNull();
    }

    [Fact]
    public void A_result_that_says_tables_may_be_hidden_keeps_the_verdict_from_GO()
    {
        var match = new CheckResult { Comparison = "crm", Entity = "case", Check = CheckNames.RecordCount, Outcome = new CheckOutcome.Match() };
        var doubt = new CheckResult { Comparison = "crm", Check = CheckNames.RecordCount, Outcome = new CheckOutcome.NotChecked("The login may not see all tables.") };
        Verdicts.Of([match], Scope.Full, uncoveredTables: 0).ShouldBe(Verdict.Go);
        Verdicts.Of([match, doubt], Scope.Full, uncoveredTables: 0).ShouldBe(Verdict.Incomplete);
    }

    [Fact]
    public void Neighbouring_days_are_never_one_day_rounded()
    {
        var late = Timestamp.FromTicks(new DateTime(2024, 2, 29, 23, 30, 0).Ticks, TimeResolution.Second, isUtc: false);
        Timestamp Day(int month, int day) => new(new DateOnly(2024, month, day).DayNumber, TimeResolution.Day, IsUtc: false);
        Timestamp.SameAtCoarser(late, Day(2, 29)).ShouldBeTrue();
        Timestamp.SameAtCoarser(late, Day(3, 1)).ShouldBeFalse();
    }
}
