namespace MigrationGuard.Tests.Configuration;

/// <summary>Names given by the user survive as they are, which .NET's own configuration would not let them.</summary>
public sealed class NameTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("old:crm")]
    [InlineData("old__crm")]
    [InlineData("a.b c")]
    [InlineData("\\\"quoted\\\" [x]")]
    [InlineData("Zürich 🗄")]
    public void A_name_keeps_its_characters(string escaped)
    {
        var name = escaped.Replace("\\\"", "\"", StringComparison.Ordinal);

        var options = _folder.ReadSection($$"""
            { "Databases": { "{{escaped}}": { "Provider": "Sqlite" } },
              "Comparisons": { "{{escaped}}": { "Entities": { "{{escaped}}": { "TargetColumns": { "{{escaped}}": "x" } } },
                "Excluded": { "{{escaped}}": "reason" } } } }
            """);

        options.Databases.Keys.ShouldHaveSingleItem().ShouldBe(name);
        var comparison = options.Comparisons[name];
        comparison.Entities[name].TargetColumns[name].ShouldBe("x");
        comparison.Excluded.ShouldHaveSingleItem().Table.ShouldBe(name);
    }

    [Theory]
    [InlineData("""{ "Databases": { "old": { "Provider": "Sqlite" }, "OLD": { "Provider": "Sqlite" } } }""", "Databases:OLD")]
    [InlineData("""{ "Comparisons": { "crm": {}, "CRM": {} } }""", "Comparisons:CRM")]
    [InlineData("""{ "Comparisons": { "crm": { "Entities": { "a": {}, "A": {} } } } }""", "Comparisons:crm:Entities:A")]
    public void Chosen_names_that_differ_only_by_case_are_a_problem(string section, string place)
    {
        var problem = _folder.Problems($$"""{ "MigrationGuard": {{section}} }""").First();

        problem.Place.ShouldBe(place);
        problem.Problem.ShouldContain("only by case");
        problem.Remedy.ShouldContain("environment variables");
    }

    [Fact]
    public void Columns_and_tables_that_differ_only_by_case_are_two()
    {
        var comparison = _folder.ReadSection("""
            { "Comparisons": { "crm": { "Excluded": { "Log": "a", "log": "b" },
                "Entities": { "x": { "TargetColumns": { "Id": "one", "ID": "two" } } } } } }
            """).Comparisons["crm"];

        comparison.Entities["x"].TargetColumns.ShouldBe(new Dictionary<string, string> { ["Id"] = "one", ["ID"] = "two" });
        comparison.Excluded.Select(table => table.Reason).ShouldBe(["a", "b"]);
    }

    [Theory]
    [InlineData("""{ "Databases": { "old": { "Provider": "Sqlite" }, "old": { "Provider": "Sqlite" } } }""", "Databases:old")]
    [InlineData("""{ "Comparisons": { "crm": { "Excluded": { "Log": "a", "Log": "b" } } } }""", "Comparisons:crm:Excluded:Log")]
    [InlineData("""{ "Project": { "Name": "a", "name": "b" } }""", "Project:name")]
    [InlineData("""{ "Project": { "Name": "a", "Name": "a" } }""", "Project:Name")]
    public void A_name_that_is_there_twice_is_a_problem(string section, string place)
    {
        var problem = _folder.Problems($$"""{ "MigrationGuard": {{section}} }""").First();

        problem.Place.ShouldBe(place);
        problem.Problem.ShouldContain("more than once");
    }

    [Fact]
    public void Option_names_are_matched_in_any_case()
    {
        _folder.ReadSection("""{ "PROJECT": { "dpiareference": "x" } }""").Project.DpiaReference.ShouldBe("x");
    }

    [Fact]
    public void An_empty_name_is_a_problem()
    {
        _folder.Problems("""{ "MigrationGuard": { "Databases": { "": { "Provider": "Sqlite" } } } }""").ShouldHaveSingleItem().Problem.ShouldBe("has an empty name.");
    }

    [Theory]
    [InlineData("\"Traget\": \"new\"", "Comparisons:crm:Traget", "Did you mean Target?")]
    [InlineData("\"Entites\": {}", "Comparisons:crm:Entites", "Did you mean Entities?")]
    [InlineData("\"Colour\": 1", "Comparisons:crm:Colour", "Known here: Source, Target, Entities, Excluded, Queries, Depth, FrozenAt, AllowSameDatabase, Partner, ExpectedDifferences.")]
    public void An_unknown_option_is_a_problem_that_names_the_nearest(string more, string place, string remedy)
    {
        var problem = _folder.OnlyProblem(more);

        problem.Place.ShouldBe(place);
        problem.Remedy.ShouldBe(remedy);
    }
}
