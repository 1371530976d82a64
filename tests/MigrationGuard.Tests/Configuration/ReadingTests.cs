using System.Text;
using MigrationGuard.Configuration;

namespace MigrationGuard.Tests.Configuration;

public sealed class ReadingTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_valid_file_is_read()
    {
        var loaded = _folder.LoadAll(ConfigurationFolder.Valid());

        loaded.Options.Comparisons["crm"].Entities["contact"].Source.ShouldBe("dbo.Contact");
        loaded.Directory.ShouldBe(Path.GetDirectoryName(_folder.File));
        loaded.Overrides.ShouldBeEmpty();
        loaded.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void A_missing_file_is_a_problem_that_names_init_and_the_option()
    {
        var problem = Should.Throw<ConfigurationException>(() => ConfigurationFile.Load(_folder.File, _folder.Environment, null)).Problems.ShouldHaveSingleItem();

        problem.Place.ShouldBe(_folder.File);
        problem.Remedy.ShouldContain("migrationguard init");
        problem.Remedy.ShouldContain("--config");
    }

    [Fact]
    public void A_folder_in_place_of_a_file_is_a_problem()
    {
        Directory.CreateDirectory(_folder.File);

        Should.Throw<ConfigurationException>(() => ConfigurationFile.Load(_folder.File, _folder.Environment, null)).Message.ShouldContain("is a folder");
    }

    [Theory]
    [InlineData("{ \"MigrationGuard\": {\n  \"Project\": { \"Name\": \"x\" \"Owner\": \"y\" } } }", "line 2, column 28")]
    [InlineData("{ \"MigrationGuard\": {\r\n  \"Project\": { \"Näme\": oops } } }", "line 2, column 24")]
    [InlineData("{ \"MigrationGuard\": {\n", "line 2, column 1")]
    [InlineData("", "line 1, column 1")]
    public void What_is_not_JSON_is_a_problem_with_line_and_column(string text, string position)
    {
        _folder.Problems(text).ShouldHaveSingleItem().Problem.ShouldBe($"is not JSON: {position}.");
    }

    [Fact]
    public void Comments_and_trailing_commas_are_allowed()
    {
        _folder.ReadSection("""{ /* whose */ "Project": { "Name": "x", }, // done""" + "\n}").Project.Name.ShouldBe("x");
    }

    [Fact]
    public void A_byte_order_mark_is_allowed_and_UTF_16_is_a_problem()
    {
        File.WriteAllText(_folder.File, ConfigurationFolder.Valid(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        ConfigurationFile.Load(_folder.File, _folder.Environment, null).Options.Databases.Count.ShouldBe(2);

        File.WriteAllText(_folder.File, ConfigurationFolder.Valid(), Encoding.Unicode);
        Should.Throw<ConfigurationException>(() => ConfigurationFile.Load(_folder.File, _folder.Environment, null))
            .Problems.ShouldHaveSingleItem().Remedy.ShouldBe("Save it as UTF-8.");
    }

    [Fact]
    public void Half_a_surrogate_pair_is_a_problem_at_its_place()
    {
        _folder.Problems("""{ "MigrationGuard": { "Project": { "Name": "\ud83d" } } }""").ShouldHaveSingleItem().Place.ShouldBe("MigrationGuard:Project:Name");
    }

    [Fact]
    public void What_other_tools_keep_at_the_top_is_let_be()
    {
        _folder.Load(ConfigurationFolder.Valid().Insert(1, """ "$schema": "x", "Serilog": { "Any": 1 }, "Logging": [], """)).Databases.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("MigratonGuard", "Did you mean MigrationGuard?")]
    [InlineData("Databases", "Put it under MigrationGuard.")]
    [InlineData("Whatever", "Known here: MigrationGuard, $schema, Serilog, Logging.")]
    public void Any_other_name_at_the_top_is_a_problem(string name, string remedy)
    {
        var problem = _folder.Problems(ConfigurationFolder.Valid().Insert(1, $"\"{name}\": {{}},")).ShouldHaveSingleItem();

        problem.Place.ShouldBe(name);
        problem.Remedy.ShouldBe(remedy);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "MigrationGuard": [] }""")]
    [InlineData("""{ "MigrationGuard": {}, "migrationguard": {} }""")]
    public void A_file_without_one_section_of_its_own_is_a_problem(string json)
    {
        _folder.Problems(json).ShouldHaveSingleItem().Problem.ShouldNotBeEmpty();
    }

    [Fact]
    public void All_problems_are_reported_at_once_and_none_twice()
    {
        var problems = _folder.Problems("""
            { "MigrationGuard": {
                "Projct": {},
                "Databases": { "old": { "Provider": "Oracle", "ConnectionString": "", "MaxConnections": "4" } },
                "Comparisons": { "crm": { "Source": 5, "Target": "new", "Entities": { "contact": { "Key": "ContactId" } } } },
                "Verification": { "MaxGroups": 0 } } }
            """);

        problems.Select(problem => problem.Place).ShouldBe(
        [
            "Projct",
            "Databases:old:Provider",
            "Databases:old:MaxConnections",
            "Comparisons:crm:Source",
            "Comparisons:crm:Entities:contact:Key",
            "Databases:old:ConnectionString",
            "Comparisons:crm:Target",
            "Comparisons:crm:Entities:contact:Source",
            "Verification:MaxGroups",
        ]);
    }

    [Fact]
    public void The_message_names_place_problem_and_remedy_a_line_each()
    {
        new ConfigurationException("Comparisons:crm:Target", "names no database.", "Add it under Databases.").Message
            .ShouldBe("Comparisons:crm:Target: names no database. Add it under Databases.");
    }
}
