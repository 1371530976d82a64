using System.Globalization;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Verification.QueryPairs;

/// <summary>Compares two values of a query's result, which two different drivers may have read.</summary>
public static class ValueComparison
{
    /// <summary>Whether the values are the same.</summary>
    /// <param name="source">The source's value.</param>
    /// <param name="sourceZone">The zone of the source's readings without one.</param>
    /// <param name="target">The target's value.</param>
    /// <param name="targetZone">The zone of the target's readings without one.</param>
    /// <param name="tolerance">How far numbers may lie apart; 0 for not at all.</param>
    /// <param name="narrowed">What was given up to compare them; null for nothing.</param>
    public static bool Same(CanonicalValue source, TimeZoneInfo sourceZone, CanonicalValue target, TimeZoneInfo targetZone, decimal tolerance, out string? narrowed)
    {
        narrowed = null;
        switch (source, target)
        {
            case (CanonicalValue.Null, CanonicalValue.Null):
                return true;
            case (CanonicalValue.Null, _) or (_, CanonicalValue.Null):
                return false;
            case (CanonicalValue.Moment a, CanonicalValue.Moment b):
                return SameMoment(a.Value, sourceZone, b.Value, targetZone, out narrowed);
            case (CanonicalValue.Moment a, CanonicalValue.Text t) when MomentText.TryRead(t.Value, out var b):
                return SameMoment(a.Value, sourceZone, b, targetZone, out narrowed);
            case (CanonicalValue.Text t, CanonicalValue.Moment b) when MomentText.TryRead(t.Value, out var a):
                return SameMoment(a, sourceZone, b.Value, targetZone, out narrowed);
            case (CanonicalValue.Uuid a, CanonicalValue.Text t):
                return Guid.TryParse(t.Value, out var right) && right == a.Value;
            case (CanonicalValue.Text t, CanonicalValue.Uuid b):
                return Guid.TryParse(t.Value, out var left) && left == b.Value;
        }
        if (Decimal(source) is { } x && Decimal(target) is { } y)
        {
            if (x == y)
                return true;
            if (!Within(tolerance, x, y))
                return false;
            narrowed = string.Create(CultureInfo.InvariantCulture, $"numbers up to {tolerance} apart are taken as the same");
            return true;
        }
        return source == target;
    }

    // Without subtracting one from the other, which overflows where they are large and of opposite signs.
    private static bool Within(decimal tolerance, decimal x, decimal y) =>
        tolerance > 0 && Math.Min(x, y) >= Math.Max(x, y) - tolerance;

    private static bool SameMoment(Timestamp a, TimeZoneInfo sourceZone, Timestamp b, TimeZoneInfo targetZone, out string? narrowed)
    {
        narrowed = null;
        if (a.IsUtc != b.IsUtc || !sourceZone.Equals(targetZone))
        {
            if (a.ToUtc(sourceZone) is not { } x || b.ToUtc(targetZone) is not { } y)
                return false;
            (a, b) = (x, y);
        }
        if (!Timestamp.SameAtCoarser(a, b))
            return false;
        if (Timestamp.CompareExactly(a, b) != 0)
            narrowed = $"moments are compared to {TimeResolution.Coarser(a.Resolution, b.Resolution)}, the coarser of the two sides' steps";
        return true;
    }

    // Numbers and truth values of all engines meet as decimals; floats by their shortest exact spelling.
    private static decimal? Decimal(CanonicalValue value) => value switch
    {
        CanonicalValue.Number n => n.Value,
        CanonicalValue.Boolean b => b.Value ? 1 : 0,
        CanonicalValue.Float f => CanonicalValue.FromFloat(f.Value),
        _ => null,
    };
}
