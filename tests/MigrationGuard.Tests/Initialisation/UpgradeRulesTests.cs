using MigrationGuard.Initialisation;
using static MigrationGuard.Tests.Initialisation.HandMade;

namespace MigrationGuard.Tests.Initialisation;

public sealed class UpgradeRulesTests
{
    private const string Hex = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("dbo", "WorkflowBase", RowsMove.BothWays)]
    [InlineData("dbo", "WorkflowBaseIds", RowsMove.BothWays)]
    [InlineData("dbo", "WorkflowIds", RowsMove.BothWays)]
    [InlineData("MetadataSchema", "Attribute", RowsMove.BothWays)]
    [InlineData("dbo", "SdkMessageBase", RowsMove.OnlyMore)]
    [InlineData("dbo", "StringMapBase", RowsMove.OnlyMore)]
    [InlineData("dbo", "TimeZoneRuleBase", RowsMove.OnlyMore)]
    [InlineData("dbo", "AsyncOperationBase", RowsMove.BothWays)]
    [InlineData("dbo", "PrincipalObjectAccess", RowsMove.OnlyFewer)]
    [InlineData("dbo", "InactiveSharesCleanup", RowsMove.BothWays)]
    [InlineData("dbo", "MatchCode" + Hex, RowsMove.BothWays)]
    [InlineData("dbo", "Rollup_Bootstrap_Markers_" + Hex, RowsMove.BothWays)]
    public void Tables_that_an_upgrade_changes_have_a_rule(string schema, string table, RowsMove rows) =>
        RuleFor(schema, table).ShouldNotBeNull().Rows.ShouldBe(rows);

    [Theory]
    [InlineData("AccountBase")]
    [InlineData("ContactBase")]
    [InlineData("ContactExtensionBase")]
    [InlineData("IncidentBase")]
    [InlineData("ActivityPointerBase")]
    [InlineData("ActivityPartyBase")]
    [InlineData("AnnotationBase")]
    [InlineData("Attachment")]
    [InlineData("QueueItemBase")]
    [InlineData("SystemUserBase")]
    [InlineData("BusinessUnitBase")]
    [InlineData("new_feeBase")]
    [InlineData("abc12_registrationBase")]
    [InlineData("SomethingElseBase")]
    public void Tables_that_must_not_change_have_none(string table) => RuleFor("dbo", table).ShouldBeNull();

    [Fact]
    public void A_table_that_must_not_change_has_no_rule_even_when_its_columns_look_like_layers() =>
        UpgradeRules.For(Pair("dbo", "new_feeBase"), new HashSet<string> { "new_feeBase" }).ShouldBeNull();

    [Fact]
    public void Solution_layers_are_recognised_by_their_columns()
    {
        var layered = Table("dbo", "SavedQueryBase", Column("SolutionId"), Column("ComponentState"), Column("OverwriteTime"));
        var almost = Table("dbo", "SolutionBase", Column("SolutionId"), Column("ComponentState"));
        UpgradeRules.LayeredTables(SqlServer(layered, almost), SqlServer()).ShouldBe(["SavedQueryBase"]);
    }

    [Fact]
    public void Tables_that_upgrades_take_away_have_a_reason_and_others_have_none()
    {
        UpgradeRules.WhyGone(new(null, "RecommendationCacheBase")).ShouldNotBeNull();
        UpgradeRules.WhyGone(new(null, "AccountExtensionBase")).ShouldNotBeNull();
        UpgradeRules.WhyGone(new(null, "MatchCode" + Hex)).ShouldNotBeNull();
        UpgradeRules.WhyGone(new(null, "ContactBase")).ShouldBeNull();
    }

    private static UpgradeRule? RuleFor(string schema, string table) =>
        UpgradeRules.For(Pair(schema, table), new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "WorkflowBase" });

    private static TablePair Pair(string schema, string table)
    {
        var catalogue = SqlServer(Table(schema, table));
        return CataloguePairing.Pair(catalogue, catalogue).Tables.Single();
    }
}
