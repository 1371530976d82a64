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
        await database.ExecuteAsync("CREATE TABLE seen (id int); CREATE TABLE hidden (id int)");
        await WithReaderAsync(database, ["SELECT ON seen"], async options =>
        {
            using var all = new Database("all", database.Options, TimeProvider.System);
            using var some = new Database("some", options, TimeProvider.System);
            (await all.ReadCatalogueAsync(CancellationToken.None)).ShowsAllTables.ShouldBeTrue();
            (await some.ReadCatalogueAsync(CancellationToken.None)).ShowsAllTables.ShouldBeFalse();
        });
    }

    [SkippableFact]
    public async Task A_SQL_Server_catalogue_names_what_policies_and_masks_keep_from_a_login()
    {
        Skip.If(await SqlServerTestEngine.Instance.IsBabelfish, "Babelfish has neither security policies nor masks.");
        await using var database = await TestEngine.For(Provider.SqlServer).CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE cases (id int)");
        await database.ExecuteAsync("CREATE TABLE contacts (id int, mail nvarchar(50) MASKED WITH (FUNCTION = 'default()'), longer AS LEN(mail))");
        await database.ExecuteAsync("CREATE VIEW mails AS SELECT mail FROM contacts");
        await database.ExecuteAsync("CREATE FUNCTION dbo.few(@id int) RETURNS TABLE WITH SCHEMABINDING AS RETURN SELECT 1 AS shown WHERE @id < 11");
        await database.ExecuteAsync("CREATE SECURITY POLICY dbo.fewer ADD FILTER PREDICATE dbo.few(id) ON dbo.cases WITH (STATE = ON)");
        await WithReaderAsync(database, ["SELECT", "VIEW DEFINITION"], async options =>
        {
            using var reader = new Database("reader", options, TimeProvider.System);
            var catalogue = await reader.ReadCatalogueAsync(CancellationToken.None);
            catalogue.ShowsSecurity.ShouldBeTrue();
            (catalogue.Find("cases")!.RowPolicy, catalogue.Find("contacts")!.RowPolicy, catalogue.Find("mails")!.RowPolicy).ShouldBe(("[dbo].[fewer]", null, "[dbo].[fewer]"));
            catalogue.Tables.SelectMany(table => table.Columns.Where(column => column.IsMasked).Select(column => $"{table.Name.Name}.{column.Name}"))
                .ShouldBe(["contacts.mail", "contacts.longer", "mails.mail"], ignoreOrder: true);
        });
        await WithReaderAsync(database, ["SELECT", "VIEW DEFINITION", "UNMASK"], async options =>
        {
            using var reader = new Database("reader", options, TimeProvider.System);
            (await reader.ReadCatalogueAsync(CancellationToken.None)).Tables.SelectMany(table => table.Columns).ShouldAllBe(column => !column.IsMasked);
        });
        await WithReaderAsync(database, ["SELECT"], async options =>
        {
            using var reader = new Database("reader", options, TimeProvider.System);
            (await reader.ReadCatalogueAsync(CancellationToken.None)).ShowsSecurity.ShouldBeFalse();
        });
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

    // A login with these rights and no others, for as long as it is used.
    private static async Task WithReaderAsync(ScratchDatabase database, string[] rights, Func<DatabaseOptions, Task> use)
    {
        const string password = "Only-4-this-test";
        var login = "reader_" + RandomNumberGenerator.GetHexString(8, lowercase: true);
        await database.ExecuteAsync($"CREATE LOGIN {login} WITH PASSWORD = '{password}'");
        try
        {
            await database.ExecuteAsync($"CREATE USER {login} FOR LOGIN {login}");
            foreach (var right in rights)
                await database.ExecuteAsync($"GRANT {right} TO {login}");
            var options = database.Options;
            options.ConnectionString = new DbConnectionStringBuilder { ConnectionString = options.ConnectionString, ["User ID"] = login, ["Password"] = password, ["Pooling"] = false }.ConnectionString;
            await use(options);
        }
        finally
        {
            foreach (var right in rights)
                await database.ExecuteAsync($"REVOKE {right} FROM {login}");
            await database.ExecuteAsync($"DROP USER IF EXISTS {login}");
            await database.ExecuteAsync($"DROP LOGIN {login}");
        }
    }
}
