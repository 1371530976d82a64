using System.Globalization;
using System.Security.Cryptography;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification.Fingerprints;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.Segments;

/// <summary>What merging both sides' rows came to: counts and columns, never keys or values.</summary>
/// <param name="rows">How the rows are compared.</param>
/// <param name="key">The comparison's key, which the keys of rows are digested after.</param>
/// <param name="most">Different sets of columns, and digests of keys, that are kept.</param>
internal sealed class RowDifferences(RowComparison rows, byte[] key, int most)
{
    private const int DigestsShown = 10;

    // So many rows are not all on their way, and are not remembered.
    private const int MostRemembered = 65_536;

    private readonly Dictionary<string, (long Count, IReadOnlyList<int> Columns)> _changed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _digests = [];
    private readonly SortedSet<int> _otherColumns = [];
    private readonly long[] _repeatedKeys = new long[2];
    private readonly HashSet<(UInt128 Source, UInt128 Target)> _seen = [];
    private long _otherChanged;

    public long Missing { get; private set; }

    public long Extra { get; private set; }

    public long Changed { get; private set; }

    /// <summary>What the source has of the rows that differ.</summary>
    public Fold Source { get; private set; }

    /// <summary>What the target has of them.</summary>
    public Fold Target { get; private set; }

    /// <summary>Rows that differ in any way.</summary>
    public long Rows => Missing + Extra + Changed;

    /// <summary>Rows of both sides that lie where the sides differ and were not looked at, as there are too many to hold.</summary>
    public long NotLookedAt { get; set; }

    /// <summary>Called for every row that differs, with what each side has of it and the places of the columns that differ; null for nobody.</summary>
    public Action<KeptRow?, KeptRow?, IReadOnlyList<int>>? OnRow { get; init; }

    /// <summary>What an earlier look found: only rows that differ as they did then are counted. All are when null.</summary>
    public RowDifferences? SeenBefore { get; init; }

    /// <summary>Whether a second look can tell which of the differences stay.</summary>
    public bool CanBeSeenAgain => NotLookedAt == 0 && _seen.Count < MostRemembered;

    /// <summary>Whether rows differed, those included that did so in another way than before.</summary>
    public bool SawAny => _seen.Count > 0;

    /// <returns>Whether the row counts.</returns>
    public bool AddMissing(KeptRow source)
    {
        if (!Stays(source, null))
            return false;
        Missing++;
        Sample(FindingKinds.MissingInTarget, source);
        OnRow?.Invoke(source, null, []);
        return true;
    }

    /// <returns>Whether the row counts.</returns>
    public bool AddExtra(KeptRow target)
    {
        if (!Stays(null, target))
            return false;
        Extra++;
        Sample(FindingKinds.ExtraInTarget, target);
        OnRow?.Invoke(null, target, []);
        return true;
    }

    /// <returns>Whether the row counts.</returns>
    public bool AddChanged(KeptRow source, KeptRow target)
    {
        if (!Stays(source, target))
            return false;
        var columns = Enumerable.Range(0, rows.Columns.Count).Where(column => !source.Column(column).SequenceEqual(target.Column(column))).ToList();
        Changed++;
        var set = string.Join(',', columns);
        if (_changed.TryGetValue(set, out var known) || _changed.Count < most)
            _changed[set] = (known.Count + 1, columns);
        else
        {
            _otherChanged++;
            _otherColumns.UnionWith(columns);
        }
        Sample(FindingKinds.Changed + set, source);
        OnRow?.Invoke(source, target, columns);
        return true;
    }

    /// <summary>Notes that a key names more than one row on a side.</summary>
    public void AddRepeatedKey(Side side) => _repeatedKeys[(int)side]++;

    /// <summary>The findings of the contract, the most frequent sets of columns first.</summary>
    public IReadOnlyList<Finding> Findings()
    {
        var findings = new List<Finding>();
        if (Missing > 0)
            findings.Add(new Finding(FindingKinds.MissingInTarget, Count: Missing) { Digests = Digests(FindingKinds.MissingInTarget) });
        if (Extra > 0)
            findings.Add(new Finding(FindingKinds.ExtraInTarget, Count: Extra) { Digests = Digests(FindingKinds.ExtraInTarget) });
        foreach (var (set, (count, columns)) in _changed.OrderByDescending(entry => entry.Value.Count).ThenBy(entry => entry.Key, StringComparer.Ordinal))
            findings.Add(new Finding(FindingKinds.Changed, Count: count, Columns: Names(columns)) { Digests = Digests(FindingKinds.Changed + set) });
        if (_otherChanged > 0)
        {
            findings.Add(new Finding(
                FindingKinds.Changed,
                Count: _otherChanged,
                Columns: Names(_otherColumns),
                Detail: string.Create(CultureInfo.InvariantCulture, $"Rows that differ in further combinations of these columns: more than {most} were found.")));
        }
        if (NotLookedAt > 0)
        {
            findings.Add(new Finding(
                FindingKinds.ValueDiffers,
                Count: NotLookedAt,
                Detail: string.Create(CultureInfo.InvariantCulture, $"Rows of both sides that lie among further differences and were not looked at one by one. Those looked at {Explained()}.")));
        }
        foreach (var side in Sides.Both)
        {
            if (_repeatedKeys[(int)side] is > 0 and var repeated)
                findings.Add(new Finding(FindingKinds.CountDiffers, Count: repeated, Columns: Names(Enumerable.Range(0, rows.KeyColumns)), Detail: string.Create(CultureInfo.InvariantCulture, $"Keys that occur more than once on the {side.Spelt()}, where they differ from the other side.")));
        }
        return findings;
    }

    // The same rows differ in the same way: nothing of them was on its way in between.
    private bool Stays(KeptRow? source, KeptRow? target)
    {
        var (old, current) = (source is null ? 0 : RowDigest.Of(key, source.Bytes), target is null ? 0 : RowDigest.Of(key, target.Bytes));
        if (_seen.Count < MostRemembered)
            _seen.Add((old, current));
        if (SeenBefore is not null && !SeenBefore._seen.Contains((old, current)))
            return false;
        Source = source is null ? Source : Source.Add(old);
        Target = target is null ? Target : Target.Add(current);
        return true;
    }

    private string Explained() => _changed.Count == 0
        ? "are on one side only"
        : "differ in " + string.Join(", ", Names(_changed.Values.SelectMany(set => set.Columns).Distinct().Order()));

    private List<string> Names(IEnumerable<int> columns) => [.. columns.Select(column => rows.Columns[column].Pair.Name)];

    private List<string>? Digests(string of) => _digests.GetValueOrDefault(of);

    // Tells rows apart, and the same row in two reports, without saying which it is.
    private void Sample(string kind, KeptRow row)
    {
        if (!_digests.TryGetValue(kind, out var digests))
        {
            if (_digests.Count > most)
                return;
            _digests[kind] = digests = [];
        }
        if (digests.Count < DigestsShown)
            digests.Add(Convert.ToHexStringLower(HMACSHA256.HashData(key, row.Key).AsSpan(0, 8)));
    }
}
