using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using MigrationGuard.Evidence.Reports;

namespace MigrationGuard.Evidence.Documents;

/// <summary>Lines as runs of a Word document: whatever they hold, they stay text.</summary>
internal sealed class WordText(MainDocumentPart main, int foldersDeep)
{
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);

    /// <summary>A run of plain words.</summary>
    public static Run Run(string words, RunProperties? properties = null)
    {
        var text = new Text(InvisibleCharacters.InText(words.ReplaceLineEndings(" "))) { Space = SpaceProcessingModeValues.Preserve };
        return properties is null ? new Run(text) : new Run(properties, text);
    }

    /// <summary>The name of the bookmark that an anchor becomes: Word allows letters, digits and <c>_</c>, 40 of them.</summary>
    public static string Bookmark(string anchor)
    {
        var name = "mg_" + string.Concat(anchor.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
        return name.Length <= 40 ? name : name[..40];
    }

    /// <summary>The runs and links of a line.</summary>
    /// <param name="ink">The colour of the words, six hexadecimal digits; null for that of the style.</param>
    public IEnumerable<OpenXmlElement> Runs(Line line, string? ink = null)
    {
        foreach (var part in line)
        {
            yield return part switch
            {
                Inline.Text text => Run(text.Words, Ink(ink)),
                Inline.Code code => new Run(
                    new RunProperties(new RunStyle { Val = WordStyles.CodeText }, new NoProof()),
                    new Text(InvisibleCharacters.InText(code.Value, breaksToo: true)) { Space = SpaceProcessingModeValues.Preserve }),
                Inline.Emphasis emphasis => Run(emphasis.Words, new RunProperties(new RunStyle { Val = WordStyles.Emphasis })),
                Inline.Strong strong => Run(strong.Words, new RunProperties(new RunStyle { Val = WordStyles.Strong })),
                Inline.Link link => Link(link),
                Inline.Tag tag => Tag(tag.Tone),
                Inline.Break => new Run(new Break()),
                _ => throw new InvalidOperationException("A part of a line that does not exist."),
            };
        }
    }

    /// <summary>A tone's word on its colour.</summary>
    public static Run Tag(Tone tone)
    {
        var colour = tone.Colour();
        return Run("\u00A0" + tone.Word() + "\u00A0", new RunProperties(
            new Bold(), new Color { Val = colour.Ink }, new Shading { Val = ShadingPatternValues.Clear, Color = "auto", Fill = colour.Ground }));
    }

    /// <summary>Text of several lines as one run.</summary>
    public static Run Lines(string text)
    {
        var run = new Run();
        foreach (var (number, line) in InvisibleCharacters.InText(text.ReplaceLineEndings("\n").TrimEnd('\n')).Split('\n').Index())
        {
            if (number > 0)
                run.AppendChild(new Break());
            run.AppendChild(new Text(line.Replace("\t", "    ", StringComparison.Ordinal)) { Space = SpaceProcessingModeValues.Preserve });
        }
        return run;
    }

    private static RunProperties? Ink(string? ink) => ink is null ? null : new RunProperties(new Color { Val = ink });

    private Hyperlink Link(Inline.Link link)
    {
        var run = Run(link.Words, new RunProperties(new RunStyle { Val = WordStyles.Hyperlink }));
        if (link.Anchor is { } anchor)
            return new Hyperlink(run) { Anchor = Bookmark(anchor), History = true };
        var target = LinkTarget.Of(link, foldersDeep);
        if (!_links.TryGetValue(target, out var id))
        {
            _links[target] = id = FormattableString.Invariant($"link{_links.Count + 1}");
            main.AddHyperlinkRelationship(new Uri(target, UriKind.Relative), isExternal: true, id);
        }
        return new Hyperlink(run) { Id = id, History = true };
    }
}
