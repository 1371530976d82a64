using System.Globalization;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.EntityBreakdowns;

/// <summary>As many rows in each group on both sides (DPIA recommendation 4: entity breakdown counts).</summary>
/// <remarks>Equal counts hide rows that changed their state; a breakdown shows them.</remarks>
public sealed class EntityBreakdownCheck : EntityCheck
{
    private readonly IReadOnlyList<ColumnPair> _columns;
    private readonly IReadOnlyList<GroupLabel> _labels;
    private readonly int _maxGroups;
    private readonly int _maxFindings;
    private int _number;

    /// <param name="columns">The columns to count by.</param>
    /// <param name="maxGroups">More groups than this make it not-checked, so that memory stays bounded.</param>
    /// <param name="maxFindings">More differing groups than this are counted, not listed.</param>
    /// <param name="ungroupable">A column that an engine cannot group by, and why; null when all can be.</param>
    public EntityBreakdownCheck(IReadOnlyList<ColumnPair> columns, int maxGroups, int maxFindings, string? ungroupable)
    {
        _columns = columns;
        _maxGroups = maxGroups;
        _maxFindings = maxFindings;
        By = [.. columns.Select(column => column.Name)];
        var labels = columns.Select(GroupLabel.For).ToList();
        var incomparable = labels.IndexOf(null);
        Impossible = ungroupable ?? (incomparable < 0
            ? null
            : $"{columns[incomparable].Name} is {columns[incomparable].Source.StoreType} on the source and {columns[incomparable].Target.StoreType} on the target, which have no values in common. Leave it out of BreakdownBy, or cast it in a view.");
        _labels = [.. labels.OfType<GroupLabel>()];
    }

    public override string Name => CheckNames.EntityBreakdown;

    public override IReadOnlyList<string> By { get; }

    public override string? Impossible { get; }

    public override void Ask(ScanRequest request) => _number = request.CountBy(_columns, _labels, _maxGroups);

    public override Judgement Judge(TableScan source, TableScan target)
    {
        if (source.Groups(_number) is not { } old)
            return TooManyGroups(source.Side);
        if (target.Groups(_number) is not { } current)
            return TooManyGroups(target.Side);
        var groups = old.Keys.Union(current.Keys)
            .Select(key => new GroupCount(key.Values, old.GetValueOrDefault(key), current.GetValueOrDefault(key)))
            .OrderBy(group => group.Source == group.Target)
            .ThenByDescending(group => Math.Max(group.Source, group.Target))
            .ThenBy(group => string.Join('\u0001', group.Group), StringComparer.Ordinal)
            .ToList();
        return Judgement.Of(Findings(groups)) with
        {
            Breakdown = groups,
            Narrowed = [.. _labels.Select(label => label.Narrowing).OfType<string>()],
        };
    }

    public override IReadOnlyDictionary<string, Scalar> Measured(TableScan scan)
    {
        var measured = new Dictionary<string, Scalar> { ["rows"] = new(scan.Rows) };
        if (scan.Groups(_number) is { } groups)
            measured["groups"] = new Scalar(groups.Count);
        return measured;
    }

    private List<Finding> Findings(IReadOnlyList<GroupCount> groups)
    {
        var differing = groups.Where(group => group.Source != group.Target).ToList();
        var findings = differing.Take(_maxFindings).Select(group => new Finding(
            FindingKinds.GroupDiffers,
            Count: Math.Abs(group.Target - group.Source),
            Group: group.Group,
            Source: new Scalar(group.Source),
            Target: new Scalar(group.Target))).ToList();
        if (differing.Count > _maxFindings)
        {
            var rest = differing.Skip(_maxFindings).ToList();
            findings.Add(new Finding(
                FindingKinds.GroupDiffers,
                Count: rest.Sum(group => Math.Abs(group.Target - group.Source)),
                Detail: string.Create(CultureInfo.InvariantCulture, $"{rest.Count} more {(rest.Count == 1 ? "group differs; it is" : "groups differ; they are")} in the breakdown.")));
        }
        return findings;
    }

    private Judgement TooManyGroups(Side side) => Judgement.NotChecked(string.Create(
        CultureInfo.InvariantCulture,
        $"The {side.Spelt()} has more than {_maxGroups} groups by {string.Join(", ", By)}. Choose a column with fewer values, or raise Verification:MaxGroups."));
}
