using MigrationGuard.Evidence.Commitments;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Documents;
using MigrationGuard.Evidence.Reports;

namespace MigrationGuard.Evidence.Narrative;

/// <summary>Whether the project may be closed: not before every final automated task is proven.</summary>
/// <remarks>Ministry of Justice, data security and privacy lifecycle expectations, post-live: the project cannot close until these are done.</remarks>
public sealed record ClosureGate(IReadOnlyList<CommitmentStanding> Tasks)
{
    /// <summary>Tasks that are not proven.</summary>
    public IReadOnlyList<CommitmentStanding> Missing { get; } = [.. Tasks.Where(task => task.Standing != Standing.Kept)];

    /// <summary>Whether it may be closed. A mapping without any task is no leave to close.</summary>
    public bool IsOpen => Tasks.Count > 0 && Missing.Count == 0;

    /// <summary>Why, in a sentence.</summary>
    public string Sentence => Tasks.Count == 0
        ? "The project cannot be closed on this evidence: the mapping marks no final automated task with a gate."
        : IsOpen
            ? $"The project may be closed: all {Figures.Count(Tasks.Count)} final automated tasks are proven."
            : $"The project cannot be closed: of {Figures.Count(Tasks.Count)} final automated tasks {Figures.Count(Missing.Count)} are not proven.";

    public static ClosureGate Of(EvidenceContent content) => new([.. content.Commitments.Where(standing => standing.Commitment.Gate)]);

    internal IEnumerable<Block> Blocks()
    {
        yield return new Block.Heading(2, "Closing the project", "gate");
        yield return new Block.Paragraph([new Inline.Tag(IsOpen ? Tone.Supported : Tone.Unsupported), " ", Sentence]);
        if (Missing.Count > 0)
        {
            yield return new Table(
                "Final automated tasks that stand in the way",
                [new Column("Task", Share: 4), new Column("Stands", Share: 1), new Column("Why", Share: 4)],
                [.. Missing.OrderBy(task => task.Standing == Standing.Breached ? 0 : 1).Select(task =>
                    new TableRow(Wording.Sentence(task.Commitment), Wording.Tagged(task.Standing.Tone()), Wording.Because(task)))]);
        }
    }
}
