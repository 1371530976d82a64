using System.Text.Json.Nodes;
using MigrationGuard.Configuration;

namespace MigrationGuard.Tests.Configuration;

public sealed class SchemaTests
{
    private const string Update = "MIGRATIONGUARD_UPDATE_APPROVED";

    [Fact]
    public void The_committed_schema_is_the_one_generated_from_the_options()
    {
        var path = RepositoryRoot.At("src", "MigrationGuard", "Configuration", ConfigurationSchema.FileName);
        if (Environment.GetEnvironmentVariable(Update) == "1")
            File.WriteAllText(path, ConfigurationSchema.Generate());

        File.ReadAllText(path).ReplaceLineEndings("\n").ShouldBe(
            ConfigurationSchema.Generate(), $"{path} is out of date: run this test with {Update}=1 to write it anew, and review the change.");
    }

    [Fact]
    public void The_shipped_schema_is_JSON()
    {
        JsonNode.Parse(ConfigurationSchema.Shipped())!["title"]!.GetValue<string>().ShouldBe("MigrationGuard configuration");
    }

    [Fact]
    public void It_says_what_an_option_is_its_default_and_what_it_may_be()
    {
        var definitions = JsonNode.Parse(ConfigurationSchema.Generate())!["$defs"]!;
        var database = definitions["Database"]!;

        database["additionalProperties"]!.GetValue<bool>().ShouldBeFalse();
        database["required"]!.ToJsonString().ShouldBe("""["Provider"]""");
        database["properties"]!["Provider"]!["enum"]!.ToJsonString().ShouldBe("""["SqlServer","PostgreSql","Sqlite"]""");
        database["properties"]!["Provider"]!["description"]!.GetValue<string>().ShouldStartWith("The engine");
        database["properties"]!["MaxConnections"]!["default"]!.GetValue<int>().ShouldBe(4);
        definitions["ExpectedDifference"]!["properties"]!["Expires"]!["type"]!.ToJsonString().ShouldBe("""["string","null"]""");
        definitions["Entity"]!["properties"]!["BreakdownBy"]!["items"]!["oneOf"]!.AsArray().Count.ShouldBe(2);
        definitions["Comparison"]!["properties"]!["Excluded"]!["oneOf"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public void Every_reference_leads_to_a_definition()
    {
        var schema = JsonNode.Parse(ConfigurationSchema.Generate())!;
        var definitions = schema["$defs"]!.AsObject();

        foreach (var reference in References(schema))
            definitions.ShouldContainKey(reference["#/$defs/".Length..]);
        References(schema).Distinct().Count().ShouldBe(definitions.Count);
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject group => group.SelectMany(child => child.Key == "$ref" ? [child.Value!.GetValue<string>()] : References(child.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}
