using MigrationGuard.Databases.Rows;
using MigrationGuard.Verification.Fingerprints;
using MigrationGuard.Verification.Scans;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Tests.Verification.Segments;

/// <summary>Rows that are held to be compared: how much of them, and how many.</summary>
public sealed class KeptRowTests
{
    [Fact]
    public void A_row_that_is_kept_is_small_however_long_its_columns_are_and_still_differs_in_the_column_that_does()
    {
        var (one, other) = (Kept(1, new string('x', 40_000) + "a"), Kept(1, new string('x', 40_000) + "b"));
        one.Size.ShouldBeLessThan(100);
        one.Key.SequenceEqual(other.Key).ShouldBeTrue();
        one.Column(0).SequenceEqual(other.Column(0)).ShouldBeTrue();
        one.Column(1).SequenceEqual(other.Column(1)).ShouldBeFalse();
        one.Column(1).SequenceEqual(Kept(2, new string('x', 40_000) + "a").Column(1)).ShouldBeTrue();
    }

    [Fact]
    public void Its_digest_is_that_of_the_whole_row()
    {
        foreach (var text in new[] { "", "short", new string('y', 61), new string('y', 62), new string('y', 40_000) })
        {
            var row = new EncodedRow(TestRows.Comparison(1, "id", "text"), Side.Source, TestMigration.ProjectKey);
            row.Take(new OneRow(7, text));
            row.Keep().Digest(TestMigration.ProjectKey).ShouldBe(RowDigest.Of(TestMigration.ProjectKey, row.Bytes), text.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void Rows_are_held_up_to_a_number_of_bytes_and_none_beyond()
    {
        var held = new HeldRows(10_000, areAlike: false);
        for (var i = 0; i < 20; i++)
            held.Add((Side)(i % 2), Kept(i, "x"));
        held.IsOver.ShouldBeFalse();
        (held.On(Side.Source).Count, held.On(Side.Target).Count).ShouldBe((10, 10));
        for (var i = 0; i < 100; i++)
            held.Add(Side.Source, Kept(i, "x"));
        held.IsOver.ShouldBeTrue();
        held.On(Side.Target).ShouldBeEmpty();
        held.Bytes.ShouldBeGreaterThan(30_000);
    }

    [Fact]
    public void Rows_that_are_alike_are_held_once_and_counted_as_often_as_they_come()
    {
        var held = new HeldRows(10_000, areAlike: true);
        for (var i = 0; i < 1000; i++)
            held.Add(Side.Source, Kept(1, "x"));
        held.IsOver.ShouldBeFalse();
        held.On(Side.Source).Count.ShouldBe(1000);
        held.On(Side.Source).ShouldAllBe(row => ReferenceEquals(row, held.On(Side.Source)[0]));
    }

    [Fact]
    public void A_reading_that_begins_again_does_not_hold_its_rows_twice()
    {
        var held = new HeldRows(10_000, areAlike: false);
        held.Add(Side.Source, Kept(1, "x"));
        held.Add(Side.Target, Kept(1, "x"));
        var bytes = held.Bytes;
        held.Begin(Side.Source);
        held.Add(Side.Source, Kept(1, "x"));
        held.Bytes.ShouldBe(bytes);
        (held.On(Side.Source).Count, held.On(Side.Target).Count).ShouldBe((1, 1));
    }

    private static KeptRow Kept(long id, string text)
    {
        var row = new EncodedRow(TestRows.Comparison(1, "id", "text"), Side.Source, TestMigration.ProjectKey);
        row.Take(new OneRow(id, text));
        return row.Keep();
    }

    private sealed class OneRow(long id, string text) : RowReader
    {
        private protected override bool Next() => false;

        public override void Value(int ordinal, ValueSink sink)
        {
            if (ordinal == 0)
                sink.Integer(id);
            else
                sink.Text(text);
        }

        internal override void Close() { }

        private protected override void Interrupt() { }
    }
}
