using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Qualification;

/// <summary>What a verification must say of two sets of rows, worked out from the rows by themselves.</summary>
/// <remarks>
/// The plainest comparison that can be written, over text and in memory, which shares nothing with the one that is qualified: neither
/// its encoding, nor its rules for columns, nor its way of pairing rows.
/// </remarks>
internal static class Expectation
{
    public static Observation Of(ScratchRows source, ScratchRows target)
    {
        var findings = new Findings(source);
        foreach (var key in source.Rows.Concat(target.Rows).Select(row => Key(source, row)).Distinct().ToList())
            findings.Add([.. source.Rows.Where(row => Key(source, row) == key)], [.. target.Rows.Where(row => Key(source, row) == key)]);
        var checks = new List<string>();
        if (source.Rows.Count != target.Rows.Count)
            checks.Add(CheckNames.RecordCount);
        if (!Groups(source).SequenceEqual(Groups(target)))
            checks.Add(CheckNames.EntityBreakdown);
        var found = findings.Found();
        if (found.Count > 0)
            checks.Add(CheckNames.Fingerprint);
        return new Observation(checks, found);
    }

    // Without a key that the comparison knows, a row is paired with its equal or with none.
    private static string Key(ScratchRows rows, object?[] row) => rows.Key.IsConfigured ? rows.KeyOf(row) : ScratchRows.Spelt(row);

    private static IEnumerable<string> Groups(ScratchRows rows) => rows.Rows
        .GroupBy(row => row[rows.Key.Columns.Count])
        .Select(group => FormattableString.Invariant($"{group.Key}: {group.Count()}"))
        .Order(StringComparer.Ordinal);

    private sealed class Findings(ScratchRows rows)
    {
        private readonly List<string> _changed = [];
        private readonly long[] _repeated = new long[2];
        private long _missing;
        private long _extra;

        /// <summary>Adds what both sides have of one key.</summary>
        public void Add(List<object?[]> source, List<object?[]> target)
        {
            var (sourceCount, targetCount) = (source.Count, target.Count);
            foreach (var row in source.ToList())
            {
                if (target.FindIndex(other => ScratchRows.Spelt(other) == ScratchRows.Spelt(row)) is >= 0 and var same)
                {
                    source.Remove(row);
                    target.RemoveAt(same);
                }
            }
            var pairs = Math.Min(source.Count, target.Count);
            for (var i = 0; i < pairs; i++)
                _changed.Add(string.Join(',', Different(source[i], target[i])));
            _missing += source.Count - pairs;
            _extra += target.Count - pairs;
            if (!rows.Key.IsConfigured || source.Count + target.Count == 0)
                return;
            _repeated[0] += sourceCount > 1 ? 1 : 0;
            _repeated[1] += targetCount > 1 ? 1 : 0;
        }

        public IReadOnlyList<ObservedFinding> Found() =>
        [
            .. _missing > 0 ? [new ObservedFinding(FindingKinds.MissingInTarget, _missing, [])] : Array.Empty<ObservedFinding>(),
            .. _extra > 0 ? [new ObservedFinding(FindingKinds.ExtraInTarget, _extra, [])] : Array.Empty<ObservedFinding>(),
            .. _changed.GroupBy(columns => columns).Select(set => new ObservedFinding(FindingKinds.Changed, set.Count(), set.Key.Split(','))),
            .. _repeated.Sum() is > 0 and var repeated
                ? [new ObservedFinding(FindingKinds.CountDiffers, repeated, [.. rows.Key.Columns.Select(column => column.Name)])]
                : Array.Empty<ObservedFinding>(),
        ];

        private IEnumerable<string> Different(object?[] source, object?[] target) =>
            rows.Columns.Where((_, i) => !ScratchRows.Same(source[i], target[i])).Select(column => column.Name);
    }
}
