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
            var table = new KeyTable(parts, part, AtOnce);
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
        var table = new KeyTable(1, 0, AtOnce);
        foreach (var number in new[] { 1, 2, 1 })
            table.Add(Key(number), Standing.None);
        table.Records().Select(record => record.Standing).ShouldBe([Standing.Repeated, Standing.None], ignoreOrder: true);
    }

    [Fact]
    public void Keys_that_are_all_alike_end_the_parting()
    {
        var table = new KeyTable(1, 0, 2);
        for (var number = 0; number < 9; number++)
            table.Add(new RecordKey((UInt128)number, 0), Standing.None);
        table.Records().Count().ShouldBe(9);
    }

    // Spread as a digest's bits are.
    private static RecordKey Key(int number)
    {
        var spread = (ulong)(number + 1) * 0x9E3779B97F4A7C15;
        spread ^= spread >> 31;
        return new RecordKey(spread, spread);
    }
}
