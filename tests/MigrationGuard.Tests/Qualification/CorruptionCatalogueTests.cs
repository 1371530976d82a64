using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Qualification;

namespace MigrationGuard.Tests.Qualification;

public sealed class CorruptionCatalogueTests
{
    private const string Update = "MIGRATIONGUARD_UPDATE_APPROVED";

    [Fact]
    public void The_documented_catalogue_is_the_one_in_the_code()
    {
        var path = RepositoryRoot.At("src", "MigrationGuard", "Qualification", "CATALOGUE.md");
        if (Environment.GetEnvironmentVariable(Update) == "1")
            File.WriteAllText(path, CatalogueText.Write());

        File.ReadAllText(path).ReplaceLineEndings("\n").ShouldBe(
            CatalogueText.Write(), $"{path} is out of date: run this test with {Update}=1 to write it anew, and review the change.");
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.PostgreSql), InlineData(Provider.SqlServer)]
    public void Every_engine_has_at_least_two_hundred(Provider provider) =>
        CorruptionCatalogue.All.Count(corruption => corruption.IsOn(Dialect.For(provider))).ShouldBeGreaterThanOrEqualTo(200);

    [Fact]
    public void Each_has_a_name_of_its_own() =>
        CorruptionCatalogue.All.Select(corruption => corruption.Id).ShouldBeUnique();

    [Fact]
    public void Every_type_meets_every_shape_of_key() =>
        CorruptionCatalogue.All.Select(corruption => (corruption.Type, corruption.Key)).Distinct().Count().ShouldBe(ScratchType.All.Count * KeyShape.All.Count);

    [Fact]
    public void From_eight_seeds_each_changes_something_and_repeats_no_key_that_is_enforced()
    {
        for (var seed = 0; seed < 8; seed++)
        {
            foreach (var corruption in CorruptionCatalogue.All)
            {
                var (before, after) = corruption.Plant(seed);
                Expectation.Of(before, after).Findings.ShouldNotBeEmpty($"{corruption.Id} changes nothing from the seed {seed}.");
                if (corruption.Key.IsEnforced)
                    after.Rows.Select(after.KeyOf).ShouldBeUnique($"{corruption.Id} repeats a key from the seed {seed}.");
            }
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_rows_and_another_seed_gives_others()
    {
        foreach (var corruption in CorruptionCatalogue.All)
        {
            Spelt(corruption, 1).ShouldBe(Spelt(corruption, 1));
            Spelt(corruption, 1).ShouldNotBe(Spelt(corruption, 2));
        }
    }

    [Fact]
    public void Nothing_is_expected_of_rows_that_are_the_same()
    {
        var (before, _) = CorruptionCatalogue.All[0].Plant(1);

        var expected = Expectation.Of(before, before.Copy());

        expected.Checks.ShouldBeEmpty();
        expected.Findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_finding_with_another_column_or_another_count_is_not_what_was_expected()
    {
        var expected = new Observation([CheckNames.Fingerprint], [new ObservedFinding(FindingKinds.Changed, 1, ["Value"])]);

        expected.IsSameAs(new Observation([CheckNames.Fingerprint], [new ObservedFinding(FindingKinds.Changed, 1, ["Value"])])).ShouldBeTrue();
        expected.IsSameAs(new Observation([CheckNames.Fingerprint], [new ObservedFinding(FindingKinds.Changed, 1, ["Second"])])).ShouldBeFalse();
        expected.IsSameAs(new Observation([CheckNames.Fingerprint], [new ObservedFinding(FindingKinds.Changed, 2, ["Value"])])).ShouldBeFalse();
        expected.IsSameAs(new Observation([CheckNames.Fingerprint, CheckNames.Schema], [new ObservedFinding(FindingKinds.Changed, 1, ["Value"])])).ShouldBeFalse();
    }

    private static string Spelt(Corruption corruption, long seed)
    {
        var (before, after) = corruption.Plant(seed);
        return string.Join('\n', before.Rows.Concat(after.Rows).Select(ScratchRows.Spelt));
    }
}
