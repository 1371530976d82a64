using MigrationGuard.Retention.Records;

namespace MigrationGuard.Tests.Retention.Records;

/// <summary>Keys held part by part, so that memory does not grow with records.</summary>
public sealed class KeyTableTests
{
    private const int Keys = 10_000;
    private const int AtOnce = 300;

    [Fact]
    public void Every_record_is_in_one_part_and_no_part_grows_much_beyond_what_it_may()
    {
        var (parts, found) = (1, 0L);
        for (var part = 0; part < parts; part++)
        {
            var table = new KeyTable(parts, part, AtOnce, hasText: false);
            foreach (var key in Enumerable.Range(0, Keys).Select(Key))
                table.Add(key, Standing.Undated);
            parts = table.Parts;
            foreach (var key in Enumerable.Range(0, Keys).Where(number => number % 3 != 0).Select(Key))
                table.Meet(key);
            var records = table.Records().ToList();
            records.Count.ShouldBeLessThanOrEqualTo(part == 0 ? AtOnce : 2 * AtOnce);
            found += records.Count;
            records.Count(record => record.Standing.HasFlag(Standing.Live)).ShouldBeInRange(records.Count / 2, records.Count * 5 / 6);
        }
        (found, parts > 16).ShouldBe((Keys, true));
    }

    [Fact]
    public void A_key_that_comes_twice_is_repeated_and_one_that_comes_once_is_not()
    {
        var table = new KeyTable(1, 0, AtOnce, hasText: false);
        foreach (var number in new[] { 1, 2, 1 })
            table.Add(Key(number), Standing.None);
        table.Records().Select(record => record.Standing).ShouldBe([Standing.Repeated, Standing.None], ignoreOrder: true);
    }

    [Fact]
    public void Keys_that_are_all_alike_end_the_parting()
    {
        var table = new KeyTable(1, 0, 2, hasText: true);
        for (var number = 0; number < 9; number++)
            table.Add(new RecordKey((UInt128)number, 0), Standing.None);
        table.Records().Count().ShouldBe(9);
    }

    [Fact]
    public void A_key_of_text_that_is_its_own_plainest_spelling_is_alike_to_others()
    {
        // A live AB12 is what all its spellings are held as, so that both of its digests are one.
        var (plain, other) = (new RecordKey(7, 7), new RecordKey(5, 7));
        foreach (var (frozen, live) in new[] { (other, plain), (plain, other) })
        {
            Met(frozen, live, hasText: true).ShouldBe((Standing.None, true));
            Met(frozen, frozen, hasText: true).ShouldBe((Standing.Live | Standing.SameDate, false));
        }
        Met(other, new RecordKey(9, 9), hasText: true).ShouldBe((Standing.None, false));
    }

    private static (Standing Standing, bool IsAlike) Met(RecordKey frozen, RecordKey live, bool hasText)
    {
        var table = new KeyTable(1, 0, AtOnce, hasText);
        table.Add(frozen, Standing.None);
        table.Meet(live);
        return table.Records().ShouldHaveSingleItem();
    }

    // Spread as a digest's bits are.
    private static RecordKey Key(int number)
    {
        var spread = (ulong)(number + 1) * 0x9E3779B97F4A7C15;
        spread ^= spread >> 31;
        return new RecordKey(spread, spread);
    }
}
