using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Values;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification.EntityBreakdowns;
using MigrationGuard.Verification.Fingerprints;
using MigrationGuard.Verification.LastTimestamps;
using MigrationGuard.Verification.RecordCounts;
using MigrationGuard.Verification.Scans;
using MigrationGuard.Verification.Schemas;

namespace MigrationGuard.Verification.Planning;

/// <summary>Plans one entity: finds its tables and columns on both sides and makes its checks.</summary>
internal sealed class EntityPlanning(ComparisonPlan comparison, string name, EntityOptions options, Depth depth, DateTimeOffset? frozenAt, VerificationOptions limits, byte[] projectKey)
{
    private readonly List<CheckResult> _notChecked = [];
    private readonly List<string> _notConfigured = [];

    /// <summary>The plan; null when no check can be made.</summary>
    public EntityPlan? Result { get; private set; }

    public IReadOnlyList<CheckResult> NotChecked => _notChecked;

    /// <summary>Checks the entity has no columns for.</summary>
    public IReadOnlyList<string> NotConfigured => _notConfigured;

    /// <summary>The checks that an entity's options ask for, in the order of their results, each with the columns it breaks down by.</summary>
    public static IEnumerable<(string Check, IReadOnlyList<string>? By)> Configured(EntityOptions options, Depth depth) =>
    [
        (CheckNames.RecordCount, null),
        .. options.BreakdownBy.Select(by => (CheckNames.EntityBreakdown, (IReadOnlyList<string>?)by.Columns)),
        .. options.CreatedOn is null && options.ModifiedOn is null ? Array.Empty<(string, IReadOnlyList<string>?)>() : [(CheckNames.LastTimestamp, null)],
        .. depth == Depth.Rows ? [(CheckNames.Schema, null), (CheckNames.Fingerprint, null)] : Array.Empty<(string, IReadOnlyList<string>?)>(),
    ];

    public void Plan(Catalogue sourceCatalogue, Catalogue targetCatalogue)
    {
        var source = sourceCatalogue.Find(options.Source);
        var target = targetCatalogue.Find(options.Target ?? options.Source);
        if (source is null || target is null)
        {
            NoteMissingTables(source, target);
            return;
        }
        if ((Policy(source, Side.Source) ?? Policy(target, Side.Target)) is { } policy)
        {
            NoteNothingChecked(policy);
            return;
        }
        var checks = new List<EntityCheck> { new RecordCountCheck() };
        checks.AddRange(Breakdowns(source, target));
        if (LastTimestamp(source, target) is { } lastTimestamp)
            checks.Add(lastTimestamp);
        var columns = depth == Depth.Rows ? Columns(source, target) : null;
        if (columns?.SourceOnly.FirstOrDefault(column => column.IsMasked) is { } masked)
            _notChecked.Add(Failed(CheckNames.Schema, null, $"Only the source has {masked.Name}, and it is masked there, so that whether it holds anything is not known. Grant the login UNMASK, or list the column in IgnoreColumns."));
        else if (columns is not null)
            checks.Add(new SchemaCheck(columns, source, comparison.Source.Dialect, target, comparison.Target.Dialect));
        foreach (var check in checks.Where(check => check.Impossible is not null))
            _notChecked.Add(Failed(check.Name, check.By, check.Impossible!));
        Result = new EntityPlan(name, source, target, [.. checks.Where(check => check.Impossible is null)], frozenAt)
        {
            SourceFilter = options.SourceFilter,
            TargetFilter = options.TargetFilter,
            Rows = columns is null ? null : Rows(columns, source, target),
            Notes = [.. FilterNotes()],
        };
    }

    private RowPlan? Rows(EntityColumns columns, Table source, Table target)
    {
        var planning = new RowPlanning(comparison, $"Comparisons:{comparison.Name}:Entities:{name}", columns, source, target);
        planning.Plan();
        if (planning.Result is not { } rows)
        {
            _notChecked.Add(Failed(CheckNames.Fingerprint, null, planning.Problem!));
            return null;
        }
        // A source that stands still has no rows on their way, and neither has anything that nobody wants to wait for.
        return new RowPlan(
            rows.Filtered(options.SourceFilter, options.TargetFilter), ComparisonKey.Of(projectKey, comparison.Name, name), limits.SettleSeconds == 0 ? DateTimeOffset.MinValue : frozenAt);
    }

    // Null, and not checked, when the options name columns that are not there.
    private EntityColumns? Columns(Table source, Table target)
    {
        var columns = new EntityColumns($"Comparisons:{comparison.Name}:Entities:{name}", options, source, target);
        if (columns.Problems.Count == 0)
            return columns;
        foreach (var check in new[] { CheckNames.Schema, CheckNames.Fingerprint })
            _notChecked.Add(Failed(check, null, string.Join(" ", columns.Problems)));
        return null;
    }

    // A part of the rows is not all of them: every result says so.
    private IEnumerable<string> FilterNotes()
    {
        if (options.SourceFilter is { } source)
            yield return LeftOutNotes.OfRows(Side.Source.Spelt(), source);
        if (options.TargetFilter is { } target)
            yield return LeftOutNotes.OfRows(Side.Target.Spelt(), target);
    }

    private void NoteMissingTables(Table? source, Table? target)
    {
        var missing = (source, target) switch
        {
            (null, null) => $"Neither side has the table: {options.Source} on the source, {options.Target ?? options.Source} on the target.",
            (null, _) => $"The source has no table or view {options.Source}, or the login may not see it.",
            _ => $"The target has no table or view {options.Target ?? options.Source}, or the login may not see it.",
        };
        NoteNothingChecked($"{missing} Correct Comparisons:{comparison.Name}:Entities:{name}, or grant access.");
    }

    // Copies with the same policies show a login the same rows, and lack the same.
    private static string? Policy(Table table, Side side) => table.RowPolicy is not { } policy
        ? null
        : (table.IsView
            ? $"The {side.Spelt()}'s view {table.Name} may read a table whose rows the security policy {policy} hides from logins, and both sides could lack the same ones."
            : $"The security policy {policy} decides which rows of the {side.Spelt()}'s {table.Name} a login is shown, and both sides could lack the same ones.")
            + $" Verify while it is switched off: ALTER SECURITY POLICY {policy} WITH (STATE = OFF).";

    private void NoteNothingChecked(string reason) =>
        _notChecked.AddRange(Configured(options, depth).Select(check => Failed(check.Check, check.By, reason)));

    private IEnumerable<EntityBreakdownCheck> Breakdowns(Table source, Table target)
    {
        if (options.BreakdownBy.Count == 0)
            _notConfigured.Add($"{comparison.Name} / {name}: no entity-breakdown, as no column to break down by is configured.");
        foreach (var by in options.BreakdownBy)
        {
            var pairs = new List<ColumnPair>();
            var missing = by.Columns.Select(column => Pair(column, "BreakdownBy", source, target, pairs)).OfType<string>().FirstOrDefault();
            if (missing is not null)
                _notChecked.Add(Failed(CheckNames.EntityBreakdown, by.Columns, missing));
            else
                yield return new EntityBreakdownCheck(pairs, limits.MaxGroups, limits.MaxFindings, Ungroupable(pairs));
        }
    }

    private string? Ungroupable(IReadOnlyList<ColumnPair> pairs)
    {
        foreach (var pair in pairs)
        {
            foreach (var side in Sides.Both)
            {
                if (pair.Masked is { } masked)
                    return $"{masked}, or leave the column out of BreakdownBy.";
                if (!comparison.On(side).Dialect.CanGroupBy(pair.On(side)))
                    return $"{pair.Name} is {pair.On(side).StoreType} on the {side.Spelt()}, which rows cannot be counted by. Leave it out of BreakdownBy.";
            }
            if (pair.Source.Type.Kind == CanonicalKind.Timestamp && pair.Target.Type.Kind == CanonicalKind.Timestamp && !comparison.Source.Zone.Equals(comparison.Target.Zone))
                return $"{pair.Name} holds readings of {comparison.Source.Zone.Id} on the source and of {comparison.Target.Zone.Id} on the target, which are no common groups. Leave it out of BreakdownBy.";
        }
        return null;
    }

    private LastTimestampCheck? LastTimestamp(Table source, Table target)
    {
        if (options.CreatedOn is null && options.ModifiedOn is null)
        {
            _notConfigured.Add($"{comparison.Name} / {name}: no last-timestamp, as neither CreatedOn nor ModifiedOn is configured.");
            return null;
        }
        var pairs = new List<ColumnPair>();
        string? problem = null;
        var (created, modified) = (Moment(options.CreatedOn, "CreatedOn"), Moment(options.ModifiedOn, "ModifiedOn"));
        return new LastTimestampCheck(created, modified, frozenAt, problem);

        ColumnPair? Moment(string? column, string option)
        {
            if (column is null)
                return null;
            pairs.Clear();
            problem ??= Pair(column, option, source, target, pairs) ?? NoMoment(pairs[0], option) ?? RepeatedFreeze(pairs[0]);
            return pairs.FirstOrDefault();
        }
    }

    private string? NoMoment(ColumnPair pair, string option)
    {
        foreach (var side in Sides.Both)
        {
            if (!comparison.On(side).Dialect.IsMoment(pair.On(side)))
                return $"{pair.Name} is {pair.On(side).StoreType} on the {side.Spelt()}, which holds no dates. Name another column as {option}.";
        }
        return pair.Masked is { } masked ? $"{masked}, or name another column as {option}." : null;
    }

    // Rows of the hour that clocks repeat cannot be told to be before or after a freeze within it.
    private string? RepeatedFreeze(ColumnPair pair) =>
        frozenAt is { } moment && pair.Source.Type.Kind != CanonicalKind.TimestampWithZone
        && comparison.Source.Zone.IsAmbiguousTime(TimeZoneInfo.ConvertTime(moment, comparison.Source.Zone).DateTime)
            ? $"FrozenAt falls in the hour that clocks in {comparison.Source.Zone.Id} repeat, and {pair.Name} does not say which of the two it means. Give a moment before or after that hour."
            : null;

    // Adds the pair, or returns why there is none.
    private string? Pair(string column, string option, Table source, Table target, List<ColumnPair> pairs)
    {
        var sourceColumn = source.Find(column);
        var renamed = options.TargetColumns.GetValueOrDefault(column)
            ?? options.TargetColumns.FirstOrDefault(pair => string.Equals(pair.Key, column, StringComparison.OrdinalIgnoreCase)).Value
            ?? column;
        var targetColumn = target.Find(renamed);
        if (sourceColumn is null || targetColumn is null)
        {
            var (side, missing, table) = sourceColumn is null ? ("source", column, source) : ("target", renamed, target);
            return $"The {side}'s {table.Name} has no column {missing}. Correct Comparisons:{comparison.Name}:Entities:{name}:{option}.";
        }
        pairs.Add(new ColumnPair(column, sourceColumn, targetColumn));
        return null;
    }

    private CheckResult Failed(string check, IReadOnlyList<string>? by, string reason) => new()
    {
        Comparison = comparison.Name,
        Entity = name,
        Check = check,
        By = by,
        Outcome = new CheckOutcome.NotChecked(reason),
    };
}
