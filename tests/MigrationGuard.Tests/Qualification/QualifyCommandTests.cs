using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Qualification;
using MigrationGuard.Tests.Commands;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Qualification;

public sealed class QualifyCommandTests
{
    private const string ScratchSchemas = "SELECT count(*) FROM information_schema.schemata WHERE schema_name LIKE 'migrationguard_qualify%'";

    private static readonly IReadOnlyList<Corruption> Some = [.. CorruptionCatalogue.All.Where(corruption => corruption.Type == ScratchType.Varchar)];

    [Fact]
    public async Task Without_a_configuration_every_corruption_is_found_on_SQLite()
    {
        using var folder = new WorkingFolder();

        var run = (await folder.RunAsync("qualify", "--seed", "7", "--format", "json", "--output", "result.json")).ShouldExitWith(ExitCode.Done);

        var document = JsonNode.Parse(run.Output)!;
        document["schema"]!.GetValue<string>().ShouldBe("migrationguard.qualification/1");
        document["seed"]!.GetValue<long>().ShouldBe(7);
        document["tool"]!.GetValue<string>().ShouldStartWith("MigrationGuard ");
        document["passed"]!.GetValue<bool>().ShouldBeTrue();
        document["planted"]!.GetValue<int>().ShouldBe(CorruptionCatalogue.All.Count(corruption => corruption.IsOn(Dialect.For(Provider.Sqlite))));
        document["found"]!.GetValue<int>().ShouldBe(document["planted"]!.GetValue<int>());
        document["twinsMatched"]!.GetValue<int>().ShouldBe(document["planted"]!.GetValue<int>());
        document["corruptions"]!.AsArray().ShouldAllBe(corruption => corruption!["twin"]!.GetValue<string>() == "match");
        (await File.ReadAllTextAsync(folder.At("result.json"))).ShouldBe(run.Output);
        Directory.EnumerateFileSystemEntries(folder.Path).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_verification_that_is_blind_to_a_column_is_not_qualified()
    {
        var sighted = await new QualificationRun(3, TimeProvider.System) { Corruptions = Some }.RunAsync(CancellationToken.None);
        var blind = await new QualificationRun(3, TimeProvider.System) { Corruptions = Some, IgnoreColumns = [ScratchRows.Value] }.RunAsync(CancellationToken.None);

        ExitCodes.Of(sighted).ShouldBe(ExitCode.Done);
        ExitCodes.Of(blind).ShouldBe(ExitCode.NoGo);
        blind.TwinsMatched.ShouldBe(blind.Planted);
        blind.Corruptions.Single(corruption => corruption.Kind == "trailing-space-added").IsFound.ShouldBeFalse();
    }

    [Fact]
    public async Task Nothing_planted_qualifies_nothing()
    {
        var document = await new QualificationRun(3, TimeProvider.System) { Corruptions = [] }.RunAsync(CancellationToken.None);

        ExitCodes.Of(document).ShouldBe(ExitCode.NoGo);
    }

    [SkippableFact]
    public async Task On_PostgreSQL_every_corruption_is_found_and_nothing_is_left_behind()
    {
        await using var database = await TestEngine.For(Provider.PostgreSql).CreateDatabaseAsync();
        var run = new QualificationRun(11, TimeProvider.System) { Server = ("scratch", database.Options) };

        var document = await run.RunAsync(CancellationToken.None);

        document.Corruptions.Where(corruption => !corruption.IsFound || !corruption.TwinMatched).ShouldBeEmpty();
        document.Engines.Select(engines => engines.Pair).ShouldBe(["sqlite-sqlite", "postgresql-postgresql", "sqlite-postgresql"]);
        (await database.CountAsync(ScratchSchemas)).ShouldBe(0);
    }

    [SkippableFact]
    public async Task What_is_made_on_a_server_is_dropped_when_it_is_interrupted()
    {
        await using var database = await TestEngine.For(Provider.PostgreSql).CreateDatabaseAsync();
        using var stop = new CancellationTokenSource();
        var run = new QualificationRun(11, TimeProvider.System)
        {
            Corruptions = Some,
            Server = ("scratch", database.Options),
            Telling = pair =>
            {
                if (pair == "sqlite-postgresql")
                    stop.Cancel();
            },
        };

        await Should.ThrowAsync<OperationCanceledException>(() => run.RunAsync(stop.Token));

        (await database.CountAsync(ScratchSchemas)).ShouldBe(0);
    }

    [Fact]
    public async Task With_a_configuration_the_ledger_holds_what_it_came_to_and_a_server_that_is_not_allowed_is_left_out()
    {
        using var folder = new WorkingFolder();
        // Nothing answers there: it is never asked.
        var options = new MigrationGuardOptions { Databases = { ["scratch"] = Unreachable() }, Qualify = { Database = "scratch" } };
        folder.Configure(options);

        var run = (await folder.RunAsync("qualify", "--seed", "9", "--output", "result.json")).ShouldExitWith(ExitCode.Done);

        run.Error.ShouldContain("Qualify:AllowScratchSchema");
        run.LastLine.ShouldStartWith("QUALIFIED");
        var written = await File.ReadAllBytesAsync(folder.At("result.json"));
        var document = JsonNode.Parse(written)!;
        document["leftOut"]!.GetValue<string>().ShouldContain("scratch was left out");
        document["engines"]!.AsArray().ShouldHaveSingleItem();
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(written));
        run.Output.ShouldContain(sha256);
        await using var store = await LedgerStore.OpenExistingAsync(options.Store, folder.Path, TimeProvider.System, CancellationToken.None);
        (await store.VerifyAsync(CancellationToken.None)).Problems.ShouldBeEmpty();
        folder.FilesHolding(sha256).ShouldContain(folder.At("migrationguard.db"));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_incomplete()
    {
        using var folder = new WorkingFolder();
        folder.Configure(new MigrationGuardOptions
        {
            Databases = { ["scratch"] = Unreachable() },
            Qualify = { Database = "scratch", AllowScratchSchema = true },
        });

        var run = (await folder.RunAsync("qualify")).ShouldExitWith(ExitCode.Incomplete);

        run.Error.ShouldContain("scratch: ");
        run.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("qualify", "--config", "missing.json")]
    [InlineData("qualify", "--output", "no/such/folder/result.json")]
    [InlineData("qualify", "--output", ".")]
    public async Task What_cannot_be_read_or_written_is_a_usage_error(params string[] args)
    {
        using var folder = new WorkingFolder();

        (await folder.RunAsync(args)).ShouldExitWith(ExitCode.Usage);
    }

    private static DatabaseOptions Unreachable() =>
        new() { Provider = Provider.PostgreSql, ConnectionString = "Host=127.0.0.1;Port=1;Username=nobody;Database=none" };
}
