using System.Text.Json.Nodes;
using MigrationGuard.Configuration;
using MigrationGuard.Retention.Records;

namespace MigrationGuard.Tests.Configuration;

/// <summary>Each rule of which records are kept for how long is seen broken and kept.</summary>
public sealed class RecordRulesTests
{
    [Fact]
    public void Codes_and_entities_of_each_kind_are_no_problem()
    {
        Check(_ => { }).ShouldBeEmpty();
        Check(records => (records.Codes["12.1"].Years, records.Codes["12.1"].Months) = (null, 9)).ShouldBeEmpty();
        Check(records => (records.Codes["12.1"].Years, records.Codes["12.1"].Days) = (null, 14)).ShouldBeEmpty();
        Check(records => (records.Entities["cases"].Frozen, records.Entities["cases"].FrozenTable) = ("NEW", "old_cases")).ShouldBeEmpty();
        Check(records => (records.Entities["cases"].Code, records.Presets) = ("3.7", ["retention-codes.json"])).ShouldBeEmpty();
    }

    [Fact]
    public void Each_rule_is_told_with_its_place()
    {
        Only(records => records.Codes["12.1"].Years = null).ShouldBe("Records:Codes:12.1");
        Only(records => records.Codes["12.1"].Months = 9).ShouldBe("Records:Codes:12.1");
        Only(records => records.Codes["12.1"].Years = 0).ShouldBe("Records:Codes:12.1:Years");
        Only(records => (records.Codes["12.1"].Years, records.Codes["12.1"].Months) = (null, -1)).ShouldBe("Records:Codes:12.1:Months");
        Only(records => (records.Codes["12.1"].Years, records.Codes["12.1"].Days) = (null, 0)).ShouldBe("Records:Codes:12.1:Days");
        Only(records => records.Codes["a@b"] = new RetentionCodeOptions { Years = 1 }).ShouldBe("Records:Codes:a@b");
        Only(records => records.Codes["8.19"].NotVisible = " ").ShouldBe("Records:Codes:8.19:NotVisible");
        Only(records => records.Entities["cases"].Code = "").ShouldBe("Records:Entities:cases:Code");
        Only(records => records.Entities["cases"].Code = "12.11").ShouldBe("Records:Entities:cases:Code");
        Only(records => records.Entities["cases"].Code = "8.19").ShouldBe("Records:Entities:cases:Code");
        Only(records => records.Entities["cases"].Database = "").ShouldBe("Records:Entities:cases:Database");
        Only(records => records.Entities["cases"].Database = "now").ShouldBe("Records:Entities:cases:Database");
        Only(records => records.Entities["cases"].Frozen = "odl").ShouldBe("Records:Entities:cases:Frozen");
        Only(records => records.Entities["cases"].Frozen = "NEW").ShouldBe("Records:Entities:cases:Frozen");
        Only(records => (records.Entities["cases"].Frozen, records.Entities["cases"].FrozenTable) = (null, "x")).ShouldBe("Records:Entities:cases:FrozenTable");
        Only(records => (records.Entities["cases"].Frozen, records.Entities["cases"].Key) = (null, ["x"])).ShouldBe("Records:Entities:cases:Key");
        Only(records => records.Entities["cases"].Table = " ").ShouldBe("Records:Entities:cases:Table");
        Only(records => records.Entities["cases"].FrozenTable = "").ShouldBe("Records:Entities:cases:FrozenTable");
        Only(records => records.Entities["cases"].Key = ["id", ""]).ShouldBe("Records:Entities:cases:Key");
        Only(records => records.Entities["cases"].CountsFrom = "").ShouldBe("Records:Entities:cases:CountsFrom");
        Only(records => records.Entities["cases"].Where["state"] = new FieldValues([])).ShouldBe("Records:Entities:cases:Where:state");
        Only(records => records.Entities["cases"].ToleranceDays = -1).ShouldBe("Records:Entities:cases:ToleranceDays");
        Only(records => records.Entities["cases"].ToleranceDays = double.NaN).ShouldBe("Records:Entities:cases:ToleranceDays");
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData("\"it\"", "it")]
    [InlineData("true", "true")]
    [InlineData("[1, -3, \"x\", false, null]", "1|-3|x|false|NULL")]
    public void Values_are_read_as_they_are_spelt_and_written_so_that_they_read_back(string json, string values)
    {
        var read = Read(Valid(), json);
        Spelt(read).ShouldBe(values);
        Spelt(Read(read, json: null)).ShouldBe(values);
    }

    [Theory]
    [InlineData("null", "found null")]
    [InlineData("{ \"a\": 1 }", "found an object")]
    [InlineData("[[1]]", "found a list")]
    public void What_is_no_value_is_told_with_its_place(string json, string told)
    {
        var problem = Should.Throw<ConfigurationException>(() => Read(Valid(), json)).Problems.ShouldHaveSingleItem();
        problem.Place.ShouldStartWith("Records:Entities:cases:Where:state");
        problem.Problem.ShouldContain(told);
    }

    private static string Spelt(MigrationGuardOptions options) => string.Join('|', options.Records.Entities["cases"].Where["state"].Values.Select(value => value ?? "NULL"));

    // What is written reads back, with other values in the place of its own where there are any.
    private static MigrationGuardOptions Read(MigrationGuardOptions options, string? json)
    {
        using var folder = new TemporaryFolder();
        var root = JsonNode.Parse(ConfigurationJson.Write(options))!;
        if (json is not null)
            root["MigrationGuard"]!["Records"]!["Entities"]!["cases"]!["Where"]!["state"] = JsonNode.Parse(json);
        File.WriteAllText(folder.At("appsettings.json"), root.ToJsonString());
        return ConfigurationFile.Read(folder.At("appsettings.json"), new Dictionary<string, string>(), userSecrets: null).Options;
    }

    private static MigrationGuardOptions Valid()
    {
        var options = RulesTests.Valid();
        options.Records.Codes["12.1"] = new RetentionCodeOptions { Years = 2 };
        options.Records.Codes["8.19"] = new RetentionCodeOptions { Years = 2, NotVisible = "a certificate" };
        options.Records.Entities["cases"] = new RetainedEntityOptions
        {
            Code = "12.1", Database = "new", Frozen = "old", Table = "cases", Key = ["id"], CountsFrom = "closed", Where = { ["state"] = new FieldValues(["1", null]) },
        };
        return options;
    }

    private static IReadOnlyList<ConfigurationProblem> Check(Action<RecordsOptions> change)
    {
        var options = Valid();
        change(options.Records);
        return ConfigurationRules.Check(options);
    }

    private static string Only(Action<RecordsOptions> change) => Check(change).ShouldHaveSingleItem().Place;
}
