using MigrationGuard.Configuration.Overrides;
using MigrationGuard.Databases;
using MigrationGuard.Verification;

namespace MigrationGuard.Tests.Configuration;

public sealed class EnvironmentTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("MigrationGuard__Databases__old__ConnectionString")]
    [InlineData("migrationguard__DATABASES__OLD__connectionstring")]
    public void A_variable_overrides_the_file_in_any_case(string name)
    {
        _folder.Environment[name] = "Data Source=elsewhere.db";

        var loaded = _folder.LoadAll(ConfigurationFolder.Valid());

        loaded.Options.Databases["old"].ConnectionString.ShouldBe("Data Source=elsewhere.db");
        loaded.Options.Databases.Count.ShouldBe(2);
        loaded.Overrides.ShouldBe([name]);
    }

    [Fact]
    public void Variables_of_others_are_let_be()
    {
        _folder.Environment["MigrationGuard"] = "x";
        _folder.Environment["MIGRATIONGUARD_TEST_REQUIRE"] = "x";
        _folder.Environment["PATH"] = "x";

        _folder.LoadAll(ConfigurationFolder.Valid()).Overrides.ShouldBeEmpty();
    }

    [Fact]
    public void Text_in_a_variable_may_be_a_number_a_date_or_true()
    {
        _folder.Environment["MigrationGuard__Databases__old__MaxConnections"] = "9";
        _folder.Environment["MigrationGuard__Databases__new__Provider"] = "sqlserver";
        _folder.Environment["MigrationGuard__Verification__DeadlineHours"] = "1.5";
        _folder.Environment["MigrationGuard__Comparisons__crm__AllowSameDatabase"] = "True";
        _folder.Environment["MigrationGuard__Comparisons__crm__FrozenAt"] = "2026-03-06T18:00:00Z";

        var options = _folder.Load(ConfigurationFolder.Valid());

        options.Databases["old"].MaxConnections.ShouldBe(9);
        options.Databases["new"].Provider.ShouldBe(Provider.SqlServer);
        options.Verification.DeadlineHours.ShouldBe(1.5);
        options.Comparisons["crm"].AllowSameDatabase.ShouldBeTrue();
        options.Comparisons["crm"].FrozenAt!.Value.Hour.ShouldBe(18);
    }

    [Theory]
    [InlineData("Databases__old__MaxConnections", "many", "Databases:old:MaxConnections")]
    [InlineData("Databases__old__MaxConnections", " 4", "Databases:old:MaxConnections")]
    [InlineData("Verification__DeadlineHours", "1,5", "Verification:DeadlineHours")]
    [InlineData("Verification__DeadlineHours", "NaN", "Verification:DeadlineHours")]
    [InlineData("Comparisons__crm__AllowSameDatabase", "1", "Comparisons:crm:AllowSameDatabase")]
    public void A_variable_of_the_wrong_type_is_a_problem_that_names_it(string path, string value, string place)
    {
        _folder.Environment["MigrationGuard__" + path] = value;

        var problem = _folder.Problems(ConfigurationFolder.Valid()).ShouldHaveSingleItem();

        problem.Place.ShouldBe(place);
        problem.Problem.ShouldContain($"text (set by the environment variable MigrationGuard__{path})");
    }

    [Fact]
    public void Items_of_lists_are_named_by_index()
    {
        _folder.Environment["MigrationGuard__Comparisons__crm__Queries__1"] = "two";
        _folder.Environment["MigrationGuard__Comparisons__crm__Queries__0"] = "one";
        for (var i = 0; i < 12; i++)
            _folder.Environment[FormattableString.Invariant($"MigrationGuard__Comparisons__crm__Entities__contact__Key__{i}")] = "c";
        _folder.Environment["MigrationGuard__Comparisons__crm__Entities__contact__BreakdownBy__0"] = "State";
        _folder.Environment["MigrationGuard__Comparisons__crm__Entities__contact__BreakdownBy__1__0"] = "State";
        _folder.Environment["MigrationGuard__Comparisons__crm__Entities__contact__BreakdownBy__1__1"] = "Status";

        var comparison = _folder.Load(ConfigurationFolder.Valid()).Comparisons["crm"];

        comparison.Queries.ShouldBe(["one", "two"]);
        comparison.Entities["contact"].Key.Count.ShouldBe(12);
        comparison.Entities["contact"].BreakdownBy.Select(by => string.Join("+", by.Columns)).ShouldBe(["State", "State+Status"]);
    }

    [Fact]
    public void Missing_groups_are_made()
    {
        _folder.Environment["MigrationGuard__Store__ConnectionString"] = "Data Source=x.db";
        _folder.Environment["MigrationGuard__Databases__third__Provider"] = "Sqlite";
        _folder.Environment["MigrationGuard__Databases__third__ConnectionString"] = "Data Source=third.db";
        _folder.Environment["MigrationGuard__Comparisons__crm__Entities__new one__Source"] = "dbo.New";

        var options = _folder.Load(ConfigurationFolder.Valid());

        options.Store.ConnectionString.ShouldBe("Data Source=x.db");
        options.Databases["third"].ConnectionString.ShouldBe("Data Source=third.db");
        options.Comparisons["crm"].Entities["new one"].Source.ShouldBe("dbo.New");
    }

    [Theory]
    [InlineData("\"Queries\": []", "Excluded__dbo.A", "Excluded__dbo__B")]
    [InlineData("\"Excluded\": { \"dbo.A\": \"before\" }", "Excluded__DBO.a", "Excluded__dbo__B")]
    public void Tables_are_excluded_by_name(string more, string first, string second)
    {
        _folder.Environment["MigrationGuard__Comparisons__crm__" + first] = "one";
        _folder.Environment["MigrationGuard__Comparisons__crm__" + second] = "two";

        _folder.Load(ConfigurationFolder.Valid(more)).Comparisons["crm"].Excluded.ShouldBe([new ExcludedTable("dbo.A", "one"), new ExcludedTable("dbo__B", "two")], ignoreOrder: true);
    }

    [Fact]
    public void Tables_are_excluded_by_index()
    {
        _folder.Environment["MigrationGuard__Comparisons__crm__Excluded__0__Table"] = "dbo.A";
        _folder.Environment["MigrationGuard__Comparisons__crm__Excluded__0__Reason"] = "one";

        _folder.Load(ConfigurationFolder.Valid()).Comparisons["crm"].Excluded.ShouldBe([new ExcludedTable("dbo.A", "one")]);
    }

    [Theory]
    [InlineData("a__b")]
    [InlineData("a:b")]
    [InlineData("a__b__c")]
    public void A_name_that_holds_a_separator_can_be_reached(string name)
    {
        _folder.Environment[$"MigrationGuard__Databases__{name}__ConnectionString"] = "Data Source=right.db";

        var options = _folder.Load($$"""
            { "MigrationGuard": { "Databases": {
                "a": { "Provider": "Sqlite", "ConnectionString": "Data Source=a.db" },
                "{{name}}": { "Provider": "Sqlite" } } } }
            """);

        options.Databases[name].ConnectionString.ShouldBe("Data Source=right.db");
        options.Databases["a"].ConnectionString.ShouldBe("Data Source=a.db");
    }

    [Theory]
    [InlineData("Databases__old__ConectionString", "Did you mean ConnectionString?")]
    [InlineData("Database__old__ConnectionString", "Did you mean Databases?")]
    [InlineData("Databases__old__ConnectionString__More", "")]
    [InlineData("Databases__old", "Name the option in it to set.")]
    [InlineData("Databases", "Name the option in it to set.")]
    [InlineData("Databases____ConnectionString", "")]
    [InlineData("", "Known here: Project, Store, Databases, Comparisons, Verification, Backups, Files, Records, People, Roles, Assets, Reviews, Obligations, Notifications, Schedules, Evidence, Worker, Checkpoints, Qualify.")]
    [InlineData("Comparisons__crm__Queries__7", "")]
    [InlineData("Comparisons__crm__Queries__first", "")]
    [InlineData("Comparisons__other__Depht", "Did you mean Depth?")]
    [InlineData("Comparisons__crm__Excluded__0__Raeson", "Did you mean Reason?")]
    public void A_variable_that_leads_nowhere_is_a_problem_that_names_it_and_not_its_value(string path, string remedy)
    {
        _folder.Environment["MigrationGuard__" + path] = "canary";

        var problem = _folder.Problems(ConfigurationFolder.Valid()).ShouldHaveSingleItem();

        problem.Place.ShouldBe("MigrationGuard__" + path);
        problem.Remedy.ShouldContain(remedy);
        problem.ToString().ShouldNotContain("canary");
    }

    [Fact]
    public void Two_variables_for_one_option_are_a_problem()
    {
        _folder.Environment["MigrationGuard__Project__Name"] = "a";
        _folder.Environment["MIGRATIONGUARD__PROJECT__NAME"] = "b";

        _folder.Problems(ConfigurationFolder.Valid()).ShouldHaveSingleItem().Problem.ShouldBe("sets the same option as MIGRATIONGUARD__PROJECT__NAME.");
    }

    [Fact]
    public void The_environment_of_the_process_can_be_read()
    {
        EnvironmentVariables.OfThisProcess().ContainsKey("PATH").ShouldBeTrue();
    }
}
