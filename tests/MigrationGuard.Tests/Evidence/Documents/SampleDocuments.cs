using MigrationGuard.Evidence.Documents;
using MigrationGuard.Evidence.Reports;

namespace MigrationGuard.Tests.Evidence.Documents;

/// <summary>Documents to be rendered in every form.</summary>
internal static class SampleDocuments
{
    /// <summary>A text that tries to be a link, an element, a cell, a heading and whatever else a reader of text knows.</summary>
    public const string Hostile =
        "<script>alert(1)</script> [x](http://evil.example) ![i](http://evil.example/i.png) <http://evil.example> http://evil.example/a www.evil.example a@evil.example "
        + "| cell | `code` ``` **bold** _it_ ~~s~~ # head\n# head\n- item\n1. one\n> quote\n| a | b |\n|---|---|\n<b>x</b> &amp; &#64; \\| \\` $m$ ^s^ ==m== :::c \"\"q\"\" {#id} [^1] "
        + "\0\u0007\uFFFE\uD800 \u202Etxt.exe javascript:alert(1) mailto:a@b.example --- === +++";

    /// <summary>One of every block, with values that a text of ours would have.</summary>
    public static Document Everything { get; } = Of("Rows");

    /// <summary>One of every block, with a value in every place that takes one.</summary>
    public static Document Of(string value) => new()
    {
        Title = "Evidence of " + value,
        Subject = "A report, " + value,
        Creator = "migrationguard 0.1.0 " + value,
        Created = new DateTimeOffset(2026, 3, 7, 2, 14, 5, TimeSpan.FromHours(1)),
        Blocks =
        [
            new Block.Notice(Tone.Breached, value, [value, new Inline.Code(value)]),
            new Block.Notice(Tone.Accepted, value, []),
            new Block.Heading(2, value, "first"),
            new Block.Paragraph([value, new Inline.Code(value), new Inline.Emphasis(value), new Inline.Strong(value), new Inline.Link(value, "#first"), new Inline.Link(value, "data/results/" + value)]),
            new Block.Heading(3, "Second " + value, "second"),
            new Block.BulletList([value, [new Inline.Tag(Tone.Kept), " ", value]]),
            new Block.DefinitionList([new Definition(value, value), new Definition("b", new Inline.Code(value))]),
            new Table("Table " + value, [new Column(value, Share: 3), new Column("Rows", IsFigure: true), "Stands"],
            [
                new TableRow(value, "1,000", new Inline.Tag(Tone.Mismatch)),
                new TableRow(new Inline.Code(value), Line.Empty, [value, new Inline.Code(value)]),
            ]),
            new Table("Without rows", ["a", "b"], []),
            new Block.CodeBlock("SELECT 1\n\tFROM a -- ``` " + value),
            new Chart.Bars("Rows by entity", "Three, one differs", "rows", [new BarPair(value, 1000, 997), new BarPair("b", 5, 5), new BarPair("c", null, 0)]),
            new Chart.Timeline("Runs", "Three runs", [new TimedEvent(value, new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), Tone.Go), new TimedEvent("b", new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero), Tone.NoGo), new TimedEvent("c", new(2026, 3, 4, 0, 0, 0, TimeSpan.Zero), Tone.Incomplete)]),
            new Chart.HourCalendar("Log back-ups", "35 days", new DateOnly(2026, 2, 1), [.. Enumerable.Range(0, 35 * 24).Select(hour => hour % 97 == 5 ? HourState.Missed : hour > 800 ? HourState.Unknown : HourState.Done)]),
            new Block.Details("More " + value, [new Block.Paragraph(value), new Block.CodeBlock(value)]),
        ],
    };
}
