namespace MigrationGuard.Evidence.Documents;

/// <summary>A report or an annex: what it says, in the order in which it is read, apart from how it is shown.</summary>
/// <remarks>One model, so that the HTML page, the Word document and the Markdown file of a report cannot say different things.</remarks>
public sealed record Document
{
    public required string Title { get; init; }

    /// <summary>What it is, in a few words.</summary>
    public required string Subject { get; init; }

    /// <summary>What made it: the program and its version.</summary>
    public required string Creator { get; init; }

    /// <summary>The moment that it says everything as of.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The language it is written in (BCP 47).</summary>
    public string Language { get; init; } = "en-GB";

    /// <summary>The folders that it lies below in its pack: links to files of the pack climb out of as many.</summary>
    public int FoldersDeep { get; init; } = 2;

    public required IReadOnlyList<Block> Blocks { get; init; }
}
