using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.SqlServer;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Tests.Initialisation;
using MigrationGuard.Verification;
using MigrationGuard.Verification.Planning;

namespace MigrationGuard.Tests.Verification;

/// <summary>What SQL Server shows a login in place of values, or instead of rows, is planned as what it is: nothing to compare.</summary>
public sealed class MaskedColumnsTests
{
    private static readonly Table Contacts = HandMade.Table(
        "dbo", "Contact",
        HandMade.Column("Id") with { StoreType = "int" },
        HandMade.Column("Mail", HandMade.Text(100)) with { StoreType = "nvarchar(100)" },
        HandMade.Column("State") with { StoreType = "int" },
        HandMade.Column("ModifiedOn", HandMade.Moment) with { StoreType = "datetime" });

    [Fact]
    public void A_table_without_masks_and_policies_is_planned_whole()
    {
        var planned = Planned(Contacts, Contacts, Options());
        planned.NotChecked.ShouldBeEmpty();
        planned.Result!.Rows.ShouldNotBeNull();
        planned.Result.Checks.Select(check => check.Name).ShouldBe([CheckNames.RecordCount, CheckNames.EntityBreakdown, CheckNames.LastTimestamp, CheckNames.Schema]);
    }

    [Fact]
    public void A_column_that_both_sides_mask_leaves_the_rows_unchecked_unless_it_is_ignored()
    {
        var masked = Masked(Contacts, "Mail");
        var planned = Planned(masked, masked, Options());
        planned.Result!.Rows.ShouldBeNull();
        var result = planned.NotChecked.ShouldHaveSingleItem();
        result.Check.ShouldBe(CheckNames.Fingerprint);
        result.ShouldNotBeChecked().ShouldBe(
            "Mail is masked on the source: the login may be shown other values than there are. Grant it UNMASK, or list the column in IgnoreColumns.");
        var options = Options();
        options.IgnoreColumns = ["Mail"];
        Planned(masked, masked, options).NotChecked.ShouldBeEmpty();
    }

    [Fact]
    public void A_breakdown_and_a_date_are_not_taken_from_masks()
    {
        var options = Options();
        options.IgnoreColumns = ["State", "ModifiedOn"];
        var results = Planned(Contacts, Masked(Contacts, "State", "ModifiedOn"), options).NotChecked;
        results.Select(result => result.Check).ShouldBe([CheckNames.EntityBreakdown, CheckNames.LastTimestamp]);
        results[0].ShouldNotBeChecked().ShouldContain("State is masked on the target");
        results[0].ShouldNotBeChecked().ShouldContain("leave the column out of BreakdownBy");
        results[1].ShouldNotBeChecked().ShouldContain("name another column as ModifiedOn");
    }

    [Fact]
    public void Whether_a_masked_column_of_the_source_alone_holds_anything_is_not_known()
    {
        var target = Contacts with { Columns = [.. Contacts.Columns.Where(column => column.Name != "Mail")] };
        Planned(Contacts, target, Options()).NotChecked.ShouldBeEmpty();
        var result = Planned(Masked(Contacts, "Mail"), target, Options()).NotChecked.ShouldHaveSingleItem();
        result.Check.ShouldBe(CheckNames.Schema);
        result.ShouldNotBeChecked().ShouldStartWith("Only the source has Mail, and it is masked there");
    }

    [Fact]
    public void A_table_under_a_security_policy_is_not_checked_at_all_and_the_reason_names_the_policy()
    {
        var planned = Planned(Contacts, Contacts with { RowPolicy = "[dbo].[OwnCases]" }, Options());
        planned.Result.ShouldBeNull();
        planned.NotChecked.Count.ShouldBe(5);
        planned.NotChecked.ShouldAllBe(result => result.ShouldNotBeChecked().Contains("ALTER SECURITY POLICY [dbo].[OwnCases] WITH (STATE = OFF)"));
        planned.NotChecked[0].ShouldNotBeChecked().ShouldStartWith("The security policy [dbo].[OwnCases] decides which rows of the target's dbo.Contact a login is shown");
    }

    [Fact]
    public void What_the_catalogue_says_of_a_table_counts_for_every_view()
    {
        var view = HandMade.View("dbo", "Contacts") with { Columns = Contacts.Columns };
        var security = new SqlServerSecurity(
            mayBeThere: true,
            [new SqlServerSecurity.PolicyRow { ObjectId = 1, PolicyName = "[dbo].[OwnCases]" }],
            [new SqlServerSecurity.MaskRow { ObjectId = 2, ColumnName = "Mail" }]);
        (security.Mark(1, Contacts).RowPolicy, security.Mark(2, Contacts).RowPolicy, security.Mark(3, view).RowPolicy).ShouldBe(("[dbo].[OwnCases]", null, "[dbo].[OwnCases]"));
        security.Mark(1, Contacts).Columns.ShouldAllBe(column => !column.IsMasked);
        security.Mark(2, Contacts).Columns.Where(column => column.IsMasked).ShouldHaveSingleItem().Name.ShouldBe("Mail");
        security.Mark(3, view).Columns.ShouldAllBe(column => column.IsMasked);
        new SqlServerSecurity(mayBeThere: true, [], []).Mark(3, view).ShouldBe(view);
    }

    [Fact]
    public void A_catalogue_knows_a_table_of_which_not_all_is_shown()
    {
        HandMade.SqlServer(Contacts).Veiled.ShouldBeNull();
        HandMade.SqlServer(HandMade.Table("dbo", "Other"), Masked(Contacts, "Mail")).Veiled!.Name.Name.ShouldBe("Contact");
        HandMade.SqlServer(Contacts with { RowPolicy = "p" }).Veiled!.Name.Name.ShouldBe("Contact");
    }

    private static EntityOptions Options() => new() { Source = "dbo.Contact", Key = ["Id"], ModifiedOn = "ModifiedOn", BreakdownBy = [new(["State"])] };

    private static Table Masked(Table table, params string[] columns) =>
        table with { Columns = [.. table.Columns.Select(column => column with { IsMasked = columns.Contains(column.Name) })] };

    private static EntityPlanning Planned(Table source, Table target, EntityOptions options)
    {
        var unreached = new DatabaseOptions { Provider = Provider.SqlServer, ConnectionString = "Server=nowhere.invalid;Database=d" };
        using var old = new Database("old", unreached, TimeProvider.System);
        using var current = new Database("new", unreached, TimeProvider.System);
        var planning = new EntityPlanning(new ComparisonPlan("crm", old, current), "contact", options, Depth.Rows, null, new VerificationOptions(), TestMigration.ProjectKey);
        planning.Plan(HandMade.SqlServer(source), HandMade.SqlServer(target));
        return planning;
    }
}
