using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.RecordCounts;

/// <summary>As many rows on both sides, counted one by one (DPIA recommendation 4: high level record counts).</summary>
/// <remarks>Engines' own row counts come from counters that are not transactional and can be set by hand: they are never evidence.</remarks>
public sealed class RecordCountCheck : EntityCheck
{
    public override string Name => CheckNames.RecordCount;

    public override void Ask(ScanRequest request)
    {
        // Every scan counts its rows.
    }

    public override Judgement Judge(TableScan source, TableScan target)
    {
        var difference = target.Rows - source.Rows;
        return Judgement.Of(difference == 0
            ? []
            : [new Finding(
                difference < 0 ? FindingKinds.MissingInTarget : FindingKinds.ExtraInTarget,
                Count: Math.Abs(difference),
                Source: new Scalar(source.Rows),
                Target: new Scalar(target.Rows))]);
    }

    public override IReadOnlyDictionary<string, Scalar> Measured(TableScan scan) =>
        new Dictionary<string, Scalar> { ["rows"] = new(scan.Rows) };
}
