using System.IO.Compression;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using MigrationGuard.Evidence.Reports;

namespace MigrationGuard.Evidence.Documents;

/// <summary>A document as an Office Open XML file, with styles of its own that its reader's template may restyle.</summary>
public static class WordDocument
{
    private const string MainContent = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    private const string DublinCore = "http://purl.org/dc/elements/1.1/";
    private const string DublinTerms = "http://purl.org/dc/terms/";

    // Office's epoch of archives: when the file was written is said within it, and must not make two of the same document differ.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The whole file, the same for equal documents.</summary>
    public static byte[] Render(Document document)
    {
        using var stream = new MemoryStream();
        using (var package = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var main = package.AddNewPart<MainDocumentPart>(MainContent, "rId1");
            WriteProperties(package.AddNewPart<CoreFilePropertiesPart>("rId2"), document);
            package.AddNewPart<ExtendedFilePropertiesPart>("rId3").Properties = new(new DocumentFormat.OpenXml.ExtendedProperties.Application("MigrationGuard"));
            main.AddNewPart<StyleDefinitionsPart>("rId1").Styles = WordStyles.Make(document.Language);
            main.AddNewPart<NumberingDefinitionsPart>("rId2").Numbering = WordStyles.Bullets();
            main.AddNewPart<DocumentSettingsPart>("rId3").Settings = WordStyles.Settings();
            main.AddNewPart<FooterPart>("rId4").Footer = Footer(document);
            using var writer = OpenXmlWriter.Create(main);
            writer.WriteStartElement(new DocumentFormat.OpenXml.Wordprocessing.Document());
            writer.WriteStartElement(new Body());
            foreach (var element in new WordBlocks(main, document).Elements())
                writer.WriteElement(element);
            writer.WriteElement(Page());
            writer.WriteEndElement();
            writer.WriteEndElement();
        }
        return WithoutTimes(stream);
    }

    private static SectionProperties Page() => new(
        new FooterReference { Type = HeaderFooterValues.Default, Id = "rId4" },
        new PageSize { Width = 11906, Height = 16838 },
        new PageMargin { Top = 1134, Right = 1134, Bottom = 1134, Left = 1134, Header = 567, Footer = 567, Gutter = 0 });

    private static Footer Footer(Document document) => new(new Paragraph(
        new ParagraphProperties(new ParagraphStyleId { Val = WordStyles.Footer }),
        WordText.Run(document.Title + ". Page "),
        new SimpleField(WordText.Run("1")) { Instruction = "PAGE" },
        WordText.Run(" of "),
        new SimpleField(WordText.Run("1")) { Instruction = "NUMPAGES" }));

    // The package's own properties part would be given a random name.
    private static void WriteProperties(CoreFilePropertiesPart part, Document document)
    {
        const string Core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
        const string Schema = "http://www.w3.org/2001/XMLSchema-instance";
        using var stream = part.GetStream(FileMode.Create, FileAccess.Write);
        using var writer = XmlWriter.Create(stream);
        writer.WriteStartElement("cp", "coreProperties", Core);
        writer.WriteAttributeString("xmlns", "dcterms", null, DublinTerms);
        writer.WriteElementString("dc", "title", DublinCore, InvisibleCharacters.InText(document.Title));
        writer.WriteElementString("dc", "subject", DublinCore, InvisibleCharacters.InText(document.Subject));
        writer.WriteElementString("dc", "creator", DublinCore, InvisibleCharacters.InText(document.Creator));
        writer.WriteElementString("dc", "language", DublinCore, document.Language);
        foreach (var moment in new[] { "created", "modified" })
        {
            writer.WriteStartElement("dcterms", moment, DublinTerms);
            writer.WriteAttributeString("xsi", "type", Schema, "dcterms:W3CDTF");
            writer.WriteString(Figures.Moment(document.Created));
            writer.WriteEndElement();
        }
        writer.WriteEndElement();
    }

    private static byte[] WithoutTimes(MemoryStream package)
    {
        using var result = new MemoryStream();
        package.Position = 0;
        using (var source = new ZipArchive(package, ZipArchiveMode.Read, leaveOpen: true))
        using (var target = new ZipArchive(result, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var part in source.Entries.OrderBy(entry => entry.FullName, StringComparer.Ordinal))
            {
                var copy = target.CreateEntry(part.FullName, CompressionLevel.Optimal);
                copy.LastWriteTime = NoTime;
                using var from = part.Open();
                using var to = copy.Open();
                from.CopyTo(to);
            }
        }
        return result.ToArray();
    }
}
