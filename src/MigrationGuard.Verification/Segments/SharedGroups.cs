using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.Segments;

/// <summary>The groups of one side that its segments have in common: each is held once, and a breakdown with too many is given up for all.</summary>
/// <remarks>Without it, a breakdown by a column with ever new values would hold as many groups as it may for each segment, to be shown none of them.</remarks>
internal sealed class SharedGroups(ScanRequest request)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<GroupKey, GroupKey>?[] _known = [.. request.Breakdowns.Select(_ => new Dictionary<GroupKey, GroupKey>())];

    /// <summary>Has a segment's scan not count what would be given up.</summary>
    public void Begin(TableScan scan)
    {
        lock (_lock)
        {
            for (var number = 0; number < _known.Length; number++)
            {
                if (_known[number] is null)
                    scan.GiveUp(number);
            }
        }
    }

    /// <summary>A segment's part with the groups that the others have too, and without breakdowns that have too many by now.</summary>
    public SegmentSide Share(SegmentSide side)
    {
        lock (_lock)
            return side with { Counted = side.Counted with { Groups = [.. side.Counted.Groups.Select((groups, number) => Share(number, groups))] } };
    }

    private KeyValuePair<GroupKey, long>[]? Share(int number, IReadOnlyList<KeyValuePair<GroupKey, long>>? groups)
    {
        var most = request.Breakdowns[number].MaxGroups;
        if (groups is null || _known[number] is not { } known)
        {
            _known[number] = null;
            return null;
        }
        var shared = new KeyValuePair<GroupKey, long>[groups.Count];
        for (var i = 0; i < shared.Length; i++)
        {
            if (!known.TryGetValue(groups[i].Key, out var key))
                known[groups[i].Key] = key = groups[i].Key;
            shared[i] = KeyValuePair.Create(key, groups[i].Value);
        }
        if (known.Count <= most)
            return shared;
        _known[number] = null;
        return null;
    }
}
