using System.CommandLine;
using System.CommandLine.Parsing;
using MigrationGuard.Ledger;

namespace MigrationGuard.Commands;

/// <summary>Options and arguments that take one of a few words.</summary>
/// <remarks>By their words alone, in any case: what .NET reads as an enumeration may also be a number, and what it says of another word names types and no words.</remarks>
internal static class Choice
{
    /// <summary>An option of an enumeration whose words are its names in lower case.</summary>
    public static Option<T> Option<T>(string name, string description)
        where T : struct, Enum => Option(name, description, Words<T>());

    /// <summary>An option, and what each of its words stands for.</summary>
    public static Option<T> Option<T>(string name, string description, params IReadOnlyList<(string Word, T Value)> words) => new(name)
    {
        Description = description,
        HelpName = string.Join('|', words.Select(word => word.Word)),
        CustomParser = result => Parse(name, result, words),
    };

    /// <summary>An argument, and what each of its words stands for.</summary>
    public static Argument<T> Argument<T>(string name, string description, params IReadOnlyList<(string Word, T Value)> words) => new(name)
    {
        Description = description,
        HelpName = string.Join('|', words.Select(word => word.Word)),
        CustomParser = result => Parse(name, result, words),
    };

    /// <summary>An enumeration's names, in lower case.</summary>
    public static IReadOnlyList<(string Word, T Value)> Words<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(value => (value.ToString().ToLowerInvariant(), value))];

    private static T? Parse<T>(string name, ArgumentResult result, IReadOnlyList<(string Word, T Value)> words)
    {
        var given = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        foreach (var (word, value) in words)
        {
            if (word.Equals(given, StringComparison.OrdinalIgnoreCase))
                return value;
        }
        var all = words.Select(word => word.Word).ToList();
        var nearest = NearestName.Of(given, all) is { } near ? $" Did you mean {near}?" : "";
        result.AddError($"{name} {given}: is none of {string.Join(", ", all)}.{nearest}");
        return default;
    }
}
