using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification.Fingerprints;
using MigrationGuard.Verification.Planning;
using MigrationGuard.Verification.Scans;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Verification.Running;

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
        var (both, seconds) = await OnBothSidesAsync((side, token) => ScanAsync(request, side, token), cancellationToken);
        return [.. entity.Checks.Select(check => Finish(Judge(check, request, both, seconds)))];
    }

    public override IReadOnlyList<CheckResult> NotChecked(string reason)
    {
        var results = entity.Checks.Select(check => Result(check, check.JudgeUnread(reason)));
        return [.. (entity.Rows is null ? results : results.Append(FingerprintResult(Judgement.NotChecked(reason)))).Select(Finish)];
    }

    // Everything comes from the rows themselves, so that counts, breakdowns and fingerprints are of one reading.
    private async Task<IReadOnlyList<CheckResult>> CompareRowsAsync(RowPlan plan, ScanRequest request, CancellationToken cancellationToken)
    {
        var started = Time.GetTimestamp();
        var sourceOnly = plan.Rows.SourceOnly.Select(column => (column.Name, Present: request.PresentInSource(column))).ToList();
        var tables = new TwoTables(Comparison.Source, entity.Source, Comparison.Target, entity.Target);
        RowsCompared compared;
        try
        {
            compared = await new RowVerification(tables, plan.Rows, request, plan.Key, plan.IsFrozen(Time.GetUtcNow()), limits, Time).RunAsync(Segments, cancellationToken);
        }
        catch (Exception e) when (e is UnreadableSideException or UnreadPartsException)
        {
            return NotChecked(e.Message);
        }
        var seconds = Time.GetElapsedTime(started).TotalSeconds;
        var both = new BothSides<TableScan>(new(Side.Source, compared.Source, null), new(Side.Target, compared.Target, null));
        var sql = Sides.Both.Select(side => Comparison.On(side).Dialect.PhraseRows(new RowLayout(plan.Rows, side, entity.On(side), request).Query((null, null)))).ToList();
        return
        [
            .. entity.Checks.Select(check => Finish(Settled(Judge(check, request, both, seconds), compared) with { SourceSql = sql[0], TargetSql = sql[1] })),
            Finish(FingerprintResult(compared.Judgement) with
            {
                Source = Measured(compared.SourceFold),
                Target = Measured(compared.TargetFold),
                Notes = [.. entity.Notes, .. SourceOnlyNotes(sourceOnly.ToLookup(column => compared.Source.Present(column.Present) > 0, column => column.Name)), .. compared.Notes],
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

    private static IEnumerable<string> SourceOnlyNotes(ILookup<bool, string> byWhetherTheyHoldValues)
    {
        if (byWhetherTheyHoldValues.Contains(true))
            yield return LeftOutNotes.OfColumns(LeftOutNotes.OnlyOnSource, byWhetherTheyHoldValues[true]);
        if (byWhetherTheyHoldValues.Contains(false))
            yield return LeftOutNotes.OfColumns(LeftOutNotes.OnlyOnSourceWithoutValues, byWhetherTheyHoldValues[false]);
    }

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
        Extent = Extent(CheckNames.Fingerprint),
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

    private CheckResult Judge(EntityCheck check, ScanRequest request, BothSides<TableScan> both, double seconds)
    {
        var judgement = both.Problem is null ? check.Judge(both.Source.Value!, both.Target.Value!) : check.JudgeUnread(both.Problem);
        return Result(check, judgement) with
        {
            Source = both.Source.Value is { } source ? check.Measured(source) : null,
            Target = both.Target.Value is { } target ? check.Measured(target) : null,
            SourceSql = Sql(request, Side.Source),
            TargetSql = Sql(request, Side.Target),
            Seconds = seconds,
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
        Extent = Extent(check.Name),
        Notes = [.. entity.Notes, .. judgement.Notes],
        Breakdown = judgement.Breakdown,
    };

    private string Extent(string check)
    {
        var columns = check is CheckNames.Schema or CheckNames.Fingerprint ? entity.Rows?.Rows.Columns.Select(column => column.Pair.Name) : null;
        string?[] all = [entity.SourceFilter, entity.TargetFilter, .. columns ?? []];
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(all)).AsSpan(0, 8));
    }

    private string Sql(ScanRequest request, Side side) => Comparison.On(side).Dialect.Phrase(Query(request, side));

    private AggregateQuery Query(ScanRequest request, Side side) => request.For(side, entity.On(side), entity.FilterOn(side));
}
