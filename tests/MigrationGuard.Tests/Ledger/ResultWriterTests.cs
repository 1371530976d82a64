using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Ledger;

/// <summary>What is acknowledged is durable, and many that wait share a commit.</summary>
public sealed class ResultWriterTests
{
    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Every_acknowledged_result_is_in_the_ledger(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        var header = TestLedger.Header();
        await ledger.Store.BeginRunAsync(header, TestLedger.Engineer, CancellationToken.None);
        await using (var writer = new ResultWriter(ledger.Store, header.Run))
            await Task.WhenAll(Enumerable.Range(0, 100).Select(i => writer.WriteAsync(i, [TestLedger.Result("a" + i), TestLedger.Result("b" + i)])));
        var found = await ledger.Store.FindRunAsync(header.Run, CancellationToken.None);
        found!.Results.Select(result => result.Entity).ShouldBe(Enumerable.Range(0, 100).SelectMany(i => new[] { "a" + i, "b" + i }));
    }

    [Fact]
    public async Task Those_that_wait_at_the_same_time_share_a_commit()
    {
        var commits = new List<int>();
        var first = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        await using var writer = new ResultWriter(results =>
        {
            commits.Add(results.Count);
            begun.TrySetResult();
            return first.Task;
        });
        var one = writer.WriteAsync(0, [TestLedger.Result("first")]);
        await begun.Task;
        var rest = Enumerable.Range(1, 500).Select(i => writer.WriteAsync(i, [TestLedger.Result("x")])).ToList();
        one.IsCompleted.ShouldBeFalse();
        first.SetResult();
        await Task.WhenAll([one, .. rest]);
        commits.ShouldBe([1, 500]);
    }

    [Fact]
    public async Task Nothing_is_acknowledged_before_it_is_durable()
    {
        var commit = new TaskCompletionSource();
        await using var writer = new ResultWriter(_ => commit.Task);
        var waiting = writer.WriteAsync(0, [TestLedger.Result("x")]);
        waiting.IsCompleted.ShouldBeFalse();
        commit.SetResult();
        await waiting;
    }

    [Fact]
    public async Task A_failure_is_told_to_everyone_who_waits_and_to_everyone_after()
    {
        var commit = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        var failure = new LedgerException("Store", "the disk is full.", "Make room.");
        var commits = 0;
        await using var writer = new ResultWriter(_ =>
        {
            commits++;
            begun.TrySetResult();
            return commit.Task;
        });
        var written = writer.WriteAsync(0, [TestLedger.Result("x")]);
        await begun.Task;
        var queued = writer.WriteAsync(1, [TestLedger.Result("y")]);
        commit.SetException(failure);
        foreach (var write in new[] { written, queued, writer.WriteAsync(2, [TestLedger.Result("z")]) })
            (await Should.ThrowAsync<LedgerException>(() => write)).ShouldBeSameAs(failure);
        commits.ShouldBe(1);
    }

    [Fact]
    public async Task A_closed_writer_has_written_what_it_was_given_and_takes_no_more()
    {
        var written = new List<CheckResult>();
        var writer = new ResultWriter(results =>
        {
            written.AddRange(results.Select(result => result.Result));
            return Task.CompletedTask;
        });
        var write = writer.WriteAsync(0, [TestLedger.Result("x")]);
        await writer.DisposeAsync();
        await write;
        written.ShouldHaveSingleItem();
        await Should.ThrowAsync<ObjectDisposedException>(() => writer.WriteAsync(1, [TestLedger.Result("y")]));
    }
}
