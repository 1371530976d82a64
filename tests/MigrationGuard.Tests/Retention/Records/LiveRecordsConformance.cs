using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.Records;
using MigrationGuard.Tests.Servers;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Retention.Records;

/// <summary>Records of a live database against the period of their code, on every engine.</summary>
public sealed class LiveRecordsConformance
{
    private static readonly DateTime Now = RecordTables.Now;

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Records_within_their_period_match_and_are_counted(Provider engine)
    {
        await using var live = await TestEngine.For(engine).CreateDatabaseAsync();
        await live.PlantAsync([new(1, Now.AddYears(-2).AddHours(12)), new(2, Now.AddDays(-3)), new(3, Now.AddYears(-9), State: 0)]);
        var result = (await RecordTables.VerifyAsync(RecordTables.Options(withFrozen: false), live)).ShouldHaveSingleItem();
        result.ShouldMatch();
        (result.Comparison, result.Entity, result.Check, result.Proves).ShouldBe(("records", "completed", "retention:12.1", "Completed cases are kept for 2 years."));
        result.Source.ShouldBeNull();
        result.Target!["records"].Number.ShouldBe(2);
        result.Target["past"].Number.ShouldBe(0);
        result.Target["oldest"].Text.ShouldBe("2024-06-16T00:00:00Z");
        result.TargetSql!.ShouldContain("IN (1)");
        result.Narrowed.Count.ShouldBe(2);
        result.Narrowed[0].ShouldContain("deleted too early");
        result.Narrowed[1].ShouldBe($"Only rows of the live database where {(engine == Provider.SqlServer ? "[state]" : "\"state\"")} IN (1) are looked at.");
        result.Notes.ShouldHaveSingleItem().ShouldContain("taken for UTC");
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_record_past_its_period_breaks_the_promise(Provider engine)
    {
        await using var live = await TestEngine.For(engine).CreateDatabaseAsync();
        await live.PlantAsync([new(1, Now.AddYears(-2).AddDays(-46)), new(2, Now.AddYears(-2).AddDays(-2)), new(3, Now.AddDays(-3))]);
        var finding = (await RecordTables.VerifyAsync(RecordTables.Options(withFrozen: false), live)).Single().ShouldMismatch().ShouldHaveSingleItem();
        (finding.Kind, finding.Count).ShouldBe((KeepingFindings.KeptTooLong, 2));
        finding.Detail.ShouldBe("2 records are kept for longer than 2 years, the oldest by 46 days.");
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task The_period_ends_to_the_second_where_nothing_is_tolerated(Provider engine)
    {
        await using var live = await TestEngine.For(engine).CreateDatabaseAsync();
        await live.PlantAsync([new(1, Now.AddMonths(-9))]);
        var options = RecordTables.Options(withFrozen: false);
        (options.Codes["12.1"].Years, options.Codes["12.1"].Months, options.Entities["completed"].ToleranceDays) = (null, 9, 0);
        (await RecordTables.VerifyAsync(options, live)).Single().ShouldMatch();
        (await RecordTables.VerifyAsync(options, live, asOf: Now.AddSeconds(1))).Single().ShouldMismatch().Single().Detail.ShouldBe("1 record is kept for longer than 9 months, the oldest by less than a day.");
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Records_without_a_date_are_not_checked_unless_they_are_no_matter(Provider engine)
    {
        await using var live = await TestEngine.For(engine).CreateDatabaseAsync();
        await live.PlantAsync([new(1, null), new(2, Now.AddDays(-3)), new(3, Now.AddDays(9))]);
        var options = RecordTables.Options(withFrozen: false);
        (await RecordTables.VerifyAsync(options, live)).Single().ShouldNotBeChecked().ShouldStartWith("1 record has no date in closed");

        options.Entities["completed"].UndatedAllowed = true;
        var allowed = (await RecordTables.VerifyAsync(options, live)).Single();
        allowed.ShouldMatch();
        allowed.Notes.ShouldContain(note => note.StartsWith("1 record has no date in closed", StringComparison.Ordinal));
        allowed.Notes.ShouldContain("Of 1 record, closed is still to come: the period has not begun.");

        await live.ExecuteAsync("UPDATE cases SET closed = '2001-01-01 00:00:00' WHERE number = 2");
        (await RecordTables.VerifyAsync(RecordTables.Options(withFrozen: false), live)).Single().Notes.ShouldContain(note => note.StartsWith("Not all was looked at: 1 record has no date", StringComparison.Ordinal));
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_filter_that_no_row_meets_is_not_checked_unless_there_may_be_none(Provider engine)
    {
        await using var live = await TestEngine.For(engine).CreateDatabaseAsync();
        await live.PlantAsync([new(1, Now.AddYears(-9), State: 0)]);
        var options = RecordTables.Options(withFrozen: false);
        (await RecordTables.VerifyAsync(options, live)).Single().ShouldNotBeChecked().ShouldContain("MayBeEmpty");
        options.Entities["completed"].MayBeEmpty = true;
        (await RecordTables.VerifyAsync(options, live)).Single().ShouldMatch();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Every_kind_of_value_picks_its_rows_and_no_others(Provider engine)
    {
        await using var live = await TestEngine.For(engine).CreateDatabaseAsync();
        await live.PlantAsync(Enumerable.Range(1, 9).Select(number => new Case(number, Now.AddDays(-number))));
        await live.ExecuteAsync("UPDATE cases SET state = NULL WHERE number = 4; UPDATE cases SET name = 'it''s \\ \" 水' WHERE number = 5".Replace("'it", engine == Provider.SqlServer ? "N'it" : "'it", StringComparison.Ordinal));
        (await CountAsync(live, "state", null, "1")).ShouldBe(9);
        (await CountAsync(live, "state", [null])).ShouldBe(1);
        (await CountAsync(live, "number", "1", "3", "-2", "99999999999")).ShouldBe(2);
        (await CountAsync(live, "name", "it's \\ \" 水", "case 1", "') OR 1 = 1 --")).ShouldBe(2);
        if (engine != Provider.Sqlite)
            (await CountAsync(live, "id", "{" + new Case(7, null).Id + "}")).ShouldBe(1);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_value_of_another_case_or_with_spaces_is_not_counted_and_leaves_the_promise_open(Provider engine)
    {
        await using var live = await TestEngine.For(engine).CreateDatabaseAsync();
        await live.PlantAsync([new(1, Now.AddDays(-1)), new(2, Now.AddYears(-9)), new(3, Now.AddYears(-9)), new(4, Now.AddYears(-9)), new(5, Now.AddYears(-9), State: 0)]);
        await live.ExecuteAsync("UPDATE cases SET name = 'closed' WHERE number = 1; UPDATE cases SET name = 'Closed' WHERE number IN (2, 5); UPDATE cases SET name = ' closed ' WHERE number = 3; UPDATE cases SET name = 'closed2' WHERE number = 4");
        var options = RecordTables.Options(withFrozen: false);
        options.Entities["completed"].Where["name"] = new FieldValues(["closed"]);
        var result = (await RecordTables.VerifyAsync(options, live)).Single();
        result.Target!["records"].Number.ShouldBe(1);
        var reason = result.ShouldNotBeChecked();
        reason.ShouldStartWith("2 rows of the live database's ");
        reason.ShouldEndWith("cases would be such records but for the case, the accents or the outer spaces of name, and were not counted. Write under Where every spelling that is meant, or correct the rows.");

        options.Entities["completed"].Where["name"] = new FieldValues(["closed", "Closed", " closed "]);
        (await RecordTables.VerifyAsync(options, live)).Found("retention:12.1", KeepingFindings.KeptTooLong).ShouldBe(2);

        await live.ExecuteAsync("DELETE FROM cases WHERE number IN (2, 3)");
        options.Entities["completed"].Where["name"] = new FieldValues(["closed"]);
        (await RecordTables.VerifyAsync(options, live)).Single().ShouldMatch();
    }

    [Fact]
    public async Task What_is_looked_at_is_told_apart_by_its_extent()
    {
        await using var live = await TestEngine.For(Provider.Sqlite).CreateDatabaseAsync();
        await live.PlantAsync([new(1, Now.AddDays(-3))]);
        var extents = new List<string?>();
        foreach (var change in new Action<RetainedEntityOptions>[] { _ => { }, entity => entity.ToleranceDays = 30, entity => entity.Where["number"] = new FieldValues(["1"]), entity => entity.Where.Clear() })
        {
            var options = RecordTables.Options(withFrozen: false);
            change(options.Entities["completed"]);
            var result = (await RecordTables.VerifyAsync(options, live)).Single();
            (await RecordTables.VerifyAsync(options, live)).Single().Extent.ShouldBe(result.Extent);
            result.Narrowed.Count(sentence => sentence == "What is deleted up to 30 days after its period, or as long before its end, counts as deleted in time.")
                .ShouldBe(options.Entities["completed"].ToleranceDays > 1 ? 1 : 0);
            extents.Add(result.Extent.ShouldNotBeNull());
        }
        extents.ShouldBeUnique();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task What_cannot_be_read_is_not_checked_and_says_why(Provider engine)
    {
        await using var live = await TestEngine.For(engine).CreateDatabaseAsync();
        await live.PlantAsync([new(1, Now.AddDays(-3))]);
        (await ReasonAsync(live, entity => entity.Table = "cses")).ShouldBe("The live database has no table or view cses, or the login may not see it. Correct Records:Entities:completed.");
        (await ReasonAsync(live, entity => entity.CountsFrom = "closd")).ShouldContain("has no column closd");
        (await ReasonAsync(live, entity => entity.Where["stat"] = new FieldValues(["1"]))).ShouldContain("has no column stat");
        (await ReasonAsync(live, entity => entity.Where["state"] = new FieldValues(["one"]))).ShouldContain("rows cannot be picked by what is no value of state");
        (await ReasonAsync(live, entity => entity.Where["closed"] = new FieldValues(["2024-01-01"]))).ShouldContain("rows cannot be picked by closed");
        if (engine != Provider.Sqlite)
            (await ReasonAsync(live, entity => entity.CountsFrom = "name")).ShouldContain("holds no dates");
        await live.ExecuteAsync("CREATE VIEW broken AS SELECT number, state, closed, 1 / (number - 1) AS odd FROM cases");
        if (engine == Provider.PostgreSql)
            (await ReasonAsync(live, entity => (entity.Table, entity.Where["odd"]) = ("broken", new FieldValues(["1"])))).ShouldStartWith("The live database could not be read: new: ");
    }

    [Fact]
    public async Task A_date_that_SQLite_holds_in_any_spelling_is_read_and_what_is_none_is_not_checked()
    {
        await using var live = await TestEngine.For(Provider.Sqlite).CreateDatabaseAsync();
        await live.PlantAsync([new(1, Now.AddDays(-3))]);
        await live.ExecuteAsync("INSERT INTO cases VALUES ('a', 2, 'b', 1000000000, 1), ('c', 3, 'd', 2451545.0, 1), ('e', 4, 'f', '2001-01-01T00:00Z', 1)");
        (await RecordTables.VerifyAsync(RecordTables.Options(withFrozen: false), live)).Found("retention:12.1", KeepingFindings.KeptTooLong).ShouldBe(3);

        await live.ExecuteAsync("UPDATE cases SET closed = 'long ago' WHERE number > 1");
        (await RecordTables.VerifyAsync(RecordTables.Options(withFrozen: false), live)).Single().ShouldNotBeChecked().ShouldBe("Of 3 records in the live database, closed holds no date that can be read.");
    }

    [SkippableFact]
    public async Task Infinity_is_no_date_to_count_from()
    {
        await using var live = await TestEngine.For(Provider.PostgreSql).CreateDatabaseAsync();
        await live.PlantAsync([new(1, Now.AddDays(-3)), new(2, Now.AddDays(-3))]);
        await live.ExecuteAsync("UPDATE cases SET closed = '-infinity' WHERE number = 1; UPDATE cases SET closed = 'infinity' WHERE number = 2");
        (await RecordTables.VerifyAsync(RecordTables.Options(withFrozen: false), live)).Single().ShouldNotBeChecked().ShouldContain("Of 2 records");
    }

    [Fact]
    public async Task A_database_that_does_not_answer_leaves_every_promise_open()
    {
        await using var database = await TestEngine.For(Provider.Sqlite).CreateDatabaseAsync();
        await database.PlantAsync([new(1, Now.AddDays(-3))]);
        var nowhere = new DatabaseOptions { Provider = Provider.Sqlite, ConnectionString = "Data Source=/nowhere/none.db" };
        var live = await RecordTables.VerifyAsync(RecordTables.Options(), nowhere, database.Options);
        live.Select(result => result.ShouldNotBeChecked()).ShouldAllBe(reason => reason.StartsWith("The live database could not be read: new: ", StringComparison.Ordinal));
        var frozen = await RecordTables.VerifyAsync(RecordTables.Options(), database.Options, nowhere);
        frozen.Of("retention:12.1").ShouldNotBeChecked().ShouldStartWith("Whether records were deleted too early is not known. The frozen copy could not be read: old: ");
        frozen.Of("drift:12.1").ShouldNotBeChecked().ShouldStartWith("The frozen copy could not be read: old: ");
    }

    [Fact]
    public async Task A_code_that_no_entity_covers_is_not_checked_and_one_that_no_database_holds_is_no_check()
    {
        await using var live = await TestEngine.For(Provider.Sqlite).CreateDatabaseAsync();
        await live.PlantAsync([new(1, Now.AddDays(-3))]);
        var options = RecordTables.Options(withFrozen: false);
        options.Codes["8.19"] = new RetentionCodeOptions { Title = "Paper", Years = 2, NotVisible = "a certificate" };
        options.Codes["8.2"] = new RetentionCodeOptions { Title = "Complaints", Years = 2 };
        var results = await RecordTables.VerifyAsync(options, live);
        results.Select(result => (result.Check, result.Entity)).ShouldBe([("retention:12.1", "completed"), ("retention:8.2", null)]);
        results[1].ShouldNotBeChecked().ShouldStartWith("No entity covers this code.");
        results[1].Proves.ShouldBe("Complaints of code 8.2: kept for 2 years, and no longer.");
    }

    private static async Task<long> CountAsync(ScratchDatabase live, string column, params string?[] values)
    {
        var options = RecordTables.Options(withFrozen: false);
        options.Entities["completed"].Where = new() { [column] = new FieldValues(values) };
        return (await RecordTables.VerifyAsync(options, live)).Single().Target!["records"].Number!.Value;
    }

    private static async Task<string> ReasonAsync(ScratchDatabase live, Action<RetainedEntityOptions> change)
    {
        var options = RecordTables.Options(withFrozen: false);
        change(options.Entities["completed"]);
        return (await RecordTables.VerifyAsync(options, live)).Single().ShouldNotBeChecked();
    }
}
