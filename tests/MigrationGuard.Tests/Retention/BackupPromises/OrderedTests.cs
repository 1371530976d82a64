using MigrationGuard.Retention.BackupPromises;

namespace MigrationGuard.Tests.Retention.BackupPromises;

public sealed class OrderedTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Results_come_in_the_order_of_the_stream_and_never_more_than_so_many_are_in_work(int atOnce)
    {
        var (inWork, most) = (0, 0);
        var random = new Random(20250309);
        var yields = Enumerable.Range(0, 50).Select(_ => random.Next(20)).ToArray();
        var results = await ListAsync(Ordered.SelectAsync(NumbersAsync(50), atOnce, WorkAsync, CancellationToken.None));
        results.ShouldBe(Enumerable.Range(0, 50).Select(number => number * 2));
        most.ShouldBeLessThanOrEqualTo(atOnce);

        async Task<int> WorkAsync(int number)
        {
            var now = Interlocked.Increment(ref inWork);
            InterlockedMax(ref most, now);
            for (var turn = 0; turn < yields[number]; turn++)
                await Task.Yield();
            Interlocked.Decrement(ref inWork);
            return number * 2;
        }
    }

    [Fact]
    public async Task Work_begins_while_earlier_work_goes_on()
    {
        var first = new TaskCompletionSource<int>();
        // The first ends only when the third has begun: one after the other, this would never end.
        var results = await ListAsync(Ordered.SelectAsync(NumbersAsync(3), 3, number =>
        {
            if (number == 2)
                first.SetResult(0);
            return number == 0 ? first.Task : Task.FromResult(number);
        }, CancellationToken.None));
        results.ShouldBe([0, 1, 2]);
    }

    [Fact]
    public async Task Where_the_stream_breaks_off_what_was_begun_is_given_before_the_error()
    {
        var held = new TaskCompletionSource<int>();
        var given = new List<int>();
        var error = await Should.ThrowAsync<InvalidDataException>(async () =>
        {
            await foreach (var result in Ordered.SelectAsync(BreakingAsync(3, () => held.SetResult(0)), 8, number => number == 0 ? held.Task : Task.FromResult(number), CancellationToken.None))
                given.Add(result);
        });
        error.Message.ShouldBe("broke off");
        given.ShouldBe([0, 1, 2]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_work_runs_on_when_the_enumeration_has_ended(bool byError)
    {
        var (release, allBegun) = (new TaskCompletionSource(), new TaskCompletionSource());
        var ended = 0;
        var enumerating = EnumerateAsync();
        enumerating.IsCompleted.ShouldBeFalse();
        release.SetResult();
        if (byError)
            await Should.ThrowAsync<InvalidDataException>(() => enumerating);
        else
            await enumerating;
        ended.ShouldBe(3);

        async Task EnumerateAsync()
        {
            await foreach (var _ in Ordered.SelectAsync(NumbersAsync(4), 4, WorkAsync, CancellationToken.None))
                break;
        }

        async Task<int> WorkAsync(int number)
        {
            if (number == 3)
                allBegun.SetResult();
            if (number == 0)
            {
                await allBegun.Task;
                return byError ? throw new InvalidDataException("The first fails.") : 0;
            }
            await release.Task;
            ended++;
            return number;
        }
    }

    [Fact]
    public async Task Fewer_than_one_at_once_is_a_mistake() =>
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => ListAsync(Ordered.SelectAsync(NumbersAsync(1), 0, Task.FromResult, CancellationToken.None)));

    private static async IAsyncEnumerable<int> NumbersAsync(int count)
    {
        await Task.CompletedTask;
        for (var number = 0; number < count; number++)
            yield return number;
    }

    private static async IAsyncEnumerable<int> BreakingAsync(int count, Action atTheBreak)
    {
        await foreach (var number in NumbersAsync(count))
            yield return number;
        atTheBreak();
        throw new InvalidDataException("broke off");
    }

    private static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
            list.Add(item);
        return list;
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int before;
        while ((before = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, before) != before)
        {
        }
    }
}
