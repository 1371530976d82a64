using MigrationGuard.Retention.Chains;
using static MigrationGuard.Tests.Retention.Chains.Made;

namespace MigrationGuard.Tests.Retention.Chains;

public sealed class BackupSetTests
{
    private static readonly BackupFile[] Logs = [.. HourlyLogs(At(0), At(4))];

    [Fact]
    public void Stripes_are_put_together_in_whatever_order_they_come()
    {
        var chain = Chain([Stripe(2, 3), .. Logs, Stripe(1, 3), Stripe(3, 3)], At(5));
        chain.Findings.ShouldBeEmpty();
        chain.Restorable.ShouldBe([new Period(At(0, 10, 1), At(4))]);
        chain.Sets[0].Files.Paths().ShouldBe(["full-1", "full-2", "full-3"]);
    }

    [Fact]
    public void A_set_that_lacks_a_stripe_restores_nothing_and_the_finding_names_the_stripe()
    {
        var chain = Chain([Stripe(1, 3), .. Logs, Stripe(3, 3)], At(5));
        chain.Findings.OfType<ChainFinding.MissingStripe>().ShouldHaveSingleItem().Problem.ShouldBe(
            "is one of 3 stripes of a back-up of crm; number 2 is not there, and the others restore nothing without it.");
        chain.Findings.OfType<ChainFinding.NoFullBackup>().ShouldHaveSingleItem();
        chain.Restorable.ShouldBeEmpty();
        chain.Points.ShouldBeEmpty();
    }

    [Fact]
    public void A_stripe_that_is_cut_off_makes_the_set_worthless_unless_another_copy_is_whole()
    {
        var cut = Stripe(2, 2) with { IsComplete = false };
        var without = Chain([Stripe(1, 2), cut, .. Logs], At(5));
        without.Restorable.ShouldBeEmpty();
        without.Findings.OfType<ChainFinding.IncompleteFile>().ShouldHaveSingleItem().Place.ShouldBe("full-2");

        var with = Chain([Stripe(1, 2), cut, Stripe(2, 2) with { Path = "z-copy" }, .. Logs], At(5));
        with.Restorable.ShouldNotBeEmpty();
        with.Findings.ShouldHaveSingleItem().ShouldBeOfType<ChainFinding.IncompleteFile>();
        with.Unneeded.Paths().ShouldBe(["full-2"]);
    }

    [Fact]
    public void Two_copies_of_a_file_are_one_backup_and_the_one_that_goes_sooner_is_not_needed()
    {
        var twice = Logs.Append(Logs[1] with { Path = "copy-of-it", ExistsUntil = At(30) });
        var chain = Chain([Full(At(0)), .. twice], At(5));
        chain.Findings.ShouldBeEmpty();
        chain.Sets.Count.ShouldBe(5);
        chain.Unneeded.Paths().ShouldBe(["copy-of-it"]);
    }

    [Fact]
    public void Two_sets_that_share_an_identifier_and_differ_in_their_log_are_two()
    {
        var forged = Logs[2].With(header => header with { BackupSetId = Logs[1].Header.BackupSetId, MediaSetId = Logs[1].Header.MediaSetId });
        Chain([Full(At(0)), Logs[0], Logs[1], forged, Logs[3]], At(5)).Restorable.ShouldBe([new Period(At(0, 10, 1), At(4))]);
    }

    [Fact]
    public void A_file_that_has_gone_by_now_restores_nothing()
    {
        Chain([Full(At(0)) with { ExistsUntil = At(6) }, .. Logs], At(5)).Restorable.ShouldNotBeEmpty();
        Chain([Full(At(0)) with { ExistsUntil = At(5) }, .. Logs], At(5)).Restorable.ShouldBeEmpty();
    }

    [Fact]
    public void A_log_that_ends_before_it_begins_is_a_finding_and_restores_nothing()
    {
        var upsideDown = Logs[1].With(header => header with { FirstLsn = header.LastLsn, LastLsn = header.FirstLsn });
        var chain = Chain([Full(At(0)), Logs[0], upsideDown], At(5));
        chain.Findings.ShouldHaveSingleItem().ShouldBeOfType<ChainFinding.UnreliableHeader>();
        chain.Restorable.ShouldBe([new Period(At(0, 10, 1), At(1))]);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(3, 2)]
    public void A_stripe_whose_number_cannot_be_is_a_finding(int number, int of) =>
        Chain([Full(At(0)), Stripe(number, of)], At(5)).Findings.ShouldHaveSingleItem().ShouldBeOfType<ChainFinding.UnreliableHeader>();

    private static BackupFile Stripe(int number, int of) =>
        Full(At(0)).With(header => header with { FamilyNumber = number, FamilyCount = of, BackupSetId = new Guid(7, 7, 7, new byte[8]) }) with { Path = $"full-{number}" };
}
