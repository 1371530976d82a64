using System.Text.RegularExpressions;

namespace MigrationGuard.Evidence.Privacy;

/// <summary>Rids any text of what never leaves: e-mail addresses, passwords, connection strings, accounts and the folders named after them.</summary>
/// <remarks>For words that people chose themselves, reasons and labels: what they quote there is theirs to say, and evidence.</remarks>
internal static partial class LooseText
{
    public const string LeftOut = "[left out]";

    public static string? OfAny(string? text, IReadOnlySet<string>? servers = null) => text is null ? null : Of(text, servers);

    /// <param name="servers">Names that are of servers, however much they look like accounts.</param>
    public static string Of(string text, IReadOnlySet<string>? servers = null)
    {
        text = ConnectionString().Replace(text, LeftOut);
        text = Secret().Replace(text, LeftOut);
        text = Address().Replace(text, LeftOut);
        text = HomeFolder().Replace(text, "$1" + LeftOut);
        return Account().Replace(text, match => servers?.Contains(match.Value) == true ? match.Value : LeftOut);
    }

    // Keys and values with semicolons between them: Server=old;Database=crm;User Id=…
    [GeneratedRegex(@"(?:\b\w[\w ]{0,40}=[^;\r\n]*;)+(?:\s*\w[\w ]{0,40}=\S*)?", RegexOptions.CultureInvariant)]
    private static partial Regex ConnectionString();

    [GeneratedRegex(
        @"\b(?:password|passwd|pwd|user ?id|uid|user ?name|user|login|account ?key|shared ?access ?(?:key|signature)|sig|secret|token|api ?key)\s*=\s*(?:""[^""]*""|'[^']*'|[^\s;,]+)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Secret();

    // Also what an address stands in: postgres://user:password@host/database.
    [GeneratedRegex(@"[^\s,;()<>]*\w@\w[^\s,;()<>]*", RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@"((?:/home|/Users|\b[A-Za-z]:[\\/]Users)[\\/])[^\\/\s]+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex HomeFolder();

    // CORP\jo, by the capitals that domains are written in; a folder's name after a backslash looks the same otherwise.
    [GeneratedRegex(@"(?<![\\\w])[A-Z][A-Z0-9-]{1,14}\\[\w.$-]*[\w$-]", RegexOptions.CultureInvariant)]
    private static partial Regex Account();
}
