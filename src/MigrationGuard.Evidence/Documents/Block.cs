namespace MigrationGuard.Evidence.Documents;

/// <summary>A part of a document.</summary>
public abstract record Block
{
    private protected Block() { }

    /// <summary>A heading below the document's title.</summary>
    /// <param name="Level">2 to 4; the title is the one heading of level 1.</param>
    /// <param name="Anchor">What links lead to: letters, digits and hyphens.</param>
    public sealed record Heading(int Level, string Words, string Anchor) : Block;

    public sealed record Paragraph(Line Text) : Block;

    /// <summary>Something that is to be seen before the rest.</summary>
    /// <param name="Words">In large letters, after the tone's word.</param>
    public sealed record Notice(Tone Tone, string Words, IReadOnlyList<Line> More) : Block;

    public sealed record BulletList(IReadOnlyList<Line> Items) : Block;

    public sealed record DefinitionList(IReadOnlyList<Definition> Items) : Block;

    /// <summary>Text of which every character counts, such as a statement.</summary>
    public sealed record CodeBlock(string Text) : Block;

    /// <summary>What is folded up on a screen, and open on paper.</summary>
    public sealed record Details(string Summary, IReadOnlyList<Block> Blocks) : Block;
}

/// <summary>A term, and what is said of it.</summary>
public sealed record Definition(string Term, Line Text);

/// <summary>A table with a caption, a row of headers and, in its first column, a header for every row.</summary>
public sealed record Table(string Caption, IReadOnlyList<Column> Columns, IReadOnlyList<TableRow> Rows) : Block;

/// <summary>A column of a table.</summary>
/// <param name="IsFigure">Whether it holds numbers, which are set flush right.</param>
/// <param name="Share">How wide it is, beside the other columns.</param>
public sealed record Column(string Header, bool IsFigure = false, int Share = 2)
{
    public static implicit operator Column(string header) => new(header);
}

/// <summary>A row of a table, with as many cells as there are columns.</summary>
public sealed record TableRow(params IReadOnlyList<Line> Cells)
{
    /// <summary>How what the row is about stands; null where the row does not say so.</summary>
    /// <remarks>Taken from the word in the row: a row cannot have a colour without its word.</remarks>
    public Tone? Tone => Cells.Select(cell => cell.Tone).FirstOrDefault(tone => tone is not null);
}
