using System.Reflection;
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
    [InlineData("\"LockTimeoutSeconds\": 30,", "", "LockTimeoutSeconds")]
    [InlineData("// The project's name. None by default.", "", "Name")]
    public void An_option_missing_or_without_a_comment_would_be_found(string from, string to, string name)
    {
        Uncommented(File.ReadAllText(Example).Replace(from, to, StringComparison.Ordinal)).ShouldBe([name]);
    }

    private static IReadOnlyList<string> Uncommented(string text)
    {
        var commented = new HashSet<string>();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { CommentHandling = JsonCommentHandling.Allow });
        var afterComment = false;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && afterComment)
                commented.Add(reader.GetString()!);
            afterComment = reader.TokenType == JsonTokenType.Comment;
        }
        return [.. OptionNames(typeof(MigrationGuardOptions)).Where(name => !commented.Contains(name))];
    }

    // By reflection on the types alone, so that nothing the program knows of them can hide one from this test.
    private static IEnumerable<string> OptionNames(Type type)
    {
        if (type.IsGenericType)
            return type.GetGenericArguments().SelectMany(OptionNames);
        if (!type.Name.EndsWith("Options", StringComparison.Ordinal))
            return [];
        return type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .SelectMany(property => OptionNames(property.PropertyType).Prepend(property.Name))
            .Distinct();
    }
}
