using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.Records;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Retention.Records;

/// <summary>Whatever records there are on both sides: the counts are those of a plain evaluation in memory, in one part or in many.</summary>
public sealed class RandomRecordsTests
{
    // Around leap days, where years and months are not all of one length.
    private static readonly Gen<DateTime> Moments =
        from day in Gen.OneOf(Gen.Choose(-1200, 400), Gen.Choose(-3, 3), Gen.Choose(-734, -728))
        from second in Gen.Choose(0, 86_399)
        select new DateTime(2026, 2, 28).AddDays(day).AddSeconds(second);

    private static readonly Gen<Case[]> Cases =
        from numbers in Gen.Choose(1, 60).ListOf()
        let distinct = numbers.Distinct().ToArray()
        from moments in Moments.ArrayOf(distinct.Length)
        from states in Gen.Elements(0, 1, 1, 1).ArrayOf(distinct.Length)
        select distinct.Zip(moments, states).Select(row => new Case(row.First, row.Second, row.Third)).ToArray();

    private static readonly Gen<Sample> Samples =
        from live in Cases
        from frozen in Cases
        from common in Cases
        from now in Moments
        from unit in Gen.Elements("days", "months", "years")
        from length in Gen.Choose(1, 3)
        from tolerance in Gen.Elements(0, 1, 30)
        select new Sample(Merged(common, live), Merged(common, frozen), DateTime.SpecifyKind(now.AddYears(1), DateTimeKind.Utc), unit, length, tolerance);

    [Fact]
    public void Counts_are_those_of_a_plain_evaluation() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(30), Prop.ForAll(Samples.ToArbitrary(), sample =>
    {
        HoldAsync(sample).GetAwaiter().GetResult();
    }));

    private static async Task HoldAsync(Sample sample)
    {
        await using var live = await TestEngine.For(Provider.Sqlite).CreateDatabaseAsync();
        await using var frozen = await TestEngine.For(Provider.Sqlite).CreateDatabaseAsync();
        await live.PlantAsync(sample.Live);
        await frozen.PlantAsync(sample.Frozen);
        var options = RecordTables.Options();
        var code = options.Codes["12.1"];
        (code.Days, code.Months, code.Years) = (Length("days"), Length("months"), Length("years"));
        (options.Entities["completed"].ToleranceDays, options.Entities["completed"].MayBeEmpty) = (sample.Tolerance, true);
        foreach (var keysAtOnce in new[] { 1, 7, FrozenComparison.KeysAtOnce })
        {
            var results = await RecordTables.VerifyAsync(options, live, frozen, keysAtOnce, sample.Now);
            (results.Found("retention:12.1", KeepingFindings.KeptTooLong), results.Found("retention:12.1", KeepingFindings.KeptTooShort), results.Found("drift:12.1", KeepingFindings.Drift))
                .ShouldBe((sample.TooLong, sample.TooShort, sample.Drift));
            results.Of("drift:12.1").Source!["endingSoon"].Number.ShouldBe(sample.Soon);
            (results.Of("drift:12.1").Source!["redated"].Number, results.Of("drift:12.1").Source!["overdueInBoth"].Number).ShouldBe((sample.Redated, sample.OverdueInBoth));
            results.Any(result => result.Outcome is CheckOutcome.NotChecked).ShouldBeFalse();
        }

        int? Length(string unit) => sample.Unit == unit ? sample.Length : null;
    }

    private static Case[] Merged(Case[] common, Case[] own) => [.. common.Concat(own).DistinctBy(row => row.Number)];

    private sealed record Sample(Case[] Live, Case[] Frozen, DateTime Now, string Unit, int Length, int Tolerance)
    {
        public long TooLong => Live.Count(row => row.State == 1 && End(row) < Now.AddDays(-Tolerance));

        public long TooShort => Gone.Count(row => End(row) > Now.AddDays(Tolerance));

        public long Drift => Gone.Count(row => End(row) <= Now.AddDays(Tolerance));

        public long Soon => Frozen.Count(row => row.State == 1 && Live.Any(live => live.Number == row.Number) && End(row) > Now && End(row) <= Now.AddDays(30));

        public long Redated => Both.Count(pair => pair.Frozen.Closed != pair.Live.Closed);

        public long OverdueInBoth => Both.Count(pair => pair.Live.State == 1 && new[] { pair.Frozen, pair.Live }.All(row => End(row) < Now.AddDays(-Tolerance)));

        private IEnumerable<(Case Frozen, Case Live)> Both => Frozen.Where(row => row.State == 1).Join(Live, row => row.Number, row => row.Number, (frozen, live) => (frozen, live));

        private IEnumerable<Case> Gone => Frozen.Where(row => row.State == 1 && Live.All(live => live.Number != row.Number));

        private DateTime End(Case row) => Unit switch
        {
            "days" => row.Closed!.Value.AddDays(Length),
            "months" => row.Closed!.Value.AddMonths(Length),
            _ => row.Closed!.Value.AddYears(Length),
        };
    }
}
