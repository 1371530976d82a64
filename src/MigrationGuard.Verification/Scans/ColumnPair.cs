using MigrationGuard.Databases.Catalogues;

namespace MigrationGuard.Verification.Scans;

/// <summary>A column on the source and the column on the target that holds the same.</summary>
/// <param name="Name">The name it goes by in results: the configuration's spelling.</param>
public sealed record ColumnPair(string Name, Column Source, Column Target)
{
    public Column On(Side side) => side == Side.Source ? Source : Target;

    /// <summary>Why the values of a side cannot be relied on, and half of what to do; null when they can.</summary>
    /// <remarks>Two sides that mask alike show the same masks, whatever they hold.</remarks>
    public string? Masked => Sides.Both.Where(side => On(side).IsMasked).Select(side => $"{Name} is masked on the {side.Spelt()}: the login may be shown other values than there are. Grant it UNMASK").FirstOrDefault();
}

/// <summary>The two sides of a comparison, in the order in which they are always named.</summary>
public enum Side
{
    Source,
    Target,
}

/// <summary>What is said of a side in sentences.</summary>
public static class Sides
{
    public static readonly IReadOnlyList<Side> Both = [Side.Source, Side.Target];

    public static string Spelt(this Side side) => side == Side.Source ? "source" : "target";
}
