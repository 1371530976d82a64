using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Evidence.Reports;

/// <summary>Since when a difference may have been there, for a reader.</summary>
public static class ExposureReading
{
    public static string Of(Exposure exposure)
    {
        var good = exposure.LastGood is { } run && exposure.LastGoodAt is { } at
            ? $"Last proven good in run {run}, which began {Figures.Moment(at)}"
            : "Never proven good";
        var rows = exposure.Rows is { } count ? "; " + Figures.Count(count, "row", "rows") + " affected" : "";
        return $"{good}; first seen bad in run {exposure.FirstBad}, which finished {Figures.Moment(exposure.FirstBadAt)}{rows}.";
    }
}
