using System.Globalization;
using MigrationGuard.Databases.Values;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.QueryPairs;

/// <summary>One query run on both sides: rows are matched by key and compared column by column.</summary>
public sealed class QueryPairCheck(QueryFile source, QueryFile target, int maxFindings)
{
    private readonly List<Finding> _findings = [];
    private readonly List<string> _narrowed = [];
    private readonly SortedDictionary<string, long> _further = new(StringComparer.Ordinal);
    private long _matched;

    /// <summary>What the two results come to.</summary>
    public Judgement Judge(QueryRows old, TimeZoneInfo sourceZone, QueryRows current, TimeZoneInfo targetZone)
    {
        if (Unusable(old, current) is { } reason)
            return Judgement.NotChecked(reason);
        foreach (var (key, row) in old.ByKey)
        {
            if (current.ByKey.TryGetValue(key, out var other))
                CompareRow(old, row, sourceZone, current, other, targetZone);
            else
                Find(new Finding(FindingKinds.MissingInTarget, Count: 1, Group: Values(old.KeyOf(row))));
        }
        foreach (var (_, row) in current.ByKey.Where(row => !old.ByKey.ContainsKey(row.Key)))
            Find(new Finding(FindingKinds.ExtraInTarget, Count: 1, Group: Values(current.KeyOf(row))));
        foreach (var (kind, count) in _further)
            _findings.Add(new Finding(kind, Count: count, Detail: string.Create(CultureInfo.InvariantCulture, $"{count} more of this kind {(count == 1 ? "is" : "are")} not listed.")));
        return Judgement.Of(_findings) with { Narrowed = [.. _narrowed.Distinct()] };
    }

    /// <summary>What was measured on a side; <c>matched</c> counts the rows that are on both sides and the same.</summary>
    public IReadOnlyDictionary<string, Scalar> Measured(QueryRows rows) =>
        new Dictionary<string, Scalar> { ["rows"] = new(rows.ByKey.Count), ["matched"] = new(_matched) };

    private string? Unusable(QueryRows old, QueryRows current)
    {
        if (old.Problem is not null)
            return $"The result of {source.Name} on the source {old.Problem}";
        if (current.Problem is not null)
            return $"The result of {target.Name} on the target {current.Problem}";
        var onlyOld = old.Columns.Where(column => current.Ordinal(column) < 0).ToList();
        var onlyCurrent = current.Columns.Where(column => old.Ordinal(column) < 0).ToList();
        return onlyOld.Count + onlyCurrent.Count == 0
            ? null
            : $"The two sides' results of {source.Name} have different columns: {string.Join(", ", onlyOld.Concat(onlyCurrent))}. Give them the same names.";
    }

    private void CompareRow(QueryRows old, CanonicalValue[] row, TimeZoneInfo sourceZone, QueryRows current, CanonicalValue[] other, TimeZoneInfo targetZone)
    {
        var same = true;
        for (var i = 0; i < old.Columns.Count; i++)
        {
            var column = old.Columns[i];
            var counterpart = other[current.Ordinal(column)];
            if (ValueComparison.Same(row[i], sourceZone, counterpart, targetZone, Tolerance(column), out var narrowed))
            {
                if (narrowed is not null)
                    _narrowed.Add($"{column}: {narrowed}");
                continue;
            }
            same = false;
            Find(new Finding(
                FindingKinds.ValueDiffers, Count: 1, Columns: [column], Group: Values(old.KeyOf(row)), Source: Value(row[i]), Target: Value(counterpart)));
        }
        if (same)
            _matched++;
    }

    // Where the two texts of a query say different things, the stricter holds.
    private decimal Tolerance(string column) => Math.Min(source.Tolerances.GetValueOrDefault(column), target.Tolerances.GetValueOrDefault(column));

    private void Find(Finding finding)
    {
        if (_findings.Count < maxFindings)
            _findings.Add(finding);
        else
            _further[finding.Kind] = _further.GetValueOrDefault(finding.Kind) + (finding.Count ?? 0);
    }

    private static IReadOnlyList<Scalar> Values(IEnumerable<CanonicalValue> values) => [.. values.Select(Value)];

    private static Scalar Value(CanonicalValue value) => value switch
    {
        CanonicalValue.Null => Scalar.Null,
        CanonicalValue.Number n => new Scalar(n.Value),
        CanonicalValue.Boolean b => new Scalar(b.Value),
        _ => new Scalar(value.Display),
    };
}
