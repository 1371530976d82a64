using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification.Fingerprints;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.Segments;

/// <summary>Which of the rows that differ count, and what they come to.</summary>
/// <param name="rows">How the rows are compared.</param>
/// <param name="key">The comparison's key, which rows are digested after.</param>
/// <param name="most">Different sets of columns that have a finding of their own.</param>
internal sealed class RowDifferences(RowComparison rows, byte[] key, int most)
{
    // So many rows are not all on their way, and are not remembered.
    private const int MostRemembered = 65_536;

    private readonly RowFindings _findings = new(rows, key, most);
    private readonly HashSet<(UInt128 Source, UInt128 Target)> _seen = [];

    public long Missing => _findings.Missing;

    public long Extra => _findings.Extra;

    public long Changed => _findings.Changed;

    /// <summary>What the source has of the rows that differ.</summary>
    public Fold SourceFold { get; private set; }

    /// <summary>What the target has of them.</summary>
    public Fold TargetFold { get; private set; }

    /// <summary>Rows that differ in any way.</summary>
    public long Rows => Missing + Extra + Changed;

    /// <inheritdoc cref="RowFindings.NotLookedAt"/>
    public long NotLookedAt
    {
        get => _findings.NotLookedAt;
        set => _findings.NotLookedAt = value;
    }

    /// <summary>Called for every row that differs, with what each side has of it and the places of the columns that differ; null for nobody.</summary>
    public Action<KeptRow?, KeptRow?, IReadOnlyList<int>>? OnRow { get; init; }

    /// <summary>What an earlier look found: only rows that differ as they did then are counted. All are when null.</summary>
    public RowDifferences? SeenBefore { get; init; }

    /// <summary>Whether a second look can tell which of the differences stay.</summary>
    public bool CanBeSeenAgain => NotLookedAt == 0 && _seen.Count < MostRemembered;

    /// <summary>Whether rows differed, those included that did so in another way than before.</summary>
    public bool SawAny => _seen.Count > 0;

    /// <inheritdoc cref="RowFindings.SayAll"/>
    public string? SayAll(long all) => _findings.SayAll(all);

    /// <returns>Whether the row counts.</returns>
    public bool AddMissing(KeptRow source)
    {
        if (!RememberAndCount(source, null))
            return false;
        _findings.AddMissing(source);
        OnRow?.Invoke(source, null, []);
        return true;
    }

    /// <returns>Whether the row counts.</returns>
    public bool AddExtra(KeptRow target)
    {
        if (!RememberAndCount(null, target))
            return false;
        _findings.AddExtra(target);
        OnRow?.Invoke(null, target, []);
        return true;
    }

    /// <returns>Whether the row counts.</returns>
    public bool AddChanged(KeptRow source, KeptRow target)
    {
        if (!RememberAndCount(source, target))
            return false;
        var columns = Enumerable.Range(0, rows.Columns.Count).Where(column => !source.Column(column).SequenceEqual(target.Column(column))).ToList();
        _findings.AddChanged(source, columns);
        OnRow?.Invoke(source, target, columns);
        return true;
    }

    /// <summary>Notes that a key names more than one row on a side.</summary>
    public void AddRepeatedKey(Side side) => _findings.AddRepeatedKey(side);

    /// <summary>The findings of the contract, the most frequent sets of columns first.</summary>
    public IReadOnlyList<Finding> Findings() => _findings.List();

    // The same rows that differ in the same way at two looks: nothing of them was on its way in between. False for others.
    private bool RememberAndCount(KeptRow? source, KeptRow? target)
    {
        var (sourceDigest, targetDigest) = (source?.Digest(key) ?? 0, target?.Digest(key) ?? 0);
        if (_seen.Count < MostRemembered)
            _seen.Add((sourceDigest, targetDigest));
        if (SeenBefore is not null && !SeenBefore._seen.Contains((sourceDigest, targetDigest)))
            return false;
        SourceFold = source is null ? SourceFold : SourceFold.Add(sourceDigest);
        TargetFold = target is null ? TargetFold : TargetFold.Add(targetDigest);
        return true;
    }
}
