using MigrationGuard.Databases;
using MigrationGuard.Databases.Values;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.Records;
using MigrationGuard.Tests.Servers;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Retention.Records;

/// <summary>Records that both sides have, with dates that are not the same.</summary>
public sealed class RedatedRecordsTests
{
    private const string Kept = "retention:12.1";
    private const string Drift = "drift:12.1";
    private const string InBoth = "is past the period in both";

    private static readonly DateTime Past = RecordTables.Now.AddYears(-5);

    // The second is past its period.
    private static readonly Case[] Cases = [new(1, RecordTables.Now.AddDays(-90)), new(2, Past)];

    public static TheoryData<int> KeysAtOnce => [1, FrozenComparison.KeysAtOnce];

    [Theory, MemberData(nameof(KeysAtOnce))]
    public async Task A_record_with_a_new_date_in_the_live_database_is_past_in_the_copy_alone(int keysAtOnce)
    {
        await using var folder = await PlantedAsync();
        await folder.Live.ExecuteAsync("UPDATE cases SET closed = '2026-06-01 12:00:00.000' WHERE number = 2");
        var results = await RecordTables.VerifyAsync(RecordTables.Options(), folder.Live, folder.Frozen, keysAtOnce);
        results.ShouldAllBe(result => result.Outcome is CheckOutcome.Match);
        results.Of(Drift).Source!["overdueInBoth"].Number.ShouldBe(0);
        results.Of(Drift).Source!["redated"].Number.ShouldBe(1);
        const string told = "Of 1 record in both, closed is another in the live database than in the frozen copy: a changed date restarts a period. What is said of the frozen copy goes by its own dates. It is past the period by the frozen copy's date, and not by the live database's.";
        results.ShouldAllBe(result => result.Notes.Contains(told));
        results.SelectMany(result => result.Notes).ShouldNotContain(note => note.Contains(InBoth, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(KeysAtOnce))]
    public async Task A_record_that_is_past_by_both_dates_is_past_in_both(int keysAtOnce)
    {
        await using var folder = await PlantedAsync();
        foreach (var (date, redated) in new[] { (Past, 0), (Past.AddDays(3), 1) })
        {
            await folder.Live.ExecuteAsync($"UPDATE cases SET closed = '{date:yyyy-MM-dd HH:mm:ss.fff}' WHERE number = 2");
            var results = await RecordTables.VerifyAsync(RecordTables.Options(), folder.Live, folder.Frozen, keysAtOnce);
            results.Of(Kept).ShouldMismatch().ShouldHaveSingleItem().Count.ShouldBe(1);
            results.Of(Drift).Notes.ShouldContain(note => note.Contains(InBoth, StringComparison.Ordinal));
            (results.Of(Drift).Source!["overdueInBoth"].Number, results.Of(Drift).Source!["redated"].Number).ShouldBe((1, redated));
            results.Of(Kept).Notes.Count(note => note.Contains("restarts a period", StringComparison.Ordinal)).ShouldBe(redated);
        }
    }

    [Fact]
    public async Task A_record_that_Where_leaves_out_by_now_is_not_the_live_databases_to_delete()
    {
        await using var folder = await PlantedAsync();
        await folder.Live.ExecuteAsync("UPDATE cases SET state = 0 WHERE number = 2");
        var results = await RecordTables.VerifyAsync(RecordTables.Options(), folder.Live, folder.Frozen);
        results.ShouldAllBe(result => result.Outcome is CheckOutcome.Match);
        results.Of(Drift).Source!["overdueInBoth"].Number.ShouldBe(0);
        results.Of(Drift).Notes.ShouldContain("1 record of the frozen copy is past the period and still in the live database, where Where leaves it out by now.");
    }

    [Fact]
    public async Task A_date_that_is_gone_from_the_live_database_is_another()
    {
        await using var folder = await PlantedAsync();
        await folder.Live.ExecuteAsync("UPDATE cases SET closed = NULL WHERE number = 2");
        var options = RecordTables.Options();
        options.Entities["completed"].UndatedAllowed = true;
        (await RecordTables.VerifyAsync(options, folder.Live, folder.Frozen)).Of(Drift).Source!["redated"].Number.ShouldBe(1);
        await folder.Frozen.ExecuteAsync("UPDATE cases SET closed = NULL WHERE number = 2");
        (await RecordTables.VerifyAsync(options, folder.Live, folder.Frozen)).Of(Drift).Source!["redated"].Number.ShouldBe(0);
    }

    [Fact]
    public void A_date_is_the_same_in_a_coarser_unit_and_no_further()
    {
        var (moment, zone) = (new DateTimeOffset(2026, 3, 1, 22, 30, 29, 900, TimeSpan.Zero), TimeSpan.FromHours(5));
        AreSame(moment, TimeResolution.Microsecond, moment.AddMilliseconds(3), TimeResolution.SqlDateTime).ShouldBeTrue();
        AreSame(moment, TimeResolution.Second, moment.AddSeconds(2), TimeResolution.Second).ShouldBeFalse();
        AreSame(moment, TimeResolution.Second, moment.AddSeconds(31), TimeResolution.Minute).ShouldBeTrue();
        AreSame(moment, TimeResolution.Second, moment.AddSeconds(61), TimeResolution.Minute).ShouldBeFalse();
        // Written in a zone that had the next day already.
        AreSame(moment + zone, TimeResolution.Second, new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), TimeResolution.Day).ShouldBeTrue();
        AreSame(moment, TimeResolution.Second, new DateTimeOffset(2026, 3, 4, 0, 0, 0, TimeSpan.Zero), TimeResolution.Day).ShouldBeFalse();
        AreSame(moment.AddDays(1), TimeResolution.Day, moment, TimeResolution.Day).ShouldBeFalse();

        static bool AreSame(DateTimeOffset one, TimeResolution ofOne, DateTimeOffset other, TimeResolution ofOther) =>
            RecordDate.AreSame(RecordDate.Of(one, ofOne), RecordDate.Of(other, ofOther)) && RecordDate.AreSame(RecordDate.Of(other, ofOther), RecordDate.Of(one, ofOne));
    }

    private static async Task<Sides> PlantedAsync()
    {
        var engine = TestEngine.For(Provider.Sqlite);
        var sides = new Sides(await engine.CreateDatabaseAsync(), await engine.CreateDatabaseAsync());
        await sides.Live.PlantAsync(Cases);
        await sides.Frozen.PlantAsync(Cases);
        return sides;
    }

    private sealed record Sides(ScratchDatabase Live, ScratchDatabase Frozen) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Live.DisposeAsync();
            await Frozen.DisposeAsync();
        }
    }
}
