using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.BackupNames;

namespace MigrationGuard.Tests.Retention.BackupNames;

public sealed class ExpressionNamesTests
{
    private const string Folders = @"\A(?<server>[^/]+)/(?<database>[^/]+)/(?<date>[0-9]{8})-(?<kind>[a-z]+)-(?<stripe>[0-9]+)\.bak\z";

    [Fact]
    public void Groups_say_what_the_name_claims_whichever_slashes_the_path_has()
    {
        var expected = new BackupName { Server = @"SQL01\A", Database = "case work", Kind = BackupKind.Differential, Stripe = 2, Taken = new DateTime(2026, 1, 5) };
        Read(Folders, "SQL01$A/case work/20260105-diff-2.bak").ShouldBe(expected);
        Read(Folders, @"SQL01$A\case work\20260105-diff-2.bak").ShouldBe(expected);
    }

    [Fact]
    public void What_a_group_holds_and_cannot_be_read_is_not_known()
    {
        var name = Read(Folders, "SQL01/crm/20261305-weekly-99999999999.bak");
        (name.Kind, name.Taken, name.Stripe, name.Database).ShouldBe((null, null, null, "crm"));
    }

    [Fact]
    public void A_name_that_does_not_match_is_not_understood() =>
        new ExpressionNames(Folders, "yyyyMMdd", TimeSpan.FromSeconds(10)).Read("crm.bak").ShouldBeOfType<NameReading.NotUnderstood>();

    [Fact]
    public void An_expression_that_takes_too_long_is_given_up_and_that_is_said()
    {
        var scheme = new ExpressionNames(@"\A(?<database>(a+)+)\z", "", TimeSpan.FromMilliseconds(1));
        scheme.Read(new string('a', 60) + "!").ShouldBeOfType<NameReading.NotRead>().Reason.ShouldStartWith("The expression for names of back-ups took too long on aaa");
        NameScheme.Read([scheme, new OlaHallengrenNames([], [])], new string('a', 60) + "!").ShouldBeOfType<NameReading.NotRead>();
    }

    [Theory]
    [InlineData(null, "", "is empty.")]
    [InlineData("  ", "", "is empty.")]
    [InlineData("(?<database>[", "", "is not a regular expression: ")]
    [InlineData("(?<databse>.+)", "", "has a group named databse, ")]
    [InlineData("(.+)_([0-9]+)", "", "has no named group, ")]
    [InlineData("(?<date>.+)", "", "has a group named date, but no date format")]
    [InlineData("(?<date>.+)", "HHmm", "has a group named date, but no date format")]
    [InlineData("(?<date>.+)", "%", "has the date format %, which is none.")]
    public void An_expression_that_cannot_be_right_is_refused_with_what_to_do(string? expression, string format, string problem)
    {
        ExpressionNames.Problem(expression, format).ShouldNotBeNull().ShouldStartWith(problem);
        Should.Throw<ArgumentException>(() => new ExpressionNames(expression!, format, TimeSpan.FromSeconds(1)));
    }

    [Theory]
    [InlineData(Folders, "yyyyMMdd")]
    [InlineData("(?<date>.+)", "yyyy-MM-dd'T'HHmmss")]
    [InlineData("(?<database>.+)", "")]
    [InlineData("(x)(?<database>.+)", null)]
    public void An_expression_that_can_be_right_is_not_refused(string expression, string? format) => ExpressionNames.Problem(expression, format).ShouldBeNull();

    [Fact]
    public void Schemes_are_tried_in_order()
    {
        NameScheme[] schemes = [new OlaHallengrenNames([], []), new ManagedBackupNames(), new ExpressionNames("(?<database>[a-z]+)", "", TimeSpan.FromSeconds(10))];
        Named("SQL01_crm_FULL_20260105_001000.bak").Server.ShouldBe("SQL01");
        Named("crm_0f8fad5bd9cb469fa16570867728950e_20260105001000.bak").DatabaseId.ShouldNotBeNull();
        Named("7-fees.bak").Database.ShouldBe("fees");
        NameScheme.Read(schemes, "7").ShouldBeOfType<NameReading.NotUnderstood>();

        BackupName Named(string path) => NameScheme.Read(schemes, path).ShouldBeOfType<NameReading.Understood>().Name;
    }

    private static BackupName Read(string expression, string path) =>
        new ExpressionNames(expression, "yyyyMMdd", TimeSpan.FromSeconds(10)).Read(path).ShouldBeOfType<NameReading.Understood>().Name;
}
