using System.Globalization;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Documents;
using MigrationGuard.Evidence.Privacy;
using MigrationGuard.Evidence.Reports;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Evidence.Narrative;

/// <summary>Why the evidence can be believed: the servers that answered, what was planted to be found, the chain and the seal.</summary>
internal static class AssuranceSections
{
    public static IEnumerable<Block> Of(EvidenceContent content) => [.. Servers(content), .. Qualification(content), .. Chain(content), .. Seal(content)];

    private static IEnumerable<Block> Servers(EvidenceContent content)
    {
        yield return new Block.Heading(2, "Servers", "servers");
        IReadOnlyList<RunDocument> runs = [.. new[] { Wording.ShownRun(content) }.OfType<RunDocument>(), .. Wording.NewestOfWhatIsKept(content)];
        var servers = runs.SelectMany(run => run.Servers, (run, server) => (run.Kind, Server: server)).Distinct().ToList();
        yield return servers.Count == 0
            ? new Block.Paragraph(runs.Any(run => run.Kind is null or RunKinds.Records) ? "No server answered." : "No run looked into databases, so that no server had to answer.")
            : new Table("What answered on each side, and how consistently it was read",
                [new Column("Name", Share: 2), new Column("Comparison", Share: 3), new Column("Side", Share: 2), new Column("Product and version", Share: 4), new Column("Database", Share: 3), new Column("Consistency", Share: 4), new Column("Replica", Share: 3), new Column("Clock", Share: 3)],
                [.. servers.Select(answered => Row(answered.Kind, answered.Server))]);
    }

    private static TableRow Row(string? kind, ServerRecord server) => new(
        Wording.Code(server.Name), server.Comparison, Sides.Of(kind, server.Side), $"{server.Product} {server.Version}", Wording.Code(server.Database), server.Consistency, server.Replica ?? "not a replica", Clock(server));

    private static string Clock(ServerRecord server) => server.ClockOffsetSeconds is not { } offset ? "none of its own" : string.Create(
        CultureInfo.InvariantCulture, $"{Math.Abs(offset):0.###} s {(offset < 0 ? "behind" : "ahead of")} this program's, within {server.ClockWithinSeconds:0.###} s");

    private static IEnumerable<Block> Qualification(EvidenceContent content)
    {
        yield return new Block.Heading(2, "Whether the verification finds what is wrong", "qualification");
        yield return content.Qualification is not { } record
            ? new Block.Paragraph("There is no qualification: nobody has planted damage in scratch databases to see this verification find it. A check that was never seen failing proves little.")
            : new Block.Paragraph([
                new Inline.Tag(record.Passed ? Tone.Supported : Tone.Unsupported),
                $" {Figures.Count(record.Found)} of {Figures.Count(record.Planted)} planted damages were found, and {Figures.Count(record.TwinsMatched)} undamaged twins matched ({record.Tool}, {Figures.Moment(record.Finished)}, entry {Figures.Count(record.Seq)}). ",
                new Inline.Link("The record", PackPaths.Qualification), " says what was planted."]);
    }

    private static IEnumerable<Block> Chain(EvidenceContent content)
    {
        var chain = content.Chain;
        yield return new Block.Heading(2, "The chain of the ledger", "chain");
        yield return new Block.Paragraph([new Inline.Tag(chain.Intact ? Tone.Supported : Tone.Breached), chain.Intact
            ? " Every entry holds the hash of the one before it, and the whole chain was found intact when this pack was made."
            : " The chain was not found intact when this pack was made. What the ledger says may have been changed since it was written."]);
        if (chain.Problems.Count > 0)
            yield return new Block.BulletList([.. chain.Problems.Select(problem => (Line)problem)]);
        yield return new Block.DefinitionList(
        [
            new Definition("Origin", new Inline.Code(chain.Origin)),
            new Definition("Entries", Figures.Count(chain.Size)),
            new Definition("In this pack", [$"entries {Figures.Count(chain.First)} to {Figures.Count(chain.Last)}, ", new Inline.Link("segment.jsonl", PackPaths.AuditSegment)]),
            new Definition("Hash of the last", new Inline.Code(chain.Head)),
        ]);
        yield return new Block.Paragraph("The part in this pack goes from the first entry that the pack rests on to the last, or to the last that records an erasure of one of its entries. What came after that is not in it, so the hash of its last line need not be that of the chain's last entry; the entry of this pack itself is always after it.");
        foreach (var block in Erasures(content))
            yield return block;
    }

    private static IEnumerable<Block> Erasures(EvidenceContent content)
    {
        if (content.Erasures.Count == 0)
            yield break;
        yield return new Block.Heading(3, "What was erased", "erasures");
        yield return new Block.Paragraph("What these entries of the part in this pack were about was erased from the ledger. Their lines stay, and so does that they were erased: by whom, under the pseudonym that the chain has for an account, when, and why. Nothing rests on them any more.");
        yield return new Table("Entries whose content was erased",
            [new Column("Entry", true), new Column("It recorded", Share: 3), new Column("Erased", Share: 3), new Column("By", Share: 4), new Column("Recorded in entry", true), new Column("Reason given", Share: 6)],
            [.. content.Erasures.Select(erasure => new TableRow(
                Figures.Count(erasure.Entry), erasure.Kind, Figures.Moment(erasure.Line.Time), Wording.Code(erasure.Line.Actor), Figures.Count(erasure.Line.Seq), LooseText.OfAny(erasure.Reason) ?? "\u2013"))]);
    }

    private static IEnumerable<Block> Seal(EvidenceContent content)
    {
        var seal = content.Seal;
        yield return new Block.Heading(2, "The seal", "seal");
        yield return new Block.Paragraph(seal.IsDevelopment
            ? "The pack is signed with a development certificate, which the program made for itself. It shows changes by accident only: anybody can change the pack and sign it again with one like it."
            : "The pack is signed. Whether the signer is who it says has to be checked against a root certificate that you have from elsewhere.");
        yield return new Block.DefinitionList(
        [
            new Definition("Signer", new Inline.Code(seal.Signer)),
            new Definition("SHA-256", new Inline.Code(seal.Sha256Thumbprint)),
            new Definition("Valid until", Figures.Moment(seal.NotAfter)),
            new Definition("Time stamps", seal.Authority is { } authority ? [new Inline.Code(authority)] : "none: no authority is configured, so that when it was signed is the signer's word"),
        ]);
    }
}
