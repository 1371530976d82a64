using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace MigrationGuard.Evidence.Documents;

/// <summary>The styles of Word documents: Word's own names where it has one, so that a template can restyle what is pasted into it.</summary>
internal static class WordStyles
{
    public const string Title = "Title";
    public const string Subtitle = "Subtitle";
    public const string Caption = "Caption";
    public const string Footer = "Footer";
    public const string Bullet = "ListBullet";
    public const string Hyperlink = "Hyperlink";
    public const string Strong = "Strong";
    public const string Emphasis = "Emphasis";
    public const string Table = "EvidenceTable";
    public const string TableText = "EvidenceTableText";
    public const string AfterTable = "EvidenceAfterTable";
    public const string Definition = "EvidenceDefinition";
    public const string Summary = "EvidenceSummary";
    public const string Notice = "EvidenceNotice";
    public const string NoticeWord = "EvidenceNoticeWord";
    public const string CodeParagraph = "EvidenceCode";
    public const string CodeText = "EvidenceCodeText";

    private const string Normal = "Normal";
    private const string Face = "Arial";
    private const string CodeFace = "Consolas";
    private const string Soft = "484F56";
    private const string Line = "B1B4B6";

    public static string Heading(int level) => string.Create(CultureInfo.InvariantCulture, $"Heading{level}");

    public static Styles Make(string language) => new(
    [
        new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(Fonts(Face), Size(20), new Languages { Val = language })),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(new SpacingBetweenLines { After = "120", Line = "264", LineRule = LineSpacingRuleValues.Auto }))),
        new Style(new StyleName { Val = Normal }, new PrimaryStyle()) { Type = StyleValues.Paragraph, StyleId = Normal, Default = true },
        new Style(new StyleName { Val = "Default Paragraph Font" }) { Type = StyleValues.Character, StyleId = "DefaultParagraphFont", Default = true },
        new Style(new StyleName { Val = "Normal Table" }, new StyleTableProperties(new TableCellMarginDefault(new TableCellLeftMargin { Width = 108, Type = TableWidthValues.Dxa }, new TableCellRightMargin { Width = 108, Type = TableWidthValues.Dxa })))
            { Type = StyleValues.Table, StyleId = "TableNormal", Default = true },
        Paragraph(Title, "Title", Spacing(0, 120), size: 44, bold: true),
        Paragraph(Subtitle, "Subtitle", Spacing(0, 240), size: 20, colour: Soft),
        .. Enumerable.Range(1, 3).Select(HeadingStyle),
        Paragraph(Caption, "caption", Spacing(160, 60), size: 18, colour: Soft, keepNext: true),
        Paragraph(Footer, "footer", Spacing(0, 0), size: 16, colour: Soft),
        Numbered(),
        Paragraph(TableText, "Evidence table text", Spacing(30, 30), size: 17),
        Paragraph(AfterTable, "Evidence after table", Spacing(0, 120), size: 8),
        Paragraph(Definition, "Evidence definition", Spacing(0, 60), size: 20),
        Paragraph(Summary, "Evidence summary", Spacing(120, 60), size: 20, bold: true, keepNext: true),
        Paragraph(Notice, "Evidence notice", Spacing(0, 0), size: 22),
        Paragraph(NoticeWord, "Evidence notice word", Spacing(120, 0), size: 36, bold: true, keepNext: true),
        Paragraph(CodeParagraph, "Evidence code", Spacing(0, 120), size: 16, face: CodeFace),
        Characters(CodeText, "Evidence code text", Fonts(CodeFace)),
        Characters(Hyperlink, "Hyperlink", new Color { Val = "1A5FA0" }, new Underline { Val = UnderlineValues.Single }),
        Characters(Strong, "Strong", new Bold()),
        Characters(Emphasis, "Emphasis", new Italic()),
        TableStyle(),
    ]);

    /// <summary>The one kind of list there is.</summary>
    public static Numbering Bullets() => new(
        new AbstractNum(
            new MultiLevelType { Val = MultiLevelValues.SingleLevel },
            new Level(
                new StartNumberingValue { Val = 1 },
                new NumberingFormat { Val = NumberFormatValues.Bullet },
                new LevelText { Val = "\u2022" },
                new LevelJustification { Val = LevelJustificationValues.Left },
                new PreviousParagraphProperties(new Indentation { Left = "360", Hanging = "240" })) { LevelIndex = 0 }) { AbstractNumberId = 1 },
        new NumberingInstance(new AbstractNumId { Val = 1 }) { NumberID = 1 });

    /// <summary>Told to be of today's Word, or it would open as a document of an old one.</summary>
    public static Settings Settings() => new(new Compatibility(
        new CompatibilitySetting { Name = CompatSettingNameValues.CompatibilityMode, Uri = "http://schemas.microsoft.com/office/word", Val = "15" }));

    private static Style HeadingStyle(int level) => new(
        new StyleName { Val = string.Create(CultureInfo.InvariantCulture, $"heading {level}") },
        new BasedOn { Val = Normal },
        new NextParagraphStyle { Val = Normal },
        new PrimaryStyle(),
        new StyleParagraphProperties(new KeepNext(), new KeepLines(), Spacing(level == 1 ? 360 : 240, 100), new OutlineLevel { Val = level - 1 }),
        new StyleRunProperties(new Bold(), Size(level switch { 1 => 30, 2 => 24, _ => 21 }))) { Type = StyleValues.Paragraph, StyleId = Heading(level) };

    private static Style Numbered() => new(
        new StyleName { Val = "List Bullet" },
        new BasedOn { Val = Normal },
        new PrimaryStyle(),
        new StyleParagraphProperties(new NumberingProperties(new NumberingLevelReference { Val = 0 }, new NumberingId { Val = 1 }), Spacing(0, 60)))
        { Type = StyleValues.Paragraph, StyleId = Bullet };

    private static Style Paragraph(
        string id, string name, SpacingBetweenLines spacing, int size, bool bold = false, string? colour = null, bool keepNext = false, string? face = null)
    {
        var paragraph = new StyleParagraphProperties();
        if (keepNext)
            paragraph.AppendChild(new KeepNext());
        paragraph.AppendChild(spacing);
        var run = new StyleRunProperties();
        if (face is not null)
            run.AppendChild(Fonts(face));
        if (bold)
            run.AppendChild(new Bold());
        if (colour is not null)
            run.AppendChild(new Color { Val = colour });
        run.AppendChild(Size(size));
        return new Style(new StyleName { Val = name }, new BasedOn { Val = Normal }, new PrimaryStyle(), paragraph, run) { Type = StyleValues.Paragraph, StyleId = id };
    }

    private static Style Characters(string id, string name, params OpenXmlElement[] properties) =>
        new(new StyleName { Val = name }, new PrimaryStyle(), new StyleRunProperties(properties)) { Type = StyleValues.Character, StyleId = id };

    private static Style TableStyle() => new(
        new StyleName { Val = "Evidence table" },
        new BasedOn { Val = "TableNormal" },
        new PrimaryStyle(),
        new StyleTableProperties(
            new TableBorders(
                Rule<TopBorder>(8), Rule<BottomBorder>(4), Rule<InsideHorizontalBorder>(4)),
            new TableCellMarginDefault(new TableCellLeftMargin { Width = 70, Type = TableWidthValues.Dxa }, new TableCellRightMargin { Width = 70, Type = TableWidthValues.Dxa })),
        new TableStyleProperties(
            new RunPropertiesBaseStyle(new Bold()),
            new TableStyleConditionalFormattingTableCellProperties(new Shading { Val = ShadingPatternValues.Clear, Color = "auto", Fill = "F3F4F5" }))
        { Type = TableStyleOverrideValues.FirstRow })
    { Type = StyleValues.Table, StyleId = Table };

    private static T Rule<T>(uint size) where T : BorderType, new() => new() { Val = BorderValues.Single, Size = size, Space = 0, Color = Line };

    private static RunFonts Fonts(string face) => new() { Ascii = face, HighAnsi = face, ComplexScript = face, EastAsia = face };

    // In half points, as Word counts.
    private static FontSize Size(int halfPoints) => new() { Val = halfPoints.ToString(CultureInfo.InvariantCulture) };

    private static SpacingBetweenLines Spacing(int before, int after) =>
        new() { Before = before.ToString(CultureInfo.InvariantCulture), After = after.ToString(CultureInfo.InvariantCulture) };
}
