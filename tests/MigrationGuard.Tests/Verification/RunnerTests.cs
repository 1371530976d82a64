using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Tests.Servers;
using MigrationGuard.Verification;
using MigrationGuard.Verification.Planning;
using MigrationGuard.Verification.QueryPairs;
using MigrationGuard.Verification.Running;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Tests.Verification;

/// <summary>How a run goes: its order, its end, and that nothing planned is lost on the way.</summary>
public sealed class RunnerTests : IAsyncLifetime
{
    private ScratchDatabase _scratch = null!;

    public async Task InitializeAsync()
    {
        _scratch = await TestEngine.For(Provider.Sqlite).CreateDatabaseAsync();
        foreach (var (table, rows) in new[] { ("small", 2), ("large", 30), ("medium", 10) })
        {
            await _scratch.ExecuteAsync($"CREATE TABLE {table} (id INTEGER PRIMARY KEY, created_on TEXT)");
            for (var id = 1; id <= rows; id++)
                await _scratch.ExecuteAsync(FormattableString.Invariant($"INSERT INTO {table} VALUES ({id}, '2025-01-{id:00}')"));
        }
    }

    public async Task DisposeAsync() => await _scratch.DisposeAsync();

    [Fact]
    public async Task Tables_are_read_largest_first_and_results_are_in_the_configurations_order()
    {
        var observer = new RecordingObserver();
        var run = await RunAsync(observer, CancellationToken.None);
        observer.Log.ShouldBe(
        [
            "planned 3 readings, 42 rows",
            "started crm / large", "finished crm / large: match, match",
            "started crm / medium", "finished crm / medium: match, match",
            "started crm / small", "finished crm / small: match, match",
        ]);
        run.Results.Select(result => (result.Entity, result.Check)).ShouldBe(Planned);
        run.Interrupted.ShouldBeNull();
    }

    [Fact]
    public async Task Results_are_kept_before_they_are_shown_each_at_its_place()
    {
        var kept = new List<(int Ordinal, int Count)>();
        var observer = new RecordingObserver();
        var shownWhenKept = new List<int>();
        await RunAsync(observer, CancellationToken.None, keep: (ordinal, results) =>
        {
            kept.Add((ordinal, results.Count));
            shownWhenKept.Add(observer.Log.Count(line => line.StartsWith("finished", StringComparison.Ordinal)));
            return Task.CompletedTask;
        });
        // Small, large and medium are configured in this order; large is read first.
        kept.ShouldBe([(2, 2), (4, 2), (0, 2)]);
        shownWhenKept.ShouldBe([0, 1, 2]);
    }

    [Fact]
    public async Task A_run_that_is_stopped_midway_keeps_what_was_read_and_has_a_result_for_everything_planned()
    {
        using var asked = new CancellationTokenSource();
        var run = await RunAsync(new RecordingObserver { OnFinished = _ => asked.Cancel() }, asked.Token);
        run.Results.Select(result => (result.Entity, result.Check)).ShouldBe(Planned);
        run.Results.Where(result => result.Entity == "large").ToList().ForEach(result => result.ShouldMatch());
        foreach (var result in run.Results.Where(result => result.Entity != "large"))
            result.ShouldNotBeChecked().ShouldBe("The run was interrupted. This was not read.");
        run.Interrupted.ShouldBe("The run was interrupted.");
    }

    [Fact]
    public async Task A_run_that_is_stopped_before_it_begins_has_a_result_for_everything_planned()
    {
        using var asked = new CancellationTokenSource();
        var run = await RunAsync(new RecordingObserver { OnPlanned = asked.Cancel }, asked.Token);
        run.Results.Select(result => (result.Entity, result.Check)).ShouldBe(Planned);
        run.Results.ShouldAllBe(result => result.Outcome is CheckOutcome.NotChecked);
    }

    [Fact]
    public async Task A_run_that_is_stopped_while_planning_has_a_result_for_every_entity()
    {
        using var asked = new CancellationTokenSource();
        await asked.CancelAsync();
        var run = await RunAsync(new RecordingObserver(), asked.Token);
        run.Results.Select(result => result.Entity).Distinct().ShouldBe(["small", "large", "medium"]);
        run.Results.ShouldAllBe(result => result.Outcome is CheckOutcome.NotChecked);
        run.Interrupted.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_result_that_cannot_be_kept_ends_the_run() =>
        await Should.ThrowAsync<IOException>(() => RunAsync(new RecordingObserver(), CancellationToken.None, keep: (_, _) => throw new IOException("disk full")));

    [Fact]
    public async Task Tables_whose_kept_parts_cannot_be_read_are_not_checked_and_the_remedy_said()
    {
        var options = Options();
        options.Depth = Depth.Rows;
        var segments = new SegmentLog("20260101-0000", _ => Task.FromResult<IReadOnlyList<string>>(["{}"]), (_, _, _) => Task.CompletedTask);
        var run = await RunAsync(new RecordingObserver(), CancellationToken.None, options, segments: segments);
        run.Results.Count.ShouldBe(3 * 4);
        // Schemas are compared without reading a row.
        run.Results.Where(result => result.Check != CheckNames.Schema).Select(result => result.ShouldNotBeChecked()).ShouldAllBe(reason => reason.StartsWith("Run 20260101-0000: ") && reason.EndsWith("Verify again in a new run."));
    }

    [Fact]
    public async Task One_and_the_same_database_on_both_sides_is_not_checked_unless_that_is_allowed()
    {
        var options = Options();
        options.AllowSameDatabase = false;
        var run = await RunAsync(new RecordingObserver(), CancellationToken.None, options);
        // Schemas are compared without reading a row.
        run.Results.Where(result => result.Check != CheckNames.Schema).Select(result => result.ShouldNotBeChecked()).ShouldAllBe(reason => reason.StartsWith("The source and the target are one and the same database"));
        (await RunAsync(new RecordingObserver(), CancellationToken.None)).Results
            .ShouldAllBe(result => result.Notes.Single().EndsWith("this comparison proves nothing."));
    }

    private static IEnumerable<(string?, string)> Planned =>
        from entity in new[] { "small", "large", "medium" }
        from check in new[] { CheckNames.RecordCount, CheckNames.LastTimestamp }
        select ((string?)entity, check);

    private static ComparisonOptions Options() => new()
    {
        Source = "old",
        Target = "old",
        AllowSameDatabase = true,
        Entities = new[] { "small", "large", "medium" }.ToDictionary(table => table, table => new EntityOptions { Source = table, Key = ["id"], CreatedOn = "created_on" }),
    };

    // One database on both sides with one connection: readings come one after another.
    private async Task<RunOutcome> RunAsync(IRunObserver observer, CancellationToken asked, ComparisonOptions? options = null, KeepResults? keep = null, SegmentLog? segments = null)
    {
        var limits = new VerificationOptions();
        var connection = _scratch.Options;
        connection.MaxConnections = 1;
        using var database = new Database("old", connection, TimeProvider.System);
        using var stop = new RunStop(TimeProvider.System.GetUtcNow().AddMinutes(5), TimeProvider.System, asked);
        var plan = await new Planner(limits, new QueryLibrary("/", "/"), new byte[32]).PlanAsync("crm", options ?? Options(), database, database, Selection.Everything, stop);
        var runner = new VerificationRunner(limits, TimeProvider.System, keep ?? ((_, _) => Task.CompletedTask), observer);
        return await runner.RunAsync(RunPlan.Of([plan], limits, TimeProvider.System, segments is null ? null : _ => segments), new Dictionary<int, IReadOnlyList<CheckResult>>(), stop);
    }

    private sealed class RecordingObserver : IRunObserver
    {
        public List<string> Log { get; } = [];

        public Action OnPlanned { get; init; } = () => { };

        public Action<string> OnFinished { get; init; } = _ => { };

        void IRunObserver.Planned(int readings, long approximateRows)
        {
            Log.Add(FormattableString.Invariant($"planned {readings} readings, {approximateRows} rows"));
            OnPlanned();
        }

        public void Started(string reading) => Log.Add("started " + reading);

        public void Finished(string reading, IReadOnlyList<CheckResult> results, long approximateRows)
        {
            Log.Add($"finished {reading}: {string.Join(", ", results.Select(result => result.Outcome.Name))}");
            OnFinished(reading);
        }
    }
}
