using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Verification;

namespace MigrationGuard.Tests.Configuration;

/// <summary>Each rule is seen broken and, on the same options without the fault, kept.</summary>
public sealed class RulesTests
{
    [Fact]
    public void Options_without_a_fault_have_no_problem()
    {
        ConfigurationRules.Check(Valid()).ShouldBeEmpty();
        ConfigurationRules.Check(new MigrationGuardOptions()).ShouldBeEmpty();
    }

    [Fact]
    public void A_comparison_names_databases_that_exist()
    {
        var problem = Only(options => options.Comparisons["crm"].Target = "Neu");
        problem.ShouldBe(new ConfigurationProblem("Comparisons:crm:Target", "names no database.", "Add it under Databases. Did you mean new?"));

        Only(options => options.Comparisons["crm"].Source = "elsewhere").Remedy.ShouldBe("Add it under Databases.");
        Only(options => options.Comparisons["crm"].Source = "").Problem.ShouldBe("is missing.");
    }

    [Fact]
    public void A_database_named_by_nobody_is_fine()
    {
        Check(options => options.Databases["spare"] = new DatabaseOptions { ConnectionString = "x" }).ShouldBeEmpty();
    }

    [Fact]
    public void An_empty_connection_string_is_a_problem_that_names_the_variable_to_set()
    {
        Only(options => options.Databases["old"].ConnectionString = " ")
            .ShouldBe(new ConfigurationProblem("Databases:old:ConnectionString", "is empty.", "Set the environment variable MigrationGuard__Databases__old__ConnectionString."));
        Only(options => options.Store.ConnectionString = "").Remedy.ShouldContain("MigrationGuard__Store__ConnectionString");
    }

    [Theory]
    [InlineData("MaxConnections", 0, 1)]
    [InlineData("CommandTimeoutSeconds", -1, 0)]
    [InlineData("LockTimeoutSeconds", -1, 0)]
    [InlineData("Retries", -1, 0)]
    public void A_limit_of_a_database_has_a_least_value(string option, int broken, int kept)
    {
        var property = typeof(DatabaseOptions).GetProperty(option)!;

        Only(options => property.SetValue(options.Databases["old"], broken)).Place.ShouldBe("Databases:old:" + option);
        Check(options => property.SetValue(options.Databases["old"], kept)).ShouldBeEmpty();
    }

    [Fact]
    public void Columns_that_hold_codes_are_among_those_broken_down_by()
    {
        void With(MigrationGuardOptions options, string code) => options.Comparisons["crm"].Entities["grouped"] = new()
        {
            Source = "cases",
            BreakdownBy = [new(["StatusName"]), new(["StateCode", "Region"])],
            CodeColumns = [code],
        };

        Only(options => With(options, "StatusNam")).ShouldBe(new ConfigurationProblem(
            "Comparisons:crm:Entities:grouped:CodeColumns", "lists StatusNam, which BreakdownBy does not.", "List it there too, or take it out: groups of nothing else are shown. Did you mean StatusName?"));
        Check(options => With(options, "statusname")).ShouldBeEmpty();
        Check(options => With(options, "Region")).ShouldBeEmpty();
    }

    [Fact]
    public void The_ledger_is_waited_for_at_least_a_second()
    {
        Only(options => options.Store.LockTimeoutSeconds = 0).Place.ShouldBe("Store:LockTimeoutSeconds");
        Check(options => options.Store.LockTimeoutSeconds = 1).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("MaxGroups", 0, 1)]
    [InlineData("MaxQueryRows", 0, 1)]
    [InlineData("MaxFindings", -5, 1)]
    [InlineData("SettleSeconds", -0.5, 0.0)]
    [InlineData("SettleSeconds", double.PositiveInfinity, 3600.0)]
    [InlineData("SegmentSeconds", 0.0, 0.05)]
    [InlineData("SegmentSeconds", double.NaN, 60.0)]
    [InlineData("DeadlineHours", 0.0, 0.01)]
    [InlineData("DeadlineHours", 1000.5, 1000.0)]
    [InlineData("DeadlineHours", double.NaN, 24.0)]
    public void A_limit_of_runs_is_within_bounds(string option, object broken, object kept)
    {
        var property = typeof(VerificationOptions).GetProperty(option)!;

        Only(options => property.SetValue(options.Verification, broken)).Place.ShouldBe("Verification:" + option);
        Check(options => property.SetValue(options.Verification, kept)).ShouldBeEmpty();
    }

    [Fact]
    public void A_time_zone_is_one_that_exists()
    {
        Only(options => options.Databases["old"].TimeZone = "Europe/Lodnon").Remedy.ShouldBe("Did you mean Europe/London?");
        Only(options => options.Databases["old"].TimeZone = "nowhere at all").Remedy.ShouldContain("Europe/London");
        Check(options => options.Databases["old"].TimeZone = "Europe/London").ShouldBeEmpty();
    }

    [Fact]
    public void An_entity_names_its_source()
    {
        Only(options => options.Comparisons["crm"].Entities["contact"].Source = "").Place.ShouldBe("Comparisons:crm:Entities:contact:Source");
    }

    [Fact]
    public void A_filter_is_one_condition_in_its_own_sides_SQL()
    {
        var filtered = Only(options => options.Comparisons["crm"].Entities["contact"].SourceFilter = "1 = 1) OR (1 = 1");
        filtered.Place.ShouldBe("Comparisons:crm:Entities:contact:SourceFilter");
        filtered.Problem.ShouldContain("closes a parenthesis");
        Only(options => options.Comparisons["crm"].Entities["contact"].TargetFilter = "").Place.ShouldBe("Comparisons:crm:Entities:contact:TargetFilter");
        Check(options => options.Comparisons["crm"].Entities["contact"].TargetFilter = "id IN (SELECT id FROM kept)").ShouldBeEmpty();
    }

    [Fact]
    public void A_column_is_not_both_listed_and_left_out()
    {
        Only(options => options.Comparisons["crm"].Entities["contact"] = new() { Source = "contact", Columns = ["a", "B"], IgnoreColumns = ["b"] })
            .Place.ShouldBe("Comparisons:crm:Entities:contact:Columns");
    }

    [Fact]
    public void A_breakdown_names_at_least_one_column()
    {
        Only(options => options.Comparisons["crm"].Entities["contact"].BreakdownBy = [new(["a"]), new([])])
            .Place.ShouldBe("Comparisons:crm:Entities:contact:BreakdownBy:1");
        Check(options => options.Comparisons["crm"].Entities["contact"].BreakdownBy = [new(["a"]), new(["a", "b"])]).ShouldBeEmpty();
    }

    [Fact]
    public void An_excluded_table_has_a_name_and_a_reason()
    {
        Only(options => options.Comparisons["crm"].Excluded = [new("dbo.Log", " ")]).Place.ShouldBe("Comparisons:crm:Excluded:dbo.Log");
        Only(options => options.Comparisons["crm"].Excluded = [new("", "because")]).Place.ShouldBe("Comparisons:crm:Excluded:0");
        Check(options => options.Comparisons["crm"].Excluded = [new("dbo.Log", "because")]).ShouldBeEmpty();
    }

    [Fact]
    public void Source_and_target_are_two_databases_unless_allowed()
    {
        Only(options => options.Comparisons["crm"].Target = "old").Place.ShouldBe("Comparisons:crm:Target");
        Check(options =>
        {
            options.Comparisons["crm"].Target = "old";
            options.Comparisons["crm"].AllowSameDatabase = true;
        }).ShouldBeEmpty();
    }

    [Fact]
    public void All_broken_rules_are_reported_at_once()
    {
        Check(options =>
        {
            options.Databases["old"].MaxConnections = 0;
            options.Comparisons["crm"].Target = "neither";
            options.Verification.MaxGroups = 0;
        }).Select(problem => problem.Place).ShouldBe(["Databases:old:MaxConnections", "Comparisons:crm:Target", "Verification:MaxGroups"]);
    }

    internal static MigrationGuardOptions Valid() => new()
    {
        Databases = { ["old"] = new() { ConnectionString = "x" }, ["new"] = new() { ConnectionString = "y" } },
        Comparisons = { ["crm"] = new() { Source = "old", Target = "new", Entities = { ["contact"] = new() { Source = "dbo.Contact" } } } },
    };

    private static IReadOnlyList<ConfigurationProblem> Check(Action<MigrationGuardOptions> change)
    {
        var options = Valid();
        change(options);
        return ConfigurationRules.Check(options);
    }

    private static ConfigurationProblem Only(Action<MigrationGuardOptions> change) => Check(change).ShouldHaveSingleItem();
}
