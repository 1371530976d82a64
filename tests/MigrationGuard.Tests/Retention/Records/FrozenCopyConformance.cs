using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.Records;
using MigrationGuard.Tests.Servers;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Retention.Records;

/// <summary>A frozen copy against the live database that has gone on since, for every pair of engines.</summary>
public sealed class FrozenCopyConformance
{
    private const string Kept = "retention:12.1";
    private const string Drift = "drift:12.1";

    private static readonly DateTime Now = RecordTables.Now;

    // Five that are past, of which the live database deleted three; four whose time has not come, one of them within 30 days.
    private static readonly Case[] Frozen =
    [
        .. Enumerable.Range(1, 5).Select(number => new Case(number, Now.AddYears(-2).AddDays(-10 * number))),
        new(6, Now.AddYears(-2).AddDays(20)), new(7, Now.AddYears(-1)), new(8, Now.AddDays(-90)), new(9, Now.AddDays(-80)),
        new(10, Now.AddYears(-9), State: 0),
    ];

    private static readonly Case[] Live = [.. Frozen.Where(row => row.Number is not (1 or 2 or 3 or 10)), new(11, Now.AddDays(-1))];

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task A_copy_that_is_the_same_has_no_drift(Provider frozenEngine, Provider liveEngine)
    {
        await using var frozen = await TestEngine.For(frozenEngine).CreateDatabaseAsync();
        await using var live = await TestEngine.For(liveEngine).CreateDatabaseAsync();
        await frozen.PlantAsync(Frozen.Skip(5));
        await live.PlantAsync(Live.Skip(2));
        var results = await RecordTables.VerifyAsync(RecordTables.Options(), live, frozen);
        results.Select(result => (result.Check, result.Entity)).ShouldBe([(Kept, "completed"), (Drift, "completed")]);
        results.ShouldAllBe(result => result.Outcome is CheckOutcome.Match);
        results.Of(Kept).Narrowed.ShouldBe([
            "Of records made since the copy was frozen nothing is known of early deletion.",
            $"Only rows of the live database where {Quoted("state", liveEngine)} IN (1) are looked at.",
            $"Only rows of the frozen copy where {Quoted("state", frozenEngine)} IN (1) are looked at.",
        ]);
        results.Of(Drift).Narrowed.ShouldBe([$"Only rows of the frozen copy where {Quoted("state", frozenEngine)} IN (1) are looked at."]);
        results.Of(Drift).Source!["records"].Number.ShouldBe(4);
        results.Of(Drift).Notes.ShouldContain(note => note.StartsWith("The periods of 1 record in the frozen copy end within 30 days", StringComparison.Ordinal));
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task What_the_live_database_deleted_by_policy_is_drift_and_what_both_still_have_is_not(Provider frozenEngine, Provider liveEngine)
    {
        await using var frozen = await TestEngine.For(frozenEngine).CreateDatabaseAsync();
        await using var live = await TestEngine.For(liveEngine).CreateDatabaseAsync();
        await frozen.PlantAsync(Frozen);
        await live.PlantAsync(Live);
        foreach (var key in new[] { "id", "number", "name" })
        {
            var results = await RecordTables.VerifyAsync(WithKey(key), live, frozen);
            results.Of(Drift).ShouldMismatch().ShouldHaveSingleItem().Detail.ShouldBe("3 records that the live database has deleted by policy are still in the frozen copy; 1 more will be within 30 days.");
            results.Of(Drift).Source!.ShouldBe(new Dictionary<string, Scalar> { ["records"] = new(9), ["drift"] = new(3), ["endingSoon"] = new(1), ["overdueInBoth"] = new(2), ["redated"] = new(0) });
            results.Of(Kept).ShouldMismatch().ShouldHaveSingleItem().Kind.ShouldBe(KeepingFindings.KeptTooLong);
        }
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task What_is_gone_before_its_time_breaks_the_live_promise_and_is_no_drift(Provider frozenEngine, Provider liveEngine)
    {
        await using var frozen = await TestEngine.For(frozenEngine).CreateDatabaseAsync();
        await using var live = await TestEngine.For(liveEngine).CreateDatabaseAsync();
        await frozen.PlantAsync(Frozen.Skip(5));
        await live.PlantAsync(Live.Where(row => row.Number is 6 or 7 or 11));
        foreach (var key in new[] { "id", "number", "name" })
        {
            var results = await RecordTables.VerifyAsync(WithKey(key), live, frozen);
            results.Of(Drift).ShouldMatch();
            var finding = results.Of(Kept).ShouldMismatch().ShouldHaveSingleItem();
            (finding.Kind, finding.Count, finding.Detail).ShouldBe((KeepingFindings.KeptTooShort, 2, "2 records of the frozen copy are gone from the live database before 2 years had passed."));
        }
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task A_record_that_meets_the_filter_no_more_is_still_there(Provider frozenEngine, Provider liveEngine)
    {
        await using var frozen = await TestEngine.For(frozenEngine).CreateDatabaseAsync();
        await using var live = await TestEngine.For(liveEngine).CreateDatabaseAsync();
        await frozen.PlantAsync(Frozen.Skip(5));
        await live.PlantAsync(Live.Skip(2));
        await live.ExecuteAsync("UPDATE cases SET state = 0, closed = NULL WHERE number = 7");
        (await RecordTables.VerifyAsync(RecordTables.Options(), live, frozen)).ShouldAllBe(result => result.Outcome is CheckOutcome.Match);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task A_text_key_of_another_case_is_not_sure_to_be_gone(Provider frozenEngine, Provider liveEngine)
    {
        await using var frozen = await TestEngine.For(frozenEngine).CreateDatabaseAsync();
        await using var live = await TestEngine.For(liveEngine).CreateDatabaseAsync();
        await frozen.PlantAsync(Frozen.Skip(5));
        await live.PlantAsync(Live.Skip(2));
        await live.ExecuteAsync("UPDATE cases SET name = 'Case 8' WHERE number = 8");
        var results = await RecordTables.VerifyAsync(WithKey("name"), live, frozen);
        results.Of(Drift).ShouldNotBeChecked().ShouldStartWith("Of 1 record in the frozen copy, the live database has only a key that differs by case");
        results.Of(Kept).ShouldNotBeChecked();

        await live.ExecuteAsync("UPDATE cases SET name = 'other' WHERE number = 8");
        (await RecordTables.VerifyAsync(WithKey("name"), live, frozen)).Found(Kept, KeepingFindings.KeptTooShort).ShouldBe(1);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_text_key_in_capitals_on_either_side_is_not_sure_to_be_gone(Provider engine)
    {
        foreach (var (copied, current) in new[] { ("ab12", "AB12"), ("AB12", "ab12") })
        {
            await using var frozen = await TestEngine.For(engine).CreateDatabaseAsync();
            await using var live = await TestEngine.For(engine).CreateDatabaseAsync();
            await frozen.PlantAsync(Frozen.Skip(5));
            await live.PlantAsync(Live.Skip(2));
            await frozen.ExecuteAsync($"UPDATE cases SET name = '{copied}' WHERE number = 8");
            await live.ExecuteAsync($"UPDATE cases SET name = '{current}' WHERE number = 8");
            (await RecordTables.VerifyAsync(WithKey("name"), live, frozen)).ShouldAllBe(result => result.Outcome is CheckOutcome.NotChecked);

            await live.ExecuteAsync($"UPDATE cases SET name = '{copied}' WHERE number = 8");
            (await RecordTables.VerifyAsync(WithKey("name"), live, frozen)).ShouldAllBe(result => result.Outcome is CheckOutcome.Match);
        }
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Keys_that_tell_nothing_are_not_compared(Provider engine)
    {
        await using var frozen = await TestEngine.For(engine).CreateDatabaseAsync();
        await using var live = await TestEngine.For(engine).CreateDatabaseAsync();
        await frozen.PlantAsync(Frozen.Skip(5));
        await live.PlantAsync(Live.Skip(2));
        (await ReasonAsync(live, frozen, "state")).ShouldContain("are not theirs alone");
        (await ReasonAsync(live, frozen, "closed")).ShouldContain("it is not sure which values of these are one");
        (await ReasonAsync(live, frozen, "nubmer")).ShouldContain("has no column nubmer, by which records are told apart");
        await frozen.ExecuteAsync("CREATE VIEW keyless AS SELECT * FROM cases");
        var view = RecordTables.Options();
        view.Entities["completed"].FrozenTable = "keyless";
        (await RecordTables.VerifyAsync(view, live, frozen)).Of(Drift).ShouldNotBeChecked().ShouldContain("has no primary key");
        (await RecordTables.VerifyAsync(RecordTables.Options(), live, live)).Of(Drift).ShouldNotBeChecked().ShouldStartWith("The frozen copy and the live database are one and the same");
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_record_gone_without_a_date_leaves_both_open(Provider engine)
    {
        await using var frozen = await TestEngine.For(engine).CreateDatabaseAsync();
        await using var live = await TestEngine.For(engine).CreateDatabaseAsync();
        await frozen.PlantAsync([.. Frozen.Skip(5), new(20, null)]);
        await live.PlantAsync(Live.Skip(2));
        var results = await RecordTables.VerifyAsync(RecordTables.Options(), live, frozen);
        results.ShouldAllBe(result => ((CheckOutcome.NotChecked)result.Outcome).Reason.StartsWith("1 record of the frozen copy is gone from the live database and had no date"));
        var options = RecordTables.Options();
        options.Entities["completed"].UndatedAllowed = true;
        (await RecordTables.VerifyAsync(options, live, frozen)).ShouldAllBe(result => result.Outcome is CheckOutcome.Match && result.Notes.Any(note => note.Contains("had no date", StringComparison.Ordinal)));
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_filter_that_no_row_of_the_copy_meets_proves_nothing(Provider engine)
    {
        await using var frozen = await TestEngine.For(engine).CreateDatabaseAsync();
        await using var live = await TestEngine.For(engine).CreateDatabaseAsync();
        await frozen.PlantAsync([new(10, Now.AddYears(-9), State: 0)]);
        await live.PlantAsync(Live.Skip(2));
        (await RecordTables.VerifyAsync(RecordTables.Options(), live, frozen)).ShouldAllBe(result => ((CheckOutcome.NotChecked)result.Outcome).Reason.Contains("MayBeEmpty"));
    }

    [Fact]
    public async Task A_UUID_is_one_in_any_spelling_and_what_is_none_is_not_compared()
    {
        await using var frozen = await TestEngine.For(Provider.Sqlite).CreateDatabaseAsync();
        await using var live = await TestEngine.For(Provider.Sqlite).CreateDatabaseAsync();
        await frozen.PlantAsync(Frozen.Skip(5));
        await live.PlantAsync(Live.Skip(2));
        await live.ExecuteAsync("UPDATE cases SET id = '{' || upper(id) || '}'");
        (await RecordTables.VerifyAsync(RecordTables.Options(), live, frozen)).ShouldAllBe(result => result.Outcome is CheckOutcome.Match);
        await live.ExecuteAsync("UPDATE cases SET id = x'00112233445566778899aabbccddeeff' WHERE number = 11");
        (await RecordTables.VerifyAsync(RecordTables.Options(), live, frozen)).Of(Drift).ShouldNotBeChecked().ShouldStartWith("The keys of 1 row of either side cannot be compared");
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task A_record_of_the_copy_that_only_its_case_leaves_out_leaves_both_open(Provider frozenEngine, Provider liveEngine)
    {
        await using var frozen = await TestEngine.For(frozenEngine).CreateDatabaseAsync();
        await using var live = await TestEngine.For(liveEngine).CreateDatabaseAsync();
        await frozen.PlantAsync(Frozen.Skip(5));
        await live.PlantAsync(Live.Skip(2));
        await frozen.ExecuteAsync("UPDATE cases SET name = 'closed'; INSERT INTO cases SELECT '00000063-0007-0007-0102-030405060708', 99, 'Closed', closed, 1 FROM cases WHERE number = 10");
        await live.ExecuteAsync("UPDATE cases SET name = 'closed'");
        var options = RecordTables.Options();
        options.Entities["completed"].Where["name"] = new FieldValues(["closed"]);
        var results = await RecordTables.VerifyAsync(options, live, frozen);
        results.Of(Drift).ShouldNotBeChecked().ShouldStartWith("1 row of the frozen copy's ");
        results.Of(Kept).ShouldNotBeChecked();

        options.Entities["completed"].Where["name"] = new FieldValues(["closed", "Closed"]);
        (await RecordTables.VerifyAsync(options, live, frozen)).Found(Drift, KeepingFindings.Drift).ShouldBe(1);
    }

    [Theory]
    [InlineData("read-only replica, behind by 00:00:01", false, true)]
    [InlineData("whether it is a lagging replica is unknown", false, true)]
    [InlineData("read-only database", true, false)]
    [InlineData(null, false, false)]
    public async Task A_replica_is_no_frozen_copy_and_a_database_that_is_only_read_only_is_one(string? said, bool isOnlyReadOnly, bool mayBeReplica)
    {
        await using var scratch = await TestEngine.For(Provider.Sqlite).CreateDatabaseAsync();
        await using var other = await TestEngine.For(Provider.Sqlite).CreateDatabaseAsync();
        await scratch.PlantAsync(Frozen);
        await other.PlantAsync(Live);
        var (frozen, live) = (await PlaceAsync(RecordPlace.Frozen, scratch, said, isOnlyReadOnly), await PlaceAsync(RecordPlace.Live, other, null));
        var (pairs, problem) = KeyPairs.Of([], frozen, live);
        (pairs is null).ShouldBe(mayBeReplica);
        (problem?.StartsWith("The frozen copy may be a replica of the live database", StringComparison.Ordinal) ?? false).ShouldBe(mayBeReplica);
        // A live database may well be read on a replica.
        KeyPairs.Of([], live, frozen).Problem.ShouldBeNull();
    }

    private static async Task<RecordPlace> PlaceAsync(string side, ScratchDatabase scratch, string? said, bool isOnlyReadOnly = false)
    {
        using var database = new Database(side == RecordPlace.Frozen ? "old" : "new", scratch.Options, TimeProvider.System);
        var catalogue = await database.ReadCatalogueAsync(CancellationToken.None);
        var (place, problem) = RecordPlace.Of(side, "completed", RecordTables.Options().Entities["completed"], database, catalogue with { Server = catalogue.Server with { Replica = said, IsOnlyReadOnly = isOnlyReadOnly } });
        problem.ShouldBeNull();
        return place!;
    }

    private static string Quoted(string column, Provider engine) => engine == Provider.SqlServer ? $"[{column}]" : $"\"{column}\"";

    private static RecordsOptions WithKey(string key)
    {
        var options = RecordTables.Options();
        options.Entities["completed"].Key = [key];
        return options;
    }

    private static async Task<string> ReasonAsync(ScratchDatabase live, ScratchDatabase frozen, string key)
    {
        var results = await RecordTables.VerifyAsync(WithKey(key), live, frozen);
        results.Of(Kept).ShouldNotBeChecked();
        return results.Of(Drift).ShouldNotBeChecked();
    }
}
