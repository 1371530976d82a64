using System.Text.Json;
using MigrationGuard.Commands;
using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Verification;
using MigrationGuard.Verification.Planning;
using MigrationGuard.Verification.QueryPairs;
using MigrationGuard.Verification.Running;

namespace MigrationGuard.Tests;

/// <summary>Chinook as published for two engines, compared by a configuration that nobody touched.</summary>
public sealed class ChinookTests(Chinook chinook) : IClassFixture<Chinook>, IDisposable
{
    private readonly Dictionary<string, string> _environment = [];

    private readonly string _folder = Directory.CreateTempSubdirectory("migrationguard-chinook-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableTheory]
    [InlineData(Provider.Sqlite, Provider.PostgreSql)]
    [InlineData(Provider.PostgreSql, Provider.Sqlite)]
    public async Task Only_eight_values_differ_in_both_directions_with_the_configuration_that_init_wrote(Provider source, Provider target)
    {
        var (exitCode, run) = await VerifyAsync(source, await chinook.ConnectionStringAsync(source), target, await chinook.ConnectionStringAsync(target));

        var results = run.GetProperty("results").EnumerateArray().ToList();
        results.Where(result => Text(result, "outcome") != "match" && !LostSpaces(result)).Select(result => result.ToString()).ShouldBeEmpty();
        results.Count(result => Text(result, "check") == "record-count").ShouldBe(11);
        run.GetProperty("uncovered").GetArrayLength().ShouldBe(0);
        results.Count(result => Text(result, "check") == "fingerprint").ShouldBe(11);
        Text(run, "verdict").ShouldBe("NO-GO");
        exitCode.ShouldBe(3);
        // Published with a space at the end for SQLite, and without for PostgreSQL.
        (await ListAsync()).ShouldBe(
            ["customer 54 city", .. new[] { 20, 141, 152, 207, 336, 359, 381 }.Select(id => FormattableString.Invariant($"invoice {id} billingcity"))], ignoreOrder: true);
        // Counts as they are published.
        Rows(results, "track").ShouldBe((3503, 3503));
        Rows(results, "playlisttrack").ShouldBe((8715, 8715));
        Rows(results, "invoiceline").ShouldBe((2240, 2240));
    }

    [SkippableTheory]
    [InlineData(Provider.PostgreSql)]
    [InlineData(Provider.Sqlite)]
    public async Task One_row_deleted_from_a_copy_is_found(Provider source)
    {
        var copy = Path.Combine(_folder, "copy.sqlite");
        File.WriteAllBytes(copy, await File.ReadAllBytesAsync(Chinook.SqliteFile));
        await Chinook.DeleteLastInvoiceLineAsync(copy);

        var (exitCode, run) = await VerifyAsync(source, await chinook.ConnectionStringAsync(source), Provider.Sqlite, "Data Source=" + copy);

        var mismatches = run.GetProperty("results").EnumerateArray().Where(result => Text(result, "outcome") != "match" && !(source == Provider.PostgreSql && LostSpaces(result))).ToList();
        mismatches.ShouldAllBe(result => Text(result, "outcome") == "mismatch" && Plain(result) == "invoiceline");
        var finding = mismatches.Single(result => Text(result, "check") == "record-count").GetProperty("findings").EnumerateArray().Single();
        (Text(finding, "kind"), finding.GetProperty("count").GetInt64()).ShouldBe(("missing-in-target", 1));
        Text(run, "verdict").ShouldBe("NO-GO");
        exitCode.ShouldBe(3);
    }

    private async Task<(int ExitCode, JsonElement Run)> VerifyAsync(Provider source, string sourceConnection, Provider target, string targetConnection)
    {
        var (drafted, _, said) = await RunAsync(
            "init", "--source-provider", source.ToString(), "--source", sourceConnection, "--target-provider", target.ToString(), "--target", targetConnection);
        drafted.ShouldBe(0, said);
        // What init tells whoever gave it a password, which it does not write down.
        _environment["MigrationGuard__Databases__old__ConnectionString"] = sourceConnection;
        _environment["MigrationGuard__Databases__new__ConnectionString"] = targetConnection;
        // Nobody writes to a published file.
        _environment["MigrationGuard__Verification__SettleSeconds"] = "0";
        var (exitCode, output, _) = await RunAsync("verify", "--format", "json");
        using var run = JsonDocument.Parse(output);
        return (exitCode, run.RootElement.Clone());
    }

    private static bool LostSpaces(JsonElement result) => Text(result, "check") == "fingerprint" && Plain(result) is "customer" or "invoice";

    // Every row that differs, with its key and the columns that do.
    private async Task<IReadOnlyList<string>> ListAsync()
    {
        var options = ConfigurationFile.Load(Path.Combine(_folder, "appsettings.json"), _environment, userSecrets: null).Options;
        options.Verification.SettleSeconds = 0;
        using var source = new Database("old", options.Databases["old"], TimeProvider.System);
        using var target = new Database("new", options.Databases["new"], TimeProvider.System);
        using var stop = new RunStop(TimeProvider.System.GetUtcNow().AddMinutes(5), TimeProvider.System, CancellationToken.None);
        var (name, comparison) = options.Comparisons.Single();
        var plan = await new Planner(options.Verification, new QueryLibrary(_folder, _folder), new byte[32]).PlanAsync(name, comparison, source, target, Selection.Everything, stop);
        var lines = new List<string>();
        foreach (var entity in plan.Entities)
        {
            var (rows, problem) = await new EntityDifferences(plan, options.Verification, TimeProvider.System).ListAsync(entity, 100, CancellationToken.None);
            problem.ShouldBeNull();
            lines.AddRange(rows!.Rows.Select(row => $"{Plain(entity.Name)} {string.Join(",", row.Key.Select(key => key.Value))} {Plain(string.Join(",", row.Values.Select(value => value.Column)))}"));
        }
        return lines;
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var context = new ProgramContext(output, error, false, false, _environment, _folder, TimeProvider.System);
        var exitCode = await CommandLine.RunAsync(args, context, CancellationToken.None);
        return (exitCode, output.ToString(), error.ToString());
    }

    private static (long, long) Rows(IEnumerable<JsonElement> results, string entity)
    {
        var count = results.Single(result => Text(result, "check") == "record-count" && Plain(result) == entity);
        return (count.GetProperty("source").GetProperty("rows").GetInt64(), count.GetProperty("target").GetProperty("rows").GetInt64());
    }

    // Entities are named after the source's tables: InvoiceLine or invoice_line.
    private static string Plain(JsonElement result) => Plain(Text(result, "entity")!);

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
