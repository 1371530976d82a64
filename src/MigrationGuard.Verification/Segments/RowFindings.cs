using System.Security.Cryptography;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification.Scans;
using static System.FormattableString;

namespace MigrationGuard.Verification.Segments;

/// <summary>Rows that differ as the findings they come to: counts, columns and digests of some keys, never keys or values.</summary>
/// <param name="rows">How the rows are compared.</param>
/// <param name="key">The comparison's key, which the keys of rows are digested after.</param>
/// <param name="most">Different sets of columns that have a finding of their own.</param>
internal sealed class RowFindings(RowComparison rows, byte[] key, int most)
{
    private readonly Sample _missing = new(key);
    private readonly Sample _extra = new(key);
    private readonly Dictionary<string, ChangedRows> _changed = new(StringComparer.Ordinal);
    private readonly Sample _otherwiseChanged = new(key);
    private readonly HashSet<string> _otherSets = new(StringComparer.Ordinal);
    private readonly SortedSet<int> _otherColumns = [];
    private readonly long[] _repeatedKeys = new long[2];

    public long Missing => _missing.Rows;

    public long Extra => _extra.Rows;

    public long Changed { get; private set; }

    /// <summary>Rows of both sides that lie where the sides differ and were not looked at, as there are too many to hold.</summary>
    public long NotLookedAt { get; set; }

    public void AddMissing(KeptRow source) => _missing.Add(source);

    public void AddExtra(KeptRow target) => _extra.Add(target);

    /// <param name="row">The row as the source has it.</param>
    /// <param name="columns">The places of the columns that differ, in their order.</param>
    public void AddChanged(KeptRow row, IReadOnlyList<int> columns)
    {
        Changed++;
        var set = string.Join(',', columns);
        if (!_changed.TryGetValue(set, out var changed) && _changed.Count < most)
            _changed[set] = changed = new ChangedRows(columns, new Sample(key));
        if (changed is not null)
        {
            changed.Sample.Add(row);
            return;
        }
        _otherwiseChanged.Add(row);
        _otherColumns.UnionWith(columns);
        // One more than is said of them, so that whoever counts knows whether there are more.
        if (_otherSets.Count <= most)
            _otherSets.Add(set);
    }

    /// <summary>Notes that a key names more than one row on a side.</summary>
    public void AddRepeatedKey(Side side) => _repeatedKeys[(int)side]++;

    /// <summary>The findings of the contract, the most frequent sets of columns first.</summary>
    public IReadOnlyList<Finding> List()
    {
        var findings = new List<Finding>();
        if (Missing > 0)
            findings.Add(Found(FindingKinds.MissingInTarget, _missing));
        if (Extra > 0)
            findings.Add(Found(FindingKinds.ExtraInTarget, _extra));
        foreach (var (_, changed) in _changed.OrderByDescending(entry => entry.Value.Sample.Rows).ThenBy(entry => entry.Key, StringComparer.Ordinal))
            findings.Add(Found(FindingKinds.Changed, changed.Sample) with { Columns = Names(changed.Columns) });
        // Without columns: those of a finding are what each of its rows differs in, no more and no fewer.
        if (_otherwiseChanged.Rows > 0)
            findings.Add(Found(FindingKinds.Changed, _otherwiseChanged) with { Detail = OtherSets() });
        if (NotLookedAt > 0)
            findings.Add(new Finding(FindingKinds.ValueDiffers, Count: NotLookedAt, Detail: WhatWasNotLookedAt()));
        if (_repeatedKeys is not [0, 0])
            findings.Add(RepeatedKeys(_repeatedKeys[0], _repeatedKeys[1]));
        return findings;
    }

    /// <summary>That all rows differ, and in what if that is the same for all; null when some do not.</summary>
    /// <param name="all">How many rows the source has.</param>
    public string? SayAll(long all)
    {
        if (all < 2 || Changed != all || Missing + Extra + NotLookedAt > 0)
            return null;
        var only = _changed.Count == 1 && _otherwiseChanged.Rows == 0 ? ", only in " + string.Join(", ", Names(_changed.Values.Single().Columns)) : "";
        return Invariant($"All {all:N0} rows differ{only}.");
    }

    private static Finding Found(string kind, Sample sample) => new(kind, Count: sample.Rows) { Digests = sample.Digests };

    private string OtherSets()
    {
        var sets = _otherSets.Count > most ? Invariant($"more than {most:N0}") : Invariant($"{_otherSets.Count:N0}");
        var they = _otherwiseChanged.Rows == 1 ? "It differs" : "They differ";
        return $"{they} in {sets} further {(_otherSets.Count == 1 ? "combination" : "combinations")} of {string.Join(", ", Names(_otherColumns))}, not listed one by one.";
    }

    private string WhatWasNotLookedAt() => Invariant(
        $"{NotLookedAt:N0} more rows of both sides lie in parts whose fingerprints differ, and were not looked at one by one. Those looked at {Explained()}.");

    // All sets count here, listed or not: they say together what the rest probably differs in.
    private string Explained()
    {
        var columns = _changed.Values.SelectMany(changed => changed.Columns).Concat(_otherColumns).Distinct().Order().ToList();
        return (columns.Count, Missing + Extra) switch
        {
            (0, 0) => "are the same",
            (0, _) => "are on one side only",
            (_, 0) => "differ in " + string.Join(", ", Names(columns)),
            _ => $"are on one side only, or differ in {string.Join(", ", Names(columns))}",
        };
    }

    private Finding RepeatedKeys(long source, long target)
    {
        var where = (source, target) switch
        {
            (_, 0) => Keys(source) + " on the source",
            (0, _) => Keys(target) + " on the target",
            _ => Invariant($"{Keys(source)} on the source and {target:N0} on the target"),
        };
        return new Finding(
            FindingKinds.CountDiffers,
            Columns: Names(Enumerable.Range(0, rows.KeyColumns)),
            Source: new Scalar(source),
            Target: new Scalar(target),
            Detail: where + ", with rows that differ.");
    }

    private static string Keys(long count) => Invariant($"{count:N0} {(count == 1 ? "key occurs" : "keys occur")} more than once");

    private List<string> Names(IEnumerable<int> columns) => [.. columns.Select(column => rows.Columns[column].Pair.Name)];

    private sealed record ChangedRows(IReadOnlyList<int> Columns, Sample Sample);

    /// <summary>Counts rows, and digests the keys of the first: the same row has one digest in all reports, and none says which it is.</summary>
    private sealed class Sample(byte[] key)
    {
        private const int MostDigests = 10;
        private const int DigestBytes = 8;

        private readonly List<string> _digests = [];

        public long Rows { get; private set; }

        public IReadOnlyList<string> Digests => _digests;

        public void Add(KeptRow row)
        {
            Rows++;
            if (_digests.Count < MostDigests)
                _digests.Add(Convert.ToHexStringLower(HMACSHA256.HashData(key, row.Key).AsSpan(0, DigestBytes)));
        }
    }
}
