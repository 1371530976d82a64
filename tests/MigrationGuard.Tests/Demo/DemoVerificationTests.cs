using MigrationGuard.Databases;
using MigrationGuard.Demo;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Verification;
using MigrationGuard.Verification.Planning;
using MigrationGuard.Verification.QueryPairs;
using MigrationGuard.Verification.Running;

namespace MigrationGuard.Tests.Demo;

/// <summary>The product's own checks on the demo's databases, without ledger or command line.</summary>
public sealed class DemoVerificationTests(BuiltDemo demo) : IClassFixture<BuiltDemo>
{
    [Fact]
    public async Task The_checks_find_exactly_what_is_planted()
    {
        var run = await VerifyAsync(demo.Directory);

        var findings = DemoFindings.Compare(run);

        findings.Missed.ShouldBeEmpty();
        findings.Unplanned.ShouldBeEmpty();
        findings.NotChecked.ShouldBeEmpty();
        run.Uncovered.ShouldBeEmpty();
        run.Excluded.ShouldHaveSingleItem().Table.ShouldBe("TraceLogBase");
        run.Verdict.ShouldBe(Verdict.NoGo);
    }

    [Fact]
    public async Task The_checks_find_what_was_changed_besides()
    {
        using var copy = demo.Copy();
        copy.Execute("new.sqlite", "DELETE FROM AccountBase WHERE AccountNumber = 'ACC-00417'").ShouldBe(1);

        var findings = DemoFindings.Compare(await VerifyAsync(copy.Path));

        findings.Unplanned.Select(unplanned => unplanned.Result.Check).ShouldBe(
            [CheckNames.RecordCount, CheckNames.EntityBreakdown, CheckNames.EntityBreakdown, CheckNames.Fingerprint], ignoreOrder: true);
        findings.Unplanned.ShouldAllBe(unplanned => unplanned.Result.Entity == "account");
    }

    private static async Task<RunDocument> VerifyAsync(string directory)
    {
        var options = DemoConfiguration.Options(directory);
        var comparison = options.Comparisons[DemoConfiguration.ComparisonName];
        using var source = new Database(comparison.Source, options.Databases[comparison.Source], TimeProvider.System);
        using var target = new Database(comparison.Target, options.Databases[comparison.Target], TimeProvider.System);
        var planner = new Planner(options.Verification, new QueryLibrary(directory, directory), new byte[32]);
        using var stop = new RunStop(TimeProvider.System.GetUtcNow().AddHours(1), TimeProvider.System, CancellationToken.None);
        var plan = await planner.PlanAsync(DemoConfiguration.ComparisonName, comparison, source, target, Selection.Everything, stop);
        var runner = new VerificationRunner(options.Verification, TimeProvider.System, (_, _) => Task.CompletedTask, new SilentObserver());
        var outcome = await runner.RunAsync([plan], stop);
        return new RunDocument
        {
            Run = "demo",
            Verdict = Verdicts.Of(outcome.Results, Scope.Full, plan.Uncovered.Count),
            Results = outcome.Results,
            Uncovered = plan.Uncovered,
            Excluded = plan.Excluded,
        };
    }

    private sealed class SilentObserver : IRunObserver
    {
        public void Planned(int readings, long approximateRows) { }

        public void Started(string reading) { }

        public void Finished(string reading, IReadOnlyList<CheckResult> results, long approximateRows) { }
    }
}
