using System.Text;
using System.Text.Json;
using MigrationGuard.Configuration;

namespace MigrationGuard.Tests.Configuration;

/// <summary>The example at the root of the checkout shows every option there is, with a comment, and nothing else.</summary>
public sealed class ExampleTests
{
    private static readonly string Example = RepositoryRoot.At("appsettings.example.json");

    [Fact]
    public void It_loads_without_a_problem()
    {
        var loaded = ConfigurationFile.Load(Example, new Dictionary<string, string>(), userSecrets: null);

        loaded.Problems.ShouldBeEmpty();
        loaded.Options.Comparisons.Keys.ShouldBe(["crm", "fees"]);
    }

    [Fact]
    public void It_begins_with_the_schema_and_the_schema_is_there()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Example), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        var first = document.RootElement.EnumerateObject().First();

        first.Name.ShouldBe("$schema");
        File.Exists(RepositoryRoot.At(first.Value.GetString()!)).ShouldBeTrue();
    }

    [Fact]
    public void It_shows_every_option_with_a_comment()
    {
        Uncommented(File.ReadAllText(Example)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\"CommandTimeoutSeconds\": 7200,", "DatabaseOptions.CommandTimeoutSeconds")]
    [InlineData("// The project's name. None by default.", "ProjectOptions.Name")]
    public void An_option_missing_or_without_a_comment_would_be_found(string taken, string option)
    {
        Uncommented(File.ReadAllText(Example).Replace(taken, "", StringComparison.Ordinal)).ShouldBe([option]);
    }

    private static IReadOnlyList<string> Uncommented(string text)
    {
        var commented = new HashSet<string>();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { CommentHandling = JsonCommentHandling.Allow });
        while (reader.TokenType != JsonTokenType.StartObject)
            reader.Read();
        CollectCommented(ref reader, typeof(Dictionary<string, MigrationGuardOptions>), commented);
        return [.. Options(typeof(MigrationGuardOptions)).Except(commented)];
    }

    // By reflection on the types alone, so that nothing the program knows of them can hide an option from this test.
    private static void CollectCommented(ref Utf8JsonReader reader, Type type, HashSet<string> commented)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return;
        var afterComment = false;
        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            if (reader.TokenType == JsonTokenType.Comment)
            {
                afterComment = true;
                continue;
            }
            var name = "";
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                name = reader.GetString()!;
                if (afterComment)
                    commented.Add($"{type.Name}.{name}");
                reader.Read();
            }
            CollectCommented(ref reader, Below(type, name), commented);
            afterComment = false;
        }
    }

    private static IEnumerable<string> Options(Type type)
    {
        if (type.IsGenericType)
            return type.GetGenericArguments().SelectMany(Options);
        return IsGroup(type)
            ? type.GetProperties().SelectMany(property => Options(property.PropertyType).Prepend($"{type.Name}.{property.Name}")).Distinct()
            : [];
    }

    private static Type Below(Type type, string name) =>
        type.IsGenericType ? type.GetGenericArguments()[^1]
        : IsGroup(type) ? type.GetProperty(name)?.PropertyType ?? typeof(object)
        : typeof(object);

    private static bool IsGroup(Type type) => type.Name.EndsWith("Options", StringComparison.Ordinal);
}
