namespace MigrationGuard.Databases.Rows;

/// <summary>How the rows of a table are spread over the column it is cut by, as the engine's statistics have it.</summary>
/// <param name="Order">How the column's values are ordered.</param>
/// <param name="Bounds">
/// Places in ascending order at about equal numbers of rows: the first is that of the smallest value, the last that of the largest.
/// One for a table whose values are all alike; none for an empty table.
/// </param>
/// <remarks>Read from an index and from statistics, never by a scan or a sort: it is there to make scans cheap.</remarks>
public sealed record KeySpread(KeyOrder Order, IReadOnlyList<UInt128> Bounds)
{
    private const int MostSteps = 200;

    /// <summary>Whether neighbours in this order lie near each other, so that a range is read from few places of the disk.</summary>
    public bool LiesInOrder { get; init; } = true;

    /// <summary>Puts the ends that an index knows around what statistics, which may be old or missing, say is between them.</summary>
    internal static KeySpread Of(KeyOrder order, UInt128 smallest, UInt128 largest, IEnumerable<KeyStep> steps)
    {
        var within = steps.Where(step => step.Last > smallest && step.Last < largest).OrderBy(step => step.Last).ToList();
        var share = within.Sum(step => step.Rows) / MostSteps;
        var bounds = new List<UInt128> { smallest };
        var rows = 0.0;
        foreach (var step in within)
        {
            rows += step.Rows;
            if (rows < share || step.Last == bounds[^1])
                continue;
            bounds.Add(step.Last);
            rows = 0;
        }
        if (largest > smallest)
            bounds.Add(largest);
        return new KeySpread(order, bounds);
    }
}

/// <summary>A step of a histogram.</summary>
/// <param name="Last">The largest key in it.</param>
/// <param name="Rows">How many rows there are in it, in whatever unit all steps of a histogram share.</param>
internal readonly record struct KeyStep(UInt128 Last, double Rows);
