using System.Data.Common;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MigrationGuard.Configuration;

namespace MigrationGuard.Schedule.Logging;

/// <summary>What must not be said: the secrets of a configuration, and whatever looks like one.</summary>
/// <remarks>
/// Found by the names of options rather than listed, so that an option added later is covered when its name says what it is.
/// A value of fewer than four characters is masked only where it follows a name that gives it away: anywhere else it would
/// take letters out of every second word.
/// </remarks>
public sealed partial class Secrets
{
    private const string Mark = "***";
    private const int ShortestValue = 4;

    // PGPASSWORD and the client secret are read by drivers, without this program's doing.
    private static readonly string[] Variables = ["PGPASSWORD", "AZURE_CLIENT_SECRET"];

    private readonly string[] _values;

    public Secrets(IEnumerable<string> values) => _values =
    [
        .. values.Where(value => value.Length >= ShortestValue)
            .SelectMany(Spellings)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(value => value.Length),
    ];

    public static Secrets Of(MigrationGuardOptions options, IReadOnlyDictionary<string, string> environment)
    {
        var section = JsonNode.Parse(ConfigurationJson.Write(options))![ConfigurationFile.Section];
        return new([.. Below(section, underWebhooks: false), .. Variables.Select(name => environment.GetValueOrDefault(name)).OfType<string>()]);
    }

    /// <summary>The text with every secret replaced.</summary>
    public string Mask(string text)
    {
        foreach (var value in _values)
            text = text.Replace(value, Mark, StringComparison.Ordinal);
        text = Assignment().Replace(text, "$1" + Mark);
        text = Bearer().Replace(text, "$1" + Mark);
        return UserInfo().Replace(text, Mark);
    }

    private static IEnumerable<string> Below(JsonNode? node, bool underWebhooks)
    {
        switch (node)
        {
            case JsonObject group:
                return group.SelectMany(member => member.Value is JsonValue value && value.TryGetValue<string>(out var text)
                    ? OfOption(member.Key, text, underWebhooks)
                    : Below(member.Value, underWebhooks || member.Key == "Webhooks"));
            case JsonArray list:
                return list.SelectMany(item => Below(item, underWebhooks));
            default:
                return [];
        }
    }

    private static IEnumerable<string> OfOption(string name, string value, bool underWebhooks)
    {
        if (name.EndsWith("ConnectionString", StringComparison.Ordinal))
            return OfConnection(value);
        if (SecretName().IsMatch(name))
            return [value];
        // Who knows the address of a webhook can post to it; clients log its path without its host.
        if (underWebhooks && name == "Url")
            return Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.PathAndQuery.Length > 1 ? [value, uri.AbsoluteUri, uri.PathAndQuery, .. uri.Segments.Where(segment => segment.Length >= 16)] : [value];
        return [];
    }

    private static IEnumerable<string> OfConnection(string connectionString)
    {
        var builder = new DbConnectionStringBuilder();
        try
        {
            builder.ConnectionString = connectionString;
        }
        catch (ArgumentException)
        {
            // What cannot be read cannot be told apart from a password.
            return [connectionString];
        }
        return builder.Keys.Cast<string>().Where(key => SecretName().IsMatch(key)).Select(key => builder[key]?.ToString() ?? "");
    }

    // As it is, and as it comes out of up to three of those who quote it one within the other: a connection string's quotes are
    // doubled, Serilog escapes quotes alone, and the writers of JSON escape more or less. For most passwords that is all the same.
    private static IEnumerable<string> Spellings(string value)
    {
        HashSet<string> spellings = [value];
        for (var depth = 0; depth < 3; depth++)
            spellings.UnionWith(spellings.SelectMany(Quoted).ToList());
        spellings.Add(Uri.EscapeDataString(value));
        return spellings;
    }

    private static IEnumerable<string> Quoted(string value) =>
    [
        JsonEncodedText.Encode(value).Value,
        JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value,
        value.Replace("\"", "\\\"", StringComparison.Ordinal),
        value.Replace("\"", "\"\"", StringComparison.Ordinal),
        value.Replace("'", "''", StringComparison.Ordinal),
    ];

    [GeneratedRegex("pass(word|phrase)|pwd|psw|secret|accountkey|accesskey|signature|token", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();

    // A value in quotes, JSON-escaped or not, ends at its quote; any other at a semicolon or the end of what it stands in.
    [GeneratedRegex(
        """((?:password|pwd|psw|passphrase|accountkey|sharedaccesskey|sharedaccesssignature|sig)\s*=\s*)(?:\\"(?:(?!\\").)*\\"|"[^"\r\n]*"|'[^'\r\n]*'|(?:\\[^"nr]|[^;"\\\r\n])+)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"(\bbearer\s+)[\w.~+/=-]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Bearer();

    [GeneratedRegex(@"(?<=://[^/\s:@""]*:)[^/\s@""]+(?=@)", RegexOptions.CultureInvariant)]
    private static partial Regex UserInfo();
}
