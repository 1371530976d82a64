using System.Text;
using MigrationGuard.Databases;

namespace MigrationGuard.Qualification.Damages;

/// <summary>What happens to text.</summary>
internal static class TextDamages
{
    /// <summary>What padded text shows as well as any other.</summary>
    public static IReadOnlyList<Damage> Padded { get; } =
    [
        Damage.Fixed("null-for-empty", "Empty text becomes NULL.", "", null),
        Damage.Fixed("empty-for-null", "NULL becomes empty text.", null, ""),
        Text("case-changed", "One letter becomes a capital.", draw => draw.Words(2), text => char.ToUpperInvariant(text[0]) + text[1..]),
        Text("leading-space-added", "A space is put before the text.", draw => draw.Words(2), text => " " + text),
        Text("leading-space-lost", "A space before the text is lost.", draw => " " + draw.Words(2), text => text[1..]),
        Text("inner-space-lost", "One of two spaces between words is lost.", draw => draw.Word() + "  " + draw.Word(), text => text.Replace("  ", " ", StringComparison.Ordinal)),
        Text("tab-for-space", "A space becomes a tab.", draw => draw.Words(2), text => text.Replace(' ', '\t')),
        Text("cut", "The last five characters are lost.", draw => draw.Words(2), text => text[..^5].TrimEnd()),
        Text("letters-swapped", "Two neighbouring letters change places.", draw => "ab" + draw.Word(), text => "ba" + text[2..]),
        Text("accent-lost", "A letter loses its accent.", draw => draw.Word() + "é" + draw.Word(), text => text.Replace('é', 'e')),
        Text("question-mark-for-letter", "A letter outside the code page becomes a question mark.", draw => draw.Word() + "ł" + draw.Word(), text => text.Replace('ł', '?')),
        Text("decomposed", "An accented letter becomes a letter and its accent.", draw => draw.Word() + "é", text => text.Normalize(NormalizationForm.FormD)),
    ];

    public static IReadOnlyList<Damage> All { get; } =
    [
        .. Padded,
        Text("trailing-space-added", "A space is put after the text.", draw => draw.Words(2), text => text + " "),
        Text("trailing-space-lost", "A space after the text is lost.", draw => draw.Words(2) + " ", text => text[..^1]),
        Text("one-space-for-empty", "Empty text becomes a space.", _ => "", _ => " "),
        Text("composed", "A letter and its accent become one code point.", draw => draw.Word() + "e\u0301", text => text.Normalize(NormalizationForm.FormC)),
        Text("line-ends-changed", "A carriage return before a line feed is lost.", draw => draw.Word() + "\r\n" + draw.Word(), text => text.Replace("\r\n", "\n", StringComparison.Ordinal)),
        Text("line-end-added", "A line feed is put after the text.", draw => draw.Words(2), text => text + "\n"),
        Text("line-end-for-space", "A line feed becomes a space.", draw => draw.Word() + "\n" + draw.Word(), text => text.Replace('\n', ' ')),
        Text("supplementary-lost", "A supplementary character becomes a question mark.", draw => draw.Word() + "😀", text => text.Replace("😀", "?", StringComparison.Ordinal)),
        Text("supplementary-changed", "A supplementary character becomes the next.", draw => draw.Word() + "😀", text => text.Replace("😀", "😁", StringComparison.Ordinal)),
        Text("replacement-character", "A letter becomes U+FFFD.", draw => draw.Word() + "ü", text => text.Replace('ü', '\uFFFD')),
        Text("mojibake", "UTF-8 was read as Latin-1.", draw => draw.Word() + "é", text => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text))),
        Text("no-break-space", "A space becomes a no-break space.", draw => draw.Words(2), text => text.Replace(' ', '\u00A0')),
        Text("zero-width-space-added", "A zero-width space is put into the text.", draw => draw.Words(2), text => text.Insert(3, "\u200B")),
        Text("byte-order-mark-added", "A byte order mark is put before the text.", draw => draw.Words(2), text => "\uFEFF" + text),
        Text("look-alike", "A Latin a becomes a Cyrillic one.", draw => "a" + draw.Word(), text => "\u0430" + text[1..]),
        Text("sharp-s-spelt", "ß becomes ss.", draw => draw.Word() + "ß", text => text.Replace("ß", "ss", StringComparison.Ordinal)),
        Text("dotless-i", "An i becomes the dotless one.", draw => "i" + draw.Word(), text => "ı" + text[1..]),
        Text("quote-straightened", "A typographic apostrophe becomes a straight one.", draw => draw.Word() + "’s", text => text.Replace('’', '\'')),
        Text("escaped", "An ampersand becomes an entity.", draw => draw.Word() + " & " + draw.Word(), text => text.Replace("&", "&amp;", StringComparison.Ordinal)),
        Text("quotes-doubled", "An apostrophe is doubled.", draw => draw.Word() + "'s", text => text.Replace("'", "''", StringComparison.Ordinal)),
        Text("backslash-lost", "A backslash is lost.", draw => draw.Word() + "\\" + draw.Word(), text => text.Replace("\\", "", StringComparison.Ordinal)),
        Text("leading-zero-lost", "A telephone number loses its leading zero.", draw => "0" + draw.Digits(9), text => text[1..]),
        Text("cut-at-60", "Text is cut at 60 characters.", draw => (draw.Words(30) + " ").PadRight(70, 'x')[..70], text => text[..60]),
        Damage.Fixed("word-for-null", "NULL becomes the word NULL.", null, "NULL"),
        Text("zero-byte-added", "A zero byte is put after the text.", draw => draw.Words(2), text => text + "\0") with { NotOn = [Provider.PostgreSql] },
        Text("cut-at-zero-byte", "Text is cut at a zero byte.", draw => draw.Word() + "\0" + draw.Word(), text => text[..text.IndexOf('\0', StringComparison.Ordinal)]) with { NotOn = [Provider.PostgreSql] },
    ];

    public static IReadOnlyList<Damage> Json { get; } =
    [
        Text("space-added", "A space is put between two members.", _ => """{"a":1,"b":2}""", _ => """{"a":1, "b":2}"""),
        Text("members-swapped", "Two members change places.", _ => """{"a":1,"b":2}""", _ => """{"b":2,"a":1}"""),
        Text("number-for-text", "A text of digits becomes a number.", draw => $$"""{"a":"{{draw.Digits(5)}}"}""", text => text.Replace(":\"", ":", StringComparison.Ordinal).Replace("\"}", "}", StringComparison.Ordinal)),
        Text("zero-after-point", "1 becomes 1.0.", _ => """{"a":1}""", _ => """{"a":1.0}"""),
        Text("member-lost", "A member whose value is null is lost.", _ => """{"a":1,"b":null}""", _ => """{"a":1}"""),
        Text("escape-resolved", "An escaped letter becomes the letter.", _ => """{"a":"\u00e9"}""", _ => """{"a":"é"}"""),
    ];

    public static IReadOnlyList<Damage> Xml { get; } =
    [
        Text("space-added", "A space is put between two elements.", _ => "<a><b/><c/></a>", _ => "<a><b/> <c/></a>"),
        Text("attributes-swapped", "Two attributes change places.", _ => """<a b="1" c="2"/>""", _ => """<a c="2" b="1"/>"""),
        Text("empty-element-spelt", "An empty element is spelt with two tags.", _ => "<a><b/></a>", _ => "<a><b></b></a>"),
        Text("entity-resolved", "A character reference becomes the character.", _ => "<a>&#233;</a>", _ => "<a>é</a>"),
        Text("comment-lost", "A comment is lost.", draw => $"<a><!--{draw.Word()}--></a>", _ => "<a></a>"),
        Text("text-changed", "A word becomes another.", draw => $"<a>{draw.Word()}</a>", text => text.Replace("<a>", "<a>re", StringComparison.Ordinal)),
    ];

    private static Damage Text(string kind, string what, Func<Draw, string> before, Func<string, string> after) => Damage.Of<string>(kind, what, before, (text, _) => after(text));
}
