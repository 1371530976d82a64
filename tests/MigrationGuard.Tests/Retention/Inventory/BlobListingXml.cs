using System.Globalization;
using System.Text;
using System.Xml;

namespace MigrationGuard.Tests.Retention.Inventory;

/// <summary>What the fake service says, in the XML that the service is documented to speak.</summary>
internal static class BlobListingXml
{
    public static byte[] Page(string container, IReadOnlyList<string> include, IEnumerable<FakeBlob> blobs, string nextMarker) => Document(xml =>
    {
        xml.WriteStartElement("EnumerationResults");
        xml.WriteAttributeString("ContainerName", container);
        xml.WriteStartElement("Blobs");
        foreach (var blob in blobs)
            Write(xml, blob, include);
        xml.WriteEndElement();
        xml.WriteElementString("NextMarker", nextMarker);
        xml.WriteEndElement();
    });

    public static byte[] Error(string code, string? detail) => Document(xml =>
    {
        xml.WriteStartElement("Error");
        xml.WriteElementString("Code", code);
        xml.WriteElementString("Message", $"{code} of the fake service.\nRequestId:0\nTime:2025-03-09T22:45:00.0000000Z");
        if (detail is not null)
            xml.WriteElementString("AuthenticationErrorDetail", detail);
        xml.WriteEndElement();
    });

    public static byte[] ServiceProperties(int? softDeleteDays) => Document(xml =>
    {
        xml.WriteStartElement("StorageServiceProperties");
        xml.WriteStartElement("DeleteRetentionPolicy");
        xml.WriteElementString("Enabled", softDeleteDays is null ? "false" : "true");
        if (softDeleteDays is { } days)
            xml.WriteElementString("Days", days.ToString(CultureInfo.InvariantCulture));
        xml.WriteEndElement();
        xml.WriteEndElement();
    });

    private static void Write(XmlWriter xml, FakeBlob blob, IReadOnlyList<string> include)
    {
        xml.WriteStartElement("Blob");
        xml.WriteElementString("Name", blob.Name);
        if (blob.Snapshot is { } snapshot)
            xml.WriteElementString("Snapshot", snapshot);
        if (blob.VersionId is { } version && include.Contains("versions"))
        {
            xml.WriteElementString("VersionId", version);
            if (blob.ShownBy is null)
                xml.WriteElementString("IsCurrentVersion", "true");
        }
        if (blob.Deleted is not null)
            xml.WriteElementString("Deleted", "true");
        xml.WriteStartElement("Properties");
        xml.WriteElementString("Creation-Time", Rfc1123(blob.Created));
        xml.WriteElementString("Last-Modified", Rfc1123(blob.Modified));
        xml.WriteElementString("Etag", blob.ETag);
        xml.WriteElementString("Content-Length", blob.Content.Length.ToString(CultureInfo.InvariantCulture));
        xml.WriteElementString("Content-Type", "application/octet-stream");
        if (blob.Md5 is { } md5)
            xml.WriteElementString("Content-MD5", Convert.ToBase64String(md5));
        xml.WriteElementString("BlobType", "BlockBlob");
        xml.WriteElementString("AccessTier", blob.Tier);
        xml.WriteElementString("AccessTierInferred", "true");
        xml.WriteElementString("ServerEncrypted", blob.IsEncrypted ? "true" : "false");
        if (blob.Deleted is { } deleted)
        {
            xml.WriteElementString("DeletedTime", Rfc1123(deleted));
            xml.WriteElementString("RemainingRetentionDays", blob.RemainingDays.ToString(CultureInfo.InvariantCulture));
        }
        if (blob.ImmutableUntil is { } until && include.Contains("immutabilitypolicy"))
        {
            xml.WriteElementString("ImmutabilityPolicyUntilDate", Rfc1123(until));
            xml.WriteElementString("ImmutabilityPolicyMode", blob.ImmutabilityMode);
        }
        if (blob.HasLegalHold && include.Contains("legalhold"))
            xml.WriteElementString("LegalHold", "true");
        xml.WriteEndElement();
        if (include.Contains("metadata"))
        {
            xml.WriteStartElement("Metadata");
            foreach (var (name, value) in blob.Metadata)
                xml.WriteElementString(name, value);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    public static string Rfc1123(DateTimeOffset time) => time.ToString("R", CultureInfo.InvariantCulture);

    private static byte[] Document(Action<XmlWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }))
            write(xml);
        return bytes.ToArray();
    }
}
