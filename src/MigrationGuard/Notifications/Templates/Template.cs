using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Markdig;

namespace MigrationGuard.Notifications.Templates;

/// <summary>How a topic is worded: a subject, and a body in Markdown.</summary>
/// <remarks>
/// <para>The first line is <c>Subject: …</c>. <c>{{member}}</c> stands for a member of the topic's model; alone on its line, an array
/// becomes a list, and lines that belong together keep to its indentation. <c>{{member:argument}}</c> is the member as an argument of a command.</para>
/// <para>The HTML is rendered from the template, not from the message: values take their places, escaped, after Markdown has been
/// done with, so that no value can be markup of either kind.</para>
/// </remarks>
internal sealed partial class Template
{
    private const string SubjectPrefix = "Subject:";
    private const int LongestSubject = 200;

    // From the private use area: means nothing in Markdown, nothing in HTML, and no template holds it.
    private const char Open = '\uE000';
    private const char Close = '\uE001';

    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().DisableHtml().Build();

    private readonly string _subject;
    private readonly string _body;

    private Template(string subject, string body) => (_subject, _body) = (subject, body);

    /// <summary>Reads a template, and finds everything that could go wrong when it is used.</summary>
    /// <param name="file">How problems name it.</param>
    /// <returns>Null when there are problems.</returns>
    public static Template? Read(string file, string text, Topic topic, ICollection<string> problems)
    {
        var before = problems.Count;
        var lines = text.ReplaceLineEndings("\n").Split('\n', 2);
        if (!lines[0].StartsWith(SubjectPrefix, StringComparison.Ordinal) || lines[0].Length == SubjectPrefix.Length)
            problems.Add($"{file}: its first line is no subject. Begin it with \"{SubjectPrefix} …\".");
        if (lines.Length < 2 || string.IsNullOrWhiteSpace(lines[1]))
            problems.Add($"{file}: says nothing below its subject. Write what people are to do.");
        if (text.Any(c => c is Open or Close))
            problems.Add($"{file}: holds a character of the private use area (U+E000 or U+E001). Remove it.");
        foreach (var inner in Places().Matches(text).Select(place => place.Groups[1].Value).Distinct())
        {
            var (member, isArgument) = Parts(inner);
            if (!topic.Members.TryGetValue(member, out var kind) || (inner != member && !isArgument) || (isArgument && kind == MemberKind.List))
                problems.Add($"{file}: {{{{{inner}}}}} stands for nothing. Known to {topic.Name}: {string.Join(", ", topic.Members.Keys)}.");
        }
        if (Places().Replace(text, "") is var rest && (rest.Contains("{{", StringComparison.Ordinal) || rest.Contains("}}", StringComparison.Ordinal)))
            problems.Add($"{file}: has {{{{ without }}}}, or the other way round. Write {{{{member}}}} on one line.");
        if (problems.Count > before)
            return null;
        var template = new Template(lines[0][SubjectPrefix.Length..].Trim(), lines[1].Trim('\n') + "\n");
        if (template.LosesAPlace())
            problems.Add($"{file}: a {{{{member}}}} stands in a link's or an image's target, where it cannot be shown. Put it into the text.");
        return problems.Count > before ? null : template;
    }

    public RenderedNotification Render(ModelText model)
    {
        var subject = Shortened(Places().Replace(_subject, place => Value(place, model)).Trim());
        var text = Filled(model, value => value);
        var values = new List<string>();
        var marked = Filled(model, value =>
        {
            values.Add(value);
            return Mark(values.Count - 1);
        });
        var body = Marks().Replace(Markdig.Markdown.ToHtml(marked, Markdown), mark => WebUtility.HtmlEncode(values[int.Parse(mark.Groups[1].Value, CultureInfo.InvariantCulture)]));
        return new RenderedNotification(subject, text, Document(subject, body));
    }

    private string Filled(ModelText model, Func<string, string> put)
    {
        var filled = new StringBuilder();
        foreach (var line in _body.TrimEnd('\n').Split('\n'))
        {
            var alone = Alone().Match(line);
            if (alone.Success && model.IsBlock(alone.Groups[1].Value))
            {
                var indentation = line[..line.IndexOf('{', StringComparison.Ordinal)];
                foreach (var item in model.Lines(alone.Groups[1].Value))
                    filled.Append(item.Length == 0 ? "" : indentation + put(item)).Append('\n');
            }
            else if (alone.Success && model.IsList(alone.Groups[1].Value))
            {
                foreach (var item in model.Items(alone.Groups[1].Value))
                    filled.Append("- ").Append(put(item)).Append('\n');
            }
            else
            {
                filled.Append(Places().Replace(line, place => put(Value(place, model)))).Append('\n');
            }
        }
        return filled.ToString();
    }

    // Markdown encodes what is in a link's target, and drops what a link's definition names.
    private bool LosesAPlace()
    {
        var count = 0;
        var marked = Places().Replace(_body, _ => Mark(count++));
        var kept = Marks().Matches(Markdig.Markdown.ToHtml(marked, Markdown)).Select(mark => mark.Value).Distinct().Count();
        return kept != count;
    }

    private static string Value(Match place, ModelText model)
    {
        var (member, isArgument) = Parts(place.Groups[1].Value);
        return isArgument ? model.Argument(member) : model.Line(member);
    }

    private static (string Member, bool IsArgument) Parts(string place) =>
        place.EndsWith(":argument", StringComparison.Ordinal) ? (place[..^":argument".Length], true) : (place, false);

    private static string Mark(int index) => string.Create(CultureInfo.InvariantCulture, $"{Open}{index}{Close}");

    private static string Shortened(string subject) => subject.Length <= LongestSubject
        ? subject
        : subject[..(LongestSubject - (char.IsHighSurrogate(subject[LongestSubject - 2]) ? 2 : 1))] + "…";

    private static string Document(string subject, string body) => $$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>{{WebUtility.HtmlEncode(subject)}}</title>
        <style>
        body { font-family: "Segoe UI", Arial, sans-serif; font-size: 15px; line-height: 1.5; color: #1b1b1b; max-width: 44em; margin: 1.5em; }
        pre { background: #f2f2f2; padding: 0.8em; white-space: pre-wrap; font-family: Consolas, monospace; }
        </style>
        </head>
        <body>
        {{body.TrimEnd()}}
        </body>
        </html>

        """.ReplaceLineEndings("\n");

    [GeneratedRegex(@"\{\{\s*([^{}\n]*?)\s*\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Places();

    [GeneratedRegex(@"^\s*\{\{\s*([^{}:]*?)\s*\}\}\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Alone();

    [GeneratedRegex("\uE000([0-9]+)\uE001", RegexOptions.CultureInvariant)]
    private static partial Regex Marks();
}
