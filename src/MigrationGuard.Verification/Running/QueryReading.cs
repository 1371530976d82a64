using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification.Planning;
using MigrationGuard.Verification.QueryPairs;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.Running;

/// <summary>One query pair.</summary>
internal sealed class QueryReading(ComparisonPlan comparison, QueryPlan query, VerificationOptions limits, TimeProvider time) : Reading(comparison, time)
{
    public override string Name => $"{Comparison.Name} / {CheckNames.Query(query.Name)}";

    public override int ResultCount => 1;

    public override async Task<IReadOnlyList<CheckResult>> ReadAsync(CancellationToken cancellationToken)
    {
        var (both, seconds) = await OnBothSidesAsync(RunAsync, cancellationToken);
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
                Seconds = seconds,
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
