using System.Text.RegularExpressions;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Evidence.Privacy;

/// <summary>Sentences of a run that may hold values of rows, as a pack may hold them.</summary>
/// <param name="servers">Names that are of servers, however much they look like accounts.</param>
internal sealed partial class SentencePrivacy(RunDocument run, IReadOnlySet<string> servers)
{
    private readonly IReadOnlySet<string> _names = KnownNames.Of(run);
    private readonly IReadOnlyList<string> _databases = [.. run.Servers.Select(server => server.Name)];

    public string? OfAny(string? sentence) => sentence is null ? null : Of(sentence);

    public string Of(string sentence) =>
        LooseText.Of(Unquoted(Shaped().Replace(DriverWords.LeftOut(sentence, _databases), match => match.Groups["kept"].Value + LooseText.LeftOut + match.Groups["after"].Value)), servers);

    // From the first thing quoted that is no name to the last quotation mark there is: what is quoted may hold marks itself, and then
    // nobody can say where it ends.
    private string Unquoted(string sentence)
    {
        foreach (Match opening in Opening().Matches(sentence))
        {
            var content = opening.Index + opening.Length;
            // A name between marks is skipped by finding the mark that closes it among the openings that follow, which it is not.
            if (IsName(sentence, content) || IsClosing(sentence, opening.Index))
                continue;
            var last = Closing().Matches(sentence).LastOrDefault(mark => mark.Index >= content);
            return sentence[..opening.Index] + LooseText.LeftOut + (last is null ? "" : sentence[(last.Index + last.Length)..]);
        }
        return sentence;
    }

    private bool IsName(string sentence, int start) => _names.Any(name => Closes(sentence, start + name.Length) && string.Compare(sentence, start, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0);

    private bool IsClosing(string sentence, int index) => _names.Any(name =>
        index >= name.Length + 1 && string.Compare(sentence, index - name.Length, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0 && IsMark(sentence[index - name.Length - 1]));

    private static bool Closes(string sentence, int index) => index < sentence.Length && IsMark(sentence[index]);

    private static bool IsMark(char c) => c is '\'' or '"' or '`' or '“' or '”' or '„' or '‘' or '’' or '«' or '»';

    // Values without marks: a query's key told twice, and what databases are known to say.
    [GeneratedRegex(
        @"(?<kept>has two rows with the key ).*(?<after>\. Name the columns that identify a row\.)"
        + @"|(?<kept>\bKey \([^)]*\)=\().*(?<after>\))"
        + @"|(?<kept>\bFailing row contains \().*(?<after>\))"
        + @"|(?<kept>\bduplicate key value is \().*(?<after>\))"
        + @"|(?<kept>\bvalue = )\S+(?<after>)",
        RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Shaped();

    // An apostrophe within or after a word opens nothing, unless the word is a literal's prefix: N'…'.
    [GeneratedRegex(@"[""`“„‘«”»]|(?<![\p{L}\p{N}])(?:[NnEeBbXx]|[Uu]&)?'", RegexOptions.CultureInvariant)]
    private static partial Regex Opening();

    [GeneratedRegex(@"[""`“”’»«‘]|'(?![\p{L}\p{N}])", RegexOptions.CultureInvariant)]
    private static partial Regex Closing();
}
