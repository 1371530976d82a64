using System.Net;
using System.Text;
using MigrationGuard.Evidence.Reports;

namespace MigrationGuard.Evidence.Documents;

/// <summary>Lines as HTML: whatever they hold, they stay text.</summary>
internal static class HtmlText
{
    /// <summary>A text as content of an element or of a quoted attribute.</summary>
    public static string Escaped(string text) => WebUtility.HtmlEncode(InvisibleCharacters.InText(text));

    /// <summary>A value as it is: even where its lines end is shown.</summary>
    public static string EscapedValue(string value) => WebUtility.HtmlEncode(InvisibleCharacters.InText(value, breaksToo: true));

    public static void Write(StringBuilder html, Line line, int foldersDeep)
    {
        foreach (var part in line)
            Write(html, part, foldersDeep);
    }

    private static void Write(StringBuilder html, Inline part, int foldersDeep)
    {
        _ = part switch
        {
            Inline.Text text => html.Append(Escaped(text.Words)),
            Inline.Code code => html.Append("<code>").Append(EscapedValue(code.Value)).Append("</code>"),
            Inline.Emphasis emphasis => html.Append("<em>").Append(Escaped(emphasis.Words)).Append("</em>"),
            Inline.Strong strong => html.Append("<strong>").Append(Escaped(strong.Words)).Append("</strong>"),
            Inline.Link link => html.Append("<a href=\"").Append(Escaped(LinkTarget.Of(link, foldersDeep))).Append("\">").Append(Escaped(link.Words)).Append("</a>"),
            Inline.Tag tag => html.Append("<strong class=\"tag tag-").Append(tag.Tone.Colour().Name).Append("\">").Append(tag.Tone.Word()).Append("</strong>"),
            Inline.Break => html.Append("<br />\n"),
            _ => throw new InvalidOperationException("A part of a line that does not exist."),
        };
    }
}
