using MigrationGuard.Configuration;
using MigrationGuard.Schedule;
using MigrationGuard.Tests.Commands;

namespace MigrationGuard.Tests.Schedule;

/// <summary>Each rule is seen broken and kept.</summary>
public sealed class WorkerRulesTests
{
    [Theory]
    [InlineData("SweepSeconds", 0, 1)]
    [InlineData("SweepSeconds", 86_401, 86_400)]
    [InlineData("Concurrency", 0, 1)]
    [InlineData("ShutdownSeconds", 0, 1)]
    [InlineData("LogRetainedDays", 0, 1)]
    [InlineData("ClusterCheckinSeconds", 0, 1)]
    [InlineData("LedgerCheckHours", 0.0, 0.5)]
    [InlineData("LedgerCheckHours", double.NaN, 10_000.0)]
    [InlineData("LogDirectory", " ", "logs")]
    [InlineData("HealthUrl", "5170", "http://127.0.0.1:5170")]
    [InlineData("HealthUrl", "https://127.0.0.1:5170", "http://[::1]:5170/")]
    [InlineData("HealthUrl", "http://127.0.0.1:5170/health", "")]
    public void An_option_of_the_worker_is_within_its_bounds(string option, object broken, object kept)
    {
        var property = typeof(WorkerOptions).GetProperty(option)!;
        var options = new WorkerOptions();
        property.SetValue(options, broken);
        WorkerRules.Check(options).ShouldHaveSingleItem().Place.ShouldBe("Worker:" + option);
        property.SetValue(options, kept);
        WorkerRules.Check(options).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "is missing.")]
    [InlineData("every night", "is not a cron expression.")]
    [InlineData("0 2 * * *", "is not a cron expression.")]
    [InlineData("0 0 25 * * ?", "is not a cron expression.")]
    [InlineData("0 0 2 30 2 ?", "names a time that never comes.")]
    public void A_schedule_has_an_expression_that_comes_true(string cron, string problem)
    {
        Check(new ScheduleOptions { Cron = cron }).ShouldHaveSingleItem().Problem.ShouldBe(problem);
    }

    [Theory]
    [InlineData("0 0 2 * * ?")]
    [InlineData("0 0 2 29 2 ?")]
    [InlineData("0 0/15 8-18 ? * MON-FRI")]
    public void An_expression_that_comes_true_is_fine(string cron) => Check(new ScheduleOptions { Cron = cron, TimeZone = "Europe/London", Comparisons = ["crm"] }).ShouldBeEmpty();

    [Fact]
    public void A_schedule_names_a_time_zone_and_comparisons_that_there_are()
    {
        var problems = Check(new ScheduleOptions { Cron = "0 0 2 * * ?", TimeZone = "Europe/Londn", Comparisons = ["crm", "crn"] });
        problems.Select(problem => problem.Place).ShouldBe(["Schedules:nightly:TimeZone", "Schedules:nightly:Comparisons:1"]);
        problems.Select(problem => problem.Remedy).ShouldBe(["Did you mean Europe/London?", "Add it under Comparisons. Did you mean crm?"]);
    }

    [Fact]
    public async Task Serve_names_everything_that_is_wrong_at_once()
    {
        using var folder = new WorkingFolder();
        folder.Configure("""
            { "MigrationGuard": {
              "Schedules": { "nightly": { "Cron": "at two", "TimeZone": "Mars" } },
              "Worker": { "HealthUrl": "everywhere" },
              "Store": { "LockTimeoutSeconds": 0 } } }
            """);
        var run = (await folder.RunAsync("serve")).ShouldExitWith(ExitCode.Usage);
        foreach (var place in new[] { "Schedules:nightly:Cron", "Schedules:nightly:TimeZone", "Worker:HealthUrl", "Store:LockTimeoutSeconds" })
            run.Error.ShouldContain(place);
    }

    [Fact]
    public void A_schedule_of_what_is_kept_names_no_comparisons()
    {
        Check(new() { Cron = "0 0 2 * * ?", What = ScheduledWork.Files }).ShouldBeEmpty();
        Check(new() { Cron = "0 0 2 * * ?", What = ScheduledWork.Files, Comparisons = ["crm"] }).ShouldHaveSingleItem().Place.ShouldBe("Schedules:nightly:Comparisons");
    }

    [Theory]
    [InlineData(ScheduledWork.Backups, "is Backups, and Backups:Promises is empty, so that there is nothing to verify.")]
    [InlineData(ScheduledWork.Files, "is Files, and Files holds no promise, so that there is nothing to verify.")]
    [InlineData(ScheduledWork.Records, "is Records, and Records:Entities is empty, so that there is nothing to verify.")]
    public async Task A_schedule_of_what_nobody_promised_is_a_problem(ScheduledWork what, string problem)
    {
        using var folder = new WorkingFolder();
        var options = Scheduled(what);
        folder.Configure(options);
        (await folder.RunAsync("check-config")).ShouldExitWith(ExitCode.Usage).Output.ShouldContain($"Schedules:nightly:What: {problem}");
        (await folder.RunAsync("serve")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("Schedules:nightly:What");

        options.Backups.Promises["any"] = new();
        options.Files.Empty["any"] = new();
        options.Records.Entities["any"] = new();
        ConfigurationRules.Check(options).ShouldNotContain(found => found.Place == "Schedules:nightly:What");
    }

    [Theory]
    [InlineData(ScheduledWork.Files, "{ \"Stores\": { \"a\": { \"Folder\": \"a\" } } }", "{ \"Empty\": { \"gone\": { \"Store\": \"a\", \"Landmark\": \"x.txt\" } } }")]
    [InlineData(ScheduledWork.Records, "{ \"Codes\": { \"a\": { \"Years\": 2 } } }", "{ \"Entities\": { \"a\": { \"Code\": \"a\", \"Database\": \"new\", \"Table\": \"t\", \"CountsFrom\": \"c\" } } }")]
    public async Task A_preset_may_bring_the_promise_that_a_schedule_is_of(ScheduledWork what, string without, string with)
    {
        using var folder = new WorkingFolder();
        var options = Scheduled(what);
        options.Databases["new"] = new() { ConnectionString = "Data Source=new.db" };
        options.Files.Stores["a"] = new() { Folder = "a" };
        options.Records.Codes["a"] = new() { Years = 2 };
        (options.Files.Presets, options.Records.Presets) = (what == ScheduledWork.Files ? ["own.json"] : [], what == ScheduledWork.Records ? ["own.json"] : []);
        folder.Configure(options);
        await File.WriteAllTextAsync(folder.At("own.json"), without);
        (await folder.RunAsync("check-config")).ShouldExitWith(ExitCode.Usage).Output.ShouldContain("Schedules:nightly:What: is " + what);
        await File.WriteAllTextAsync(folder.At("own.json"), with);
        (await folder.RunAsync("check-config")).Output.ShouldNotContain("Schedules:nightly:What");
    }

    private static MigrationGuardOptions Scheduled(ScheduledWork what) => new() { Schedules = { ["nightly"] = new() { Cron = "0 0 2 * * ?", What = what } } };

    private static List<ConfigurationProblem> Check(ScheduleOptions schedule) => [.. ScheduleRules.Check("nightly", schedule, ["crm"])];
}
