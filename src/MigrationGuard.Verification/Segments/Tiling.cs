namespace MigrationGuard.Verification.Segments;

/// <summary>Whether segments are the whole table.</summary>
/// <remarks>
/// Leaves that nobody read have the same fold on both sides, that of no rows: they would pass for a match. So nothing is judged
/// before it is known that every leaf was read, once.
/// </remarks>
internal static class Tiling
{
    /// <param name="segments">In the order of their leaves.</param>
    /// <param name="leaves">The leaves that the table was cut into.</param>
    /// <exception cref="UnreadPartsException">A leaf is in no segment, or in more than one.</exception>
    public static void Require(IEnumerable<Segment> segments, int leaves)
    {
        var next = 0;
        foreach (var segment in segments)
        {
            if (segment.From != next || segment.To <= segment.From || !HasFolds(segment))
                throw new UnreadPartsException(next, segment.From);
            next = segment.To;
        }
        if (next != leaves)
            throw new UnreadPartsException(next, leaves);
    }

    private static bool HasFolds(Segment segment) =>
        segment.Source.Folds.Length == segment.To - segment.From && segment.Target.Folds.Length == segment.To - segment.From;
}

/// <summary>A table was not read whole, or not once.</summary>
/// <param name="next">The leaf that should have followed.</param>
/// <param name="found">The leaf that did.</param>
internal sealed class UnreadPartsException(int next, int found) : Exception(string.Create(
    System.Globalization.CultureInfo.InvariantCulture,
    $"The parts that were read do not make up the table: part {found} follows where part {next} should. Verify again in a new run."));
