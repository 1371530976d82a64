using System.Globalization;
using System.Security.Cryptography;
using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Decommissioning.Assets;
using MigrationGuard.Ledger.Store;
using MigrationGuard.TestHost;
using MigrationGuard.Tests.Commands;
using MigrationGuard.Tests.Schedule;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Simulation;

/// <summary>Three years of forty assets, in which workers are killed again and again.</summary>
public sealed class ThreeYearsTests
{
    private const int AssetCount = 40;

    // A leap year's end is in between, and every change of clocks of three zones.
    private static readonly DateTimeOffset Start = new(2025, 11, 30, 18, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = Start.AddYears(3);

    private static readonly string[] Zones = ["Europe/London", "America/New_York", "Asia/Kolkata"];

    // Month ends, a leap day, days before and after the start.
    private static readonly DateOnly[] GoLives =
        [new(2025, 11, 30), new(2025, 10, 31), new(2024, 2, 29), new(2025, 12, 31), new(2025, 9, 1), new(2026, 1, 30), new(2026, 8, 29), new(2025, 11, 15)];

    [SkippableTheory]
    [InlineData(Provider.Sqlite, 1)]
    [InlineData(Provider.PostgreSql, 2)]
    [InlineData(Provider.SqlServer, 2)]
    public async Task Every_step_of_every_review_is_written_once_none_lost_and_none_early_whatever_dies(Provider engine, int workers)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no SIGKILL.");
        Skip.If(engine == Provider.SqlServer && Environment.GetEnvironmentVariable("MIGRATIONGUARD_TEST_SQLSERVER") is null, "MIGRATIONGUARD_TEST_SQLSERVER is not set.");
        await using var database = await TestEngine.For(engine).CreateDatabaseAsync();
        using var folder = new WorkingFolder();
        folder.Configure(Options(database));
        var clock = folder.At("clock");
        FileClock.Set(clock, Start);
        var seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        var random = new Random(seed);
        await using var store = await LedgerStore.OpenAsync(Options(database).Store, folder.Path, TimeProvider.System, CancellationToken.None);
        var running = Enumerable.Range(0, workers).Select(_ => KillableWorker.Start(folder.Path, clock)).ToList();
        try
        {
            // Nothing is due for days before the ledger knew of it, so it must know of them before time goes by.
            await HoldsAsync(running, seed, async () => await CountAsync(store, "SELECT COUNT(*) FROM mark WHERE name LIKE 'series:%'") == AssetCount);
            var kills = await LiveAsync(running, folder, clock, random);
            var expected = Assets().SelectMany(asset => ExpectedSteps.Of(asset.Key, asset.Value.GoLive!.Value, Zone(asset.Value), DateOnly.FromDateTime(Start.Date), End.UtcDateTime)).ToList();
            await HoldsAsync(running, seed, async () => await CountAsync(store, "SELECT COUNT(*) FROM notification WHERE topic LIKE 'review-%'") >= expected.Count);
            kills.ShouldBeGreaterThan(5);
            await ShouldBeExactlyAsync(store, expected, seed);
        }
        finally
        {
            running.ForEach(worker => worker.Dispose());
        }
    }

    // Time goes by in jumps of days; every so often a worker is killed, at any point of what it is doing, and another is started.
    private static async Task<int> LiveAsync(List<KillableWorker> running, WorkingFolder folder, string clock, Random random)
    {
        var (now, kills) = (Start, 0);
        while (now < End)
        {
            now = now.AddHours(random.Next(24 * 4, 24 * 18));
            FileClock.Set(clock, now < End ? now : End);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 700)));
            if (random.Next(4) != 0)
                continue;
            var victim = random.Next(running.Count);
            running[victim].Kill();
            running[victim].Dispose();
            running[victim] = KillableWorker.Start(folder.Path, clock);
            kills++;
        }
        return kills;
    }

    private static async Task ShouldBeExactlyAsync(LedgerStore store, IReadOnlyList<(string Id, DateTime At)> expected, int seed)
    {
        var written = await store.ReadAsync(
            ledger => ledger.ListAsync<Written>("SELECT id AS Id, created AS Created FROM notification WHERE topic LIKE 'review-%'"), CancellationToken.None);
        expected.Select(step => step.Id).Except(written.Select(row => row.Id)).ShouldBeEmpty($"Lost. Seed {seed}.");
        written.Select(row => row.Id).Except(expected.Select(step => step.Id)).ShouldBeEmpty($"Not due. Seed {seed}.");
        written.Count.ShouldBe(expected.Count, $"Written twice. Seed {seed}.");
        var moments = expected.ToDictionary(step => step.Id, step => step.At);
        written.Where(row => Moments.Read(row.Created).UtcDateTime < moments[row.Id]).ShouldBeEmpty($"Written early. Seed {seed}.");
        (await CountAsync(store, "SELECT COUNT(*) FROM ledger_payload WHERE kind = 'obligation-step'")).ShouldBe(expected.Count, $"Seed {seed}.");
        (await CountAsync(store, "SELECT COUNT(*) FROM obligation_step")).ShouldBe(expected.Count, $"Seed {seed}.");
        (await store.VerifyAsync(CancellationToken.None)).Problems.ShouldBeEmpty($"Seed {seed}.");
    }

    private static Task HoldsAsync(List<KillableWorker> running, int seed, Func<Task<bool>> condition) =>
        Eventually.HoldsAsync(condition, () => $"Seed {seed}. {string.Join("\n\n", running.Select(worker => worker.Error))}");

    private static Task<long> CountAsync(LedgerStore store, string sql) => store.ReadAsync(ledger => ledger.FirstAsync<long>(sql), CancellationToken.None);

    private static MigrationGuardOptions Options(ScratchDatabase database) => new()
    {
        Store = { Provider = database.Provider, ConnectionString = database.ConnectionString },
        People = Zones.ToDictionary(Key, zone => new MigrationGuard.Ledger.People.PersonOptions { Name = "An owner", TimeZone = zone }),
        Roles = new()
        {
            ["Head of IT architecture"] = new() { People = [.. Zones.Select(Key)] },
            ["Information Asset Owner"] = new() { People = [Key(Zones[0])] },
            ["Data protection officer"] = new() { People = [Key(Zones[1])] },
        },
        Reviews = { Escalations = [new() { DaysAfter = 7, Role = "Information Asset Owner" }, new() { DaysAfter = 14, Role = "Data protection officer" }] },
        Assets = new(Assets()),
        Worker = { SweepSeconds = 1, HealthUrl = "", ClusterCheckinSeconds = 1, LedgerCheckHours = 24 * 60 },
    };

    private static Dictionary<string, AssetOptions> Assets() => Enumerable.Range(0, AssetCount).ToDictionary(
        number => string.Create(CultureInfo.InvariantCulture, $"asset-{number:00}"),
        number => new AssetOptions
        {
            Kind = AssetKind.Database,
            Location = "old farm",
            Holder = "Digital and IT",
            OwnerRole = "Head of IT architecture",
            Owner = Key(Zones[number % Zones.Length]),
            Commitment = "DPIA recommendation 3",
            Holds = "case files",
            GoLive = GoLives[number % GoLives.Length].AddDays(number / GoLives.Length == 0 ? 0 : number),
        });

    private static string Zone(AssetOptions asset) => Zones.Single(zone => Key(zone) == asset.Owner);

    private static string Key(string zone) => zone.Replace('/', '-').ToLowerInvariant();

    private sealed record Written
    {
        public string Id { get; init; } = "";

        public string Created { get; init; } = "";
    }
}
