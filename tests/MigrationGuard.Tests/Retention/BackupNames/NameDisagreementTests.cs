using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.BackupNames;
using MigrationGuard.Tests.Retention.Chains;

namespace MigrationGuard.Tests.Retention.BackupNames;

public sealed class NameDisagreementTests
{
    private static readonly BackupHeader Header = Made.Full(Made.Start).Header with
    {
        Server = @"SQL01\PROD",
        Machine = "SQL01-NODE2",
        Database = "Case Work: 2",
        FamilyNumber = 2,
        FamilyCount = 3,
    };

    [Fact]
    public void A_name_that_says_what_the_header_says_disagrees_in_nothing() =>
        Of(new BackupName { Server = @"sql01\prod", Database = "casework2", Kind = BackupKind.Full, Stripe = 2 }).ShouldBeEmpty();

    [Fact]
    public void A_name_that_says_nothing_disagrees_in_nothing() => Of(new BackupName()).ShouldBeEmpty();

    [Fact]
    public void Each_thing_that_the_header_denies_is_said_in_a_sentence() =>
        Of(new BackupName { Server = "SQL02", Database = "hr", Kind = BackupKind.Log, Stripe = 1 }).Select(found => found.Problem).ShouldBe(
        [
            "names the database hr, but holds a back-up of Case Work: 2.",
            @"names the server SQL02, but holds a back-up taken on SQL01\PROD.",
            "names a log back-up, but holds a full one.",
            "is numbered 1, but holds stripe 2 of 3.",
        ]);

    [Theory]
    [InlineData("SQL01")]
    [InlineData("sql01-node2")]
    public void A_machine_without_an_instance_is_no_other_server(string server) => Of(new BackupName { Server = server }).ShouldBeEmpty();

    [Theory]
    [InlineData(@"SQL01\TEST")]
    [InlineData("SQL0")]
    [InlineData("PROD")]
    public void Another_instance_or_machine_is_another_server(string server) =>
        Of(new BackupName { Server = server }).ShouldHaveSingleItem().ShouldBeOfType<NameDisagreement.AnotherServer>();

    [Fact]
    public void A_name_that_was_cut_is_held_against_as_much_of_the_databases_name()
    {
        Of(new BackupName { Database = "Case Wo", IsDatabaseCut = true }).ShouldBeEmpty();
        Of(new BackupName { Database = "Case Wo" }).ShouldHaveSingleItem().ShouldBeOfType<NameDisagreement.AnotherDatabase>();
        Of(new BackupName { Database = "Case Fo", IsDatabaseCut = true }).ShouldHaveSingleItem().ShouldBeOfType<NameDisagreement.AnotherDatabase>();
    }

    [Fact]
    public void Underscores_that_were_left_open_are_divided_as_the_header_has_it()
    {
        var header = Header with { Server = "SQL_01", Machine = "SQL_01", Database = "case_work" };
        Against("SQL_01_case_work", header).ShouldBeEmpty();
        Against("SQL_01_hr_case_files", header).ShouldHaveSingleItem().ShouldBeOfType<NameDisagreement.AnotherDatabase>().Claimed.ShouldBe("SQL_01_hr_case_files");
        Against("SQL_02_case_work", header).ShouldHaveSingleItem().ShouldBeOfType<NameDisagreement.AnotherServer>().Claimed.ShouldBe("SQL_02");

        static IReadOnlyList<NameDisagreement> Against(string both, BackupHeader header) =>
            new BackupName { ServerAndDatabase = both }.Disagreements("x.bak", header);
    }

    private static IReadOnlyList<NameDisagreement> Of(BackupName name) => name.Disagreements("x.bak", Header);
}
