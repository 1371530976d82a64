using MigrationGuard.Databases;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Tests.Verification;

public sealed class BothSidesTests
{
    private static readonly DatabaseException Down = new("old", "is down.", "Start it.");

    [Fact]
    public async Task A_side_that_fails_leaves_its_reason_and_the_other_what_it_brought()
    {
        var both = await BothSides<string>.ReadAsync(
            (side, _) => side == Side.Source ? throw Down : Task.FromResult("rows"), endsTogether: false, CancellationToken.None);
        (both.Source.Value, both.Target.Value).ShouldBe((null, "rows"));
        both.Problem.ShouldBe("The source could not be read: old: is down. Start it.");
    }

    [Fact]
    public async Task Sides_that_end_together_are_stopped_for_each_other_and_the_failure_alone_is_told()
    {
        var both = await BothSides<string>.ReadAsync(
            async (side, token) =>
            {
                if (side == Side.Target)
                    throw Down;
                await Task.Delay(Timeout.Infinite, token);
                return "rows";
            },
            endsTogether: true,
            CancellationToken.None);
        both.Problem.ShouldBe("The target could not be read: old: is down. Start it.");
    }

    [Fact]
    public async Task Sides_that_do_not_fail_have_no_problem_and_a_cancellation_is_none_of_theirs()
    {
        (await BothSides<string>.ReadAsync((side, _) => Task.FromResult(side.Spelt()), endsTogether: true, CancellationToken.None)).Problem.ShouldBeNull();
        using var cancelled = new CancellationTokenSource();
        var reading = BothSides<string>.ReadAsync(
            async (_, token) =>
            {
                await Task.Delay(Timeout.Infinite, token);
                return "rows";
            },
            endsTogether: true,
            cancelled.Token);
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => reading);
    }
}
