using System.Diagnostics;
using System.Globalization;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification.ExpectedDifferences;
using MigrationGuard.Verification.Fingerprints;
using MigrationGuard.Verification.Planning;
using MigrationGuard.Verification.QueryPairs;
using MigrationGuard.Verification.Scans;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Verification.Running;

/// <summary>One unit of work of a run: both sides are read at once, then judged.</summary>
internal abstract class Reading(ComparisonPlan comparison, TimeProvider time)
{
    /// <summary>What is read, for a reader of the progress.</summary>
    public abstract string Name { get; }

    /// <summary>Results this reading makes, always as many.</summary>
    public abstract int ResultCount { get; }

    /// <summary>Rows by metadata, for planning only.</summary>
    public virtual long ApproximateRows => 0;

    protected ComparisonPlan Comparison { get; } = comparison;

    protected TimeProvider Time { get; } = time;

    /// <summary>Reads and judges. A database that fails makes not-checked results; a defect of this program is thrown.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public abstract Task<IReadOnlyList<CheckResult>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>The results when this could not be read at all.</summary>
    public abstract IReadOnlyList<CheckResult> NotChecked(string reason);

    protected CheckResult Finish(CheckResult result) => ExpectedDifference.Apply(
        result with { Notes = [.. Comparison.Notes, .. result.Notes] },
        Comparison.ExpectedDifferences,
        DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime));

    /// <summary>Does the same on both sides at once; a side that fails leaves its reason instead of its value.</summary>
    protected async Task<BothSides<T>> OnBothSidesAsync<T>(Func<Side, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        var started = Stopwatch.GetTimestamp();
        var source = OnSideAsync(Side.Source, read, cancellationToken);
        var target = OnSideAsync(Side.Target, read, cancellationToken);
        // Both are awaited before either is looked at: a failure on one side must not leave the other running unobserved.
        await Task.WhenAll(source, target);
        return new BothSides<T>(await source, await target, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private static async Task<OneSide<T>> OnSideAsync<T>(Side side, Func<Side, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return new OneSide<T>(await read(side, cancellationToken), null);
        }
        catch (DatabaseException e)
        {
            return new OneSide<T>(null, $"The {side.Spelt()} could not be read: {e.Message}");
        }
    }

    /// <summary>What a side brought, or why it brought nothing.</summary>
    protected sealed record OneSide<T>(T? Value, string? Problem);

    /// <summary>What both sides brought.</summary>
    /// <param name="Seconds">Wall time of the slower side.</param>
    protected sealed record BothSides<T>(OneSide<T> Source, OneSide<T> Target, double Seconds)
    {
        /// <summary>What went wrong on either side; null when nothing did.</summary>
        public string? Problem => Source.Problem is null && Target.Problem is null
            ? null
            : string.Join(" ", new[] { Source.Problem, Target.Problem }.OfType<string>());
    }
}

/// <summary>One entity: one scan a side serves all its checks.</summary>
internal sealed class EntityReading(ComparisonPlan comparison, EntityPlan entity, VerificationOptions limits, TimeProvider time) : Reading(comparison, time)
{
    /// <summary>Where parts of it are kept; null when nobody keeps them.</summary>
    public SegmentLog? Segments { get; init; }

    public override string Name => $"{Comparison.Name} / {entity.Name}";

    public override int ResultCount => entity.Checks.Count + (entity.Rows is null ? 0 : 1);

    public override long ApproximateRows => entity.ApproximateRows;

    public override async Task<IReadOnlyList<CheckResult>> ReadAsync(CancellationToken cancellationToken)
    {
        var request = new ScanRequest(entity.FrozenAt);
        foreach (var check in entity.Checks)
            check.Ask(request);
        if (entity.Rows is { } rows)
            return await CompareRowsAsync(rows, request, cancellationToken);
        var both = await OnBothSidesAsync((side, token) => ScanAsync(request, side, token), cancellationToken);
        return [.. entity.Checks.Select(check => Finish(Judge(check, request, both)))];
    }

    public override IReadOnlyList<CheckResult> NotChecked(string reason)
    {
        var results = entity.Checks.Select(check => Result(check, check.JudgeUnread(reason)));
        return [.. (entity.Rows is null ? results : results.Append(FingerprintResult(Judgement.NotChecked(reason)))).Select(Finish)];
    }

    // Everything comes from the rows themselves, so that counts, breakdowns and fingerprints are of one reading.
    private async Task<IReadOnlyList<CheckResult>> CompareRowsAsync(RowPlan plan, ScanRequest request, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var tables = new TwoTables(Comparison.Source, entity.Source, Comparison.Target, entity.Target);
        RowsCompared compared;
        try
        {
            compared = await new RowVerification(tables, plan.Rows, request, plan.Key, plan.IsFrozen, limits, Time).RunAsync(Segments, cancellationToken);
        }
        catch (UnreadableSideException e)
        {
            return NotChecked(e.Message);
        }
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var both = new BothSides<TableScan>(new OneSide<TableScan>(compared.Source, null), new OneSide<TableScan>(compared.Target, null), seconds);
        var sql = Sides.Both.Select(side => Comparison.On(side).Dialect.PhraseRows(new RowLayout(plan.Rows, side, entity.On(side), request).Query((null, null)))).ToList();
        return
        [
            .. entity.Checks.Select(check => Finish(Settled(Judge(check, request, both), compared) with { SourceSql = sql[0], TargetSql = sql[1] })),
            Finish(FingerprintResult(compared.Judgement) with
            {
                Source = Measured(compared.SourceFold),
                Target = Measured(compared.TargetFold),
                Notes = [.. entity.Notes, .. compared.Notes],
                SourceSql = sql[0],
                TargetSql = sql[1],
                Seconds = seconds,
            }),
        ];
    }

    // A difference in what was counted while rows were on their way is no finding; what schemas are does not move.
    private static CheckResult Settled(CheckResult result, RowsCompared compared) =>
        compared.Unsettled is { } reason && result is { Outcome: CheckOutcome.Mismatch, Check: not CheckNames.Schema }
            ? result with { Outcome = new CheckOutcome.NotChecked(reason) }
            : result;

    private static Dictionary<string, Scalar> Measured(Fold fold) => new()
    {
        ["rows"] = new Scalar(fold.Count),
        ["fingerprint"] = new Scalar(fold.Sum.ToString("x32", CultureInfo.InvariantCulture)),
    };

    private CheckResult FingerprintResult(Judgement judgement) => new()
    {
        Comparison = Comparison.Name,
        Entity = entity.Name,
        Check = CheckNames.Fingerprint,
        Outcome = judgement.Outcome,
        Narrowed = judgement.Narrowed,
    };

    private Task<TableScan> ScanAsync(ScanRequest request, Side side, CancellationToken cancellationToken)
    {
        var query = Query(request, side);
        return Comparison.On(side).ReadAsync(
            async (session, token) =>
            {
                var scan = new TableScan(request, side, session.Zone);
                await session.AggregateAsync(query, scan.Add, token);
                return scan;
            },
            cancellationToken);
    }

    private CheckResult Judge(EntityCheck check, ScanRequest request, BothSides<TableScan> both)
    {
        var judgement = both.Problem is null ? check.Judge(both.Source.Value!, both.Target.Value!) : check.JudgeUnread(both.Problem);
        return Result(check, judgement) with
        {
            Source = both.Source.Value is { } source ? check.Measured(source) : null,
            Target = both.Target.Value is { } target ? check.Measured(target) : null,
            SourceSql = Sql(request, Side.Source),
            TargetSql = Sql(request, Side.Target),
            Seconds = both.Seconds,
        };
    }

    private CheckResult Result(EntityCheck check, Judgement judgement) => new()
    {
        Comparison = Comparison.Name,
        Entity = entity.Name,
        Check = check.Name,
        By = check.By,
        Outcome = judgement.Outcome,
        Narrowed = judgement.Narrowed,
        Notes = [.. entity.Notes, .. judgement.Notes],
        Breakdown = judgement.Breakdown,
    };

    private string Sql(ScanRequest request, Side side) => Comparison.On(side).Dialect.Phrase(Query(request, side));

    private AggregateQuery Query(ScanRequest request, Side side) => request.For(side, entity.On(side), entity.FilterOn(side));
}

/// <summary>One query pair.</summary>
internal sealed class QueryReading(ComparisonPlan comparison, QueryPlan query, VerificationOptions limits, TimeProvider time) : Reading(comparison, time)
{
    public override string Name => $"{Comparison.Name} / {CheckNames.Query(query.Name)}";

    public override int ResultCount => 1;

    public override async Task<IReadOnlyList<CheckResult>> ReadAsync(CancellationToken cancellationToken)
    {
        var both = await OnBothSidesAsync(RunAsync, cancellationToken);
        var check = new QueryPairCheck(query.Source, query.Target, limits.MaxFindings);
        var judgement = both.Problem is null
            ? check.Judge(both.Source.Value!, Comparison.Source.Zone, both.Target.Value!, Comparison.Target.Zone)
            : Judgement.NotChecked(both.Problem);
        return
        [
            Finish(Result(judgement) with
            {
                Source = both.Source.Value is { } source ? check.Measured(source) : null,
                Target = both.Target.Value is { } target ? check.Measured(target) : null,
                Seconds = both.Seconds,
            }),
        ];
    }

    public override IReadOnlyList<CheckResult> NotChecked(string reason) => [Result(Judgement.NotChecked(reason))];

    private Task<QueryRows> RunAsync(Side side, CancellationToken cancellationToken) => Comparison.On(side).ReadAsync(
        async (session, token) =>
        {
            var rows = new QueryRows(query.On(side).Key, limits.MaxQueryRows);
            await session.QueryAsync(query.On(side).Sql, rows.SetColumns, rows.Add, token);
            return rows;
        },
        cancellationToken);

    private CheckResult Result(Judgement judgement) => new()
    {
        Comparison = Comparison.Name,
        Check = CheckNames.Query(query.Name),
        Outcome = judgement.Outcome,
        Narrowed = judgement.Narrowed,
        Proves = $"{query.Source.Title}: {query.Source.Proves}",
        SourceSql = query.Source.Sql,
        TargetSql = query.Target.Sql,
    };
}
