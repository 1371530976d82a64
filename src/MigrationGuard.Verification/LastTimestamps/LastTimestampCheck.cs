using System.Globalization;
using MigrationGuard.Databases;
using MigrationGuard.Databases.Values;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.LastTimestamps;

/// <summary>The last item added and the last one changed are the same on both sides (DPIA recommendation 4: last item added).</summary>
/// <remarks>
/// With a freeze time it also finds rows on the source that are newer: somebody wrote to the old system after it was said to
/// stand still, and what they wrote may not have been taken along.
/// </remarks>
public sealed class LastTimestampCheck : EntityCheck
{
    private readonly IReadOnlyList<(string Measure, ColumnPair Column)> _columns;
    private readonly DateTimeOffset? _frozenAt;
    private int[] _numbers = [];

    /// <param name="created">The column that holds when a row was made; null without one.</param>
    /// <param name="modified">The column that holds when a row was last changed; null without one.</param>
    /// <param name="frozenAt">When the source stopped being written to; null when it was not said.</param>
    /// <param name="impossible">Why the configured columns cannot be used; null when they can.</param>
    public LastTimestampCheck(ColumnPair? created, ColumnPair? modified, DateTimeOffset? frozenAt, string? impossible)
    {
        var columns = new List<(string, ColumnPair)>();
        if (created is not null)
            columns.Add(("newestCreatedOn", created));
        if (modified is not null)
            columns.Add(("newestModifiedOn", modified));
        _columns = columns;
        _frozenAt = frozenAt;
        Impossible = impossible;
    }

    public override string Name => CheckNames.LastTimestamp;

    public override string? Impossible { get; }

    public override void Ask(ScanRequest request) => _numbers = [.. _columns.Select(column => request.Newest(column.Column))];

    public override Judgement Judge(TableScan source, TableScan target)
    {
        var findings = new List<Finding>();
        var narrowed = new List<string>();
        var obstacles = new List<string>();
        for (var i = 0; i < _columns.Count; i++)
        {
            var (name, old, current) = (_columns[i].Column.Name, source.Newest(_numbers[i]), target.Newest(_numbers[i]));
            if ((Unreadable(name, source, old) ?? Unreadable(name, target, current)) is { } obstacle)
                obstacles.Add(obstacle);
            else
                Compare(_columns[i].Column, (source, old.Newest), (target, current.Newest), findings, narrowed, obstacles);
            if (source.RowsAfterFreeze(_numbers[i]) is > 0 and var rows)
                findings.Add(WrittenAfterFreeze(name, rows, old));
        }
        // What differs is a mismatch whatever else could not be read; a clean half is not a match.
        if (findings.Count == 0 && obstacles.Count > 0)
            return Judgement.NotChecked(string.Join(" ", obstacles)) with { Narrowed = narrowed };
        return Judgement.Of(findings) with { Narrowed = [.. narrowed, .. obstacles.Select(obstacle => "Not compared: " + obstacle)] };
    }

    public override IReadOnlyDictionary<string, Scalar> Measured(TableScan scan)
    {
        var measured = new Dictionary<string, Scalar>();
        for (var i = 0; i < _columns.Count; i++)
            measured[_columns[i].Measure] = new Scalar(scan.Newest(_numbers[i]).Newest?.ToString());
        return measured;
    }

    private static void Compare(
        ColumnPair column,
        (TableScan Scan, Timestamp? Value) source,
        (TableScan Scan, Timestamp? Value) target,
        List<Finding> findings,
        List<string> narrowed,
        List<string> obstacles)
    {
        var name = column.Name;
        if (source.Value is null || target.Value is null)
        {
            if (source.Value is not null || target.Value is not null)
                findings.Add(Differs(name, source.Value, target.Value));
            return;
        }
        var (old, current) = (source.Value.Value, target.Value.Value);
        // Two clocks of one zone are compared as they read, with no hour that could be named twice.
        if (old.IsUtc != current.IsUtc || !source.Scan.Zone.Equals(target.Scan.Zone))
        {
            if (old.ToUtc(source.Scan.Zone) is not { } oldUtc || current.ToUtc(target.Scan.Zone) is not { } currentUtc)
            {
                obstacles.Add($"The newest {name} falls in the hour that is repeated when clocks go back, so it names two moments. Look at it by hand.");
                return;
            }
            NoteZone(name, source.Scan, old, narrowed);
            NoteZone(name, target.Scan, current, narrowed);
            (old, current) = (oldUtc, currentUtc);
        }
        var alike = HoldAlike(column);
        if (!alike && old.Resolution != current.Resolution)
            narrowed.Add(Narrowing(name, old.Resolution, current.Resolution));
        if (alike ? Timestamp.CompareExactly(old, current) != 0 : !Timestamp.SameAtCoarser(old, current))
            findings.Add(Differs(name, source.Value, target.Value));
    }

    // SQLite's columns have the step their values use. Two of one declared type can hold the same digits, so a copy that has
    // fewer lost them: that is no narrowing but a difference.
    private static bool HoldAlike(ColumnPair column) =>
        column.Source.Type.Resolution is null && column.Target.Type.Resolution is null
        && string.Equals(column.Source.StoreType, column.Target.StoreType, StringComparison.OrdinalIgnoreCase);

    private static string Narrowing(string name, TimeResolution source, TimeResolution target) => source > target
        ? $"{name}: compared to {source}, the source's step; the target keeps {target}"
        : $"{name}: compared to {target}, the target's step; the source keeps {source}";

    private static void NoteZone(string name, TableScan scan, Timestamp value, List<string> narrowed)
    {
        if (!value.IsUtc && scan.Zone.Id is not ("UTC" or "Etc/UTC"))
            narrowed.Add($"{name}: the {scan.Side.Spelt()}'s readings are taken to be of {scan.Zone.Id}");
    }

    private static string? Unreadable(string name, TableScan scan, NewestMoment moment) => moment.Unreadable == 0
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{moment.Unreadable} values of {name} on the {scan.Side.Spelt()} are no dates, or name an hour that clocks repeat. Correct them, or compare another column.");

    private static Finding Differs(string name, Timestamp? source, Timestamp? target) => new(
        FindingKinds.TimestampDiffers,
        Columns: [name],
        Source: new Scalar(source?.ToString()),
        Target: new Scalar(target?.ToString()));

    private Finding WrittenAfterFreeze(string name, long rows, NewestMoment newest) => new(
        FindingKinds.TimestampDiffers,
        Count: rows,
        Columns: [name],
        Source: new Scalar(newest.Newest?.ToString()),
        Detail: string.Create(
            CultureInfo.InvariantCulture,
            $"{rows} {(rows == 1 ? "row" : "rows")} on the source {(rows == 1 ? "is" : "are")} newer than the freeze at {_frozenAt:yyyy-MM-ddTHH:mm:ssK} by {name}: the old system was written to."));
}
