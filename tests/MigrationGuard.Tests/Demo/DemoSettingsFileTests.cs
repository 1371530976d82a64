using System.Text.Json;
using System.Text.Json.Serialization;
using MigrationGuard.Configuration;
using MigrationGuard.Demo;
using MigrationGuard.Verification;

namespace MigrationGuard.Tests.Demo;

public sealed class DemoSettingsFileTests
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        PreferredObjectCreationHandling = JsonObjectCreationHandling.Replace,
        Converters = { new JsonStringEnumConverter(), new BreakdownConverter(), new ExcludedConverter() },
    };

    [Theory]
    [InlineData("plain")]
    [InlineData("a \"quoted\"; = 'path' with spaces")]
    public async Task The_file_says_what_the_options_say(string name)
    {
        using var parent = new TemporaryDirectory();
        var directory = parent.At(name);

        var path = await DemoSettingsFile.WriteAsync(directory, CancellationToken.None);

        var read = JsonSerializer.Deserialize<Dictionary<string, MigrationGuardOptions>>(await File.ReadAllTextAsync(path), Readable)!;
        read.Keys.ShouldBe(["MigrationGuard"]);
        Text(read["MigrationGuard"]).ShouldBe(Text(DemoConfiguration.Options(directory)));
    }

    [Fact]
    public async Task A_value_changed_in_the_file_is_not_what_the_options_say()
    {
        using var directory = new TemporaryDirectory();
        var path = await DemoSettingsFile.WriteAsync(directory.Path, CancellationToken.None);

        var changed = (await File.ReadAllTextAsync(path)).Replace("\"AtMost\": 1200", "\"AtMost\": 1201", StringComparison.Ordinal);

        var read = JsonSerializer.Deserialize<Dictionary<string, MigrationGuardOptions>>(changed, Readable)!;
        Text(read["MigrationGuard"]).ShouldNotBe(Text(DemoConfiguration.Options(directory.Path)));
    }

    [Fact]
    public async Task An_earlier_demos_file_is_replaced()
    {
        using var directory = new TemporaryDirectory();
        var path = await DemoSettingsFile.WriteAsync(directory.Path, CancellationToken.None);
        var first = await File.ReadAllTextAsync(path);
        await File.AppendAllTextAsync(path, "// edited");

        await DemoSettingsFile.WriteAsync(directory.Path, CancellationToken.None);

        (await File.ReadAllTextAsync(path)).ShouldBe(first);
    }

    [Fact]
    public async Task A_configuration_of_somebody_elses_is_not_overwritten()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory.At("appsettings.json"), "{ }");

        var refusal = await Should.ThrowAsync<DemoException>(() => DemoSettingsFile.WriteAsync(directory.Path, CancellationToken.None));

        refusal.Place.ShouldBe(directory.At("appsettings.json"));
        (await File.ReadAllTextAsync(directory.At("appsettings.json"))).ShouldBe("{ }");
    }

    private static string Text(MigrationGuardOptions options) => JsonSerializer.Serialize(options, Readable);

    private sealed class BreakdownConverter : JsonConverter<BreakdownColumns>
    {
        public override BreakdownColumns Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.TokenType == JsonTokenType.String ? [reader.GetString()!] : JsonSerializer.Deserialize<List<string>>(ref reader, options)!);

        public override void Write(Utf8JsonWriter writer, BreakdownColumns value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Columns, options);
    }

    private sealed class ExcludedConverter : JsonConverter<List<ExcludedTable>>
    {
        public override List<ExcludedTable> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            [.. JsonSerializer.Deserialize<Dictionary<string, string>>(ref reader)!.Select(table => new ExcludedTable(table.Key, table.Value))];

        public override void Write(Utf8JsonWriter writer, List<ExcludedTable> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.ToDictionary(table => table.Table, table => table.Reason));
    }
}
