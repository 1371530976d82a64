using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification.Scans;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Tests.Verification.Segments;

/// <summary>What is said of rows that differ, and what is said where there is too much to say.</summary>
public sealed class RowFindingsTests
{
    private const int MostDigests = 10;

    private static readonly byte[] Key = new byte[32];

    [Fact]
    public void Each_set_of_columns_is_a_finding_with_the_rows_that_differ_in_exactly_it()
    {
        var findings = Found(most: 2, [1], [1, 2], [1, 2]);
        findings.Select(Said).ShouldBe(["changed 2 name,town ", "changed 1 name "]);
    }

    [Fact]
    public void Sets_beyond_the_limit_are_one_finding_without_columns_that_says_how_many_they_are_and_of_what()
    {
        var findings = Found(most: 2, [1], [1, 2], [2], [2, 3], [2]);
        findings.Select(Said).ShouldBe(
        [
            "changed 1 name ",
            "changed 1 name,town ",
            "changed 3  They differ in 2 further combinations of town, phone, not listed one by one.",
        ]);
        findings.Sum(finding => finding.Count).ShouldBe(5);
    }

    [Fact]
    public void More_further_sets_than_the_limit_are_not_counted_one_by_one() =>
        Found(most: 1, [1], [2], [3]).Last().Detail.ShouldBe("They differ in more than 1 further combinations of town, phone, not listed one by one.");

    [Fact]
    public void One_row_beyond_the_limit_is_one() =>
        Found(most: 1, [1], [2]).Last().Detail.ShouldBe("It differs in 1 further combination of town, not listed one by one.");

    [Fact]
    public void That_all_rows_differ_is_said_with_the_columns_where_they_are_the_same_for_all()
    {
        All(rows: 3, [3], [3], [3]).ShouldBe("All 3 rows differ, only in phone.");
        All(rows: 3, [3], [3], [2]).ShouldBe("All 3 rows differ.");
        All(rows: 4, [3], [3], [3]).ShouldBeNull();
    }

    [Fact]
    public void That_all_rows_differ_is_not_said_where_some_are_on_one_side_only_or_were_not_looked_at()
    {
        var missing = Changed(most: 5, [3], [3]);
        missing.AddMissing(Row(9));
        missing.SayAll(2).ShouldBeNull();
        var notLookedAt = Changed(most: 5, [3], [3]);
        notLookedAt.NotLookedAt = 1;
        notLookedAt.SayAll(2).ShouldBeNull();
    }

    [Fact]
    public void Every_finding_of_rows_has_digests_of_keys_and_no_more_than_are_asked_for()
    {
        var differences = Differences(most: 1);
        for (byte id = 0; id < 12; id++)
        {
            differences.AddMissing(Row(id));
            differences.AddExtra(Row(id));
            differences.AddChanged(Row(id), Row(id, 1));
            differences.AddChanged(Row(id), Row(id, 2));
        }
        var findings = differences.Findings();
        findings.Select(finding => finding.Kind).ShouldBe([FindingKinds.MissingInTarget, FindingKinds.ExtraInTarget, FindingKinds.Changed, FindingKinds.Changed]);
        findings.ShouldAllBe(finding => finding.Count == 12 && finding.Digests!.Count == MostDigests);
        findings.Select(finding => finding.Digests![0]).Distinct().ShouldHaveSingleItem("the same row has one digest, whatever is said of it");
    }

    [Fact]
    public void Keys_that_occur_more_than_once_are_one_finding_that_counts_keys_and_no_rows()
    {
        Repeated(3, 0).ShouldBe("3 keys occur more than once on the source, with rows that differ.");
        Repeated(0, 1).ShouldBe("1 key occurs more than once on the target, with rows that differ.");
        Repeated(1, 2).ShouldBe("1 key occurs more than once on the source and 2 on the target, with rows that differ.");

        static string? Repeated(int source, int target)
        {
            var differences = Differences(most: 1);
            for (var i = 0; i < source; i++)
                differences.AddRepeatedKey(Side.Source);
            for (var i = 0; i < target; i++)
                differences.AddRepeatedKey(Side.Target);
            var finding = differences.Findings().ShouldHaveSingleItem();
            (finding.Kind, finding.Count, finding.Amount).ShouldBe((FindingKinds.CountDiffers, null, source + target));
            finding.Columns.ShouldBe(["id"]);
            return finding.Detail;
        }
    }

    [Fact]
    public void Rows_that_were_not_looked_at_are_said_to_be_so_with_what_explains_the_others()
    {
        NotLookedAt(_ => { }).ShouldEndWith("Those looked at are the same.");
        NotLookedAt(differences => differences.AddMissing(Row(1))).ShouldEndWith("Those looked at are on one side only.");
        NotLookedAt(differences => differences.AddChanged(Row(1), Row(1, 3))).ShouldEndWith("Those looked at differ in phone.");
        // What is beyond the limit of sets explains as much as what is listed.
        NotLookedAt(differences =>
        {
            differences.AddExtra(Row(1));
            differences.AddChanged(Row(1), Row(1, 3));
            differences.AddChanged(Row(2), Row(2, 1));
        }).ShouldBe(
            "1,234 more rows of both sides lie in parts whose fingerprints differ, and were not looked at one by one. Those looked at are on one side only, or differ in name, phone.");

        static string NotLookedAt(Action<RowDifferences> look)
        {
            var differences = Differences(most: 1);
            look(differences);
            differences.NotLookedAt = 1234;
            var finding = differences.Findings().Single(finding => finding.Kind == FindingKinds.ValueDiffers);
            finding.Count.ShouldBe(1234);
            return finding.Detail!;
        }
    }

    private static IReadOnlyList<Finding> Found(int most, params int[][] sets) => Changed(most, sets).Findings();

    private static string? All(long rows, params int[][] sets) => Changed(most: 5, sets).SayAll(rows);

    // A row changed in each of these sets of columns.
    private static RowDifferences Changed(int most, params int[][] sets)
    {
        var differences = Differences(most);
        foreach (var (id, set) in sets.Index())
            differences.AddChanged(Row((byte)id), Row((byte)id, set));
        return differences;
    }

    private static RowDifferences Differences(int most) => new(TestRows.Comparison(1, "id", "name", "town", "phone"), Key, most);

    private static KeptRow Row(byte id, params int[] changed)
    {
        byte[] row = [id, 0, 0, 0];
        foreach (var column in changed)
            row[column] = 1;
        return new KeptRow(row, [1, 2, 3, 4], 1);
    }

    private static string Said(Finding finding) => $"{finding.Kind} {finding.Count} {string.Join(",", finding.Columns ?? [])} {finding.Detail}";
}
