using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Evidence.Reports;

/// <summary>Since when a difference may have been there, for a reader.</summary>
public static class ExposureReading
{
    /// <param name="result">The result whose exposure it is.</param>
    public static string Of(CheckResult result, Exposure exposure)
    {
        var good = exposure.LastGood is { } run && exposure.LastGoodAt is { } at
            ? $"Last proven good in run {run}, which began {Figures.Moment(at)}"
            : "Never proven good";
        // As many rows may be missing and others extra: their counts do not show those.
        var least = result.Check == CheckNames.RecordCount ? "at least " : "";
        var rows = exposure.Rows is { } count ? $"; {least}{Figures.Count(count, "row", "rows")} affected" : "";
        return $"{good}; first seen bad in run {exposure.FirstBad}, which finished {Figures.Moment(exposure.FirstBadAt)}{rows}.";
    }
}
