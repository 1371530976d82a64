using System.Text;
using MigrationGuard.Evidence.Reports;

namespace MigrationGuard.Evidence.Documents;

/// <summary>Lines as GitHub's Markdown: whatever they hold, it stays text.</summary>
/// <remarks>
/// Marks are escaped by a backslash. A word that could be taken for an address is set as code instead: renderers look for addresses in what
/// is left once the backslashes are gone, and never in code.
/// </remarks>
internal static class MarkdownText
{
    private const string Marks = "\\`*_{}[]<>|~&$^=\"";

    public static string Of(Line line, int foldersDeep, bool inTable)
    {
        var text = new StringBuilder();
        foreach (var part in line)
        {
            var written = Of(part, foldersDeep, inTable);
            // Two fences side by side would be one.
            if (text is [.., '`'] && written is ['`', ..])
                text.Append(' ');
            text.Append(written);
        }
        return inTable ? text.ToString() : WithoutMarkAtStart(text.ToString());
    }

    /// <summary>Plain words on one line.</summary>
    public static string Escaped(string words, bool inTable = false)
    {
        var spelt = InvisibleCharacters.InText(words.ReplaceLineEndings(" ").Replace('\t', ' '));
        return string.Join(' ', spelt.Split(' ').Select(word => CouldBeAddress(word) ? Code(word, inTable) : EscapedWord(word)));
    }

    /// <summary>A value as code, in a fence longer than any that it holds.</summary>
    public static string Code(string value, bool inTable)
    {
        var spelt = InvisibleCharacters.InText(value, breaksToo: true);
        if (spelt.Length == 0)
            return "";
        // A table is cut at its bars before anything else of it is read, even within code.
        if (inTable)
            spelt = spelt.Replace("|", "\\|", StringComparison.Ordinal);
        var fence = new string('`', LongestRun(spelt, '`') + 1);
        var space = spelt.StartsWith('`') || spelt.EndsWith('`') || (spelt.StartsWith(' ') && spelt.EndsWith(' ')) ? " " : "";
        return fence + space + spelt + space + fence;
    }

    /// <summary>The longest row of a character.</summary>
    public static int LongestRun(string text, char of)
    {
        var (longest, run) = (0, 0);
        foreach (var character in text)
        {
            run = character == of ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }
        return longest;
    }

    private static string Of(Inline part, int foldersDeep, bool inTable) => part switch
    {
        Inline.Text text => Escaped(text.Words, inTable),
        Inline.Code code => Code(code.Value, inTable),
        Inline.Emphasis emphasis => Marked("*", emphasis.Words, inTable),
        Inline.Strong strong => Marked("**", strong.Words, inTable),
        // Anchors are made anew by every renderer, so a link within the document is its words.
        Inline.Link { Anchor: not null } link => Escaped(link.Words, inTable),
        Inline.Link link => $"[{Escaped(link.Words, inTable)}](<{LinkTarget.Of(link, foldersDeep)}>)",
        // A line within a cell would need an element.
        Inline.Break => " ",
        Inline.Tag tag => "**" + tag.Tone.Word() + "**",
        _ => throw new InvalidOperationException("A part of a line that does not exist."),
    };

    private static string Marked(string mark, string words, bool inTable) => words.Trim().Length == 0 ? "" : mark + Escaped(words.Trim(), inTable) + mark;

    private static string EscapedWord(string word)
    {
        var escaped = new StringBuilder(word.Length + 4);
        foreach (var character in word)
        {
            if (Marks.Contains(character, StringComparison.Ordinal))
                escaped.Append('\\');
            escaped.Append(character);
        }
        return escaped.ToString();
    }

    private static bool CouldBeAddress(string word) =>
        word.Contains('@', StringComparison.Ordinal) || word.Contains("://", StringComparison.Ordinal)
        || word.Contains("www.", StringComparison.OrdinalIgnoreCase) || word.Contains("mailto:", StringComparison.OrdinalIgnoreCase)
        || word.Contains("xmpp:", StringComparison.OrdinalIgnoreCase) || word.Contains("tel:", StringComparison.OrdinalIgnoreCase);

    // What would make a heading, a list, a quotation or a definition of a line.
    private static string WithoutMarkAtStart(string line)
    {
        var start = line.TrimStart(' ');
        var digits = start.TakeWhile(char.IsAsciiDigit).Count();
        return start switch
        {
            ['#' or '+' or '-' or ':', ..] => "\\" + start,
            _ when digits > 0 && digits < start.Length && start[digits] is ('.' or ')') => start[..digits] + "\\" + start[digits..],
            _ => start,
        };
    }
}
